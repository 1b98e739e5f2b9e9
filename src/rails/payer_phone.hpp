// A payer's number as the rail gives it (daraja.md 4.3): twelve digits, masked ("2547 ***** 126"),
// or the SHA-256 of the digits in hex. The hash is personal data as the number is: there are few
// enough numbers to try them all.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/msisdn.hpp"

namespace lango::rails {

enum class PhoneForm : std::int8_t { none, whole, masked, hashed };
[[nodiscard]] PhoneForm phone_form(std::string_view phone);
// Whether it may be this number: a mask fits many.
[[nodiscard]] bool may_be(std::string_view phone, Msisdn number);
// For people and logs: at most what a mask shows.
[[nodiscard]] std::string shown(std::string_view phone);

}  // namespace lango::rails
