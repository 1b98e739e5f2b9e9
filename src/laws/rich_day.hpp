// For tests: a small day that has everything, lived by the commands that the gateway uses. Deposits
// with and without a fee, paid, failed, expired, late, open and tried again, by paybill in the
// right amount, too much, too little, for nobody and to be proved; withdrawals paid, failed, paid
// after all, lost to an older backup, waiting, half approved, approved, rejected, by hand, as a
// test and judged; refunds of a part, of the whole and of what nobody ordered; keys, claims,
// references, messages, attempts and trails of all of them.
#pragma once
#include "laws/rich_day_in.hpp"
#include "rails/payout_fixture.hpp"
#include "rails/payout_id.hpp"
#include "refunds/create.hpp"
#include "restore/restoration.hpp"
#include "withdrawals/accept.hpp"
#include "withdrawals/approve.hpp"
#include "withdrawals/halt.hpp"
#include "withdrawals/judge.hpp"
#include "withdrawals/lost.hpp"
#include "withdrawals/record_sent.hpp"
#include "withdrawals/settle.hpp"
#include "withdrawals/take.hpp"

namespace lango::laws::test {

using rails::PayoutFate;
using rails::PayoutSource;
using withdrawals::Decided;
using withdrawals::Settled;

class RichDay : public DayOfMoneyIn {
  public:
    // Into an empty database. At its end every law holds.
    using DayOfMoneyIn::DayOfMoneyIn;

    void live() {
        tx_.script("BEGIN");
        people_and_merchants();
        restored();
        prompts();
        by_paybill();
        payouts();
        refunds();
        keys();
        ordered(700);
        static_cast<void>(pushed(800));
        tx_.script("COMMIT");
    }

  private:
    // ---- money out

