// The port to a mobile-money rail (daraja.md 10): prompts, questions, its list of payments.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/time.hpp"
#include "rails/claims.hpp"

namespace lango::rails {

namespace asio = boost::asio;

class Rail {
  public:
    using Allowance = rails::Allowance;

    virtual ~Rail() = default;
    [[nodiscard]] virtual const Capabilities& capabilities() const = 0;
    // Our account at the rail: the owner of the ledger's rail account.
    [[nodiscard]] virtual std::int64_t shortcode() const = 0;
    // The account reference printed on the prompt, unique per deposit; what pull() gives back.
    [[nodiscard]] virtual std::string reference(DepositId deposit) const = 0;

    // How many pushes may go out now (token bucket, circuit breaker). Who sends them says so with
    // spend().
    [[nodiscard]] virtual Allowance allowance(Instant now) = 0;
    virtual void spend(std::size_t pushes) = 0;
    // The same of query(): rails bound questions, too.
    [[nodiscard]] virtual Allowance question_allowance(Instant now) {
        return {.pushes = std::numeric_limits<std::size_t>::max(), .retry_at = now};
    }
    virtual void spend_questions(std::size_t /*questions*/) {}
    // Nothing when pushes can be submitted; else how long the breaker stays open.
    [[nodiscard]] virtual std::optional<Duration> down_for(Instant now) const = 0;

    [[nodiscard]] virtual asio::awaitable<PushAnswer> push(Push push) = 0;
    // Nothing when the rail did not answer the question (busy, rate limited, unreachable).
    [[nodiscard]] virtual asio::awaitable<std::optional<Observation>> query(
        std::string checkout_request_id) = 0;
    // All payments to our shortcode in [from, to]. Nothing when the rail did not answer; a last one
    // that is a page when it answered what nobody can read, and the list may go on there; throws
    // ListTooLong when its list cannot be read to the end.
    [[nodiscard]] virtual asio::awaitable<std::optional<std::vector<PulledPayment>>> pull(
        Instant from, Instant to) = 0;
    // For the end: a pull() of many pages says nothing rather than to read the next one.
    virtual void stop_reading() = 0;
};

}  // namespace lango::rails
