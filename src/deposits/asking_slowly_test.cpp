// The worker within the rail's limit on questions.
#include "deposits/ask_sooner.hpp"
#include "deposits/worker_fixture.hpp"

namespace lango::deposits::test {
namespace {

// As Safaricom's sandbox has it: five questions a minute, one at a time.
class AskingSlowly : public Working {
  protected:
    AskingSlowly() {
        rail_.questions.emplace(5, 1min);
        rail_.says = [this] {
            auto answer = accepted();
            answer.checkout_request_id = "ws_CO_" + std::to_string(rail_.pushed.size());
            return answer;
        };
    }
    // A payer looks at its page.
    void window_waits(DepositId id) {
        const auto at = *the(id).pushed_at + 30s;
        EXPECT_TRUE(write([&](store::Tx& tx) { return ask_sooner(tx, id, at); }));
        worker_->wake_checks();
        clock_.settle();
    }
    // In any minute.
    [[nodiscard]] std::size_t most_in_a_minute() const {
        std::size_t most = 0;
        for (const auto& [from, id] : rail_.asked) {
            const auto within = [from](const auto& one) {
                return one.first >= from && one.first < from + 1min;
            };
            most = std::max(most,
                            static_cast<std::size_t>(std::ranges::count_if(rail_.asked, within)));
        }
        return most;
    }
};

TEST_F(AskingSlowly, SixWaitingWindowsAskNoMoreThanTheRailAllows) {
    const auto ids = orders(6);
    run(2s);
    for (const auto id : ids) window_waits(id);
    run(5min);
    EXPECT_GE(rail_.asked.size(), 12U);
    EXPECT_LE(most_in_a_minute(), 5U);
    for (const auto id : ids) {
        EXPECT_GT(the(id).tries, 0) << "each has its turn";
    }
}

TEST_F(AskingSlowly, OpenWindowsAreAskedForFirst) {
    static_cast<void>(orders(8));
    run(85s);  // all of them are due, one or two were asked about
    const auto waits = order("254710009999");
    run(2s);
    window_waits(waits);
    rail_.asked.clear();
    run(28s + 12s);
    ASSERT_FALSE(rail_.asked.empty());
    EXPECT_EQ(rail_.asked.back().second, "ws_CO_9") << "due last, and asked for at the next turn";
}

}  // namespace
}  // namespace lango::deposits::test
