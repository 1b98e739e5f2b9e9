// The account reference on a prompt: twelve digits 0-9 A-Z (base 36) of the id's low 62 bits,
// unique until ids pass 2^62 in 2054. It follows from the id, so that no create has to store it.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/ids.hpp"

namespace lango::rails::daraja {

[[nodiscard]] std::string prompt_reference(DepositId deposit);
// Whose prompt it stood on; read as people type it (base/typed.hpp). Nothing for what no prompt
// can have carried; that there is, or ever was, such an order is not said: HELLO1234567 can be read
// as one.
[[nodiscard]] std::optional<DepositId> read_prompt_reference(std::string_view text);

}  // namespace lango::rails::daraja
