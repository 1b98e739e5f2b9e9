// Masking of claims that were booked or dismissed, and of messages that runs died of; and what is
// told of them to the person whom they name.
#include <gmock/gmock.h>

#include "base/json.hpp"
#include "base/manual_clock.hpp"
#include "deposits/deposits_fixture.hpp"
#include "privacy/job.hpp"
#include "privacy/mask.hpp"
#include "privacy/person.hpp"
#include "suspense/claims.hpp"
#include "unreadable/unreadable.hpp"

namespace lango::privacy {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

class MaskingClaims : public deposits::test::Deposits {
  protected:
    // By paybill, about much; its row's number.
    std::int64_t claimed(const std::string& receipt = "UKN7000001", const std::string& phone = his,
                         std::optional<DepositId> about = {}) {
        return write([&](store::Tx& tx) {
            const auto id = suspense::keep_claim(tx,
                                                 {.receipt = receipt,
                                                  .at = now_,
                                                  .amount = Money::kes(1000),
                                                  .reference = "Wanjiku",
                                                  .phone = phone,
                                                  .about = about},
                                                 ids_.next(now_));
            deposits::keep_message(tx, DepositId{id}, deposits::RailMessageKind::confirmation, now_,
                                   "confirmation of " + receipt);
            return *tx.first(
                "SELECT rowid FROM paybill_claims WHERE receipt = ?1",
                [](const store::Row& row) { return row.integer(0); }, receipt);
        });
    }
    bool dismiss(const std::string& receipt = "UKN7000001") {
        return write([&](store::Tx& tx) { return suspense::dismiss_claim(tx, receipt, now_); });
    }
    bool mask_row(Table table, std::int64_t row, Duration younger = 0s) {
        return write(
            [&](store::Tx& tx) { return mask(tx, master_, table, row, now_ - younger, now_); });
    }
    MaskedPerson mask_him() {
        return write([&](store::Tx& tx) {
            return mask_person(tx, master_, *Msisdn::parse(his), now_, now_);
        });
    }
    std::string exported_of(std::string_view phone = his) {
        return write(
            [&](store::Tx& tx) { return exported(tx, master_, *Msisdn::parse(phone), now_); });
    }
    std::int64_t run_job(Instant before) {
        return wait_for(mask_old(*store_, master_, clock_, before, [] { return false; }));
    }

