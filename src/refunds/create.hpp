// Makes a refund: its row, its hold and its first event, or nothing. The one way to one: here, in
// the store's single writer, what is open or has gone back of a receipt is summed up before more of
// it goes, so that no two can be made of the same money.
#pragma once
#include <optional>
#include <string>

#include "base/result.hpp"
#include "merchants/merchants.hpp"
#include "refunds/refund.hpp"

namespace lango::refunds {

struct NewRefund {
    WithdrawalId id{0};
    std::optional<DepositId> deposit;
    // Of the money. "": the receipt that paid the deposit. Also one that came for the deposit a
    // second time, or in another amount, or for no deposit at all, and stands in suspense. Of one
    // that was given to an order from there: with that order named the order's money, else what is
    // left in suspense, or the order's where nothing is.
    std::string receipt;
    std::optional<Money> amount;   // none: all that is left
    std::optional<Method> method;  // none: a reversal when all of a payment goes back
    std::optional<Msisdn> phone;   // none: the payer's as the rail named it, or the deposit's
    std::string reason;
    std::string who;
    std::string retry_key{};  // "": none
};

struct Made {
    WithdrawalId id{0};
    bool before = false;  // by an earlier request with the same retry key
};

// The amount leaves the merchant's balance whole: the commission of the deposit is not given back
// to him. What is in suspense goes back from there. Waits for another operator where approval.hpp
// says so. Refuses with a text for people.
[[nodiscard]] Result<Made, std::string> create(store::Tx& tx, const NewRefund& wanted,
                                               const merchants::Directory& merchants, Instant now);

}  // namespace lango::refunds
