#include "people/people.hpp"

#include <algorithm>

#include "people/invitations.hpp"
#include "people/sessions.hpp"
#include "people/trail.hpp"

namespace lango::people {

namespace {

constexpr std::size_t key_length = 24;

Unexpected<Refused> refuse(std::string message) {
    return Unexpected<Refused>{Refused{std::move(message)}};
}

bool is_name(std::string_view text) {
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
    };
    return !text.empty() && text.size() <= 40 && std::ranges::all_of(text, fits) &&
           text.front() != '-' && text.front() != '.';
}

// Any other number is nobody's role, and may do nothing.
Role role_of(std::int64_t number) {
    const auto* const found =
        std::ranges::find(roles, number, [](Role role) { return static_cast<std::int64_t>(role); });
    return found == roles.end() ? Role{} : *found;
}

// Of the columns name, role, merchant_id, added_at, key_is_own.
Person person_of(const store::Row& row) {
    return {.name = row.string(0),
            .role = role_of(row.integer(1)),
            .merchant = row.is_null(2) ? std::nullopt : std::optional{MerchantId{row.integer(2)}},
            .added_at = row.instant(3),
            .removed_at = std::nullopt,
            .key_is_own = row.integer(4) == 1};
}

std::string role_text(const NewPerson& person) {
    return std::string{name(person.role)} +
           (person.merchant ? " of merchant " + std::to_string(person.merchant->value()) : "");
}

std::int64_t administrators(store::Reader& reader) {
    return reader
        .first(
            "SELECT COUNT(*) FROM operators WHERE removed_at IS NULL AND merchant_id IS NULL AND "
            "role = ?1",
            [](const store::Row& row) { return row.integer(0); },
            static_cast<int>(Role::administrator))
        .value_or(0);
}

// Whoever they were, they are missed for a while.
void take_away(store::Tx& tx, Instant now, const Person& person, std::string_view who) {
    tx.run("UPDATE operators SET removed_at = ?2 WHERE name = ?1", person.name, now);
    tx.run(
        "INSERT INTO former_people (number, name, role, merchant_id, removed_at) "
        "SELECT COALESCE(MAX(number), 0) + 1, ?1, ?2, ?3, ?4 FROM former_people",
        person.name, static_cast<int>(person.role),
        person.merchant ? std::optional{person.merchant->value()} : std::nullopt, now);
    end_sessions(tx, person.name);
    forget_browser_credentials(tx, person.name);
    record(tx, now, who, "person removed", person.name, "");
}

}  // namespace

Result<std::string, Refused> add(store::Tx& tx, const crypto::MasterKey& master, Random& random,
                                 Instant now, const NewPerson& person, std::string_view who) {
    if (!is_name(person.name)) {
        return refuse("a person's name has 1 to 40 of a-z, 0-9, . and -, a letter or digit first");
    }
    if (find(tx, person.name)) return refuse("there is a person " + person.name + " already");
    auto key = random.alphanumeric(key_length);
    tx.run("DELETE FROM operators WHERE name = ?1", person.name);
    tx.run(
        "INSERT INTO operators (name, key_hash, added_at, role, merchant_id, key_is_own) "
        "VALUES (?1, ?2, ?3, ?4, ?5, 0)",
        person.name, store::Blob{master.lookup_hash(key)}, now, static_cast<int>(person.role),
        person.merchant ? std::optional{person.merchant->value()} : std::nullopt);
    record(tx, now, who, "person added", person.name, role_text(person));
    return key;
}

Result<std::string, Refused> make_own_key(store::Tx& tx, const crypto::MasterKey& master,
                                          Random& random, Instant now, std::string_view name) {
    if (!find(tx, name)) return refuse("there is no person " + std::string{name});
    auto key = random.alphanumeric(key_length);
    tx.run("UPDATE operators SET key_hash = ?2, key_is_own = 1 WHERE name = ?1", name,
           store::Blob{master.lookup_hash(key)});
    end_sessions(tx, name);
    record(tx, now, name, "own key made", name, "");
    return key;
}

void void_first_key(store::Tx& tx, const crypto::MasterKey& master, Random& random,
                    std::string_view name) {
    tx.run("UPDATE operators SET key_hash = ?2, key_is_own = 1 WHERE name = ?1 AND key_is_own = 0",
           name, store::Blob{master.lookup_hash(random.alphanumeric(key_length))});
}

Result<void, Refused> remove(store::Tx& tx, Instant now, std::string_view name,
                             std::string_view who) {
    const auto person = find(tx, name);
    if (!person) return refuse("there is no person " + std::string{name});
    if (person->role == Role::administrator && !person->merchant && administrators(tx) == 1) {
        return refuse(std::string{name} + " is the last administrator: add another one first");
    }
    take_away(tx, now, *person, who);
    return {};
}

Result<std::string, Refused> recover(store::Tx& tx, const crypto::MasterKey& master, Random& random,
                                     Instant now, std::string_view name, std::string_view who) {
    const auto before = find(tx, name);
    if (before && before->merchant) {
        return refuse(std::string{name} + " is a merchant's own person, and no administrator");
    }
    if (before) take_away(tx, now, *before, who);
    auto key =
        add(tx, master, random, now, {.name = std::string{name}, .role = Role::administrator}, who);
    if (key) {
        record(tx, now, who, "administrator recovered", name,
               before ? "was " + std::string{people::name(before->role)} : "");
    }
    return key;
}

bool has_another(store::Reader& reader, Permission permission, std::string_view but, Instant now) {
    bool found = false;
    reader.each(
        "SELECT role FROM operators WHERE removed_at IS NULL AND merchant_id IS NULL "
        "AND name <> ?1 UNION ALL "
        "SELECT role FROM former_people WHERE removed_at > ?2 AND merchant_id IS NULL "
        "AND name <> ?1",
        [&](const store::Row& row) { found = found || may(role_of(row.integer(0)), permission); },
        but, now - missed_for);
    return found;
}

std::vector<Person> list(store::Reader& reader) {
    std::vector<Person> found;
    reader.each(
        "SELECT name, role, merchant_id, added_at, key_is_own FROM operators "
        "WHERE removed_at IS NULL ORDER BY name",
        [&](const store::Row& row) { found.push_back(person_of(row)); });
    return found;
}

std::optional<Person> find(store::Reader& reader, std::string_view name) {
    return reader.first(
        "SELECT name, role, merchant_id, added_at, key_is_own FROM operators "
        "WHERE name = ?1 AND removed_at IS NULL",
        [](const store::Row& row) { return person_of(row); }, name);
}

bool has_administrator(store::Reader& reader) { return administrators(reader) > 0; }

std::optional<Person> with_key(store::Reader& reader, const crypto::MasterKey& master,
                               std::string_view name, std::string_view key) {
    const auto hashes = master.lookup_hashes(key);
    const bool matches =
        reader
            .first(
                "SELECT key_hash FROM operators WHERE name = ?1 AND removed_at IS NULL",
                [&](const store::Row& row) {
                    return std::ranges::any_of(hashes, [&](const std::string& hash) {
                        return crypto::equal_in_constant_time(row.text(0), hash);
                    });
                },
                name)
            .value_or(false);
    return matches ? find(reader, name) : std::nullopt;
}

}  // namespace lango::people
