// A name that came by an unsigned link of the payment window is the payer's word: it gives way to
// the merchant's own create (docs/formats/window.md).
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/ids.hpp"
#include "base/time.hpp"
#include "store/tx.hpp"

namespace lango::deposits {

inline constexpr const char* id_taken = "The custom transaction id has already been taken.";

// Why the merchant's own create may not have the name: taken, or, while a prompt of an unsigned
// link may still be paid, "Try again in N seconds". Nothing: nobody has it, or it gives way.
[[nodiscard]] std::optional<std::string> why_taken(store::Reader& reader, MerchantId merchant,
                                                   std::string_view custom_transaction_id,
                                                   Duration prompt_life, Instant now);

// After why_taken() found nothing: what has the name is called otherwise from now on, by a name
// that nobody has nor could have chosen, and its story says so. Money that still comes for it waits
// in suspense; it is never posted back. own: the merchant's payment that takes the name.
void give_way(store::Tx& tx, MerchantId merchant, std::string_view custom_transaction_id,
              DepositId own, Instant now);

}  // namespace lango::deposits
