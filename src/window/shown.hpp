// How money, times and codes stand before a payer's eyes, as text.
#pragma once
#include <string>
#include <string_view>

#include "base/money.hpp"
#include "base/msisdn.hpp"
#include "base/time.hpp"
#include "window/language.hpp"

namespace lango::window {

// "KES 1,000.00"
[[nodiscard]] std::string shown(Money amount);
// "KES 1,000": of whole shillings, where no cents are asked for.
[[nodiscard]] std::string shown_whole(Money amount);
// "07** *** 678": for who typed it.
[[nodiscard]] std::string shown(Msisdn phone);
// "23 Nov 2026, 12:00", "23 Novemba 2026, 12:00", in Nairobi.
[[nodiscard]] std::string shown(Instant at, Language language);
// "7K-29F" of "7K29F"
[[nodiscard]] std::string shown_code(std::string_view code);

}  // namespace lango::window
