// Every use case by the console, of a merchant's own people: for their merchant as the table says,
// for another one not at all.
#include "backoffice/every_use_case_fixture.hpp"
#include "console/console_fixture.hpp"

namespace lango::console {
namespace {

using backoffice::test::body_for;
using testing::HasSubstr;
using testing::Not;

class Isolation : public test::ConsoleTest {
  protected:
    Isolation() {
        subjects_.deposit = order();
        const auto made = as("amina", "/admin/withdrawals",
                             {{"merchant", "shop"},
                              {"account_number", "0712 345 678"},
                              {"amount", "1000"},
                              {"label", "user"}});
        subjects_.withdrawal = json::parse(made)->text_at("id");
        static_cast<void>(
            upload("amina", "withdrawal_id,account_number,amount,label\nw,0712345678,100,user\n"));
    }
    http::Response call(Browser& browser, const backoffice::UseCase& use) {
        const auto target = backoffice::test::target_for(use, subjects_) + "?merchant=shop";
        auto request =
            this->request(browser, use.method, target,
                          use.body == backoffice::Body::none ? "" : body_for(use, subjects_));
        request.headers.add("Lango-Code", "000000");
        return in(browser, std::move(request));
    }
    backoffice::test::Subjects subjects_;
};

TEST_F(Isolation, NoUseCaseReachesAnotherMerchants) {
    enrol_for("odhiambo", people::Role::owner, MerchantId{2});
    auto foreign = enroll_in_browser("odhiambo");
    for (const auto& use : backoffice::use_cases()) {
        if (backoffice::test::is_ones_own(use)) continue;
        const auto answer = call(foreign, use);
        EXPECT_EQ(answer.status, 403) << use.name << answer.body;
        EXPECT_THAT(answer.body, HasSubstr(R"("code":"not_permitted")")) << use.name;
    }
}

TEST_F(Isolation, ListsOfOnesOwnHaveNothingOfAnother) {
    enrol_for("odhiambo", people::Role::owner, MerchantId{2});
    enrol_for("otieno", people::Role::viewer, MerchantId{1});
    auto foreign = enroll_in_browser("odhiambo");
    auto own = enroll_in_browser("otieno");
    for (const auto* list : {"/admin/deposits", "/admin/withdrawals"}) {
        const auto& subject =
            std::string_view{list}.ends_with("deposits") ? subjects_.deposit : subjects_.withdrawal;
        EXPECT_THAT(get_in(own, list).body, HasSubstr(subject)) << list;
        EXPECT_THAT(get_in(foreign, list).body, Not(HasSubstr(subject))) << list;
    }
    EXPECT_THAT(get_in(foreign, "/admin/find?text=" + subjects_.deposit).body,
                Not(HasSubstr("\"order_id\"")));
}

TEST_F(Isolation, NoNewsTellsOfAnothers) {
    enrol_for("odhiambo", people::Role::owner, MerchantId{2});
    auto foreign = enroll_in_browser("odhiambo");
    for (const auto& topic : {"deposit:" + subjects_.deposit, "withdrawal:" + subjects_.withdrawal,
                              std::string{"batch:1"}, std::string{"inbox"}}) {
        EXPECT_EQ(get_in(foreign, "/live?topics=" + topic).status, 403) << topic;
    }
    EXPECT_EQ(get_in(foreign, "/live?topics=counts").status, 200);
}

}  // namespace
}  // namespace lango::console
