#include "deposits/list_reader.hpp"

#include "base/manual_clock.hpp"
#include "deposits/deposits_fixture.hpp"

namespace lango::deposits::test {
namespace {

Check pushed(Duration ago, bool is_last = false) {
    return {.id = DepositId{1},
            .by_query = false,
            .checkout_request_id = {},
            .pushed_at = start - ago,
            .is_last = is_last};
}

TEST(Stretches, GoFromAMinuteBeforeAPushToAQuarterOfAnHourAfterIt) {
    EXPECT_EQ(stretch_of(pushed(2h), start),
              (Stretch{.from = start - 121min, .to = start - 105min}));
    EXPECT_EQ(stretch_of(pushed(75s), start), (Stretch{.from = start - 135s, .to = start}));
    EXPECT_EQ(stretch_of(pushed(47h, true), start),
              (Stretch{.from = start - 47h - 1min, .to = start}))
        << "when nobody will ask again";
}

TEST(Stretches, ThatOverlapAreReadOnce) {
    EXPECT_EQ(stretches({pushed(2min), pushed(3h), pushed(5min), pushed(178min)}, start),
              (std::vector<Stretch>{{.from = start - 181min, .to = start - 163min},
                                    {.from = start - 6min, .to = start}}));
    EXPECT_TRUE(stretches({}, start).empty());
}

// One deposit of the day before yesterday keeps nobody waiting.
TEST(Stretches, ThatAreLongComeLast) {
    EXPECT_EQ(stretches({pushed(47h, true), pushed(2min)}, start),
              (std::vector<Stretch>{{.from = start - 3min, .to = start},
                                    {.from = start - 47h - 1min, .to = start}}));
}

// A clock that went back: nothing to read, and no harm.
TEST(Stretches, OfThePushesToComeAreEmpty) {
    const auto stretch = stretch_of(pushed(-1h), start);
    EXPECT_EQ(stretch.from, stretch.to);
}

// Its list is all that is asked of it.
class ListingRail final : public rails::Rail {
  public:
    std::vector<rails::PulledPayment> list;

    [[nodiscard]] const rails::Capabilities& capabilities() const override {
        return test::capabilities;
    }
    [[nodiscard]] std::int64_t shortcode() const override { return test::shortcode; }
    [[nodiscard]] std::string reference(DepositId deposit) const override {
        return hex16(deposit.value());
    }
    [[nodiscard]] Allowance allowance(Instant) override { return {}; }
    void spend(std::size_t) override {}
    [[nodiscard]] std::optional<Duration> down_for(Instant) const override { return std::nullopt; }
    asio::awaitable<rails::PushAnswer> push(rails::Push) override { co_return rails::PushAnswer{}; }
    asio::awaitable<std::optional<rails::Observation>> query(std::string) override {
        co_return std::nullopt;
    }
    asio::awaitable<std::optional<std::vector<rails::PulledPayment>>> pull(Instant,
                                                                           Instant) override {
        co_return list;
    }
    void stop_reading() override {}
};

class Reading : public Deposits {
  protected:
    // Reads for these, whose payments the list has.
    void read_for(const std::vector<DepositId>& all) {
        std::vector<Check> checks;
        int receipts = 0;
        for (const auto id : all) {
            checks.push_back({.id = id,
                              .by_query = false,
                              .checkout_request_id = {},
                              .pushed_at = now_,
                              .is_last = false});
            rail_.list.push_back({.receipt = "UKN700000" + std::to_string(++receipts),
                                  .reference = hex16(id.value()),
                                  .amount = Money::kes(1000)});
        }
        clock_.advance(1min);
        reader_.ask(std::move(checks));
        wait_for(reader_.read());
    }

    ManualClock clock_{context_, start};
    ListingRail rail_;
    std::vector<std::string> troubles_;
    Observer observer_{{.store = *store_,
                        .clock = clock_,
                        .ids = ids_,
                        .merchants = directory_,
                        .rates = [this] { return rates_; },
                        .shortcode = shortcode,
                        .hand_over = [this](const postbacks::Message&) { ++postbacks_; },
                        .noticed = {},
                        .wake_worker = {}},
                       {}};
    ListReader reader_{{.rail = rail_,
                        .clock = clock_,
                        .observer = observer_,
                        .trouble = [this](std::string_view, std::string_view error) {
                            troubles_.emplace_back(error);
                        }}};
};

// A law refuses what would become of the second, whose story lacks its beginning.
TEST_F(Reading, KeepsARowThatTheBooksRefuseForAPersonAndTakesTheOthers) {
    std::vector<DepositId> all;
    for (int n = 0; n < 3; ++n) all.push_back(in(State::unknown));
    write([&](store::Tx& tx) {
        tx.run("DELETE FROM deposit_events WHERE deposit_id = ?1 AND number = 1", all[1]);
    });
    read_for(all);
    EXPECT_EQ(state_of(all[0]), State::paid);
    EXPECT_EQ(state_of(all[1]), State::unknown);
    EXPECT_EQ(state_of(all[2]), State::paid);
    EXPECT_EQ(story(all[1]).back(), EventKind::not_applied);
    EXPECT_TRUE(the(all[1]).has(attention));
    EXPECT_EQ(kept(all[1]).back().body, "UKN7000002 1000");
    ASSERT_EQ(troubles_.size(), 1U);
    EXPECT_EQ(troubles_[0].find(hex16(all[1].value())), 0U) << troubles_[0];
}

// The store itself is the matter: nothing of the rest would be kept either.
TEST_F(Reading, EndsWhenTheStoreCannotWrite) {
    const auto id = in(State::unknown);
    store_->stop();
    read_for({id, id});
    EXPECT_EQ(troubles_.size(), 1U);
}

}  // namespace
}  // namespace lango::deposits::test
