// The doors for what the rail tells of payouts: who comes in, what is kept, when it is thanked.
#include "api/payout_intake_fixture.hpp"
#include "withdrawals/halt.hpp"

namespace lango::api::test {
namespace {

TEST_F(PayoutIntake, ThanksForAResultOnlyWhenItIsOnDisk) {
    const auto id = sent();
    slow_.slow = true;
    const auto answer = begin(path("b2c", id), result("0"));
    EXPECT_FALSE(*answer);
    slow_.catch_up();
    clock_.settle();
    ASSERT_TRUE(*answer);
    EXPECT_EQ((*answer)->status, 200);
    EXPECT_EQ((*answer)->body, R"({"ResultCode":0,"ResultDesc":"Accepted"})");
    EXPECT_EQ(state_of(id), State::paid);
    EXPECT_EQ(noticed_, std::vector<std::string>{"paid"});
}

TEST_F(PayoutIntake, DoesNotThankWhenNothingCanBeStored) {
    const auto id = sent();
    store_.store().stop();
    for (const auto& body : {result("0"), std::string{"<html>"}}) {
        EXPECT_EQ(status_of(path("b2c", id), body), 503);
        EXPECT_EQ(status_of(path("b2c", id, "/timeout"), body), 503);
    }
}

TEST_F(PayoutIntake, KeepsWhatItCannotReadByteForByte) {
    const auto id = sent();
    const std::string odd{"\x00\xff<html>", 8};
    EXPECT_EQ(status_of(path("b2c", id), odd), 200);
    EXPECT_EQ(status_of(path("b2c-status", id), odd), 200);
    EXPECT_EQ(noticed_, (std::vector<std::string>{"unreadable", "unreadable"}));
    EXPECT_EQ(
        store_.number(
            "SELECT COUNT(*) FROM rail_messages WHERE CAST(body AS BLOB) = X'00FF3C68746D6C3E'"),
        2);
    EXPECT_EQ(state_of(id), State::sent);
}

TEST_F(PayoutIntake, LetsInTheListedAddressesOnly) {
    const auto id = sent();
    door_.callback_addresses = {"196.201.214.200"};
    for (const auto& to : {path("b2c", id), path("b2c", id, "/timeout"), path("b2c-status", id),
                           path("b2c-status", id, "/timeout")}) {
        EXPECT_EQ(status_of(to, result("0"), "10.0.0.1"), 404) << to;
    }
    EXPECT_EQ(noticed_, std::vector<std::string>(4, "foreign_address"));
    EXPECT_EQ(state_of(id), State::sent);
    EXPECT_EQ(status_of(path("b2c", id), result("0")), 200);
}

TEST_F(PayoutIntake, LetsInNobodyWithoutTheTokenOfThatPayoutAndThatAddress) {
    const auto id = sent();
    const auto other = sent();
    const auto subject = hex16(id.value());
    const auto strange = hex16(other.value());
    for (const auto& token :
         {std::string(32, '0'), std::string{"x"}, master_.token("b2c", strange),
          master_.token("b2c-status", subject), master_.token("stk", subject)}) {
        EXPECT_EQ(status_of("/rail/b2c/" + subject + "/" + token + "/result", result("0")), 404);
        EXPECT_EQ(status_of("/rail/b2c/" + subject + "/" + token + "/timeout", result("0")), 404);
    }
    EXPECT_EQ(
        status_of("/rail/b2c-status/" + subject + "/" + master_.token("b2c", subject) + "/result",
                  result("0")),
        404);
    EXPECT_EQ(kept(), 0);
    EXPECT_EQ(state_of(id), State::sent);
}

TEST_F(PayoutIntake, KeepsAResultOfAnotherPayoutAndDoesNotBelieveIt) {
    const auto id = sent();
    EXPECT_EQ(status_of(path("b2c", id), result("0", "AG_other")), 200);
    EXPECT_EQ(noticed_, std::vector<std::string>{"other_payout"});
    EXPECT_EQ(state_of(id), State::sent);
    EXPECT_EQ(kept(), 1);
}

// daraja.md 7.2, 12.
TEST_F(PayoutIntake, TakesAQueueTimeoutForNoFailure) {
    const auto id = sent();
    EXPECT_EQ(status_of(path("b2c", id, "/timeout"), result("26")), 200);
    EXPECT_EQ(state_of(id), State::unknown);
    EXPECT_EQ(status_of(path("b2c", id, "/timeout"), "nobody documented this"), 200);
    EXPECT_EQ(state_of(id), State::unknown);
    EXPECT_EQ(status_of(path("b2c", id), result("0")), 200);
    EXPECT_EQ(state_of(id), State::paid);
}

TEST_F(PayoutIntake, SettlesByTheStatusOfThePayment) {
    const auto id = sent();
    const auto status = parameters(R"({"Key":"TransactionStatus","Value":"Declined"})");
    EXPECT_EQ(status_of(path("b2c-status", id, "/timeout"), ""), 200);
    EXPECT_EQ(state_of(id), State::sent);
    EXPECT_EQ(status_of(path("b2c-status", id), result("0", "AG_question", status)), 200);
    EXPECT_EQ(state_of(id), State::failed);
    EXPECT_EQ(noticed_, (std::vector<std::string>{"question_timed_out", "failed"}));
}

TEST_F(PayoutIntake, HaltsPayoutsForAWrongCredential) {
    EXPECT_EQ(status_of(path("b2c", sent()), result("2001")), 200);
    const auto halted = store_.write([](store::Tx& tx) { return withdrawals::open_halt(tx); });
    ASSERT_TRUE(halted);
    EXPECT_EQ(halted->what, rails::Halts::everything);
    EXPECT_EQ(halted->code, "2001");
}

TEST_F(PayoutIntake, StoresTheFloat) {
    const auto to = ResultAddress{.about = "balance", .subject = "600996"}.path(master_);
    const auto accounts = parameters(
        R"({"Key":"AccountBalance","Value":"Utility Account|KES|228037.00|228037.00|0.00|0.00"})");
    EXPECT_EQ(status_of(to + "/timeout", ""), 200);
    EXPECT_EQ(status_of(to + "/result", result("0", "AG_2", accounts), "10.0.0.1"), 200);
    EXPECT_EQ(status_of(to + "/result", result("26")), 200);
    EXPECT_EQ(status_of(to + "/result", "<html>"), 200);
    const auto stored =
        store_.write([](store::Tx& tx) { return withdrawals::latest_float(tx, 600996); });
    ASSERT_TRUE(stored);
    EXPECT_EQ(stored->reading.utility, Money::kes(228'037));
    const auto other = ResultAddress{.about = "balance", .subject = "174379"}.path(master_);
    EXPECT_EQ(status_of(other + "/result", result("0", "AG_2", accounts)), 404);
    EXPECT_EQ(noticed_, (std::vector<std::string>{"question_timed_out", "float", "unreadable",
                                                  "unreadable"}));
}

// They were switched off while this one was under way: its money has left all the same.
TEST_F(PayoutIntake, SettlesWhatWasUnderWayWhenPayoutsWereSwitchedOff) {
    const auto id = sent();
    door_.payouts = nullptr;
    EXPECT_EQ(status_of(path("b2c", id), result("0")), 200);
    EXPECT_EQ(state_of(id), State::paid);
    EXPECT_EQ(kept(), 1);
}

TEST_F(PayoutIntake, LeavesToAPersonWhatItCannotRead) {
    const auto id = sent();
    EXPECT_EQ(status_of(path("b2c", id), "<html>"), 200);
    EXPECT_EQ(status_of(path("b2c-status", id), "<xml>"), 200);
    const auto to = ResultAddress{.about = "balance", .subject = "600996"}.path(master_);
    EXPECT_EQ(status_of(to + "/result", "<soap>"), 200);
    const auto waiting = store_.write([](store::Tx& tx) { return unreadable::waiting(tx, 0, 9); });
    ASSERT_EQ(waiting.size(), 3U);
    EXPECT_EQ(waiting[0].door, unreadable::Door::result);
    EXPECT_EQ(waiting[0].subject, hex16(id.value()));
    EXPECT_EQ(waiting[1].door, unreadable::Door::status);
    EXPECT_EQ(waiting[2].door, unreadable::Door::balance);
    EXPECT_EQ(state_of(id), State::sent);
}

// Its row is gone, and the token says that it was ours.
TEST_F(PayoutIntake, FindsOutABackupByWhateverComesForAPayoutThatIsGone) {
    const auto id = sent();
    const WithdrawalId gone{id.value() - 1};
    std::size_t restored = 0;
    door_.restored = [&restored](std::string) -> asio::awaitable<void> {
        ++restored;
        co_return;
    };
    const std::vector<std::string> bodies{"<html>", result("987654"), result("0")};
    for (std::size_t n = 0; n < bodies.size(); ++n) {
        EXPECT_EQ(status_of(path("b2c", gone), bodies[n]), 200);
        EXPECT_EQ(restored, n + 1) << bodies[n];
    }
    const auto unread = store_.write([](store::Tx& tx) { return unreadable::waiting(tx, 0, 9); });
    ASSERT_EQ(unread.size(), 2U) << "what cannot be read, and a code that no table knows";
    EXPECT_EQ(unread[1].subject, hex16(gone.value()));
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM lost_payouts WHERE receipt = 'SG632NMUAB'"), 1);
    EXPECT_EQ(status_of(path("b2c", id), "<xml>"), 200);
    EXPECT_EQ(restored, bodies.size()) << "that one is here";
}

// The result of another request at this address: ids of Daraja's own, and no amount.
TEST_F(PayoutIntake, AsksAboutASuccessThatNamesNothingOfOurs) {
    const auto id = sent();
    EXPECT_EQ(
        status_of(path("b2c", id), result("0", "", parameters(R"({"Key":"Charge","Value":0})"))),
        200);
    EXPECT_EQ(noticed_, std::vector<std::string>{"claimed"});
    EXPECT_EQ(state_of(id), State::unknown);
}

}  // namespace
}  // namespace lango::api::test
