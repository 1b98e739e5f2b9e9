// Masking of withdrawals, and of money in suspense.
#include <gmock/gmock.h>

#include "deposits/deposits_fixture.hpp"
#include "privacy/mask.hpp"
#include "suspense/claims.hpp"
#include "suspense/item.hpp"
#include "withdrawals/withdrawals_fixture.hpp"

namespace lango::privacy {
namespace {

using namespace std::chrono_literals;

class MaskingWithdrawals : public withdrawals::test::Withdrawals {
  protected:
    bool mask_it(WithdrawalId id, Duration younger = 0s) {
        return book_.write([&](store::Tx& tx) {
            return mask(tx, key_, Table::withdrawals, id.value(), now_ - younger, now_);
        });
    }
    void told(WithdrawalId id, int state = 2) {
        book_.write([&](store::Tx& tx) {
            return tx.run(
                "UPDATE postbacks SET state = ?2, due_at = IIF(?2 = 1, 1, NULL) "
                "WHERE subject_id = ?1",
                id, state);
        });
    }
    WithdrawalId paid() {
        const auto id = sent();
        see(id, rails::PayoutFate::paid);
        return id;
    }
    std::int64_t count(store::Sql sql, WithdrawalId id) {
        return book_.write([&](store::Tx& tx) {
            return tx.first(
                         sql, [](const store::Row& row) { return row.integer(0); }, id)
                .value_or(-1);
        });
    }
    SeededRandom keys_{9};
    crypto::MasterKey key_ = crypto::MasterKey::make(keys_);
};

TEST_F(MaskingWithdrawals, TakesTheRecipientOutAndLeavesTheBooks) {
    const auto id = paid();
    told(id);
    const auto before = row(id);
    now_ += 24h;
    ASSERT_TRUE(mask_it(id));
    const auto after = row(id);
    EXPECT_TRUE(after.phone.is_hidden());
    EXPECT_EQ(after.phone.number(), hidden_number(key_, before.phone));
    EXPECT_EQ(after.comment, "");
    EXPECT_EQ(after.amount, before.amount);
    EXPECT_EQ(after.receipt, before.receipt);
    EXPECT_EQ(after.events, before.events + 1);
    EXPECT_EQ(count("SELECT COUNT(*) FROM postbacks WHERE subject_id = ?1 AND tail <> ''", id), 0);
    EXPECT_GT(count("SELECT COUNT(*) FROM rail_messages WHERE subject_id = ?1", id), 0);
    EXPECT_EQ(count("SELECT COUNT(*) FROM rail_messages WHERE subject_id = ?1 "
                    "AND body NOT LIKE 'masked: sha256 %'",
                    id),
              0);
    EXPECT_EQ(broken_laws(), "");
    EXPECT_FALSE(mask_it(id)) << "once";
}

TEST_F(MaskingWithdrawals, LeavesWhatIsOpenOrUntoldOrYoungOrForAPerson) {
    const auto open = sent();
    now_ += 24h;
    EXPECT_FALSE(mask_it(open));
    const auto id = paid();
    now_ += 24h;
    for (const int state : {1, 3}) {
        told(id, state);
        EXPECT_FALSE(mask_it(id)) << "his merchant has yet to be told";
    }
    told(id);
    EXPECT_FALSE(mask_it(id, 24h)) << "young";
    const auto flag = [&](int flags) {
        book_.write([&](store::Tx& tx) {
            return tx.run("UPDATE withdrawals SET flags = ?2 WHERE id = ?1", id, flags);
        });
    };
    flag(1);
    EXPECT_FALSE(mask_it(id)) << "for a person";
    flag(0);
    EXPECT_FALSE(row(id).phone.is_hidden());
    EXPECT_TRUE(mask_it(id));
}

// The rail's word for the recipient; what an earlier version has kept of it was the whole number.
TEST_F(MaskingWithdrawals, KeepsNoNumberOfAnotherRecipient) {
    const auto id = sent();
    rails::PayoutSeen seen;
    seen.source = rails::PayoutSource::status;
    seen.fate = rails::PayoutFate::paid;
    seen.our_id = row(id).payout_id;
    seen.receipt = "SG632NMUAB";
    seen.amount = row(id).amount;
    seen.recipient = Msisdn::parse("254799999999");
    EXPECT_EQ(claim(id, seen), withdrawals::Settled::other_recipient);
    const auto told = [&] {
        std::string all;
        for (const auto& event :
             book_.write([&](store::Tx& tx) { return withdrawals::events(tx, id); })) {
            if (event.kind == withdrawals::EventKind::other_recipient) all += event.detail;
        }
        return all;
    };
    EXPECT_EQ(told(), "2547****9999");
    see(id, rails::PayoutFate::paid);
    this->told(id);
    now_ += 24h;
    book_.write([&](store::Tx& tx) {
        tx.run("UPDATE withdrawals SET flags = 0 WHERE id = ?1", id);
        tx.run("UPDATE withdrawal_events SET detail = '254799999999' WHERE kind = 23");
    });
    ASSERT_TRUE(mask_it(id));
    EXPECT_EQ(told(), "");
}

class MaskingSuspense : public deposits::test::Deposits {
  protected:
    static constexpr const char* receipt = "UKN7000001";
    static constexpr const char* phone = "254712345678";

