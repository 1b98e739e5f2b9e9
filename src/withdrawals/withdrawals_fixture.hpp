// For tests: withdrawals in a store in memory, moved by the commands that the gateway uses.
#pragma once
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ledger/verify.hpp"
#include "rails/payout_fixture.hpp"
#include "store/store_fixture.hpp"
#include "withdrawals/create.hpp"
#include "withdrawals/halt.hpp"
#include "withdrawals/record_sent.hpp"
#include "withdrawals/settle.hpp"
#include "withdrawals/take.hpp"

namespace lango::withdrawals::test {

using namespace std::chrono_literals;
using rails::PayoutFate;
using rails::PayoutSource;

inline const Instant start = Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 9h};
inline constexpr std::int64_t shortcode = 600996;
inline constexpr MerchantId shop{1};

class Withdrawals : public testing::Test {
  protected:
    Withdrawals() {
        merchants::Merchant merchant;
        merchant.id = shop;
        merchant.slug = "shop";
        merchant.webhook_secret = Secret{"abcdefghijklmnopqrstuvwx"};
        directory_.replace({merchant});
        auto table = rates::page_sample();
        table.id = book_.write([&](store::Tx& tx) { return rates::save(tx, table); });
        rates_ = std::make_shared<const rates::Table>(table);
        credit(100'000);
    }

    // Money that a payer brought.
    void credit(std::int64_t shillings) {
        const auto amount = Money::kes(shillings);
        const auto receipt = "CREDIT" + std::to_string(shillings);
        static_cast<void>(book_.write([&](store::Tx& tx) {
            return ledger::book(
                tx,
                {.subject_id = next_id(),
                 .outcome = ledger::Outcome::deposit_to_suspense,
                 .booked_at = now_,
                 .postings = {{{.kind = ledger::AccountKind::rail, .owner = shortcode}, -amount},
                              {merchant_account(shop), amount}},
                 .receipt = receipt,
                 .amount = amount});
        }));
    }
    std::optional<WithdrawalId> create(std::int64_t shillings = 1000, Kind kind = Kind::api,
                                       const std::string& phone = "254712345678",
                                       const std::string& own_id = "") {
        const WithdrawalId id{next_id()};
        const auto made = book_.write([&](store::Tx& tx) {
            return withdrawals::create(tx,
                                       {.id = id,
                                        .merchant = shop,
                                        .withdrawal_id = own_id,
                                        .label = "user",
                                        .phone = *Msisdn::parse(phone),
                                        .amount = Money::kes(shillings),
                                        .fee = fee_,
                                        .comment = "pay",
                                        .kind = kind},
                                       now_);
        });
        if (!made) refusal_ = made.error();
        return made ? std::optional{id} : std::nullopt;
    }
    std::size_t take() {
        return book_
            .write([&](store::Tx& tx) { return take_payouts(tx, rail_, 100, timing_, now_); })
            .payouts.size();
    }
    std::size_t questions() {
        return book_
            .write(
                [&](store::Tx& tx) { return take_questions(tx, rail_.goes, 100, timing_, now_); })
            .questions.size();
    }
    Settled answer(WithdrawalId id, rails::Submitted outcome,
                   rails::Halts halts = rails::Halts::nothing) {
        return keep(book_.write([&](store::Tx& tx) {
            return record_sent(
                tx, id,
                {.outcome = outcome,
                 .code = "code",
                 .message = {},
                 .conversation_id = outcome == rails::Submitted::accepted ? "AG_1" : "",
                 .originator_conversation_id = outcome == rails::Submitted::accepted ? "1-2-1" : "",
                 .raw = "{}",
                 .halts = halts},
                context(), now_);
        }));
    }
    Money left_by(WithdrawalId id) {
        return book_.write([&](store::Tx& tx) { return std::optional{gone(tx, id)}; }).value();
    }
    Settled see(WithdrawalId id, PayoutFate fate, PayoutSource source = PayoutSource::result,
                const std::string& receipt = "SG632NMUAB", const std::string& code = "0",
                rails::Halts halts = rails::Halts::nothing) {
        return keep(book_.write([&](store::Tx& tx) {
            const auto about = find(tx, id);
            return settle(
                tx, id,
                {.source = source,
                 .fate = fate,
                 .code = code,
                 .description = {},
                 .conversation_id = {},
                 .our_id = about ? about->payout_id : std::string{},
                 .receipt = fate == PayoutFate::paid ? std::optional{receipt} : std::nullopt,
                 .amount = fate == PayoutFate::paid && about ? std::optional{about->amount}
                                                             : std::nullopt,
                 .halts = halts,
                 .raw = "{}",
                 .question_id = "AG_q" + std::to_string(++asked_)},
                context(), now_);
        }));
    }
    Settled claim(WithdrawalId id, const rails::PayoutSeen& seen) {
        return keep(
            book_.write([&](store::Tx& tx) { return settle(tx, id, seen, context(), now_); }));
    }
    // The rail does not know it, says the answer to that question.
    Settled not_found(WithdrawalId id, const std::string& question) {
        rails::PayoutSeen seen;
        seen.source = PayoutSource::status;
        seen.fate = PayoutFate::not_found;
        seen.code = "25";
        seen.question_id = question;
        return claim(id, seen);
    }
    Withdrawal row(WithdrawalId id) {
        return *book_.write([&](store::Tx& tx) { return find(tx, id); });
    }
    ledger::Balance balance(ledger::AccountRef account = merchant_account(shop)) {
        return *book_.write(
            [&](store::Tx& tx) { return std::optional{ledger::balance(tx, account)}; });
    }
    // "" when every law holds.
    std::string broken_laws() {
        return book_.write([&](store::Tx& tx) {
            std::string found;
            for (const auto& proof : ledger::prove_all(tx)) {
                for (const auto& finding : proof.findings)
                    found += proof.law + ": " + finding.text + "\n";
            }
            return found;
        });
    }
    // Submitted, and taken by the rail.
    WithdrawalId sent(std::int64_t shillings = 1000) {
        const auto id = create(shillings);
        EXPECT_TRUE(id);
        EXPECT_EQ(take(), 1U);
        answer(*id, rails::Submitted::accepted);
        return *id;
    }
    SettleContext context() {
        return {.merchants = &directory_,
                .rates = rates_,
                .fresh_id = next_id(),
                .route = rail_.goes,
                .timing = timing_,
                .postback_lease = 30s};
    }
    std::int64_t next_id() { return ids_.next(now_); }
    merchants::Directory& directory() { return directory_; }

    Instant now_ = start;
    Timing timing_;
    rails::test::StillPayouts rail_;
    Money fee_ = Money::zero();
    Refusal refusal_;
    std::vector<postbacks::Message> told_;
    store::test::MemoryStore book_;

  private:
    Settled keep(SettleOutcome outcome) {
        if (outcome.postback) told_.push_back(std::move(*outcome.postback));
        return outcome.what;
    }

    int asked_ = 0;
    crypto::MasterKey master_{{}};
    merchants::Directory directory_{master_};
    std::shared_ptr<const rates::Table> rates_;
    SeededRandom random_{1};
    IdSource ids_{random_};
};

}  // namespace lango::withdrawals::test
