#include "people/second_factor.hpp"

#include <algorithm>

#include "people/totp.hpp"
#include "people/trail.hpp"
#include "store/errors.hpp"

namespace lango::people {

namespace {

constexpr std::size_t recovery_length = 10;
// No two of which look alike; ten of them are 49 bits.
constexpr std::string_view recovery_signs = "abcdefghjkmnpqrstuvwxyz23456789";

std::string seal_use(std::string_view name) { return "people/" + std::string{name} + "/totp"; }

std::optional<Secret> opened(const crypto::MasterKey& master, std::string_view name,
                             const std::optional<std::string>& sealed) {
    if (!sealed) return std::nullopt;
    auto secret = master.open(seal_use(name), *sealed);
    if (!secret) throw store::Broken{seal_use(name) + " does not open: is this the master.key?"};
    return secret;
}

struct Kept {
    std::optional<std::string> sealed;
    std::optional<std::string> pending;
    std::int64_t last_step = 0;
};

std::optional<Kept> kept(store::Reader& reader, std::string_view name) {
    return reader.first(
        "SELECT sealed, pending, last_step FROM totp_secrets WHERE name = ?1",
        [](const store::Row& row) {
            return Kept{.sealed = row.maybe_string(0),
                        .pending = row.maybe_string(1),
                        .last_step = row.integer(2)};
        },
        name);
}

std::string without_grouping(std::string_view code) {
    std::string plain;
    for (const char c : code) {
        if (c >= 'A' && c <= 'Z') {
            plain += static_cast<char>(c - 'A' + 'a');
        } else if (c != '-' && c != ' ') {
            plain += c;
        }
    }
    return plain;
}

// Hashed with whose it is: the same code of two people is two.
std::string recovery_text(std::string_view name, std::string_view plain) {
    return "recovery " + std::string{name} + " " + std::string{plain};
}

std::string only_digits(std::string_view code) {
    std::string digits;
    for (const char c : code) {
        if (c != ' ') digits += c;
    }
    return digits;
}

}  // namespace

bool has_second_factor(store::Reader& reader, std::string_view name) {
    const auto found = kept(reader, name);
    return found && found->sealed.has_value();
}

std::int64_t recovery_codes_left(store::Reader& reader, std::string_view name) {
    return reader
        .first(
            "SELECT COUNT(*) FROM recovery_codes WHERE name = ?1",
            [](const store::Row& row) { return row.integer(0); }, name)
        .value_or(0);
}

Secret begin_totp(store::Tx& tx, const crypto::MasterKey& master, Random& random,
                  std::string_view name) {
    const auto secret = totp::make_secret(random);
    const auto sealed = master.seal(seal_use(name), secret.reveal(), random);
    if (kept(tx, name)) {
        tx.run("UPDATE totp_secrets SET pending = ?2 WHERE name = ?1", name, store::Blob{sealed});
    } else {
        tx.run(
            "INSERT INTO totp_secrets (name, sealed, pending, last_step) VALUES (?1, NULL, ?2, 0)",
            name, store::Blob{sealed});
    }
    return secret;
}

std::optional<std::vector<std::string>> confirm_totp(store::Tx& tx, const crypto::MasterKey& master,
                                                     Random& random, std::string_view name,
                                                     std::string_view code, Instant now) {
    const auto found = kept(tx, name);
    const auto secret = found ? opened(master, name, found->pending) : std::nullopt;
    if (!secret) return std::nullopt;
    const auto step = totp::step_of(*secret, only_digits(code), now, 0);
    if (!step) return std::nullopt;
    tx.run(
        "UPDATE totp_secrets SET sealed = pending, pending = NULL, last_step = ?2 WHERE name = ?1",
        name, *step);
    record(tx, now, name, found->sealed ? "phone for codes changed" : "phone for codes added", name,
           "");
    return make_recovery_codes(tx, master, random, name, now);
}

std::vector<std::string> make_recovery_codes(store::Tx& tx, const crypto::MasterKey& master,
                                             Random& random, std::string_view name, Instant now) {
    tx.run("DELETE FROM recovery_codes WHERE name = ?1", name);
    std::vector<std::string> codes;
    while (codes.size() < recovery_codes_made) {
        std::string plain;
        while (plain.size() < recovery_length) {
            plain += recovery_signs[random.below(recovery_signs.size())];
        }
        const auto hash = master.lookup_hash(recovery_text(name, plain));
        tx.run("INSERT INTO recovery_codes (name, hash) VALUES (?1, ?2)", name, store::Blob{hash});
        codes.push_back(plain.substr(0, recovery_length / 2) + "-" +
                        plain.substr(recovery_length / 2));
    }
    record(tx, now, name, "recovery codes made", name, "");
    return codes;
}

bool use_totp(store::Tx& tx, const crypto::MasterKey& master, std::string_view name,
              std::string_view code, Instant now) {
    const auto found = kept(tx, name);
    const auto secret = found ? opened(master, name, found->sealed) : std::nullopt;
    if (!secret) return false;
    const auto step = totp::step_of(*secret, only_digits(code), now, found->last_step);
    if (!step) return false;
    tx.run("UPDATE totp_secrets SET last_step = ?2 WHERE name = ?1", name, *step);
    return true;
}

bool use_recovery_code(store::Tx& tx, const crypto::MasterKey& master, std::string_view name,
                       std::string_view code, Instant now) {
    const auto plain = without_grouping(code);
    if (plain.size() != recovery_length) return false;
    for (const auto& hash : master.lookup_hashes(recovery_text(name, plain))) {
        if (tx.run("DELETE FROM recovery_codes WHERE name = ?1 AND hash = ?2", name,
                   store::Blob{hash}) > 0) {
            record(tx, now, name, "recovery code used", name,
                   std::to_string(recovery_codes_left(tx, name)) + " left");
            return true;
        }
    }
    return false;
}

void forget_second_factor(store::Tx& tx, std::string_view name) {
    tx.run("DELETE FROM totp_secrets WHERE name = ?1", name);
    tx.run("DELETE FROM recovery_codes WHERE name = ?1", name);
}

void seal_second_factors_anew(store::Tx& tx, const crypto::MasterKey& master, Random& random) {
    std::vector<std::pair<std::string, Kept>> all;
    tx.each("SELECT sealed, pending, last_step, name FROM totp_secrets ORDER BY name",
            [&](const store::Row& row) {
                all.emplace_back(row.string(3), Kept{.sealed = row.maybe_string(0),
                                                     .pending = row.maybe_string(1),
                                                     .last_step = row.integer(2)});
            });
    for (const auto& [name, of_them] : all) {
        const auto anew = [&](const std::optional<std::string>& before) {
            const auto secret = opened(master, name, before);
            return secret ? std::optional{master.seal(seal_use(name), secret->reveal(), random)}
                          : std::nullopt;
        };
        const auto sealed = anew(of_them.sealed);
        const auto pending = anew(of_them.pending);
        const auto blob = [](const std::optional<std::string>& bytes) {
            return bytes ? std::optional{store::Blob{*bytes}} : std::nullopt;
        };
        tx.run("UPDATE totp_secrets SET sealed = ?2, pending = ?3 WHERE name = ?1", name,
               blob(sealed), blob(pending));
    }
}

}  // namespace lango::people
