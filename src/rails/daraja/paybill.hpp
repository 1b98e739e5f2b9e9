// What Safaricom asks and tells of money that customers send to our paybill by themselves, C2B
// (daraja.md 4.2): flat JSON whose values are strings. Nothing in it proves who sent it: that
// is the token's and the addresses' part, before this.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/crypto.hpp"
#include "rails/paybill.hpp"

namespace lango::rails::daraja {

// Nothing for a body without a receipt or a usable amount: it may be a validation all the same,
// which is refused, and a confirmation that a person must read.
[[nodiscard]] std::optional<PaybillPayment> read_paybill(std::string_view body);

// Why a payment is not to be taken (daraja.md 4.2, validation reply).
enum class Refusal : std::int8_t { account = 12, amount = 13, shortcode = 15, other = 16 };
// `order` comes back as ThirdPartyTransID with the confirmation.
[[nodiscard]] std::string accept_payment(std::string_view order);
[[nodiscard]] std::string refuse_payment(Refusal why);

// The one secret of a shortcode's URLs: they are registered once, so that no payment can have its
// own (daraja.md 4.1).
inline constexpr std::string_view paybill_token_purpose = "paybill";
[[nodiscard]] std::string confirmation_path(const crypto::MasterKey& master,
                                            std::int64_t shortcode);
[[nodiscard]] std::string validation_path(const crypto::MasterKey& master, std::int64_t shortcode);
// Where the rail may say that its list of payments has news (daraja.md 6.4).
[[nodiscard]] std::string list_path(const crypto::MasterKey& master, std::int64_t shortcode);

}  // namespace lango::rails::daraja
