// What operators do about deposits, as the command line asks for it.
#include <gmock/gmock.h>

#include "api/api_fixture.hpp"
#include "backoffice/routes.hpp"
#include "base/json.hpp"

namespace lango::backoffice {
namespace {

using testing::HasSubstr;
using testing::Not;

class AdminDeposits : public api::test::Endpoints {
  protected:
    AdminDeposits() {
        auto table = rates::page_sample();
        table.id = store_.write([&](store::Tx& tx) { return rates::save(tx, table); });
        rates_ = std::make_shared<const rates::Table>(std::move(table));
    }
    // Its order id.
    std::string order(int number) {
        return json::parse(create(number).body)->find("data")->text_at("order_id");
    }
    std::string settle(const std::string& order, const std::string& receipt) {
        auto request =
            post("/admin/deposits/" + order + "/settle", "", R"({"receipt":")" + receipt + R"("})");
        request.acting_as = "test";
        return store_.wait_for(router_.handle(request)).body;
    }
    std::string show(const std::string& order) {
        return store_.wait_for(router_.handle(get("/admin/deposits/" + order, ""))).body;
    }
    std::int64_t in_suspense() {
        return store_.number("SELECT COALESCE(SUM(balance), 0) FROM accounts WHERE kind = 4");
    }

    std::shared_ptr<const rates::Table> rates_;
    deposits::Observer settling_{{.store = store_.store(),
                                  .clock = clock_,
                                  .ids = ids_,
                                  .merchants = directory_,
                                  .rates = [this] { return rates_; },
                                  .shortcode = 174379,
                                  .hand_over = [](const postbacks::Message&) {},
                                  .noticed = {},
                                  .wake_worker = {}},
                                 {}};
    http::Router router_ =
        admin_routes({.store = store_.store(),
                      .clock = clock_,
                      .random = random_,
                      .master = master_,
                      .ids = ids_,
                      .refresh = {},
                      .wake_postbacks = {},
                      .tried_again = {},
                      .read_again = {},
                      .settle = [this](DepositId id, rails::Observation seen, store::Also also) {
                          return settling_.observe(id, std::move(seen), std::move(also));
                      }});
};

TEST_F(AdminDeposits, AreSettledByTheReceiptThatAPersonHasSeen) {
    const auto id = order(10);
    EXPECT_EQ(settle(id, "nlj7rt61sv"), R"({"status":"ok","outcome":"paid"})");
    EXPECT_THAT(show(id), HasSubstr(R"("state":"paid")"));
    EXPECT_THAT(show(id), HasSubstr(R"("receipt":"NLJ7RT61SV")")) << "as M-PESA prints it";
}

TEST_F(AdminDeposits, AreNotSettledByWhatIsNoReceipt) {
    const auto id = order(10);
    for (const auto* receipt : {"", "NLJ7RT61S", "NLJ7RT61SVX", "NLJ7RT61S ", "NLJ7-T61SV"}) {
        EXPECT_EQ(
            settle(id, receipt),
            R"({"status":"fail","message":"A receipt has ten letters and digits, such as NLJ7RT61SV."})")
            << receipt;
    }
    EXPECT_EQ(settle("12", "NLJ7RT61SV"),
              R"({"status":"fail","message":"An order has 16 hex digits."})");
    EXPECT_THAT(show(id), HasSubstr(R"("state":"created")"));
}

// Else another order's receipt would be burnt, and that order could never be credited.
TEST_F(AdminDeposits, ThatArePaidTakeNoOtherReceipt) {
    const auto paid = order(10);
    const auto other = order(11);
    ASSERT_THAT(settle(paid, "NLJ7RT61SV"), HasSubstr("paid"));
    EXPECT_EQ(
        settle(paid, "NLJ7RT61SW"),
        R"({"status":"fail","message":"That order is paid already, by receipt NLJ7RT61SV."})");
    EXPECT_EQ(in_suspense(), 0);
    EXPECT_EQ(settle(other, "NLJ7RT61SW"), R"({"status":"ok","outcome":"paid"})");
    EXPECT_EQ(settle(order(12), "NLJ7RT61SV"),
              R"({"status":"fail","code":"refused","message":"Nothing was booked: that receipt )"
              R"(stands with another payment.","outcome":"receipt_used"})");
}

TEST_F(AdminDeposits, AreShownWithAllThatWasSaid) {
    const auto id = order(10);
    static_cast<void>(settle(id, "NLJ7RT61SV"));
    const auto shown = show(id);
    EXPECT_THAT(shown, HasSubstr(R"("custom_transaction_id":"o10")"));
    EXPECT_THAT(shown, HasSubstr(R"("event":"created","state":"created")"));
    EXPECT_THAT(shown, HasSubstr(R"("event":"paid","state":"paid","detail":"NLJ7RT61SV")"));
    EXPECT_THAT(shown, HasSubstr(R"("body":"settled by hand by test: NLJ7RT61SV")"));
    EXPECT_THAT(shown, HasSubstr(R"("postback":{"id":"msg_)"));
    EXPECT_THAT(shown, HasSubstr(R"("ledger":[{"outcome":"deposit_paid","at":")"));
    EXPECT_THAT(shown, HasSubstr(R"("postings":[{"account":"rail","merchant":"","amount":"-1000",)"
                                 R"("currency":"KES"},{"account":"merchant","merchant":"",)"
                                 R"("amount":"1000","currency":"KES"}]}])"))
        << "a merchant whom nobody knows";
    EXPECT_THAT(shown, HasSubstr(R"("needs_review":false)"));
    EXPECT_THAT(shown, HasSubstr(R"("state":"waiting")"));
    EXPECT_THAT(shown, Not(HasSubstr("254712345610"))) << "no phone number in full";
    EXPECT_EQ(show("00000000000000ff"), R"({"status":"fail","message":"There is no such order."})");
}

}  // namespace
}  // namespace lango::backoffice
