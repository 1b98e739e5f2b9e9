// The port by which money goes out through a rail (daraja.md 10).
#pragma once
#include <boost/asio/awaitable.hpp>
#include <string>

#include "base/time.hpp"
#include "rails/claims.hpp"

namespace lango::rails {

namespace asio = boost::asio;

class PayoutRail {
  public:
    virtual ~PayoutRail() = default;
    // Of payouts that go out for the first time.
    [[nodiscard]] virtual PayoutRoute route() const = 0;
    // Why the rail will never take it, whoever asks; "": it may.
    [[nodiscard]] virtual std::string fault_of(const Payout& payout) const = 0;
    [[nodiscard]] virtual Allowance payout_allowance(Instant now) = 0;
    virtual void spend_payouts(std::size_t payouts) = 0;

    [[nodiscard]] virtual asio::awaitable<PayoutAnswer> pay(Payout payout) = 0;
    // Asks what became of a payout; the answer comes to our address. False: the rail did not take
    // the question.
    [[nodiscard]] virtual asio::awaitable<bool> ask(PayoutQuestion question) = 0;
    // Asks for the float; likewise.
    [[nodiscard]] virtual asio::awaitable<bool> ask_float() = 0;
};

}  // namespace lango::rails
