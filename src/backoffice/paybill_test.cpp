// What operators do about money in suspense, as the command line asks for it.
#include "backoffice/operators_fixture.hpp"
#include "suspense/claims.hpp"

namespace lango::backoffice {
namespace {

using testing::HasSubstr;

class AdminPaybill : public test::Operators {
  protected:
    // Money that found no order; its receipt.
    std::string stray(std::int64_t shillings = 1000) { return stray(Money::kes(shillings)); }
    std::string stray(Money amount) {
        const std::string receipt = "UKN7000001";
        EXPECT_EQ(store_.wait_for(desk_.take({.receipt = receipt,
                                              .amount = amount,
                                              .reference = "mistyped",
                                              .prompted = {},
                                              .phone = payer,
                                              .order = {},
                                              .shortcode = 174379,
                                              .paid_at = {},
                                              .raw = {}},
                                             paybill::Told::list)),
                  paybill::Taken::kept);
        return receipt;
    }
    std::int64_t acts() {
        return store_.number("SELECT COUNT(*) FROM operator_acts WHERE act = 'paybill allocated'");
    }
    static std::string path(const std::string& receipt) {
        return "/admin/paybill/unmatched/" + receipt + "/allocate";
    }
};

TEST_F(AdminPaybill, AllocationIsSignedAndStandsInTheTrail) {
    const auto receipt = stray();
    const auto id = order();
    EXPECT_EQ(as("brian", path(receipt), {{"order_id", id}}),
              R"({"status":"ok","order_id":")" + id + R"("})");
    EXPECT_THAT(show("/admin/users"),
                HasSubstr(R"("who":"brian","act":"paybill allocated","subject":")" + receipt +
                          R"(","detail":"to order )" + id + R"(")"));
    EXPECT_THAT(show("/admin/deposits/" + id), HasSubstr(R"("state":"paid")"));
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(AdminPaybill, MoneyIsFoundByItsReceiptInAnyCaseWithAnyDash) {
    const auto receipt = stray();
    const auto shown = show("/admin/paybill/unmatched/" + receipt);
    EXPECT_THAT(shown, HasSubstr(receipt));
    for (const auto* typed : {"ukn7000001", "%20UKN-7000001%0A", "ukn%E2%80%93700%C2%A00001"}) {
        EXPECT_EQ(show(std::string{"/admin/paybill/unmatched/"} + typed), shown) << typed;
    }
    EXPECT_THAT(as("brian", path("ukn7000001"), {{"order_id", order()}}), HasSubstr("\"ok\""));
}

// However it is split: all that came counts.
TEST_F(AdminPaybill, AllocationOfMuchNeedsAnother) {
    const auto receipt = stray(10'001);
    const auto id = order(10'001);
    EXPECT_THAT(as("brian", path(receipt), {{"order_id", id}}),
                HasSubstr(R"("outcome":"proposed")"));
    EXPECT_EQ(acts(), 0);
    EXPECT_THAT(show("/admin/deposits/" + id), HasSubstr(R"("state":"created")"));
    EXPECT_EQ(agreed("brian", "chebet", path(receipt), {{"order_id", id}}),
              R"({"status":"ok","order_id":")" + id + R"("})");
    EXPECT_THAT(show("/admin/deposits/" + id), HasSubstr(R"("state":"paid")"));
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM operator_acts WHERE act = 'paybill allocated' "
                            "AND who = 'brian'"),
              1);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(AdminPaybill, AllocationUpToTheLimitIsOnes) {
    const auto receipt = stray(10'000);
    const auto id = order(10'000);
    EXPECT_EQ(as("brian", path(receipt), {{"order_id", id}}),
              R"({"status":"ok","order_id":")" + id + R"("})");
}

TEST_F(AdminPaybill, AllocationIsRefusedToWhomNobodyKnows) {
    const auto receipt = stray();
    const auto id = order();
    EXPECT_THAT(nobody(path(receipt), {{"order_id", id}}),
                HasSubstr(R"("code":"no_administrator")"));
    EXPECT_EQ(
        as("dedan", path(receipt), {{"order_id", id}}),
        R"({"status":"fail","code":"wrong_key","message":"There is no person dedan with this key."})");
    EXPECT_THAT(show("/admin/deposits/" + id), HasSubstr(R"("state":"created")"));
    EXPECT_EQ(acts(), 0);
}

TEST_F(AdminPaybill, AllocationThatIsRefusedLeavesNoTrail) {
    const auto receipt = stray(900);
    EXPECT_EQ(as("brian", path(receipt), {{"order_id", order()}}),
              R"({"status":"fail","message":"The order is of KES 1000, and KES 900 came."})");
    EXPECT_EQ(acts(), 0);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(AdminPaybill, CentsAreWrittenOffOnceInAnOperatorsName) {
    const auto receipt = stray(Money{50, Currency::kes()});
    const auto target = "/admin/paybill/unmatched/" + receipt + "/write-off";
    EXPECT_THAT(nobody(target, {}), HasSubstr(R"("code":"no_administrator")"));
    EXPECT_THAT(as("dedan", target), HasSubstr("There is no person dedan with this key."));
    EXPECT_EQ(as("brian", target), R"({"status":"ok","amount_minor":50})");
    EXPECT_THAT(show("/admin/paybill/unmatched"), HasSubstr(R"("items":[])"));
    EXPECT_THAT(show("/admin/users"),
                HasSubstr(R"("who":"brian","act":"suspense written off","subject":")" + receipt +
                          R"(","detail":"KES 0.5")"));
    EXPECT_EQ(as("brian", target), R"({"status":"fail","message":"Nothing is left of it."})");
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(AdminPaybill, WhatCanBeSentBackIsNotWrittenOff) {
    const auto receipt = stray(1000);
    EXPECT_THAT(as("brian", "/admin/paybill/unmatched/" + receipt + "/write-off"),
                HasSubstr("KES 1000 is left of it, which can be given to an order or sent back."));
    EXPECT_THAT(as("brian", "/admin/paybill/unmatched/UKN9999999/write-off"),
                HasSubstr("There is no such money in suspense."));
    EXPECT_THAT(show("/admin/users"), testing::Not(HasSubstr("suspense written off")));
    EXPECT_THAT(show("/admin/paybill/unmatched"), HasSubstr(receipt));
}

class AdminClaims : public AdminPaybill {
  protected:
    // The prompt of a paid order was paid again, says a callback that tells no amount.
    std::string claimed(std::int64_t shillings = 0) {
        const std::string receipt = "UKN7000009";
        store_.write([&](store::Tx& tx) {
            return suspense::keep_claim(tx,
                                        {.receipt = receipt,
                                         .at = api::test::start,
                                         .amount = Money::kes(shillings),
                                         .reference = {},
                                         .phone = {},
                                         .about = {}},
                                        77);
        });
        return receipt;
    }
    static std::string claim(const std::string& receipt, const std::string& how) {
        return "/admin/paybill/claims/" + receipt + "/" + how;
    }
};

TEST_F(AdminClaims, AreBookedToSuspenseInAnOperatorsName) {
    static_cast<void>(claimed());
    EXPECT_THAT(show("/admin/paybill/unmatched"), HasSubstr(R"("receipt":"UKN7000009")"));
    EXPECT_THAT(agreed("brian", "amina", claim("ukn7000009", "book"), {{"note", "portal"}}),
                HasSubstr("M-PESA did not say how much it was"));
    EXPECT_EQ(agreed("brian", "amina", claim("ukn7000009", "book"),
                     {{"note", "portal"}, {"amount", "1,000"}}),
              R"({"status":"ok","outcome":"kept"})");
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM proposals WHERE outcome = 'kept'"), 1)
        << "what it came to, in its own word";
    EXPECT_THAT(show("/admin/paybill/unmatched/UKN7000009"), HasSubstr(R"("amount_minor":100000)"));
    EXPECT_THAT(show("/admin/users"),
                HasSubstr(R"("who":"brian","act":"claim booked","subject":"UKN7000009","detail":)"
                          R"("KES 1000: portal")"));
    EXPECT_THAT(show("/admin/paybill/unmatched"), HasSubstr(R"("claims":[])"));
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(AdminClaims, AreDismissedInAnOperatorsNameAndByNobodyElse) {
    const auto receipt = claimed(700);
    for (const auto* how : {"book", "dismiss"}) {
        EXPECT_THAT(nobody(claim(receipt, how), {{"note", "portal"}}),
                    HasSubstr(R"("code":"no_administrator")"));
        EXPECT_THAT(as("dedan", claim(receipt, how), {{"note", "portal"}}),
                    HasSubstr("There is no person dedan with this key."));
    }
    EXPECT_EQ(as("brian", claim(receipt, "dismiss"), {{"note", "not at the portal"}}),
              R"({"status":"ok"})");
    EXPECT_THAT(show("/admin/paybill/unmatched"), HasSubstr(R"("items":[],"claims":[])"));
    EXPECT_THAT(show("/admin/users"),
                HasSubstr(R"("act":"claim dismissed","subject":"UKN7000009","detail":)"
                          R"("not at the portal")"));
}

}  // namespace
}  // namespace lango::backoffice
