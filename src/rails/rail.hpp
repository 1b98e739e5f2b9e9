// What the gateway knows of a mobile-money rail (architecture, §9). Our id and the rail's ids are
// separate; a rail may give its id only after submission. Each answer is one of few kinds, and what
// no table knows is unknown: silence is never failure.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/money.hpp"
#include "base/msisdn.hpp"
#include "base/time.hpp"

namespace lango::rails {

namespace asio = boost::asio;

struct Push {
    DepositId deposit;
    Msisdn phone;
    Money amount;
};

enum class Submitted : std::int8_t {
    accepted,       // the rail has it; not paid
    refused,        // the rail has it not and never will: our data or its rules
    not_submitted,  // the rail has it not; the same push may be sent later
    unknown,        // no answer that says which: the prompt may be on the phone
};

struct PushAnswer {
    Submitted outcome = Submitted::unknown;
    std::string code;     // the rail's, or our word: "timeout"
    std::string message;  // for people; redacted
    std::string checkout_request_id;
    std::string merchant_request_id;
    std::string raw;       // as received, the echo of a token removed
    Duration pause_min{};  // not submitted: the rail wants no other push to this phone before
    bool alert = false;    // refused: by our own settings, or by the rail's of our account
};

enum class Fate : std::int8_t {
    paid,
    failed,   // by a code that a table calls final; a later success still counts
    pending,  // the rail is still at it
    unknown,  // no table knows the answer
};

// A confirmation tells of money that came by paybill (rails/paybill.hpp).
enum class Source : std::int8_t { callback = 1, query = 2, pull = 3, person = 4, confirmation = 5 };

// One claim about a payment's fate, whatever brought it. observe() takes them all.
struct Observation {
    Source source = Source::callback;
    Fate fate = Fate::unknown;
    std::string code;  // a text: rails have codes that are no numbers
    std::string description;
    std::string checkout_request_id;  // "" where the source does not say
    std::string merchant_request_id;
    std::optional<std::string> receipt;
    std::optional<Money> amount;
    bool may_turn =
        false;  // failed, by a code that is sometimes followed by a charge: ask again later
    bool alert = false;  // failed, by our own settings or the rail's of our account: tell operators
    std::string raw;
};

// One line of the rail's own list of payments.
struct PulledPayment {
    std::string receipt;
    std::string reference;  // as the rail prints it
    Money amount = Money::zero();
    std::optional<DepositId> prompted{};  // the order on whose prompt that reference stood
    std::string phone{};                  // payer_phone.hpp
};

struct Capabilities {
    bool query = false;              // by the rail's id
    bool pull = false;               // list of payments by time
    Duration prompt_life{};          // how long a prompt lives on the phone
    Duration phone_spacing{};        // between two pushes to one phone
    Duration same_amount_spacing{};  // between two pushes of one amount to one phone
    Duration push_max{};             // longer than push() ever takes
};

struct ListTooLong : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class Rail {
  public:
    virtual ~Rail() = default;
    [[nodiscard]] virtual const Capabilities& capabilities() const = 0;
    // Our account at the rail: the owner of the ledger's rail account.
    [[nodiscard]] virtual std::int64_t shortcode() const = 0;
    // The account reference printed on the prompt, unique per deposit; what pull() gives back.
    [[nodiscard]] virtual std::string reference(DepositId deposit) const = 0;

    // How many pushes may go out now (token bucket, circuit breaker). When none: retry_at tells
    // when to ask again. Who sends them says so with spend().
    struct Allowance {
        std::size_t pushes = 0;
        Instant retry_at{};
    };
    [[nodiscard]] virtual Allowance allowance(Instant now) = 0;
    virtual void spend(std::size_t pushes) = 0;
    // Nothing when pushes can be submitted; else how long the breaker stays open.
    [[nodiscard]] virtual std::optional<Duration> down_for(Instant now) const = 0;

    [[nodiscard]] virtual asio::awaitable<PushAnswer> push(Push push) = 0;
    // Nothing when the rail did not answer the question (busy, rate limited, unreachable).
    [[nodiscard]] virtual asio::awaitable<std::optional<Observation>> query(
        std::string checkout_request_id) = 0;
    // All payments to our shortcode in [from, to]. Nothing when the rail did not answer; throws
    // ListTooLong when its list cannot be read to the end.
    [[nodiscard]] virtual asio::awaitable<std::optional<std::vector<PulledPayment>>> pull(
        Instant from, Instant to) = 0;
    // For the end: a pull() of many pages says nothing rather than to read the next one.
    virtual void stop_reading() = 0;
};

}  // namespace lango::rails
