// Accepts a deposit: one row, one event, the intent to push. Durable before answered.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ids.hpp"
#include "base/money.hpp"
#include "base/msisdn.hpp"
#include "base/result.hpp"
#include "deposits/give_way.hpp"
#include "deposits/phone_guard.hpp"
#include "store/tx.hpp"

namespace lango::deposits {

struct NewDeposit {
    DepositId id{0};
    MerchantId merchant{0};
    std::string custom_transaction_id;
    std::string label;
    Msisdn phone;
    Money amount;
    int attempt = 1;  // of the order: the API makes only first ones
    // The merchant's API asks: a name that is only a payer's word gives way (give_way.hpp).
    bool merchants_own = false;
    std::optional<Money> fee{};  // the commission of now, fixed with it; none: that of its payment
};

// Field and text, in the order of the page's fields (decisions, Answers).
using Refusals = std::vector<std::pair<std::string_view, std::string>>;

// Nothing is written when it refuses.
[[nodiscard]] Result<void, Refusals> create(store::Tx& tx, const NewDeposit& deposit,
                                            const Spacing& spacing, Instant now);

}  // namespace lango::deposits
