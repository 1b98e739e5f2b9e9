// Money that goes back, through admin endpoint, connector, simulator and ledger: each way a
// reversal can go (daraja.md 6.3), and days on which everything goes wrong.
#include <gtest/gtest.h>

#include <map>

#include "base/json.hpp"
#include "base/json_writer.hpp"
#include "simulator/reversal_scenario.hpp"
#include "tests/simulation/world.hpp"

namespace lango::simulation {
namespace {

using namespace std::chrono_literals;
using withdrawals::State;

using Members = std::vector<std::pair<std::string, std::string>>;

// Who gives it back.
class Operator {
  public:
    explicit Operator(World& world, std::string name = "amina")
        : world_(world), name_(std::move(name)), key_(world.operator_key(name_)) {}
    // The answer.
    json::Value refund(const std::string& order, const Members& members = {}) {
        std::string body;
        json::Writer writer{body};
        writer.begin_object()
            .member("as", name_)
            .member("key", key_)
            .member("order_id", order)
            .member("reason", "not delivered");
        for (const auto& [name, value] : members) writer.member(name, value);
        writer.end_object();
        return *json::parse(world_.admin(http::Method::post, "/admin/refunds", body));
    }
    // Nothing when it was refused.
    std::optional<WithdrawalId> made(const std::string& order, const Members& members = {}) {
        const auto answer = refund(order, members);
        const auto* made = answer.find("refund");
        if (made == nullptr) return std::nullopt;
        return WithdrawalId{*parse_hex16(made->text_at("refund_id"))};
    }

  private:
    World& world_;
    std::string name_;
    std::string key_;
};

std::string paid_order(World& world, std::int64_t shillings, const std::string& phone,
                       const std::string& own_id) {
    auto order = world.create(shillings, phone, own_id);
    for (int i = 0; i < 60 && world.state_of(order) != "paid"; ++i) world.let_time_pass(5s);
    EXPECT_EQ(world.state_of(order), "paid");
    return order;
}

void resume(World& world) { static_cast<void>(world.resume_payouts()); }

bool is_halted(World& world) {
    return world.number(
               "SELECT COUNT(*) FROM payout_halts WHERE ended_at IS NULL AND lifted_at IS NULL") >
           0;
}

class RefundStory : public testing::Test {
  protected:
    static World& world() {
        static World shared{{.payouts = true}};
        return shared;
    }
    static Operator& amina() {
        static Operator shared{world()};
        return shared;
    }
    void TearDown() override {
        resume(world());
        EXPECT_EQ(world().broken_laws(), "");
        EXPECT_EQ(world().ledgers_differ(), "");
    }
    // Of an order that a phone with that ending has paid.
    WithdrawalId refund(const std::string& ending) {
        static int number = 100'000;
        const auto n = std::to_string(++number);
        order_ = paid_order(world(), 1000, "254" + n + ending, "story-" + n);
        return *amina().made(order_);
    }
    static State state_of(WithdrawalId id) { return world().withdrawal(id).state; }
    static bool attention(WithdrawalId id) {
        return world().withdrawal(id).has(withdrawals::Flag::attention);
    }
    static bool halted() { return is_halted(world()); }
    [[nodiscard]] static std::size_t reversals() {
        return world().rail().ledger().reversals().size();
    }

