#include "operators/operators.hpp"

#include <algorithm>

namespace lango::operators {

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

std::optional<Operator> find(store::Reader& reader, std::string_view name) {
    return reader.first(
        "SELECT name, added_at, removed_at FROM operators WHERE name = ?1",
        [](const store::Row& row) {
            return Operator{
                .name = row.string(0),
                .added_at = row.instant(1),
                .removed_at = row.is_null(2) ? std::nullopt : std::optional{row.instant(2)}};
        },
        name);
}

}  // namespace

Result<std::string, Refused> add(store::Tx& tx, const crypto::MasterKey& master, Random& random,
                                 Instant now, std::string_view name, std::string_view who) {
    if (!is_name(name)) {
        return refuse(
            "an operator's name has 1 to 40 of a-z, 0-9, . and -, a letter or digit first");
    }
    const auto known = find(tx, name);
    if (known && !known->removed_at) {
        return refuse("there is an operator " + std::string{name} + " already");
    }
    auto key = random.alphanumeric(key_length);
    tx.run("DELETE FROM operators WHERE name = ?1", name);
    tx.run("INSERT INTO operators (name, key_hash, added_at) VALUES (?1, ?2, ?3)", name,
           store::Blob{master.lookup_hash(key)}, now);
    record(tx, now, who, "operator added", name, "");
    return key;
}

Result<void, Refused> remove(store::Tx& tx, Instant now, std::string_view name,
                             std::string_view who) {
    if (tx.run("UPDATE operators SET removed_at = ?2 WHERE name = ?1 AND removed_at IS NULL", name,
               now) == 0) {
        return refuse("there is no operator " + std::string{name});
    }
    record(tx, now, who, "operator removed", name, "");
    return {};
}

std::vector<Operator> list(store::Reader& reader) {
    std::vector<Operator> found;
    reader.each(
        "SELECT name, added_at FROM operators WHERE removed_at IS NULL ORDER BY name",
        [&](const store::Row& row) {
            found.push_back(
                {.name = row.string(0), .added_at = row.instant(1), .removed_at = std::nullopt});
        });
    return found;
}

bool is_his(store::Reader& reader, const crypto::MasterKey& master, std::string_view name,
            std::string_view key) {
    const auto hashes = master.lookup_hashes(key);
    return reader
        .first(
            "SELECT key_hash FROM operators WHERE name = ?1 AND removed_at IS NULL",
            [&](const store::Row& row) {
                return std::ranges::any_of(hashes, [&](const std::string& hash) {
                    return crypto::equal_in_constant_time(row.text(0), hash);
                });
            },
            name)
        .value_or(false);
}

void record(store::Tx& tx, Instant now, std::string_view who, std::string_view act,
            std::string_view subject, std::string_view detail) {
    tx.run(
        "INSERT INTO operator_acts (number, at, who, act, subject, detail) "
        "SELECT COALESCE(MAX(number), 0) + 1, ?1, ?2, ?3, ?4, ?5 FROM operator_acts",
        now, who, act, subject, detail);
}

std::vector<Act> trail(store::Reader& reader, std::size_t limit) {
    std::vector<Act> found;
    reader.each(
        "SELECT number, at, who, act, subject, detail FROM operator_acts "
        "ORDER BY number DESC LIMIT ?1",
        [&](const store::Row& row) {
            found.push_back({.number = row.integer(0),
                             .at = row.instant(1),
                             .who = row.string(2),
                             .act = row.string(3),
                             .subject = row.string(4),
                             .detail = row.string(5)});
        },
        static_cast<std::int64_t>(limit));
    return found;
}

}  // namespace lango::operators
