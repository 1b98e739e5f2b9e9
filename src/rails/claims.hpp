// What the gateway and a mobile-money rail tell each other (daraja.md 10). Our id and the
// rail's ids are separate; a rail may give its id only after submission. Each answer is one of few
// kinds, and what no table knows is unknown: silence is never failure.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>

#include "base/ids.hpp"
#include "base/money.hpp"
#include "base/msisdn.hpp"
#include "base/time.hpp"
#include "store/words.hpp"

namespace lango::rails {

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
    std::int64_t shortcode = 0;  // that the money came to; 0: the source does not say
};

// One line of the rail's own list of payments.
struct PulledPayment {
    std::string receipt;
    std::string reference;  // as the rail prints it
    Money amount = Money::zero();
    std::optional<DepositId> prompted{};  // the order on whose prompt that reference stood
    std::string phone{};                  // payer_phone.hpp
    // Why it cannot be taken: a person reads it. Nothing but `raw` counts then.
    std::string unreadable{};
    std::string raw{};  // of such a one, byte for byte
    // It is a whole page, and the list was read no further than to it.
    bool is_page = false;
};

struct Capabilities {
    bool query = false;              // by the rail's id
    bool pull = false;               // list of payments by time
    Duration prompt_life{};          // how long a prompt lives on the phone
    Duration phone_spacing{};        // between two pushes to one phone
    Duration same_amount_spacing{};  // between two pushes of one amount to one phone
    Duration push_max{};             // longer than push() ever takes
    std::int64_t shortcode = 0;      // whose payments it can be asked about; 0: any
};

struct ListTooLong : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// How many may go out now; when none, retry_at tells when to ask again.
struct Allowance {
    std::size_t pushes = 0;  // or payouts, or questions
    Instant retry_at{};
};

// Money out. A payout is submitted under an id of ours that is fixed before it first goes out and
// never changes: the rail refuses to pay the same id twice. What became of it is told later, at
// addresses of ours; silence is never failure, and never success.

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
    std::string id;  // that the rail knows it by (rails/payout_id.hpp)
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
static_assert(store::spells(LANGO_HALTS_QUESTIONS, Halts::questions));

struct PayoutAnswer {
    // accepted: the rail has it, not yet paid; a duplicate of our id is that, too.
    Submitted outcome = Submitted::unknown;
    std::string code;     // the rail's, or our word: "no answer"
    std::string message;  // for people; redacted
    std::string conversation_id;
    std::string originator_conversation_id{};
    std::string raw;  // as received, redacted; "" when there was nothing
    // The rail has had this id before: received, and nobody knows with which recipient and amount.
    bool repeated = false;
    Halts halts = Halts::nothing;
    bool ours_to_mend = false;  // a setting or a credential: a person is called
};

struct PayoutQuestion {
    WithdrawalId withdrawal;
    std::string id;  // as Payout::id
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
    std::string our_id{};         // a payout's of ours that the claim names; "": none of ours
    std::optional<std::string> receipt;
    std::optional<Money> amount;
    std::optional<Msisdn> recipient{};  // where the rail names one in full
    Halts halts = Halts::nothing;
    std::string raw;
    bool done_before = false;  // a reversal: when this was asked for, it had been done already
    // Of the question that this answers: an answer that comes twice is one answer.
    std::string question_id = {};
    bool ours_to_mend = false;  // the question was refused for the initiator's password or role
    std::string reversed{};     // a reversal: the receipt of the payment that went back
    std::string originator_conversation_id{};  // as told: of the payout, not of a question
    std::int64_t shortcode = 0;                // that the money left, where the rail names it
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

}  // namespace lango::rails