    std::string order_;
};

struct Row {
    const char* name;
    const char* ending;
    State ends;
    bool halts = false;
    bool attention = false;
    Duration within = std::chrono::seconds{5};
};
class ReversalStory : public RefundStory, public testing::WithParamInterface<Row> {};

TEST_P(ReversalStory, EndsAsTheTableSays) {
    const auto before = reversals();
    const auto id = refund(GetParam().ending);
    world().let_time_pass(GetParam().within);
    EXPECT_EQ(state_of(id), GetParam().ends) << withdrawals::name(state_of(id));
    EXPECT_EQ(halted(), GetParam().halts);
    EXPECT_EQ(attention(id), GetParam().attention);
    EXPECT_EQ(reversals() - before, GetParam().ends == State::paid ? 1U : 0U);
    EXPECT_EQ(world().number("SELECT COUNT(*) FROM holds WHERE state = 1"), 0);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, ReversalStory,
    testing::Values(Row{"Code0", "777", State::paid}, Row{"Code1", "201", State::failed},
                    Row{"Code11", "211", State::failed}, Row{"Code21", "221", State::failed},
                    Row{"Code2006", "230", State::failed}, Row{"Code2028", "228", State::failed},
                    Row{"Code2001HaltsBeforeTheLockout", "220", State::failed, true},
                    Row{"Code8006Halts", "286", State::failed, true},
                    Row{"CodeR000001CallsAPerson", "231", State::paid, false, true},
                    Row{"CodeR000002", "232", State::failed},
                    // Ambiguous in the result: the status query settles them.
                    Row{"Code17", "217", State::failed, false, false, 5min},
                    Row{"Code26", "226", State::failed, false, false, 5min},
                    Row{"CodeThatNobodyKnows", "242", State::failed, false, false, 5min},
                    Row{"Code17ThoughDone", "257", State::paid, false, false, 5min},
                    // Replies and results that are lost, late, early, doubled.
                    Row{"ResultLost", "250", State::paid, false, false, 5min},
                    Row{"FailureLost", "251", State::failed, false, false, 5min},
                    Row{"ResultTwice", "252", State::paid},
                    Row{"ResultLate", "253", State::paid, false, false, 5min},
                    Row{"ResultEarly", "254", State::paid},
                    Row{"FailureAfterSuccess", "255", State::paid, false, true, 10s},
                    Row{"WrongAmount", "259", State::paid, false, true, 5min},
                    Row{"ReplyLost", "260", State::paid, false, false, 5min},
                    Row{"ReplyLostAndNeverArrived", "273", State::paid, false, false, 30min},
                    Row{"Empty500ThoughDone", "272", State::paid, false, false, 5min},
                    Row{"QueueTimeoutAndNeverDone", "274", State::failed, false, false, 5min},
                    Row{"QueueTimeoutThenDone", "275", State::paid, false, false, 5min}),
    [](const auto& info) { return info.param.name; });

// Asked for again, the rail says R000001: which proves that the first one got through.
TEST_F(RefundStory, WhoseReplyAndResultAreLostIsAskedForAgainAndDoneOnce) {
    static_cast<void>(world().at_rail(
        "/simulator/scenarios", R"({"next":true,"scenario":"reversal_reply_lost_no_result"})"));
    const auto before = reversals();
    const auto id = refund("777");
    world().let_time_pass(30min);
    EXPECT_EQ(state_of(id), State::paid);
    EXPECT_EQ(world().withdrawal(id).sends, 2);
    EXPECT_FALSE(attention(id));
    EXPECT_EQ(reversals() - before, 1U);
}

TEST_F(RefundStory, ThatNeverArrivesIsLeftToAPersonWithItsMoneyHeld) {
    const auto id = refund("261");
    world().let_time_pass(3h);
    EXPECT_EQ(state_of(id), State::unknown);
    EXPECT_TRUE(attention(id));
    EXPECT_EQ(world().number("SELECT COUNT(*) FROM holds WHERE state = 1"), 1);
    EXPECT_EQ(world().person_says_not_paid(id), withdrawals::Settled::failed);
    EXPECT_EQ(world().number("SELECT COUNT(*) FROM holds WHERE state = 1"), 0);
}

TEST_F(RefundStory, WhoseReversalIsRefusedGoesBackByPayoutWhenAPersonSaysSo) {
    const auto id = refund("221");
    world().let_time_pass(5s);
    ASSERT_EQ(state_of(id), State::failed);
    const auto second = amina().made(order_, {{"method", "payout"}});
    ASSERT_TRUE(second);
    world().let_time_pass(5s);
    EXPECT_EQ(state_of(*second), State::paid);
    const auto shown = json::parse(
        world().call(http::Method::get, "/api/v1/payment/" + order_ + "?secret=SECRET", "").body);
    EXPECT_EQ(shown->find("data")->text_at("refunded"), "1000");
    EXPECT_EQ(amina().refund(order_).text_at("message").substr(0, 14), "All of receipt");
}

TEST_F(RefundStory, TellsNoMerchant) {
    const auto id = refund("777");
    const auto before = world().postbacks().size();
    world().let_time_pass(10min);
    EXPECT_EQ(state_of(id), State::paid);
    EXPECT_EQ(world().postbacks().size(), before);
}

class RefundDay : public testing::TestWithParam<std::uint64_t> {
  protected:
    static constexpr int orders = 45;

