// Attempts: taking what is due, and recording what came of it together with what comes next.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "postbacks/postback.hpp"
#include "runs/run.hpp"

namespace lango::postbacks {

// The rates_id of a webhook event: nothing is converted in it, and head is all of its body.
inline constexpr std::int64_t event_rates = 0;

// A postback or an event as it stands in the store; the body is made again from it.
struct Waiting {
    PostbackId id{0};
    MerchantId merchant{0};
    int attempts = 0;
    Instant created_at{};
    Instant first_attempt_at{};
    Instant due_at{};  // when it was taken
    std::int64_t rates_id = 0;
    Money amount = Money::zero();
    std::string head;
    std::string tail;
    std::string digest;
    bool alone = false;
};
// Whose row is not as it must be: it is not sent, and a person must look.
struct Unsendable {
    PostbackId id{0};
    Instant created_at{};
    bool is_event = false;
    std::string why;
};
struct Taken {
    std::vector<Waiting> messages;
    std::vector<Unsendable> unsendable{};
    std::optional<Instant> next_due;  // of this merchant
};
// Takes the merchant's due rows for the length of the lease; in a careful run not those that are
// suspected.
[[nodiscard]] Taken take_due(store::Tx& tx, MerchantId merchant, std::size_t limit, Instant now,
                             Duration lease);

// What of a merchant's was in flight when an earlier run died, as far as this run keeps it apart.
struct Suspect {
    runs::Subject subject;
    MerchantId merchant{0};
    Instant due_at{};
};
[[nodiscard]] std::vector<Suspect> suspects(store::Reader& reader, MerchantId merchant);
// Takes it to go alone, due or not: whoever had it is dead. Nothing when it is over, or is kept
// apart no more.
[[nodiscard]] std::optional<Waiting> take_alone(store::Tx& tx, const Suspect& suspect, Instant now,
                                                Duration lease);
// The run died while it went alone: it is due no more until a person has it sent again (resend).
// False: what came of it had been recorded.
bool set_aside_died(store::Tx& tx, runs::Subject subject, std::int64_t run, Instant now);

[[nodiscard]] std::string_view name(AttemptOutcome outcome);
[[nodiscard]] std::string_view name(State state);

struct Attempt {
    PostbackId id{0};
    Instant at{};
    Duration took{};
    AttemptOutcome outcome = AttemptOutcome::no_answer;
    int status = 0;      // 0: no answer
    std::string answer;  // as readable() leaves it
    bool alone = false;
};
struct Next {
    State state = State::waiting;
    std::optional<Instant> due;
};
// One write: the attempt, and what comes next. A delivered postback stays so whatever comes of
// sending it again. The postback exists.
[[nodiscard]] Next record(store::Tx& tx, const Attempt& attempt,
                          const merchants::PostbackSchedule& schedule, std::uint64_t random);
// Waiting messages whose first attempt an earlier run had leased and never made are due at once.
void void_leases(store::Tx& tx, Instant now);
// When the clock has gone back, and at a start: what waits for longer than the pause after its last
// attempt was put there by a clock that was ahead, and is due when a lease would end.
void bound_due_times(store::Tx& tx, MerchantId merchant,
                     const merchants::PostbackSchedule& schedule, Duration lease, Instant now);
// By hand: due at once, whatever became of it, set aside or not; then Delivery::wake(his merchant).
// Nothing when there is no postback for this payment.
[[nodiscard]] std::optional<MerchantId> resend(store::Tx& tx, std::int64_t subject_id, Instant now);

struct Exhausted {
    std::int64_t subject_id = 0;
    MerchantId merchant{0};
    int attempts = 0;
    Instant created_at{};
};
// The first that were given up.
[[nodiscard]] std::vector<Exhausted> exhausted(store::Reader& reader, std::size_t limit);

struct Told {
    PostbackId id{0};
    State state = State::waiting;
    std::optional<Instant> due_at;
    std::vector<Attempt> attempts;
};
// The story of one payment's postback, or of the event that it failed, where there is no postback.
[[nodiscard]] std::optional<Told> told(store::Reader& reader, std::int64_t subject_id);

// For metrics: counted through partial indexes, so that delivered rows cost nothing.
struct Backlog {
    std::int64_t waiting = 0;  // or due again by hand
    std::int64_t exhausted = 0;
    std::optional<Instant> oldest_due;
};
[[nodiscard]] Backlog backlog(store::Reader& reader);

}  // namespace lango::postbacks
