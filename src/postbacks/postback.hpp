// One signed message to a merchant: its bytes, its row, its schedule (the page, Deposit postback;
// merchant-api 4; decisions, Postbacks). Delivery is delivery.hpp.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/ids.hpp"
#include "base/money.hpp"
#include "base/msisdn.hpp"
#include "base/time.hpp"
#include "merchants/merchant.hpp"
#include "rates/rates.hpp"
#include "store/tx.hpp"
#include "store/words.hpp"

namespace lango::postbacks {

enum class State : std::int8_t { waiting = 1, delivered = 2, exhausted = 3 };
static_assert(store::spells(LANGO_POSTBACK_WAITING, State::waiting));
static_assert(store::spells(LANGO_POSTBACK_DELIVERED, State::delivered));
static_assert(store::spells(LANGO_POSTBACK_EXHAUSTED, State::exhausted));
static_assert(store::spells(LANGO_POSTBACK_ANY, State::waiting, State::delivered,
                            State::exhausted));
enum class AttemptOutcome : std::int8_t {
    delivered = 1,
    wrong_answer = 2,
    no_answer = 3,
    address_refused = 4,
    bytes_changed = 5,
    gateway_died = 6,  // while it was the only one that went: set aside (runs/run.hpp)
};
static_assert(store::spells(LANGO_ATTEMPT_DELIVERED, AttemptOutcome::delivered));
static_assert(store::spells(LANGO_ATTEMPT_WRONG_ANSWER, AttemptOutcome::wrong_answer));
static_assert(store::spells(LANGO_ATTEMPT_GATEWAY_DIED, AttemptOutcome::gateway_died));

// What a paid deposit tells.
struct DepositFacts {
    DepositId id;
    std::string_view label;
    std::string_view custom_transaction_id;
    Money amount;
    std::string_view receipt;
    Instant paid_at;  // activated_datetime, in the merchant's zone
};

// What a withdrawal that has come to an end tells.
struct WithdrawalFacts {
    WithdrawalId id;
    std::string_view withdrawal_id;  // the merchant's
    std::string_view label;
    std::string_view comment;
    Msisdn phone;
    Money amount;
    int status;  // 1 paid, 5 failed (the page, Withdrawal statuses)
};

// sha1(access_key + private_access_key + md5(additional_data)): quarantined here
// (merchant-api 4.4).
[[nodiscard]] std::string page_signature(std::string_view access_key,
                                         std::string_view private_access_key,
                                         std::string_view additional_data);

struct Message {
    PostbackId id{0};
    MerchantId merchant{0};
    std::int64_t subject_id = 0;  // the payment that it tells of; 0 when read again from its row
    int attempts = 0;
    Instant created_at{};
    Instant first_attempt_at{};  // zero: none yet
    std::shared_ptr<const std::string> body;
    bool alone = false;  // it went alone, and the store says so (runs/run.hpp)
};

// The row is born leased to the caller's node: due at now + lease. Hand the message to the Delivery
// after the commit; if that never happens, the lease ends and the row is taken like any other.
// stockpiling_id on the wire is the row's number (1, 2, 3, ...). The rates are a stored table.
[[nodiscard]] Message create_for_deposit(store::Tx& tx, PostbackId id,
                                         const merchants::Merchant& merchant,
                                         const rates::Table& rates, const DepositFacts& facts,
                                         Instant now, Duration lease);

// The same for a withdrawal, which has no stockpiling_id on the wire.
[[nodiscard]] Message create_for_withdrawal(store::Tx& tx, PostbackId id,
                                            const merchants::Merchant& merchant,
                                            const rates::Table& rates, const WithdrawalFacts& facts,
                                            Instant now, Duration lease);

// When attempt number `attempts`+1 is due, `now` being the end of the one before: after the
// schedule's pause (10 s, 30 s, 2 min, 5 min, 15 min, 30 min, 1 h, 2 h, 4 h, 8 h, then every 12 h,
// where the merchant has none of his own) plus up to 10 % jitter from `random`; nothing when that
// is later after the first than the schedule gives up (72 h).
[[nodiscard]] std::optional<Instant> next_attempt(const merchants::PostbackSchedule& schedule,
                                                  int attempts, Instant first_attempt, Instant now,
                                                  std::uint64_t random);
// With the most jitter, after attempt number nth + 1.
[[nodiscard]] Duration longest_pause(const merchants::PostbackSchedule& schedule, std::size_t nth);

}  // namespace lango::postbacks
