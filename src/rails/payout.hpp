// Money out through a rail (architecture, §9). A payout is submitted under an id of ours that is
// fixed before it first goes out and never changes: the rail refuses to pay the same id twice. What
// became of it is told later, at addresses of ours; silence is never failure, and never success.
#pragma once
#include "rails/rail.hpp"

namespace lango::rails {

// A customer's payment that goes back whole. The rail does that once per payment: asked again, it
// says that it has been done.
struct Reversal {
    std::string receipt;         // the payment's
    std::int64_t shortcode = 0;  // that it came to
};

// By which way a payout goes out: kept from its first submission on, so that another configuration
// makes no second payment of a repeat, and asks where the payout is.
struct PayoutRoute {
    std::int64_t shortcode = 0;  // the account that it leaves
    bool knows_repeats = false;  // the rail refuses an id that it has seen: it may be sent again

    bool operator==(const PayoutRoute&) const = default;
};

struct Payout {
    WithdrawalId withdrawal;
    Msisdn phone;
    Money amount;
    PayoutRoute route{};
    std::optional<Reversal> reverses{};  // in place of a payout
};

// What must not go out any more before a person has mended something of ours.
enum class Halts : std::int8_t {
    nothing = 0,
    payouts = 1,     // money, permission: questions may still be asked
    everything = 2,  // the credential: each further use of it makes things worse
    questions = 3,   // the credential, as a question's answer says: no more of them
};

struct PayoutAnswer {
    // accepted: the rail has it, not yet paid; a duplicate of our id is that, too.
    Submitted outcome = Submitted::unknown;
    std::string code;     // the rail's, or our word: "no answer"
    std::string message;  // for people; redacted
    std::string conversation_id;
    std::string originator_conversation_id{};
    std::string raw;  // as received, redacted; "" when there was nothing
    Halts halts = Halts::nothing;
    bool ours_to_mend = false;  // a setting or a credential: a person is called
};

struct PayoutQuestion {
    WithdrawalId withdrawal;
    // The rail's, for what carries no id of ours; "" while it is not known.
    std::string originator_conversation_id{};
    PayoutRoute route{};
    std::optional<Reversal> reverses{};
};

enum class PayoutFate : std::int8_t {
    paid,
    failed,     // proved: the money has not left
    pending,    // the rail is still at it, or has not said
    not_found,  // the rail says that it knows nothing of it: believed only late and twice
    unknown,    // no table knows the answer
};

enum class PayoutSource : std::int8_t { result = 1, status = 2, timeout = 3, person = 4 };

// One claim about a payout's fate, whatever brought it.
struct PayoutSeen {
    PayoutSource source = PayoutSource::result;
    PayoutFate fate = PayoutFate::unknown;
    std::string code;  // a text: rails have codes that are no numbers
    std::string description;
    std::string conversation_id;  // "" where the source does not say
    std::optional<std::string> receipt;
    std::optional<Money> amount;
    Halts halts = Halts::nothing;
    std::string raw;
    bool done_before = false;  // a reversal: when this was asked for, it had been done already
    // Of the question that this answers: an answer that comes twice is one answer.
    std::string question_id = {};
    bool ours_to_mend = false;  // the question was refused for the initiator's password or role
};

// What the rail holds for our payouts.
struct FloatReading {
    Money utility = Money::zero();  // payouts leave from here
    Money working = Money::zero();  // must be moved before it can be paid out
    Money charges = Money::zero();  // below zero is usual
};
// The rail's answer to the question for it.
struct FloatSeen {
    std::optional<FloatReading>
        reading;  // nothing: the question failed, or was answered without it
    std::string code;
    std::string description;
    Halts halts = Halts::nothing;
    bool ours_to_mend = false;
};

class PayoutRail {
  public:
    virtual ~PayoutRail() = default;
    // Of payouts that go out for the first time.
    [[nodiscard]] virtual PayoutRoute route() const = 0;
    // Why the rail will never take it, whoever asks; "": it may.
    [[nodiscard]] virtual std::string fault_of(const Payout& payout) const = 0;
    [[nodiscard]] virtual Rail::Allowance payout_allowance(Instant now) = 0;
    virtual void spend_payouts(std::size_t payouts) = 0;

    [[nodiscard]] virtual asio::awaitable<PayoutAnswer> pay(Payout payout) = 0;
    // Asks what became of a payout; the answer comes to our address. False: the rail did not take
    // the question.
    [[nodiscard]] virtual asio::awaitable<bool> ask(PayoutQuestion question) = 0;
    // Asks for the float; likewise.
    [[nodiscard]] virtual asio::awaitable<bool> ask_float() = 0;
};

}  // namespace lango::rails
