// What stands in the place of what was masked.
#pragma once
#include <cstdint>

#include "store/tx.hpp"

namespace lango::privacy {

// What the rail said of a payment: "masked: sha256 HEX" of the bytes that stood there.
void hide_messages(store::Tx& tx, std::int64_t subject_id);
// What the merchant answered to its postback.
void hide_answers(store::Tx& tx, std::int64_t subject_id);

}  // namespace lango::privacy
