// Whether the rail shall take a payment: its question before the money moves (daraja.md 4.2,
// validation). To accept is no promise that it will be paid, and nothing is written.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "merchants/merchants.hpp"
#include "rails/paybill.hpp"
#include "store/tx.hpp"

namespace lango::paybill {

struct Rules {
    std::vector<std::int64_t> numbers;  // ours: paybill, till; empty: any
    bool takes_unknown = false;         // money with nobody's reference: into suspense
};

enum class Objection : std::int8_t {
    none,
    account,  // nobody's reference
    amount,   // less than the order asks for; more, where the merchant takes the exact amount only
    number,   // not our paybill
    paid,     // the order is paid: this would only have to be sent back
};

struct Verdict {
    Objection objection = Objection::none;
    std::optional<DepositId> order;  // comes back with the confirmation
};

// Nothing: the question cannot be read.
[[nodiscard]] Verdict judge(store::Reader& reader,
                            const std::optional<rails::PaybillPayment>& payment, const Rules& rules,
                            const merchants::Directory& merchants);

}  // namespace lango::paybill
