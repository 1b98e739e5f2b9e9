// News, as server-sent events.
#include "console/console_fixture.hpp"
#include "http/stream.hpp"

namespace lango::console {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;

class Live : public test::ConsoleTest {
  protected:
    // The next piece that comes within so much time; "" when the stream has ended.
    std::string next(const http::Response& response, Duration within = 20s) {
        std::optional<std::optional<std::string>> piece;
        asio::co_spawn(store_.context(), response.stream->next(),
                       [&](const std::exception_ptr&, std::optional<std::string> got) {
                           piece = std::move(got);
                       });
        store_.context().restart();
        clock_.advance(within);
        if (!piece) return "nothing came";
        return piece->value_or("");
    }
};

TEST_F(Live, BeginsWithCountsAndTellsWhenTheyChange) {
    auto amina = enroll_in_browser("amina");
    const auto stream = get_in(amina, "/live?topics=counts");
    ASSERT_TRUE(stream.stream);
    EXPECT_EQ(stream.content_type, "text/event-stream");
    EXPECT_EQ(next(stream, 0s),
              "event: counts\ndata: {\"deposits_pending\":0,\"withdrawals_waiting\":0,"
              "\"proposals_waiting\":0,\"approvals\":0,\"unmatched\":0}\n\n");
    static_cast<void>(order());
    EXPECT_THAT(next(stream, 1s), HasSubstr("\"deposits_pending\":1"));
    EXPECT_EQ(next(stream), ":\n\n") << "and says now and then that it is there";
}

TEST_F(Live, OfAMerchantsPersonCountsTheirsAlone) {
    enrol_for("otieno", people::Role::viewer, MerchantId{2});
    auto otieno = enroll_in_browser("otieno");
    static_cast<void>(order());
    EXPECT_EQ(next(get_in(otieno, "/live?topics=counts"), 0s),
              "event: counts\ndata: {\"deposits_pending\":0,\"withdrawals_waiting\":0,"
              "\"approvals\":0}\n\n");
}

TEST_F(Live, TellsOfAPaymentThatHasChanged) {
    auto amina = enroll_in_browser("amina");
    const auto deposit = order();
    const auto withdrawal = json::parse(as("amina", "/admin/withdrawals",
                                           {{"merchant", "shop"},
                                            {"account_number", "0712 345 678"},
                                            {"amount", "100"},
                                            {"label", "user"}}))
                                ->text_at("id");
    const auto of_deposit = get_in(amina, "/live?topics=deposit:" + deposit);
    const auto of_withdrawal = get_in(amina, "/live?topics=withdrawal:" + withdrawal);
    EXPECT_EQ(next(of_deposit), ":\n\n");
    EXPECT_EQ(next(of_withdrawal), ":\n\n");
    EXPECT_EQ(arrives(deposit, "UKT0000002", 1000), deposits::Observed::paid);
    EXPECT_EQ(next(of_deposit, 1s),
              "event: changed\ndata: {\"topic\":\"deposit:" + deposit + "\"}\n\n");
    EXPECT_EQ(next(of_withdrawal), ":\n\n");
}

TEST_F(Live, EndsWithTheSessionWhichItDoesNotKeepAlive) {
    auto amina = enroll_in_browser("amina");
    const auto stream = get_in(amina, "/live?topics=inbox");
    EXPECT_EQ(next(stream), ":\n\n");
    static_cast<void>(post_in(amina, "/session/end"));
    EXPECT_EQ(next(stream), "");
}

TEST_F(Live, EndsWhenTheConsoleStops) {
    auto amina = enroll_in_browser("amina");
    const auto stream = get_in(amina, "/live?topics=inbox");
    console_.stop_waiting();
    EXPECT_EQ(next(stream, 0s), "");
}

TEST_F(Live, TakesTopicsThatThereAreAndSoManyPages) {
    auto amina = enroll_in_browser("amina");
    for (const auto* wrong : {"", "nothing", "deposit", "deposit:1", "batch:x", "counts:1",
                              "batch:0", "counts,,inbox"}) {
        EXPECT_EQ(get_in(amina, std::string{"/live?topics="} + wrong).status, 400) << wrong;
    }
    std::vector<http::Response> open;
    for (int i = 0; i < 16; ++i) open.push_back(get_in(amina, "/live?topics=counts"));
    EXPECT_EQ(open.back().status, 200);
    static_cast<void>(next(open.front(), 0s));
    static_cast<void>(next(open.at(1), 0s));
    open.push_back(get_in(amina, "/live?topics=counts"));
    EXPECT_EQ(open.back().status, 200);
    EXPECT_EQ(next(open.front()), "") << "the oldest gives way";
    EXPECT_EQ(next(open.at(1)), ":\n\n") << "and no other";
}

}  // namespace
}  // namespace lango::console
