// An extension, off by default (merchant set SLUG failed-events on): a deposit that failed or
// expired is told of once, in the form of Standard Webhooks (docs/formats/events.md). Nothing is
// final in it: money may still come, and is then posted back as the page has it.
#pragma once
#include <string_view>

#include "base/ids.hpp"
#include "base/money.hpp"
#include "base/msisdn.hpp"
#include "base/time.hpp"
#include "store/tx.hpp"

namespace lango::postbacks {

struct FailedFacts {
    DepositId id;
    MerchantId merchant;
    std::string_view label;
    std::string_view custom_transaction_id;
    Msisdn phone;
    Money amount;
    std::string_view status;       // failed, expired
    std::string_view result_code;  // the rail's; "": none
};

// The event, due at once, where the merchant wants to be told and has not been told of this
// deposit. A lane finds it within a minute.
void tell_failed(store::Tx& tx, const FailedFacts& facts, Instant now);

}  // namespace lango::postbacks