    // Mostly ordinary payers; every third is in for a scenario of reversals.
    std::string payer(int i) {
        const auto prefix = "254" + std::to_string(712'000 + i);
        if (i % 3 != 0) return prefix + std::to_string(500 + choices_.below(400));
        const auto all = simulator::reversal_scenarios();
        for (;;) {
            const auto& scenario = all[1 + choices_.below(all.size() - 1)];
            // What the rail refuses for ever stays queued for ever.
            if (scenario.reply != simulator::Reply::apigee_429) {
                return prefix + std::string{scenario.phone_ending};
            }
        }
    }
    // Whole by reversal, or in parts by payout.
    void give_back(Operator& by, const std::string& order, std::vector<WithdrawalId>& all) {
        const bool parts = choices_.below(3) == 0;
        if (parts) all.push_back(*by.made(order, {{"amount", "40"}, {"method", "payout"}}));
        const auto rest = by.made(order);
        ASSERT_TRUE(rest);
        all.push_back(*rest);
        EXPECT_FALSE(by.made(order)) << "all of it is on its way";
    }

    // Of what left there, whatever we know of it.
    static std::optional<std::string> receipt_at_rail(World& world, WithdrawalId id) {
        const auto shown =
            json::parse(world.admin(http::Method::get, "/admin/refunds/" + hex16(id.value())));
        const auto of = shown->find("refund")->text_at("receipt");
        const auto& ledger = world.rail().ledger();
        for (const auto& reversal : ledger.reversals()) {
            if (reversal.payment_receipt == of) return reversal.receipt;
        }
        for (const auto& payout : ledger.payouts()) {
            if (payout.originator_conversation_id == world.withdrawal(id).payout_id) {
                return payout.receipt;
            }
        }
        return std::nullopt;
    }

    SeededRandom choices_{GetParam() + 23};
};

TEST_P(RefundDay, GivesNothingBackTwiceAndHoldsNothingForEver) {
    World world{{.seed = GetParam(), .payouts = true}};
    Operator amina{world};
    std::vector<std::string> paid;
    for (int i = 0; i < orders; ++i) {
        paid.push_back(paid_order(world, 100 + i, payer(i), "day-" + std::to_string(i)));
    }
    world.disturb({.request_lost_percent = 5, .reply_lost_percent = 6, .doubled_percent = 5},
                  {.request_lost_percent = 15, .doubled_percent = 20, .late_percent = 15}, {});
    std::vector<WithdrawalId> all;
    for (int i = 0; i < orders; ++i) {
        give_back(amina, paid[static_cast<std::size_t>(i)], all);
        world.let_time_pass(std::chrono::milliseconds{choices_.below(20'000)});
        if (i % 10 == 9) resume(world);
        if (i == orders / 4 || i == 3 * orders / 4) world.restart_gateway();
        if (i == orders / 2) world.restart_rail();
    }
    for (int i = 0; i < 10; ++i) {
        world.let_time_pass(2min);
        resume(world);
    }
    // The storm is over.
    world.disturb({}, {}, {});
    // Each halt is one withdrawal's; whoever lifts it lets one more try.
    for (int i = 0; i < orders && is_halted(world); ++i) {
        resume(world);
        world.let_time_pass(30s);
    }
    for (int i = 0; i < 38; ++i) {
        world.let_time_pass(i < 12 ? Duration{5min} : Duration{1h});
        resume(world);
    }

    std::map<std::string, std::int64_t> came;
    std::int64_t came_in_all = 0;
    for (const auto& payment : world.rail().ledger().payments()) {
        came[payment.receipt] = payment.amount_minor;
        came_in_all += payment.amount_minor;
    }
    std::int64_t back = 0;
    for (const auto& reversal : world.rail().ledger().reversals()) {
        EXPECT_EQ(came.count(reversal.payment_receipt), 1U);
        back += reversal.amount_minor;
    }
    std::map<std::string, int> payouts;
    for (const auto& payout : world.rail().ledger().payouts()) {
        EXPECT_EQ(++payouts[payout.originator_conversation_id], 1);
        back += payout.amount_minor;
    }
    EXPECT_LE(back, came_in_all);
    EXPECT_GT(back, came_in_all / 2);

    int by_person = 0;
    for (const auto id : all) {
        const auto row = world.withdrawal(id);
        if (withdrawals::is_closed(row.state)) continue;
        // What nothing settles is left to a person with its money held.
        EXPECT_TRUE(row.has(withdrawals::Flag::attention))
            << withdrawals::name(row.state) << ' ' << row.phone.raw();
        ++by_person;
    }
    RecordProperty("left_to_a_person", by_person);
    EXPECT_LE(by_person, static_cast<int>(all.size()) / 4);
    EXPECT_EQ(world.number("SELECT COUNT(*) FROM holds WHERE state = 1"), by_person);
    // A person looks at the rail's own list: was the payment reversed or not?
    for (const auto id : all) {
        if (withdrawals::is_closed(world.withdrawal(id).state)) continue;
        const auto receipt = receipt_at_rail(world, id);
        EXPECT_EQ(receipt ? world.person_says_paid(id, *receipt) : world.person_says_not_paid(id),
                  receipt ? withdrawals::Settled::paid : withdrawals::Settled::failed);
    }
    EXPECT_EQ(world.number("SELECT COUNT(*) FROM holds WHERE state = 1"), 0);
    EXPECT_EQ(world.broken_laws(), "");
    EXPECT_EQ(world.ledgers_differ(), "");
    EXPECT_TRUE(world.rail().ledger().balanced());
}

INSTANTIATE_TEST_SUITE_P(Seeds, RefundDay, testing::Range<std::uint64_t>(1, 7));

}  // namespace
}  // namespace lango::simulation
