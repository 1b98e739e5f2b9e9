#include "privacy/mask.hpp"

#include <gmock/gmock.h>

#include "base/json.hpp"
#include "base/manual_clock.hpp"
#include "deposits/deposits_fixture.hpp"
#include "privacy/bodies.hpp"
#include "privacy/job.hpp"
#include "privacy/person.hpp"
#include "unreadable/unreadable.hpp"

namespace lango::privacy {
namespace {

using namespace std::chrono_literals;
using deposits::State;
using testing::HasSubstr;
using testing::Not;

class Masking : public deposits::test::Deposits {
  protected:
    bool mask_deposit(DepositId id, Duration younger = 0s) {
        return write([&](store::Tx& tx) {
            return mask(tx, master_, Table::deposits, id.value(), now_ - younger, now_);
        });
    }
    void told(DepositId id, int state = 2) {
        write([&](store::Tx& tx) {
            tx.run(
                "UPDATE postbacks SET state = ?2, due_at = IIF(?2 = 1, 1, NULL) WHERE subject_id = "
                "?1",
                id, state);
            return true;
        });
    }
    // Its receipt is one of its own.
    DepositId paid() {
        const auto id = in(State::prompted);
        observe(id, success("UKN000000" + std::to_string(++receipts_)));
        EXPECT_EQ(deposits::name(state_of(id)), "paid");
        return id;
    }
    DepositId paid_long_ago() {
        const auto id = paid();
        told(id);
        let_time_pass(24h);
        return id;
    }
    std::string exported_of(std::string_view phone) {
        return write(
            [&](store::Tx& tx) { return exported(tx, master_, *Msisdn::parse(phone), now_); });
    }

