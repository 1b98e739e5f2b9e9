// What merchants' keys are sealed for: each opens in its own row and column alone.
#pragma once
#include <string>
#include <string_view>

#include "base/crypto.hpp"
#include "base/ids.hpp"
#include "store/tx.hpp"

namespace lango::merchants {

// "merchants/3/private_key"
[[nodiscard]] std::string seal_use(MerchantId merchant, std::string_view column);

// Everything that is sealed, sealed anew with the current key: after a rotation, and after an
// upgrade from when seals had no use. Throws store::Broken for what no key opens.
void seal_all_anew(store::Tx& tx, const crypto::MasterKey& master, Random& random);

}  // namespace lango::merchants
