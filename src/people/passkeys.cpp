#include "people/passkeys.hpp"

#include "base/crypto.hpp"
#include "base/utf8.hpp"
#include "people/trail.hpp"

namespace lango::people {

namespace {

constexpr std::size_t label_max = 60;  // characters

using store::Blob;

Unexpected<Refused> refuse(std::string message) {
    return Unexpected<Refused>{Refused{std::move(message)}};
}

bool is_label(std::string_view text) {
    std::size_t count = 0;
    for (; !text.empty(); ++count) {
        const auto one = utf8::first(text);
        if (one.bytes == 0 || one.code < 0x20 || one.code == 0x7f) return false;
        text.remove_prefix(one.bytes);
    }
    return count > 0 && count <= label_max;
}

// What a stored number says; another one is none of ours, and verifies nothing.
KeyAlgorithm algorithm_of(std::int64_t stored) {
    for (const auto one : {KeyAlgorithm::es256, KeyAlgorithm::eddsa, KeyAlgorithm::rs256}) {
        if (stored == static_cast<std::int64_t>(one)) return one;
    }
    return KeyAlgorithm{};
}

#define LANGO_PASSKEY                                                                         \
    "SELECT key_id, name, algorithm, public_key, counter, label, made_at, last_used_at FROM " \
    "passkeys WHERE removed_at IS NULL AND "

Passkey passkey_of(const store::Row& row) {
    return {.key = {.id = row.string(0),
                    .algorithm = algorithm_of(row.integer(2)),
                    .public_key = row.string(3),
                    .counter = static_cast<std::uint32_t>(row.integer(4))},
            .person = row.string(1),
            .label = row.string(5),
            .made_at = row.instant(6),
            .last_used_at = row.is_null(7) ? std::nullopt : std::optional{row.instant(7)}};
}

bool is_known(store::Reader& reader, std::string_view key_id) {
    return reader
        .first(
            "SELECT 1 FROM passkeys WHERE key_id = ?1", [](const store::Row&) { return true; },
            Blob{key_id})
        .has_value();
}

}  // namespace

Result<void, Refused> add_passkey(store::Tx& tx, Instant now, std::string_view person,
                                  std::string_view label, const NewPasskey& key) {
    if (!is_label(label)) return refuse("a passkey's label has 1 to 60 characters");
    if (is_known(tx, key.id)) return refuse("that passkey is known already");
    if (passkeys_of(tx, person).size() >= passkeys_max) {
        return refuse("a person has at most " + std::to_string(passkeys_max) + " passkeys");
    }
    tx.run(
        "INSERT INTO passkeys (key_id, name, algorithm, public_key, counter, label, made_at) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        Blob{key.id}, person, static_cast<std::int64_t>(key.algorithm), Blob{key.public_key},
        static_cast<std::int64_t>(key.counter), label, now);
    record(tx, now, person, "passkey added", person, label);
    return {};
}

std::vector<Passkey> passkeys_of(store::Reader& reader, std::string_view person) {
    std::vector<Passkey> all;
    reader.each(
        LANGO_PASSKEY "name = ?1 ORDER BY made_at, key_id",
        [&](const store::Row& row) { all.push_back(passkey_of(row)); }, person);
    return all;
}

std::optional<Passkey> find_passkey(store::Reader& reader, std::string_view key_id) {
    return reader.first(LANGO_PASSKEY "key_id = ?1", passkey_of, Blob{key_id});
}

#undef LANGO_PASSKEY

Result<void, Refused> remove_passkey(store::Tx& tx, Instant now, std::string_view person,
                                     std::string_view key_id, std::string_view who) {
    const auto passkey = find_passkey(tx, key_id);
    if (!passkey || passkey->person != person) return refuse("there is no such passkey");
    tx.run("UPDATE passkeys SET removed_at = ?2 WHERE key_id = ?1", Blob{key_id}, now);
    record(tx, now, who, "passkey removed", person, passkey->label);
    return {};
}

void remove_passkeys(store::Tx& tx, Instant now, std::string_view person) {
    tx.run("UPDATE passkeys SET removed_at = ?2 WHERE name = ?1 AND removed_at IS NULL", person,
           now);
}

bool record_use(store::Tx& tx, Instant now, const Assertion& assertion, std::string_view about) {
    const auto passkey = find_passkey(tx, assertion.key_id);
    if (!passkey) return false;
    const auto counted = tx.run(
        "UPDATE passkeys SET counter = ?2, last_used_at = ?3 WHERE key_id = ?1 AND "
        "(counter < ?2 OR (counter = 0 AND ?2 = 0))",
        Blob{assertion.key_id}, static_cast<std::int64_t>(assertion.counter), now);
    if (counted == 0) return false;
    tx.run(
        "INSERT INTO passkey_uses (number, key_id, at, about, authenticator_data, client_data, "
        "signature) SELECT COALESCE(MAX(number), 0) + 1, ?1, ?2, ?3, ?4, ?5, ?6 FROM passkey_uses",
        Blob{assertion.key_id}, now, about, Blob{assertion.authenticator_data},
        Blob{assertion.client_data}, Blob{assertion.signature});
    record(tx, now, passkey->person, "passkey used", passkey->person,
           passkey->label + ": " + std::string{about});
    return true;
}

std::string about_act(const ActAsked& act, std::string_view nonce) {
    return "act " + std::string{act.method} + ' ' + std::string{act.path} + ' ' +
           crypto::hex(act.body_sha256) + ' ' + crypto::hex(nonce);
}

std::vector<PasskeyUse> uses_of(store::Reader& reader, std::string_view key_id, std::size_t limit) {
    std::vector<PasskeyUse> all;
    reader.each(
        "SELECT number, key_id, at, about, authenticator_data, client_data, signature FROM "
        "passkey_uses WHERE key_id = ?1 ORDER BY number DESC LIMIT ?2",
        [&](const store::Row& row) {
            all.push_back({.number = row.integer(0),
                           .key_id = row.string(1),
                           .at = row.instant(2),
                           .about = row.string(3),
                           .authenticator_data = row.string(4),
                           .client_data = row.string(5),
                           .signature = row.string(6)});
        },
        Blob{key_id}, static_cast<std::int64_t>(limit));
    return all;
}

}  // namespace lango::people
