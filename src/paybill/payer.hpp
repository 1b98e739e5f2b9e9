// Who paid an order by paybill: the order names the phone that should have been prompted, the rail
// the one that paid, whole, masked or hashed (rails/payer_phone.hpp).
#pragma once
#include <string>
#include <string_view>

#include "store/tx.hpp"

namespace lango::paybill {

void keep_payer(store::Tx& tx, std::string_view receipt, std::string_view phone);
// "": that receipt came by no paybill, or the rail showed nobody.
[[nodiscard]] std::string payer_of(store::Reader& reader, std::string_view receipt);

}  // namespace lango::paybill
