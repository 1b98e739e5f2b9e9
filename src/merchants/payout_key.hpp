// What payouts' ids are made with (rails/payout_id.hpp): one secret of the installation, made once,
// never rotated, sealed in the database so that every backup has it. Each merchant's key follows
// from it and his slug, so that it is the same for one who had to be made again.
#pragma once
#include <string_view>

#include "base/crypto.hpp"
#include "base/random.hpp"
#include "base/secret.hpp"
#include "store/tx.hpp"

namespace lango::merchants {

// The installation's secret; empty before it was made.
[[nodiscard]] Secret payout_secret(store::Reader& reader, const crypto::MasterKey& master);
// Made now when there is none yet.
Secret ensure_payout_secret(store::Tx& tx, const crypto::MasterKey& master, Random& random);
// The same secret under the current master key.
void seal_payout_secret_anew(store::Tx& tx, const crypto::MasterKey& master, Random& random);
// Empty when the secret is.
[[nodiscard]] Secret payout_key(const Secret& secret, std::string_view slug);

}  // namespace lango::merchants
