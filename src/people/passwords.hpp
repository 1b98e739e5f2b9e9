// What a person types in the browser: kept as Argon2id only. Hashing takes a processor for a tenth
// of a second and 64 MiB, and is done beside the loop.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/secret.hpp"
#include "store/tx.hpp"

namespace lango::people {

inline constexpr std::size_t password_min = 12;   // characters
inline constexpr std::size_t password_max = 256;  // bytes

// Why it is none that this person may have, for people; nothing when it is one.
[[nodiscard]] std::optional<std::string_view> why_weak(std::string_view password,
                                                       std::string_view name);
// Made of words that everybody tries first, with digits and signs between.
[[nodiscard]] bool is_common(std::string_view password, std::string_view name);

// With its salt and costs, as libsodium writes it.
[[nodiscard]] std::string hash_password(const Secret& password);
// hash "": of nobody; it takes as long, and is never theirs.
[[nodiscard]] bool is_password(const std::string& hash, const Secret& password);

// "": none was made.
[[nodiscard]] std::string password_hash(store::Reader& reader, std::string_view name);
// In the place of the one before. act: in the trail, as theirs.
void set_password(store::Tx& tx, Instant now, std::string_view name, const std::string& hash,
                  std::string_view act);

}  // namespace lango::people
