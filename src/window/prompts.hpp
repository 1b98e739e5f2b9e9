// The prompts that forms of the window asked for, kept for an hour with the orders, so that a
// restart forgets none: nobody is to be rung again and again in a shop's name.
#pragma once
#include "base/ids.hpp"
#include "base/msisdn.hpp"
#include "base/time.hpp"
#include "store/tx.hpp"

namespace lango::window {

// In the write that makes the attempt.
void keep_prompt(store::Tx& tx, DepositId attempt, MerchantId merchant, Msisdn phone,
                 bool is_signed, Instant now);

struct Recent {
    int rung = 0;           // how often the phone was, in the last hour, for whichever merchant
    int refused = 0;        // of those, how often it was cancelled there
    bool unwanted = false;  // most of the merchant's unsigned prompts were cancelled or ignored
};
[[nodiscard]] Recent recent(store::Reader& reader, MerchantId merchant, Msisdn phone, Instant now);

}  // namespace lango::window
