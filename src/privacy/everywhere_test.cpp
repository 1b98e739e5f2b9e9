// Masked is masked wherever it stands: every column of every table is searched for the person.
#include <gmock/gmock.h>

#include <deque>

#include "base/json.hpp"
#include "base/manual_clock.hpp"
#include "paybill/paybill_fixture.hpp"
#include "privacy/job.hpp"
#include "privacy/person.hpp"
#include "rails/daraja/paybill.hpp"
#include "suspense/item.hpp"
#include "withdrawals/withdrawal.hpp"

namespace lango::privacy {
namespace {

using namespace std::chrono_literals;
using deposits::State;
using paybill::Taken;
using paybill::Told;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// A statement of a table or column that only the database names. They are kept: a statement is
// known by its address.
store::Sql statement(std::string text) {
    static std::deque<std::string> kept;
    kept.push_back(std::move(text));
    store::Sql sql{"SELECT 1"};
    sql.text = kept.back().c_str();
    return sql;
}

class Everywhere : public paybill::test::Paybill {
  protected:
    Everywhere() { confirm_above_ = Money::kes(10'000); }

    // Part of his number in every spelling of it: 254712345678, +254.., 0712345678, 712345678.
    static constexpr const char* his = "712345678";
    static constexpr const char* name = "WANJIKU";

    // "table.column" of each in which he stands.
    std::vector<std::string> found() {
        return write([](store::Tx& tx) {
            std::vector<std::string> tables;
            tx.each("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name",
                    [&](const store::Row& row) { tables.push_back(row.string(0)); });
            std::vector<std::string> all;
            for (const auto& table : tables) {
                std::vector<std::string> columns;
                tx.each(
                    "SELECT name FROM pragma_table_info(?1)",
                    [&](const store::Row& row) { columns.push_back(row.string(0)); }, table);
                for (const auto& column : columns) {
                    const auto text = "CAST(\"" + column + "\" AS TEXT)";
                    const auto sql =
                        statement("SELECT 1 FROM \"" + table + "\" WHERE " + text + " LIKE '%" +
                                  his + "%' OR " + text + " LIKE '%" + name + "%'");
                    const auto one = [](const store::Row&) { return true; };
                    if (tx.first(sql, one)) all.push_back(table + "." + column);
                }
            }
            return all;
        });
    }
    // As Safaricom sends it, where the number is whole.
    static rails::PaybillPayment confirmation(const std::string& reference,
                                              const std::string& amount,
                                              const std::string& receipt) {
        return *rails::daraja::read_paybill(
            R"({"TransactionType":"Pay Bill","TransID":")" + receipt +
            R"(","TransTime":"20261123120000","TransAmount":")" + amount +
            R"(","BusinessShortCode":"174379","BillRefNumber":")" + reference +
            R"(","MSISDN":"254712345678","FirstName":"WANJIKU"})");
    }
    Taken listed(const rails::PaybillPayment& told) {
        auto row = told;
        row.raw = told.receipt + " " + told.amount.text() + " " + told.reference;
        return take(row, Told::list);
    }
    void all_told() {
        write([](store::Tx& tx) { tx.run("UPDATE postbacks SET state = 2, due_at = NULL"); });
    }
    // A refund of KES 700 that is on its way.
    void send_back(const std::string& receipt) {
        write([&, refund = ids_.next(now_)](store::Tx& tx) {
            tx.run(
                "INSERT INTO withdrawals (id, merchant_id, withdrawal_id, label, phone, amount, "
                "fee, currency, comment, kind, state, events, sends, tries, not_found, flags, "
                "created_at) VALUES (?1, 1, 'r', '', -7, 70000, 0, 'KES', '', ?2, ?3, 0, 1, 0, 0, "
                "0, ?4)",
                refund, withdrawals::Kind::refund, withdrawals::State::sent, now_);
            tx.run(
                "INSERT INTO refunds (withdrawal_id, receipt, method, reason, who) "
                "VALUES (?1, ?2, 1, '', '')",
                refund, receipt);
        });
    }
    void end_refund(withdrawals::State state) {
        write([&](store::Tx& tx) {
            tx.run("UPDATE withdrawals SET state = ?1, closed_at = ?2", state, now_);
        });
    }
    std::int64_t run_job() {
        clock_.advance_to(now_);
        return wait_for(mask_old(*store_, master_, clock_, now_, [] { return false; }));
    }
    MaskedPerson mask_him() {
        return write([&](store::Tx& tx) {
            return mask_person(tx, master_, *Msisdn::parse("254712345678"), now_, now_);
        });
    }
    std::string exported_of_him() {
        return write([&](store::Tx& tx) {
            return exported(tx, master_, *Msisdn::parse("254712345678"), now_);
        });
    }
    void say(std::int64_t subject) {
        write([&](store::Tx& tx) {
            deposits::keep_message(tx, DepositId{subject}, deposits::RailMessageKind::callback,
                                   now_, R"({"PhoneNumber":254712345678})");
        });
    }

