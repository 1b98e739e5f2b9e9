#include "people/people.hpp"

#include <algorithm>

#include "people/invitations.hpp"
#include "people/passkeys.hpp"
#include "people/sessions.hpp"
#include "people/trail.hpp"

namespace lango::people {

namespace {

constexpr std::size_t key_length = 24;

Unexpected<Refused> refuse(std::string message) {
    return Unexpected<Refused>{Refused{std::move(message)}};
}

// A custom role counts where it is one of that merchant's, or of the operator's.
#define LANGO_ROLE                                                           \
    " LEFT JOIN custom_roles r ON r.number = o.role AND r.ended_at IS NULL " \
    "AND r.merchant_id = COALESCE(o.merchant_id, 0) "
#define LANGO_PERSON                                                                         \
    "SELECT o.name, o.role, o.merchant_id, o.added_at, o.key_is_own, r.name, r.permissions " \
    "FROM operators o" LANGO_ROLE

Permissions permissions_in(const store::Row& row, int role, int custom, bool of_a_merchant) {
    const auto built_in = permissions_of(static_cast<Role>(row.integer(role)), of_a_merchant);
    if (row.is_null(custom)) return built_in;
    const auto stored = stored_permissions(row.text(custom));
    return of_a_merchant ? stored.both(of_merchants) : stored;
}

Person person_of(const store::Row& row) {
    const auto role = static_cast<Role>(row.integer(1));
    const bool of_a_merchant = !row.is_null(2);
    return {.name = row.string(0),
            .role = role,
            .role_name = row.is_null(5) ? std::string{name(role)} : row.string(5),
            .permissions = permissions_in(row, 1, 6, of_a_merchant),
            .merchant = of_a_merchant ? std::optional{MerchantId{row.integer(2)}} : std::nullopt,
            .added_at = row.instant(3),
            .removed_at = std::nullopt,
            .key_is_own = row.integer(4) == 1};
}

std::string role_text(const NewPerson& person, const KnownRole& role) {
    return role.name +
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
        person.name, static_cast<std::int64_t>(person.role),
        person.merchant ? std::optional{person.merchant->value()} : std::nullopt, now);
    end_sessions(tx, person.name);
    remove_passkeys(tx, now, person.name);
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
    const auto role = find_role(tx, person.role, person.merchant);
    if (!role) return refuse("that is no role of these people");
    auto key = random.alphanumeric(key_length);
    tx.run("DELETE FROM operators WHERE name = ?1", person.name);
    tx.run(
        "INSERT INTO operators (name, key_hash, added_at, role, merchant_id, key_is_own) "
        "VALUES (?1, ?2, ?3, ?4, ?5, 0)",
        person.name, store::Blob{master.lookup_hash(key)}, now,
        static_cast<std::int64_t>(person.role),
        person.merchant ? std::optional{person.merchant->value()} : std::nullopt);
    record(tx, now, who, "person added", person.name, role_text(person, *role));
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
               before ? "was " + before->role_name : "");
    }
    return key;
}

bool has_another(store::Reader& reader, Permission permission, std::string_view but, Instant now,
                 std::optional<MerchantId> merchant) {
    bool found = false;
    reader.each(
        "SELECT o.role, r.permissions FROM operators o" LANGO_ROLE
        "WHERE o.removed_at IS NULL AND COALESCE(o.merchant_id, 0) = ?3 AND o.name <> ?1 "
        "UNION ALL SELECT f.role, r.permissions FROM former_people f "
        "LEFT JOIN custom_roles r ON r.number = f.role "
        "AND r.merchant_id = COALESCE(f.merchant_id, 0) "
        "WHERE f.removed_at > ?2 AND COALESCE(f.merchant_id, 0) = ?3 AND f.name <> ?1",
        [&](const store::Row& row) {
            found = found || permissions_in(row, 0, 1, merchant.has_value()).has(permission);
        },
        but, now - missed_for, merchant ? merchant->value() : 0);
    return found;
}

std::vector<Person> list(store::Reader& reader) {
    std::vector<Person> found;
    reader.each(LANGO_PERSON "WHERE o.removed_at IS NULL ORDER BY o.name",
                [&](const store::Row& row) { found.push_back(person_of(row)); });
    return found;
}

std::optional<Person> find(store::Reader& reader, std::string_view name) {
    return reader.first(
        LANGO_PERSON "WHERE o.name = ?1 AND o.removed_at IS NULL",
        [](const store::Row& row) { return person_of(row); }, name);
}

#undef LANGO_PERSON
#undef LANGO_ROLE

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