    // Money by paybill with a mistyped reference, that had been a claim.
    suspense::Item stray() {
        return write([&](store::Tx& tx) {
            static_cast<void>(suspense::keep_claim(tx,
                                                   {.receipt = receipt,
                                                    .at = now_,
                                                    .amount = Money::kes(1000),
                                                    .reference = "wanjiku",
                                                    .phone = phone,
                                                    .about = {}},
                                                   77));
            suspense::Item item;
            item.id = 78;
            item.receipt = receipt;
            item.amount = Money::kes(1000);
            item.reason = suspense::Reason::no_order;
            item.reference = "wanjiku";
            item.phone = phone;
            item.paid_at = now_;
            item.booked_at = now_;
            static_cast<void>(suspense::put(tx, item, deposits::test::shortcode));
            suspense::settle_claim(tx, receipt, now_);
            deposits::keep_message(tx, DepositId{item.id}, deposits::RailMessageKind::confirmation,
                                   now_, std::string{"from "} + phone);
            return item;
        });
    }
    // In the trail of the item alone: what it credits is not looked at here.
    void give(const suspense::Item& item, Money amount) {
        write([&](store::Tx& tx) {
            suspense::allocate(tx, item, DepositId{99}, amount, now_, "anna");
            return true;
        });
    }
    bool mask_it(std::int64_t id, Duration younger = 0s) {
        return write([&](store::Tx& tx) {
            return mask(tx, master_, Table::suspense, id, now_ - younger, now_);
        });
    }
    suspense::Item the_item() {
        return *write([&](store::Tx& tx) { return suspense::find(tx, receipt); });
    }
    SeededRandom keys_{9};
    crypto::MasterKey master_ = crypto::MasterKey::make(keys_);
};

TEST_F(MaskingSuspense, TakesThePayerOutOfWhatWasGivenAndOfItsClaim) {
    const auto item = stray();
    give(item, Money::kes(1000));
    let_time_pass(24h);
    EXPECT_FALSE(mask_it(item.id, 24h)) << "young";
    ASSERT_TRUE(mask_it(item.id));
    EXPECT_EQ(the_item().phone, hidden_text(master_, phone));
    EXPECT_EQ(the_item().reference, "");
    EXPECT_EQ(the_item().amount, Money::kes(1000));
    EXPECT_EQ(the_item().allocated_by, "anna");
    const auto claim =
        write([&](store::Tx& tx) { return suspense::find_claim(tx, receipt).value(); });
    EXPECT_EQ(claim.phone, hidden_text(master_, phone));
    EXPECT_EQ(claim.reference, "");
    for (const auto& message :
         write([&](store::Tx& tx) { return deposits::rail_messages(tx, DepositId{item.id}); })) {
        EXPECT_THAT(message.body, testing::StartsWith("masked: sha256 "));
    }
    EXPECT_FALSE(mask_it(item.id)) << "once";
}

TEST_F(MaskingSuspense, LeavesWhatStillHasMoneyThatWaits) {
    const auto item = stray();
    let_time_pass(24h);
    EXPECT_FALSE(mask_it(item.id));
    give(item, Money::kes(600));
    let_time_pass(24h);
    EXPECT_FALSE(mask_it(item.id)) << "400 of it wait";
    EXPECT_EQ(the_item().phone, phone);
    EXPECT_EQ(the_item().reference, "wanjiku");
}

}  // namespace
}  // namespace lango::privacy
