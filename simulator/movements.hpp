// What moves money in the simulator's ledger. Times are microseconds since 1970 UTC; each seq
// counts from 1 without gaps.
#pragma once
#include <cstdint>
#include <string>

#include "base/time.hpp"

namespace lango::simulator {

// A customer's: from the wallet to the organisation's Working account.
struct Payment {
    std::int64_t seq = 0;
    std::string receipt;
    std::int64_t shortcode = 0;
    std::string phone;
    std::int64_t amount_minor = 0;
    std::string checkout_request_id;  // "": the customer paid by himself (C2B)
    std::string account_reference;
    std::int64_t completed_at = 0;
    bool till = false;  // C2B: "Buy Goods"
};

// B2C: from the organisation's Utility account to the wallet, and a fee from its Charges Paid
// account to Safaricom.
struct Payout {
    std::int64_t seq = 0;
    std::string receipt;
    std::string originator_conversation_id;
    std::string conversation_id;
    std::int64_t shortcode = 0;
    std::string phone;
    std::int64_t amount_minor = 0;
    std::int64_t fee_minor = 0;
    std::int64_t completed_at = 0;
};

// A customer's payment back, whole: from the Working account to the wallet.
struct Reversal {
    std::int64_t seq = 0;
    std::string receipt;
    std::string payment_receipt;
    std::string originator_conversation_id;
    std::string conversation_id;
    std::int64_t shortcode = 0;
    std::string phone;
    std::int64_t amount_minor = 0;
    std::int64_t completed_at = 0;
};

// By hand, as in the organisations' portal: "174379.working", "600996.utility", "bank".
struct Transfer {
    std::string from;
    std::string to;
    std::int64_t amount_minor = 0;
    std::int64_t completed_at = 0;
};

}  // namespace lango::simulator