    withdrawals::SettleContext settle_context() {
        return {.merchants = &directory_,
                .rates = rates_,
                .fresh_id = fresh(),
                .route = rail_.goes,
                .timing = {},
                .postback_lease = 30s};
    }
    WithdrawalId asked(const std::string& own_id, std::int64_t shillings,
                       withdrawals::Kind kind = withdrawals::Kind::api,
                       const std::string& by = "") {
        later();
        const WithdrawalId id{fresh()};
        const auto taken = withdrawals::accept(
            tx_,
            {.id = id,
             .withdrawal_id = own_id,
             .label = "user " + own_id,
             .phone = phone(),
             .amount = Money::kes(shillings),
             .comment = "for " + own_id,
             .kind = kind,
             .created_by = by,
             .made_by_approver = !by.empty(),
             .signed_as = by.empty() ? std::optional{withdrawals::SignedAs{
                                           .signature = id.value() / 7, .form = 1}}
                                     : std::nullopt},
            demo(), now_);
        EXPECT_TRUE(taken) << (taken ? "" : taken.error().second);
        return id;
    }
    void send(WithdrawalId id) {
        later();
        EXPECT_FALSE(withdrawals::take_payouts(tx_, rail_, 100, {}, now_).payouts.empty());
        later();
        deliver(withdrawals::record_sent(tx_, id,
                                         {.outcome = rails::Submitted::accepted,
                                          .code = "0",
                                          .message = {},
                                          .conversation_id = "AG_" + hex16(id.value()),
                                          .originator_conversation_id = "1-" + hex16(id.value()),
                                          .raw = "{}"},
                                         settle_context(), now_)
                    .postback);
    }
    Settled seen(WithdrawalId id, PayoutFate fate, const std::string& code = "0") {
        later();
        const auto about = withdrawals::find(tx_, id).value();
        const auto number = fate == PayoutFate::paid ? receipt() : std::string{};
        auto outcome = withdrawals::settle(
            tx_, id,
            {.source = PayoutSource::result,
             .fate = fate,
             .code = code,
             .description = {},
             .conversation_id = {},
             .our_id = about.payout_id,
             .receipt = fate == PayoutFate::paid ? std::optional{number} : std::nullopt,
             .amount = fate == PayoutFate::paid ? std::optional{about.amount} : std::nullopt,
             .halts = rails::Halts::nothing,
             .raw = "result of " + hex16(id.value()) + " " + code + " " + number},
            settle_context(), now_);
        deliver(outcome.postback);
        return outcome.what;
    }
    Decided approved(WithdrawalId id, const std::string& who) {
        later();
        const auto code = withdrawals::approval_code(*withdrawals::find(tx_, id));
        people::record(tx_, now_, who, "withdrawal approve", hex16(id.value()), "approved");
        return withdrawals::approve(tx_, id, who, code, 2, now_).what;
    }
    void payouts() {
        const auto plain = asked("plain", 1100);
        send(plain);
        EXPECT_EQ(seen(plain, PayoutFate::paid), Settled::paid);
        const auto fails = asked("fails", 1200);
        send(fails);
        EXPECT_EQ(seen(fails, PayoutFate::failed, "2040"), Settled::failed);
        const auto both = asked("both", 1300);
        send(both);
        EXPECT_EQ(seen(both, PayoutFate::failed, "17"), Settled::failed);
        EXPECT_EQ(seen(both, PayoutFate::paid), Settled::contradiction);
        went_elsewhere(asked("elsewhere", 1350));
        const auto test = asked("test", 1400, withdrawals::Kind::test);
        later();
        deliver(withdrawals::finish_test(tx_, test, settle_context(), now_).postback);
        set("payout-fee-fixed=10");
        people_decide();
        halted();
        counted();
        static_cast<void>(asked("queued", 1700));
    }
    // To another recipient than was asked for, the rail says.
    void went_elsewhere(WithdrawalId id) {
        send(id);
        later();
        rails::PayoutSeen told;
        told.fate = PayoutFate::paid;
        told.code = "0";
        told.our_id = withdrawals::find(tx_, id)->payout_id;
        told.receipt = receipt();
        told.amount = Money::kes(1350);
        told.recipient = phone();
        told.raw = "result of another recipient";
        EXPECT_EQ(withdrawals::settle(tx_, id, told, settle_context(), now_).what,
                  Settled::other_recipient);
    }
    // By the rules on a day's sum and on recipients.
    void counted() {
        set("approval-day-total=900000");
        const auto counted = asked("counted", 1800);
        set("approval-new-recipient=on");
        send(counted);
        EXPECT_EQ(seen(counted, PayoutFate::paid), Settled::paid);
        set("approval-new-recipient=off");
    }
    // An older backup was put back, a payout of the time that it lacks is told, and a person has
    // said whose it was and lifted the halt.
    void restored() {
        const WithdrawalId gone{fresh()};
        later();
        rails::PayoutSeen told;
        told.fate = PayoutFate::paid;
        told.code = "0";
        told.our_id = rails::payout_id(gone);
        told.receipt = receipt();
        told.amount = Money::kes(1900);
        told.recipient = phone();
        told.raw = "result of " + hex16(gone.value());
        EXPECT_EQ(withdrawals::settle(tx_, gone, told, settle_context(), now_).what,
                  Settled::unknown_withdrawal);
        EXPECT_TRUE(restore::begin(tx_, "a result of a payout that it lacks", now_));
        later();
        EXPECT_EQ(withdrawals::book_lost(tx_, *told.receipt, demo().id, 0, std::nullopt, now_),
                  withdrawals::Claimed::booked);
        people::record(tx_, now_, "amina", "lost payout booked", *told.receipt, "of merchant demo");
        later();
        const auto open = restore::open_restoration(tx_);
        if (open) restore::lift(tx_, *open, "amina", now_);
        people::record(tx_, now_, "amina", "restored backup: halt lifted", "1", "looked");
    }
    void people_decide() {
        set("approval-from=2000");
        set("approvals-needed=2");
        set("approval-day-total=100000");
        const auto both = asked("approved", 2100);
        const auto half = asked("half", 2500);
        static_cast<void>(asked("waiting", 2600));
        const auto rejected = asked("rejected", 2700);
        EXPECT_EQ(approved(both, "amina"), Decided::approved);
        EXPECT_EQ(approved(both, "brian"), Decided::queued);
        EXPECT_EQ(approved(half, "amina"), Decided::approved);
        later();
        auto decision =
            withdrawals::reject(tx_, rejected, "brian", "whose is it?", settle_context(), now_);
        deliver(decision.postback);
        send(both);
        EXPECT_EQ(seen(both, PayoutFate::paid), Settled::paid);
        const auto by_hand = asked("by-hand", 1600, withdrawals::Kind::manual, "amina");
        send(by_hand);
        for (const auto* who : {"amina", "brian"}) {
            later();
            const auto judged = withdrawals::judge(
                tx_, by_hand,
                {.who = who, .paid = true, .receipt = "UKT9999999", .reason = "asked them"},
                settle_context(), now_);
            EXPECT_EQ(judged.what, who == std::string_view{"amina"} ? withdrawals::Judged::first
                                                                    : withdrawals::Judged::settled);
        }
        static_cast<void>(asked("large", 50'000));
        set("approval-from=0");
        set("approval-day-total=0");
        static_cast<void>(asked("uncovered", 199'000));  // as much as is not there
    }
    void halted() {
        const auto stopped = asked("stopped", 1500);
        send(stopped);
        later();
        withdrawals::halt(tx_, rails::Halts::payouts,
                          {.withdrawal = stopped,
                           .sent_at = now_,
                           .code = "1",
                           .description = "the float is empty"},
                          now_);
        later();
        EXPECT_TRUE(withdrawals::lift_halt(tx_, "amina", now_));
        EXPECT_EQ(seen(stopped, PayoutFate::failed, "1"), Settled::failed);
        later();
        withdrawals::end_halt_tried(tx_, stopped, now_, now_);
    }

    // ---- money back

    WithdrawalId refund(refunds::NewRefund wanted) {
        later();
        wanted.id = WithdrawalId{fresh()};
        wanted.reason = "not delivered";
        wanted.who = "amina";
        const auto made = refunds::create(tx_, wanted, directory_, now_);
        EXPECT_TRUE(made) << (made ? "" : made.error());
        return wanted.id;
    }
    void refunds() {
        const auto part = refund({.deposit = part_,
                                  .receipt = {},
                                  .amount = Money::kes(400),
                                  .method = refunds::Method::payout,
                                  .phone = std::nullopt,
                                  .reason = {},
                                  .who = {},
                                  .retry_key = "r-1"});
        send(part);
        EXPECT_EQ(seen(part, PayoutFate::paid), Settled::paid);
        const auto whole = refund({.deposit = whole_,
                                   .receipt = {},
                                   .amount = std::nullopt,
                                   .method = std::nullopt,
                                   .phone = std::nullopt,
                                   .reason = {},
                                   .who = {}});
        send(whole);
        EXPECT_EQ(seen(whole, PayoutFate::paid), Settled::paid);
        static_cast<void>(refund({.deposit = std::nullopt,
                                  .receipt = rent_,
                                  .amount = std::nullopt,
                                  .method = std::nullopt,
                                  .phone = phone(),
                                  .reason = {},
                                  .who = {}}));
    }

    // As src/api keeps them.
    void keys() {
        for (const auto& [key, merchant] :
             {std::pair{"demo-key", MerchantId{1}}, std::pair{"other-key", MerchantId{2}}}) {
            const auto id = ordered(610, merchant);
            tx_.run(
                "INSERT INTO idempotency_keys (merchant_id, key, request_hash, status, response, "
                "created_at) VALUES (?1, ?2, ?3, 200, ?4, ?5)",
                merchant, key, store::Blob{crypto::view(crypto::sha256(key))},
                R"({"status":"ok","data":{"order_id":")" + hex16(id.value()) +
                    R"(","message":"Success"}})",
                now_);
        }
    }

    rails::test::StillPayouts rail_;
};

}  // namespace lango::laws::test
