// Attempts: taking what is due, and recording what came of it together with what comes next.
#pragma once
#include <optional>
#include <vector>

#include "postbacks/postback.hpp"

namespace lango::postbacks {

// A postback as it stands in the store; the body is made again from it.
struct Waiting {
    PostbackId id{0};
    MerchantId merchant{0};
    int attempts = 0;
    Instant created_at{};
    Instant first_attempt_at{};
    std::int64_t rates_id = 0;
    Money amount = Money::zero();
    std::string head;
    std::string tail;
    std::string digest;
};
struct Taken {
    std::vector<Waiting> messages;
    std::optional<Instant> next_due;  // of this merchant
};
// Takes the merchant's due rows for the length of the lease.
[[nodiscard]] Taken take_due(store::Tx& tx, MerchantId merchant, std::size_t limit, Instant now,
                             Duration lease);

struct Attempt {
    PostbackId id{0};
    Instant at{};
    Duration took{};
    AttemptOutcome outcome = AttemptOutcome::no_answer;
    int status = 0;      // 0: no answer
    std::string answer;  // at most answer_max bytes, valid UTF-8
};
inline constexpr std::size_t answer_max = 2048;

// One write: the attempt, and what comes next. Returns when, or nothing if that was the last.
std::optional<Instant> record(store::Tx& tx, const Attempt& attempt, std::uint64_t random);
// Waiting messages whose first attempt an earlier run had leased and never made are due at once.
void void_leases(store::Tx& tx, Instant now);
// By hand: due at once, whatever became of it. False when there is no postback for this payment.
[[nodiscard]] bool resend(store::Tx& tx, std::int64_t subject_id, Instant now);

struct Told {
    PostbackId id{0};
    State state = State::waiting;
    std::optional<Instant> due_at;
    std::vector<Attempt> attempts;
};
// The story of one payment's postback.
[[nodiscard]] std::optional<Told> told(store::Reader& reader, std::int64_t subject_id);

}  // namespace lango::postbacks
