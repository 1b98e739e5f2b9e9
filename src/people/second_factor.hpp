// What a person shows beside their password: codes of their phone, each good once, and recovery
// codes for when the phone is gone. The phone's secret is sealed for its person.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.hpp"
#include "base/secret.hpp"
#include "store/tx.hpp"

namespace lango::people {

inline constexpr std::size_t recovery_codes_made = 10;

[[nodiscard]] bool has_second_factor(store::Reader& reader, std::string_view name);
[[nodiscard]] std::int64_t recovery_codes_left(store::Reader& reader, std::string_view name);

// A secret for their phone, which counts from the first code of it that they show; the one before
// counts until then.
[[nodiscard]] Secret begin_totp(store::Tx& tx, const crypto::MasterKey& master, Random& random,
                                std::string_view name);
// Nothing: it is no code of the secret that was begun. Else the recovery codes, in the place of
// those before, shown this once.
[[nodiscard]] std::optional<std::vector<std::string>> confirm_totp(
    store::Tx& tx, const crypto::MasterKey& master, Random& random, std::string_view name,
    std::string_view code, Instant now);
[[nodiscard]] std::vector<std::string> make_recovery_codes(store::Tx& tx,
                                                           const crypto::MasterKey& master,
                                                           Random& random, std::string_view name,
                                                           Instant now);

// Whether it is a code of their phone that was not used before; it is used now.
[[nodiscard]] bool use_totp(store::Tx& tx, const crypto::MasterKey& master, std::string_view name,
                            std::string_view code, Instant now);
// The same of a recovery code, in any case and however it is grouped.
[[nodiscard]] bool use_recovery_code(store::Tx& tx, const crypto::MasterKey& master,
                                     std::string_view name, std::string_view code, Instant now);

// They have none any more.
void forget_second_factor(store::Tx& tx, std::string_view name);
// After a rotation of the key. Throws store::Broken for what no key opens.
void seal_second_factors_anew(store::Tx& tx, const crypto::MasterKey& master, Random& random);

}  // namespace lango::people