    ManualClock clock_{context_, deposits::test::start};
    SeededRandom keys_{9};
    crypto::MasterKey master_ = crypto::MasterKey::make(keys_);
};

TEST_F(Everywhere, NothingIsLeftOfWhoPaidMuchByPaybill) {
    const auto order = *create(20'000, "254712345678");
    const auto told = confirmation(reference(order), "20000.00", "UKN7000001");
    EXPECT_EQ(take(told), Taken::claimed);
    EXPECT_EQ(take(told), Taken::claimed);
    EXPECT_THAT(found(),
                ElementsAre("deposits.phone", "paybill_claims.phone", "rail_messages.body"));
    let_time_pass(24h);
    EXPECT_EQ(run_job(), 0) << "a claim that waits is open";
    EXPECT_EQ(listed(told), Taken::credited);
    EXPECT_EQ(take(told), Taken::duplicate);
    all_told();
    let_time_pass(24h);
    EXPECT_EQ(run_job(), 2) << "the claim and its order";
    EXPECT_THAT(found(), IsEmpty());
    EXPECT_EQ(run_job(), 0);
    EXPECT_EQ(broken_laws(), "");
}

// A deposit that an earlier version has masked, without what had claimed it.
TEST_F(Everywhere, NothingIsLeftOfAClaimWhosePaymentWasMaskedBefore) {
    const auto order = *create(20'000, "254712345678");
    const auto told = confirmation(reference(order), "20000.00", "UKN7000001");
    EXPECT_EQ(take(told), Taken::claimed);
    EXPECT_EQ(listed(told), Taken::credited);
    let_time_pass(24h);
    EXPECT_EQ(run_job(), 0) << "its merchant has yet to be told of the payment";
    write([](store::Tx& tx) {
        tx.run("UPDATE deposits SET phone = -7");
        tx.run("UPDATE paybill_payers SET phone = 'masked 7'");
    });
    EXPECT_EQ(run_job(), 1);
    EXPECT_THAT(found(), IsEmpty());
}

TEST_F(Everywhere, NothingIsLeftOfMoneyThatHadNoOrder) {
    const auto told = confirmation("wanjiku", "20000.00", "UKN7000001");
    EXPECT_EQ(take(told), Taken::claimed);
    EXPECT_EQ(listed(told), Taken::kept);
    EXPECT_EQ(take(told), Taken::duplicate);
    let_time_pass(24h);
    EXPECT_EQ(run_job(), 0) << "it waits in suspense";
    const auto order = *create(20'000, "254700000001");
    EXPECT_EQ(allocate("UKN7000001", order), "");
    all_told();
    let_time_pass(24h);
    EXPECT_EQ(run_job(), 3) << "the claim, its item and the order that it was given to";
    EXPECT_THAT(found(), IsEmpty());
    EXPECT_EQ(broken_laws(), "");
}

// It went back to him, and nobody will ever allocate it.
TEST_F(Everywhere, NothingIsLeftOfMoneyThatWentBack) {
    EXPECT_EQ(listed(confirmation("wanjiku", "700", "UKN7000001")), Taken::kept);
    send_back("UKN7000001");
    let_time_pass(24h);
    EXPECT_EQ(run_job(), 0) << "it is on its way";
    end_refund(withdrawals::State::failed);
    let_time_pass(24h);
    EXPECT_EQ(run_job(), 0) << "and came to nothing";
    end_refund(withdrawals::State::paid);
    EXPECT_EQ(run_job(), 0) << "just now";
    let_time_pass(24h);
    EXPECT_EQ(run_job(), 1);
    EXPECT_THAT(found(), IsEmpty());
    EXPECT_EQ(run_job(), 0);
}

// Should the second payment's refund fail, whoever paid it is looked for by their order.
TEST_F(Everywhere, AnOrderIsLeftAloneWhileASecondPaymentOfItIsOnItsWayBack) {
    const auto order = *create(700, "254712345678");
    EXPECT_EQ(listed(confirmation(reference(order), "700", "UKN7000001")), Taken::credited);
    EXPECT_EQ(listed(confirmation(reference(order), "700", "UKN7000002")), Taken::paid_twice);
    write([](store::Tx& tx) { tx.run("UPDATE deposits SET flags = 0"); });  // a person has looked
    all_told();
    send_back("UKN7000002");
    let_time_pass(24h);
    EXPECT_EQ(run_job(), 0);
    end_refund(withdrawals::State::paid);
    let_time_pass(24h);
    EXPECT_EQ(run_job(), 2) << "the order and the item";
    EXPECT_THAT(found(), IsEmpty());
}

TEST_F(Everywhere, NothingIsLeftOfCentsThatWereWrittenOff) {
    EXPECT_EQ(listed(confirmation("wanjiku", "0.50", "UKN7000001")), Taken::kept);
    let_time_pass(24h);
    EXPECT_EQ(run_job(), 0);
    EXPECT_TRUE(write(
        [&](store::Tx& tx) { return suspense::write_off(tx, "UKN7000001", now_).has_value(); }));
    EXPECT_EQ(run_job(), 0) << "just now";
    let_time_pass(24h);
    EXPECT_EQ(run_job(), 1);
    EXPECT_THAT(found(), IsEmpty());
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Everywhere, NothingIsLeftOfPaymentsWhoseRowIsGone) {
    const auto order = ids_.next(now_);
    const auto payout = ids_.next(now_);
    say(order);
    say(payout);
    auto lost = confirmation("order " + hex16(order), "1000", "UKN7000001");
    lost.prompted = DepositId{order};
    lost.phone.clear();
    lost.raw.clear();
    EXPECT_EQ(take(lost), Taken::kept);
    write([&](store::Tx& tx) {
        tx.run(
            "INSERT INTO lost_payouts (receipt, withdrawal_id, amount, payout_id, phone, told_at, "
            "settled_as) VALUES ('SG632NMUAB', ?1, 500, '', '', 1, '')",
            payout);
    });
    let_time_pass(24h);
    EXPECT_EQ(run_job(), 0) << "a person has yet to look";
    EXPECT_THAT(exported_of_him(), HasSubstr(hex16(order)));
    EXPECT_TRUE(json::parse(exported_of_him()));
    EXPECT_EQ(mask_him().kept, 2);
    write([](store::Tx& tx) {
        tx.run("UPDATE lost_payouts SET settled_at = 2");
        tx.run("UPDATE suspense_items SET allocated = amount, allocated_at = 2");
    });
    say(ids_.next(now_));  // young
    EXPECT_EQ(run_job(), 3) << "two messages, and the item";
    EXPECT_THAT(found(), ElementsAre("rail_messages.body"));
    let_time_pass(24h);
    EXPECT_EQ(mask_him().masked, 1);
    EXPECT_THAT(found(), IsEmpty());
    EXPECT_EQ(run_job(), 0);
}

// His own orders, another's that he paid from his phone, and money that nobody could place.
TEST_F(Everywhere, OnePersonsNumberIsNowhereOnceHeIsMasked) {
    const auto own = *create(20'000, "254712345678");
    const auto first = confirmation(reference(own), "20000", "UKN7000001");
    EXPECT_EQ(take(first), Taken::claimed);
    EXPECT_EQ(listed(first), Taken::credited);
    const auto of_another = *create(900, "254700000001");
    EXPECT_EQ(take(confirmation(reference(of_another), "900", "UKN7000002")), Taken::credited);
    EXPECT_EQ(take(confirmation("0712345678", "800", "UKN7000003")), Taken::kept);
    EXPECT_EQ(allocate("UKN7000003", *create(800, "254700000002")), "");
    all_told();
    let_time_pass(24h);
    const auto told = exported_of_him();
    EXPECT_TRUE(json::parse(told));
    for (const auto* receipt : {"UKN7000001", "UKN7000002", "UKN7000003"}) {
        EXPECT_THAT(told, HasSubstr(receipt));
    }
    EXPECT_EQ(mask_him().kept, 0);
    EXPECT_THAT(found(), IsEmpty());
    EXPECT_TRUE(the(of_another).phone.is_hidden()) << "what was said of it named him";
    const auto after = exported_of_him();
    EXPECT_THAT(after, HasSubstr("UKN7000002")) << "found by the hash of his own number";
    EXPECT_EQ(broken_laws(), "");
}

// As somebody's statements by hand leave it.
TEST_F(Everywhere, ARowThatMakesNoPaymentHidesNoOther) {
    const auto bad = *create(1000, "254700000001");
    const auto good = *create(1000, "254712345678");
    for (const auto id : {bad, good}) observe(id, failure());
    write([&](store::Tx& tx) { tx.run("UPDATE deposits SET phone = 5 WHERE id = ?1", bad); });
    let_time_pass(24h);
    EXPECT_EQ(run_job(), 1);
    EXPECT_TRUE(the(good).phone.is_hidden());
}

}  // namespace
}  // namespace lango::privacy
