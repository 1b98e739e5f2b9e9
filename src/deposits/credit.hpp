// A deposit is paid: books it, moves it to paid and makes its postback, all in the caller's write.
// Whatever brought the money, this is the one place where an order is credited.
#pragma once
#include <string>

#include "deposits/deposit.hpp"
#include "deposits/observe.hpp"
#include "ledger/ledger.hpp"

namespace lango::deposits {

struct Payment {
    std::string receipt;
    // Where the money stands: the rail's account, or suspense for what came earlier.
    ledger::AccountRef from;
    // The receipt is booked by this; false: it is already, with the money in suspense.
    bool books_receipt = true;
    std::string who{};  // of a person who decided it: told in the event
};

// False: the deposit or the receipt is booked already, and nothing was written.
struct Credited {
    bool booked = false;
    std::optional<postbacks::Message> postback;
};
[[nodiscard]] Credited credit(store::Tx& tx, Deposit& deposit, const Payment& payment,
                              const ObserveContext& context, Instant now);

}  // namespace lango::deposits
