// Who may act, and what locks them out.
#include "simulator/payouts_fixture.hpp"

namespace lango::simulator {
namespace {

class AnInitiator : public PayoutsTest {
  protected:
    std::string outcome_with(const std::string& password) {
        return outcome(phone, 100, {{"SecurityCredential", credential(password)}});
    }
};

TEST_F(AnInitiator, WithAWrongPasswordIsToldInTheResult) {
    EXPECT_EQ(outcome_with("Safaricom999"), "2001");
    EXPECT_EQ(outcome(phone, 100, {{"SecurityCredential", "\"bm90IGVuY3J5cHRlZA==\""}}), "2001");
    EXPECT_EQ(outcome_with("Safaricom999!*!"), "0");
    expect_paid_out(1);
}

TEST_F(AnInitiator, NobodyKnowsIsWrongAndLocksNobodyOut) {
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(outcome(phone, 100, {{"InitiatorName", "\"nobody\""}}), "2001");
    }
    EXPECT_EQ(outcome(phone, 100), "0");
}

TEST_F(AnInitiator, IsLockedAfterThreeWrongPasswordsInARowUntilSomebodyUnlocks) {
    EXPECT_EQ(outcome_with("a"), "2001");
    EXPECT_EQ(outcome_with("b"), "2001");
    EXPECT_EQ(outcome(phone, 100), "0");  // the row begins anew
    EXPECT_EQ(outcome_with("a"), "2001");
    EXPECT_EQ(outcome_with("b"), "2001");
    EXPECT_FALSE(*get("initiators/600996").find("locked")->boolean());
    EXPECT_EQ(outcome_with("c"), "2001");
    EXPECT_EQ(outcome(phone, 100), "8006");
    EXPECT_TRUE(*get("initiators/600996").find("locked")->boolean());
    EXPECT_FALSE(*get("initiators/174379").find("locked")->boolean());
    EXPECT_FALSE(*post("initiators/600996/unlock").find("locked")->boolean());
    EXPECT_EQ(outcome(phone, 101), "0");
    get("initiators/600000");
    EXPECT_EQ(admin_status, 400);
    expect_paid_out(2);
}

TEST_F(AnInitiator, StaysLockedWhenTheProcessDies) {
    for (const auto* wrong : {"a", "b", "c"}) EXPECT_EQ(outcome_with(wrong), "2001");
    restart_with({});
    EXPECT_EQ(outcome(phone, 100), "8006");
    post("initiators/600996/unlock");
    restart_with({});
    EXPECT_EQ(outcome(phone, 101), "0");
}

TEST_F(AnInitiator, FindsTheCertificateAtTheAdminApi) {
    http::Request asked;
    asked.path = "/simulator/certificate";
    const auto answer = ask(std::move(asked)).value();
    EXPECT_EQ(answer.body, key().certificate());
    EXPECT_EQ(outcome(phone, 100,
                      {{"SecurityCredential",
                        '"' + security_credential(answer.body, "Safaricom999!*!") + '"'}}),
              "0");
}

TEST_F(AnInitiator, GetsAKeyOfItsOwnWhereNoneWasGiven) {
    begin({});
    http::Request asked;
    asked.path = "/simulator/certificate";
    const auto certificate = ask(std::move(asked)).value().body;
    EXPECT_NE(certificate, key().certificate());
    EXPECT_EQ(outcome(phone, 100,
                      {{"SecurityCredential",
                        '"' + security_credential(certificate, "Safaricom999!*!") + '"'}}),
              "0");
}

}  // namespace
}  // namespace lango::simulator
