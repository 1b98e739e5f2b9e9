// Takes out of free text what a log must not keep: the last line of defence behind Msisdn and
// Secret, for messages that others wrote (a rail's error, an exception, a URL).
//
//   phone numbers          254712344321 -> 2547****4321, 0712 344 321 -> 07** **4 321
//   CheckoutRequestIDs     ws_CO_1007202409152617172396192 -> ws_CO_10072024****6192
//   tokens                 Bearer c9SQx... -> Bearer ***, and after "Access Token - " and
//                          access_token, as Daraja echoes them (Daraja, table 1.2)
//
// Knows no names and no secrets without a mark of their own: those have to be typed Secret.
#pragma once
#include <string>
#include <string_view>

namespace lango {

[[nodiscard]] std::string redact(std::string_view text);

}  // namespace lango
