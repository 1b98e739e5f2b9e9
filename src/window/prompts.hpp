// The prompts that forms of the window asked for, kept for two hours with the orders, so that a
// restart forgets none: nobody is to be rung again and again in a shop's name.
#pragma once
#include <vector>

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
    bool said_no = false;   // it cancelled two, and the last of them in the last hour
    bool unwanted = false;  // most of the merchant's unsigned prompts were cancelled or ignored
};
[[nodiscard]] Recent recent(store::Reader& reader, MerchantId merchant, Msisdn phone, Instant now);
// When the merchant's unsigned prompts were asked for since then, the first one first.
[[nodiscard]] std::vector<Instant> unsigned_since(store::Reader& reader, MerchantId merchant,
                                                  Instant from);
// Takes away those that count no more, where no new ones push them out. How many there were.
std::int64_t forget_prompts(store::Tx& tx, Instant now);

}  // namespace lango::window