    static constexpr const char* his = "254712345678";
    ManualClock clock_{context_, deposits::test::start};
    SeededRandom keys_{9};
    crypto::MasterKey master_ = crypto::MasterKey::make(keys_);
};

TEST_F(MaskingClaims, LeavesWhatIsOpenOrYoung) {
    const auto row = claimed();
    let_time_pass(48h);
    EXPECT_FALSE(mask_row(Table::claims, row)) << "it waits for the list, or for a person";
    ASSERT_TRUE(dismiss());
    EXPECT_FALSE(mask_row(Table::claims, row)) << "dismissed just now";
    let_time_pass(24h);
    EXPECT_FALSE(mask_row(Table::claims, row, 24h));
    EXPECT_TRUE(mask_row(Table::claims, row));
    EXPECT_FALSE(mask_row(Table::claims, row)) << "once";
}

TEST_F(MaskingClaims, TakesThePersonOutOfWhatWasDismissed) {
    const auto row = claimed();
    ASSERT_TRUE(dismiss());
    let_time_pass(24h);
    ASSERT_TRUE(mask_row(Table::claims, row));
    const auto claim = *write([](store::Tx& tx) { return suspense::find_claim(tx, "UKN7000001"); });
    EXPECT_EQ(claim.phone, hidden_text(master_, his));
    EXPECT_EQ(claim.reference, "");
    EXPECT_EQ(claim.amount, Money::kes(1000));
    const auto after = exported_of();
    EXPECT_THAT(after, HasSubstr("UKN7000001")) << "found by the hash";
    EXPECT_THAT(after, HasSubstr("masked: sha256 "));
    EXPECT_THAT(after, Not(HasSubstr("Wanjiku")));
    EXPECT_THAT(after, Not(HasSubstr("confirmation of")));
}

// One that paid an order has no item in suspense that would be masked with it.
TEST_F(MaskingClaims, TakesThePersonOutOfWhatWasBooked) {
    const auto row = claimed();
    write([&](store::Tx& tx) { suspense::settle_claim(tx, "UKN7000001", now_); });
    const auto waiting = claimed("UKN7000002");
    write([&](store::Tx& tx) {
        suspense::settle_claim(tx, "UKN7000002", now_);
        tx.run(
            "INSERT INTO suspense_items (id, receipt, amount, allocated, reason, reference, phone, "
            "paid_at, booked_at, allocated_by) VALUES (7, 'UKN7000002', 100000, 0, 1, '', '', 1, "
            "1, "
            "'')");
    });
    let_time_pass(24h);
    EXPECT_TRUE(mask_row(Table::claims, row));
    EXPECT_FALSE(mask_row(Table::claims, waiting)) << "its money waits for an order";
}

TEST_F(MaskingClaims, IsTheJobsTooAndThePersons) {
    const auto his_order = *create(1000, his);
    static_cast<void>(claimed("UKN7000001"));
    static_cast<void>(claimed("UKN7000002", "254799999999"));
    static_cast<void>(claimed("UKN7000003", "", his_order));
    static_cast<void>(claimed("UKN7000004"));
    for (const auto* receipt : {"UKN7000001", "UKN7000002", "UKN7000003"}) {
        ASSERT_TRUE(dismiss(receipt));
    }
    let_time_pass(24h);
    const auto told = exported_of();
    for (const auto* receipt : {"UKN7000001", "UKN7000003", "UKN7000004"}) {
        EXPECT_THAT(told, HasSubstr(receipt)) << "open ones, too";
    }
    EXPECT_THAT(told, Not(HasSubstr("UKN7000002")));
    EXPECT_TRUE(json::parse(told));
    const auto done = mask_him();
    EXPECT_EQ(done.masked, 1);
    EXPECT_EQ(done.kept, 3) << "his order is open, and so are a claim and what is about his order";
    EXPECT_EQ(run_job(now_), 1) << "the other person's";
    EXPECT_EQ(run_job(now_), 0);
    EXPECT_THAT(exported_of(), HasSubstr("UKN7000003")) << "by the deposit that it is about";
}

class MaskingInWork : public MaskingClaims {
  protected:
    void kept(std::int64_t number, const std::string& body, bool aside) {
        write([&](store::Tx& tx) {
            tx.run(
                "INSERT INTO messages_in_work (number, digest, at, died, path, body) "
                "VALUES (?1, ?2, ?3, 2, '/rail/paybill/600123//confirmation', ?4)",
                number, store::Blob{"digest " + std::to_string(number)}, now_, store::Blob{body});
            if (!aside) return;
            tx.run("INSERT INTO set_aside (kind, id, at, run) VALUES (5, ?1, ?2, 3)", number, now_);
            static_cast<void>(unreadable::keep(tx,
                                               {.door = unreadable::Door::confirmation,
                                                .subject = "600123",
                                                .why = "the gateway died while it read this",
                                                .body = body},
                                               now_));
        });
    }
    bool attend(std::int64_t number) {
        return write([&](store::Tx& tx) { return unreadable::attend(tx, number, "anna", now_); });
    }
    std::string body_of(std::int64_t number) {
        return *write([&](store::Tx& tx) {
            return tx.first(
                "SELECT body FROM messages_in_work WHERE number = ?1",
                [](const store::Row& row) { return row.string(0); }, number);
        });
    }
    const std::string body_ = R"({"MSISDN":"0712345678","FirstName":"Wanjiku"})";
};

TEST_F(MaskingInWork, LeavesWhatIsToBeReadOrWaitsForAPersonOrIsYoung) {
    kept(1, body_, false);
    kept(2, body_, true);
    let_time_pass(48h);
    EXPECT_FALSE(mask_row(Table::in_work, 1)) << "the next start reads it";
    EXPECT_FALSE(mask_row(Table::in_work, 2)) << "no person has read it";
    ASSERT_TRUE(attend(1));
    EXPECT_FALSE(mask_row(Table::in_work, 2)) << "read just now";
    let_time_pass(24h);
    EXPECT_FALSE(mask_row(Table::in_work, 2, 24h));
    EXPECT_FALSE(mask_row(Table::in_work, 1));
    EXPECT_TRUE(mask_row(Table::in_work, 2));
    EXPECT_FALSE(mask_row(Table::in_work, 2)) << "once";
    EXPECT_EQ(body_of(1), body_);
    EXPECT_EQ(body_of(2), "masked " + std::to_string(-hidden_number(master_, *Msisdn::parse(his))));
}

TEST_F(MaskingInWork, IsTheJobsToo) {
    kept(1, body_, true);
    ASSERT_TRUE(attend(1));
    let_time_pass(24h);
    EXPECT_EQ(run_job(now_), 2) << "and its copy among the unreadable ones";
    EXPECT_EQ(run_job(now_), 0);
    EXPECT_THAT(body_of(1), Not(HasSubstr("Wanjiku")));
}

TEST_F(MaskingInWork, IsToldAndMaskedForThePersonWhoseNumberStandsInIt) {
    kept(1, body_, true);
    kept(2, "\xff of somebody else: 254799999999", false);
    ASSERT_TRUE(attend(1));
    let_time_pass(24h);
    EXPECT_THAT(exported_of(), HasSubstr(R"("messages_in_work":[{"number":1,)"));
    EXPECT_THAT(exported_of(), Not(HasSubstr("254799999999")));
    EXPECT_TRUE(json::parse(exported_of("254799999999")));
    EXPECT_EQ(mask_him().masked, 2);
    const auto after = exported_of();
    EXPECT_THAT(after, HasSubstr(R"("messages_in_work":[{"number":1,)")) << "by the hash";
    EXPECT_THAT(after, Not(HasSubstr("Wanjiku")));
    EXPECT_EQ(mask_him().masked, 0);
}

}  // namespace
}  // namespace lango::privacy
