// What operators do about money in suspense, as the command line asks for it.
#include "app/operators_fixture.hpp"

namespace lango::app {
namespace {

using testing::HasSubstr;

class AdminPaybill : public test::Operators {
  protected:
    // Money that found no order; its receipt.
    std::string stray(std::int64_t shillings = 1000) {
        const std::string receipt = "UKN7000001";
        EXPECT_EQ(store_.wait_for(desk_.take({.receipt = receipt,
                                              .amount = Money::kes(shillings),
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
    EXPECT_THAT(show("/admin/operators"),
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

TEST_F(AdminPaybill, AllocationIsRefusedToWhomNobodyKnows) {
    const auto receipt = stray();
    const auto id = order();
    EXPECT_EQ(ask(path(receipt), {{"order_id", id}}),
              R"({"status":"fail","message":"Say who decides: --as NAME."})");
    EXPECT_EQ(as("dedan", path(receipt), {{"order_id", id}}),
              R"({"status":"fail","message":"There is no operator dedan with this key."})");
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

}  // namespace
}  // namespace lango::app