    int receipts_ = 0;
    ManualClock clock_{context_, deposits::test::start};
    SeededRandom keys_{9};
    crypto::MasterKey master_ = crypto::MasterKey::make(keys_);
};

TEST_F(Masking, TakesThePersonOutAndLeavesTheBooks) {
    const auto id = paid_long_ago();
    const auto before = the(id);
    ASSERT_TRUE(mask_deposit(id));
    const auto after = the(id);
    EXPECT_TRUE(after.phone.is_hidden());
    EXPECT_EQ(after.phone.raw(), "masked");
    EXPECT_EQ(after.phone.masked(), "masked");
    EXPECT_EQ(after.phone.number(), hidden_number(master_, before.phone));
    EXPECT_EQ(after.amount, before.amount);
    EXPECT_EQ(after.receipt, before.receipt);
    EXPECT_EQ(after.state, State::paid);
    EXPECT_EQ(after.events, before.events + 1);
    const auto story = write([&](store::Tx& tx) { return deposits::events(tx, id); });
    EXPECT_EQ(deposits::name(story.back().kind), "masked");
    EXPECT_EQ(credited(), Money::kes(1000));
    for (const auto& message :
         write([&](store::Tx& tx) { return deposits::rail_messages(tx, id); })) {
        EXPECT_THAT(message.body, testing::StartsWith("masked: sha256 "));
    }
    EXPECT_EQ(broken_laws(), "");
    EXPECT_FALSE(mask_deposit(id)) << "once";
    // Another master key makes another hash.
    EXPECT_NE(after.phone.number(), hidden_number(crypto::MasterKey::make(keys_), before.phone));
}

TEST_F(Masking, IsCountedAndNotCalledBroken) {
    const auto id = paid_long_ago();
    static_cast<void>(paid_long_ago());
    const auto proof = [&] {
        for (const auto& one : write([](store::Tx& tx) { return ledger::prove_all(tx); })) {
            if (one.law == "MaskedSaySo") return one;
        }
        return ledger::Proof{};
    };
    EXPECT_EQ(proof().checked, 0U);
    ASSERT_TRUE(mask_deposit(id));
    EXPECT_EQ(proof().checked, 1U);
    EXPECT_TRUE(proof().findings.empty());
    // A number that somebody overwrote is no masked one.
    write([](store::Tx& tx) {
        tx.run("UPDATE deposits SET phone = -phone WHERE phone > 0");
        return true;
    });
    EXPECT_EQ(proof().findings.size(), 1U);
}

TEST_F(Masking, LeavesWhatIsOpenOrDueOrDisputedOrYoung) {
    for (const auto state :
         {State::created, State::pushing, State::prompted, State::unknown, State::verifying}) {
        const auto id = in(state);
        let_time_pass(24h);
        EXPECT_FALSE(mask_deposit(id)) << name(state);
    }
    const auto young = paid_long_ago();
    EXPECT_FALSE(mask_deposit(young, 24h));
    EXPECT_FALSE(mask_deposit(young, 25h));
    const auto untold = paid();
    let_time_pass(24h);
    for (const int state : {1, 3}) {
        told(untold, state);
        EXPECT_FALSE(mask_deposit(untold)) << "his merchant has yet to be told";
    }
    const auto disputed = paid_long_ago();
    observe(disputed, success("UKN7654321"));
    EXPECT_FALSE(mask_deposit(disputed)) << "money came twice";
    write([&](store::Tx& tx) {
        tx.run("UPDATE deposits SET flags = 0 WHERE id = ?1", disputed);
        return true;
    });
    EXPECT_FALSE(mask_deposit(disputed)) << "it still waits in suspense";
    const auto due = in(State::failed);
    let_time_pass(24h);
    write([&](store::Tx& tx) {
        tx.run("UPDATE deposits SET due_at = 1 WHERE id = ?1", due);
        return true;
    });
    EXPECT_FALSE(mask_deposit(due));
    EXPECT_TRUE(mask_deposit(young));
}

TEST_F(Masking, RunsOverAllThatIsOldEnoughAndNothingElse) {
    std::vector<DepositId> old;
    for (int i = 0; i < 3; ++i) old.push_back(paid_long_ago());
    const auto open = in(State::unknown);
    const auto before = now_ + 1s;
    let_time_pass(24h);
    const auto young = paid_long_ago();
    const auto run = [&] {
        return wait_for(mask_old(*store_, master_, clock_, before, [] { return false; }));
    };
    EXPECT_EQ(run(), 3);
    EXPECT_EQ(run(), 0);
    for (const auto id : old) EXPECT_TRUE(the(id).phone.is_hidden());
    EXPECT_FALSE(the(open).phone.is_hidden());
    EXPECT_FALSE(the(young).phone.is_hidden());
}

TEST(MaskingJob, IsNeverYoungerThanTheBooks) {
    const Instant now{std::chrono::days{10'000}};
    EXPECT_EQ(closed_before({.mask_after = 24h, .bookkeeping_for = std::chrono::days{2557}}, now),
              now - std::chrono::days{2557});
    EXPECT_EQ(closed_before({.mask_after = 48h, .bookkeeping_for = 24h}, now), now - 48h);
}

TEST_F(Masking, OfOnePersonTellsWhatIsKept) {
    const auto mine = *create(1000, "254712345678");
    take();
    record(mine, accepted());
    observe(mine, success("UKN9999999"));
    told(mine);
    let_time_pass(24h);
    const auto another = paid_long_ago();
    const auto open = *create(500, "254712345678");
    const auto done = write([&](store::Tx& tx) {
        return mask_person(tx, master_, *Msisdn::parse("254712345678"), now_, now_);
    });
    EXPECT_EQ(done.masked, 1);
    EXPECT_EQ(done.kept, 1);
    EXPECT_TRUE(the(mine).phone.is_hidden());
    EXPECT_FALSE(the(open).phone.is_hidden());
    EXPECT_FALSE(the(another).phone.is_hidden());
}

TEST_F(Masking, LetsThePersonsRowsBeFoundByHisNumber) {
    const auto id = paid_long_ago();
    const auto phone = the(id).phone.raw();
    EXPECT_THAT(exported_of(phone), HasSubstr(hex16(id.value())));
    EXPECT_THAT(exported_of(phone), HasSubstr("callback UKN0000001"));
    // Damaged on the disk it is told all the same.
    write([&](store::Tx& tx) {
        return tx.run(
            "UPDATE rail_messages SET body = CAST(x'ff' AS TEXT) || body WHERE subject_id = ?1",
            id);
    });
    EXPECT_THAT(exported_of(phone), HasSubstr("\"?callback UKN0000001"));
    EXPECT_TRUE(json::parse(exported_of(phone)));
    ASSERT_TRUE(mask_deposit(id));
    const auto after = exported_of(phone);
    EXPECT_THAT(after, HasSubstr(hex16(id.value())));
    EXPECT_THAT(after, HasSubstr("masked: sha256 "));
    EXPECT_THAT(after, Not(HasSubstr("callback UKN0000001")));
    EXPECT_TRUE(json::parse(after));
    EXPECT_THAT(exported_of("254799999999"), Not(HasSubstr(hex16(id.value()))));
}

// The hash is keyed: rows that were masked under a key of before are his, too.
TEST_F(Masking, LetsThePersonsRowsBeFoundAfterTheKeyWasRotated) {
    const auto id = paid_long_ago();
    const auto phone = the(id).phone;
    ASSERT_TRUE(mask_deposit(id));
    write([&](store::Tx& tx) {
        tx.run(
            "INSERT INTO lost_payouts (receipt, withdrawal_id, amount, payout_id, phone, told_at, "
            "settled_at, settled_as) VALUES ('UKN9000001', 9, 500, '', ?1, 1, 2, 'x')",
            phone.raw());
        EXPECT_EQ(candidates(tx, Table::lost, 0, now_, 10).ids.size(), 1U);
        return mask(tx, master_, Table::lost, candidates(tx, Table::lost, 0, now_, 10).ids.front(),
                    now_, now_);
    });
    master_ = master_.rotated(keys_);
    const auto told = exported_of(phone.raw());
    EXPECT_THAT(told, HasSubstr("\"" + hex16(id.value()) + "\""));
    EXPECT_THAT(told, HasSubstr("UKN9000001"));
    EXPECT_THAT(exported_of("254700000000"), Not(HasSubstr("UKN9000001")));
}

TEST_F(Masking, OfALostPayoutWaitsForAPersonToBookIt) {
    const auto phone = the(paid()).phone;
    write([&](store::Tx& tx) {
        tx.run(
            "INSERT INTO lost_payouts (receipt, withdrawal_id, amount, payout_id, phone, told_at, "
            "settled_as) VALUES ('UKN9000001', 9, 500, '', ?1, 1, '')",
            phone.raw());
        EXPECT_FALSE(mask(tx, master_, Table::lost, 1, now_, now_));
        EXPECT_EQ(rows_of(tx, Table::lost, phone), std::vector<std::int64_t>{1});
        tx.run("UPDATE lost_payouts SET settled_at = 2");
        EXPECT_TRUE(mask(tx, master_, Table::lost, 1, now_, now_));
        EXPECT_FALSE(mask(tx, master_, Table::lost, 1, now_, now_));
        return true;
    });
    EXPECT_THAT(exported_of(phone.raw()), HasSubstr("\"lost_payouts\":[{"));
}

TEST(NumbersInBodies, AreFoundAsTheyAreWrittenAndNotInLongerDigits) {
    const auto found = [](std::string_view body) {
        std::string all;
        for (const auto phone : numbers_in(body)) all += phone.raw() + " ";
        return all;
    };
    EXPECT_EQ(found(R"({"MSISDN":"254712345678","x":07123)"), "254712345678 ");
    EXPECT_EQ(found("0712345678, 712345678; +254 0112345678"), "254712345678 254112345678 ");
    EXPECT_EQ(found("BillRef=%20254712345678&"), "254712345678 ");
    EXPECT_EQ(found(std::string_view{"\x00"
                                     "2\x00"
                                     "5\x00"
                                     "4\x00"
                                     "7\x00"
                                     "1\x00"
                                     "2\x00"
                                     "3\x00"
                                     "4\x00"
                                     "5\x00"
                                     "6\x00"
                                     "7\x00"
                                     "8\xff",
                                     25}),
              "254712345678 ");
    EXPECT_EQ(found("20261129071234 ws_CO_191220191020363925 2547****5678 254312345678"), "");
    EXPECT_EQ(found("254712345678.254712345678"), "254712345678 ");
}

class MaskingUnreadable : public Masking {
  protected:
    void came(const std::string& body, unreadable::Door door = unreadable::Door::confirmation) {
        write([&](store::Tx& tx) {
            return unreadable::keep(
                tx, {.door = door, .subject = "600123", .why = "it cannot be read", .body = body},
                now_);
        });
    }
    bool attend(std::int64_t number) {
        return write([&](store::Tx& tx) { return unreadable::attend(tx, number, "anna", now_); });
    }
    unreadable::Kept the_message(std::int64_t number) {
        return *write([&](store::Tx& tx) { return unreadable::find(tx, number); });
    }
    bool mask_message(std::int64_t number, Duration younger = 0s) {
        return write([&](store::Tx& tx) {
            return mask(tx, master_, Table::unreadable, number, now_ - younger, now_);
        });
    }
    MaskedPerson mask_him(Duration younger = 0s) {
        return write([&](store::Tx& tx) {
            return mask_person(tx, master_, *Msisdn::parse(his), now_ - younger, now_);
        });
    }
    static constexpr const char* his = "254712345678";
    const std::string body_ = R"({"MSISDN":"0712345678", "FirstName": "Wanjiku",,)";
};

TEST_F(MaskingUnreadable, LeavesNoByteOfWhatAPersonHasReadAndKnowsItWhenItComesAgain) {
    came(body_);
    ASSERT_TRUE(attend(1));
    let_time_pass(24h);
    ASSERT_TRUE(mask_message(1));
    const auto after = the_message(1);
    EXPECT_TRUE(after.is_masked);
    EXPECT_EQ(after.body, "masked " + std::to_string(-hidden_number(master_, *Msisdn::parse(his))));
    EXPECT_EQ(after.length, static_cast<std::int64_t>(body_.size()));
    EXPECT_EQ(after.attended_by, "anna");
    EXPECT_FALSE(mask_message(1)) << "once";
    came(body_);
    EXPECT_EQ(the_message(1).times, 2);
    EXPECT_TRUE(the_message(1).is_masked);
    EXPECT_EQ(write([](store::Tx& tx) { return unreadable::count_waiting(tx); }), 0);
}

TEST_F(MaskingUnreadable, LeavesWhatWaitsForAPersonOrIsYoungOrCameAgain) {
    came(body_);
    let_time_pass(48h);
    EXPECT_FALSE(mask_message(1)) << "it waits";
    ASSERT_TRUE(attend(1));
    EXPECT_FALSE(mask_message(1)) << "read just now";
    let_time_pass(24h);
    EXPECT_FALSE(mask_message(1, 24h));
    came(body_);
    EXPECT_FALSE(mask_message(1)) << "it came again";
    EXPECT_EQ(the_message(1).body, body_);
    let_time_pass(1s);
    EXPECT_TRUE(mask_message(1));
}

TEST_F(MaskingUnreadable, IsTheJobsToo) {
    for (int i = 0; i < 501; ++i) came("odd " + std::to_string(i));
    for (const auto number : {1, 2, 501}) ASSERT_TRUE(attend(number));
    let_time_pass(24h);
    const auto before = now_;
    came("young");
    ASSERT_TRUE(attend(502));
    const auto run = [&] {
        return wait_for(mask_old(*store_, master_, clock_, before, [] { return false; }));
    };
    EXPECT_EQ(run(), 3);
    EXPECT_EQ(run(), 0);
    EXPECT_EQ(the_message(501).body, "masked");
    EXPECT_EQ(the_message(3).body, "odd 2");
    EXPECT_EQ(the_message(502).body, "young");
}

TEST_F(MaskingUnreadable, IsFoundAndMaskedForThePersonWhoseNumberStandsInIt) {
    came(body_);
    came("of somebody else: 254799999999");
    came("\xff 254712345678");
    ASSERT_TRUE(attend(1));
    let_time_pass(24h);
    EXPECT_THAT(exported_of(his), HasSubstr("Wanjiku"));
    EXPECT_THAT(exported_of(his), HasSubstr("? 254712345678")) << "bytes that are no text";
    EXPECT_THAT(exported_of(his), Not(HasSubstr("254799999999")));
    EXPECT_TRUE(json::parse(exported_of(his)));
    const auto done = mask_him();
    EXPECT_EQ(done.masked, 1);
    EXPECT_EQ(done.kept, 1) << "one waits for a person";
    const auto after = exported_of(his);
    EXPECT_THAT(after, Not(HasSubstr("Wanjiku")));
    EXPECT_THAT(after, HasSubstr(R"("number":1,)")) << "his masked row is found by the hash";
    EXPECT_THAT(after, HasSubstr(R"("number":3,)"));
    EXPECT_TRUE(json::parse(after));
    EXPECT_THAT(exported_of("254799999999"), Not(HasSubstr(R"("number":1,)")));
    EXPECT_THAT(exported_of("254799999999"), HasSubstr(R"("number":2,)"));
}

}  // namespace
}  // namespace lango::privacy
