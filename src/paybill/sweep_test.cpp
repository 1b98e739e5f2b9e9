#include "paybill/sweep.hpp"

#include <algorithm>

#include "base/manual_clock.hpp"
#include "ledger/invariants/invariant.hpp"
#include "paybill/paybill_fixture.hpp"
#include "unreadable/unreadable.hpp"

namespace lango::paybill::test {
namespace {

// Its list is all that is asked of it.
class ListingRail final : public rails::Rail {
  public:
    bool silent = false;
    Duration readable = 24h;          // what its list can tell of at once
    std::optional<Instant> bad_at{};  // of a page that nobody can read
    std::vector<rails::PulledPayment> list;
    std::vector<std::pair<Instant, Instant>> asked;

    [[nodiscard]] const rails::Capabilities& capabilities() const override {
        return deposits::test::capabilities;
    }
    [[nodiscard]] std::int64_t shortcode() const override { return deposits::test::shortcode; }
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
    asio::awaitable<std::optional<std::vector<rails::PulledPayment>>> pull(Instant from,
                                                                           Instant to) override {
        asked.emplace_back(from, to);
        if (silent) co_return std::nullopt;
        if (to - from > readable) throw rails::ListTooLong{"too many pages"};
        auto told = list;
        if (bad_at && from <= *bad_at && *bad_at < to) {
            told.push_back({.receipt = {},
                            .reference = {},
                            .unreadable = "a page of the list that cannot be read",
                            .raw = bad_page,
                            .is_page = true});
        }
        co_return told;
    }
    static constexpr const char* bad_page = R"({"Response":[[]],"Response":[[]]})";
    void stop_reading() override {}
};

class Sweeping : public Paybill {
  protected:
    ~Sweeping() override { end(); }

    void begin(SweepOptions options = {.every = 15min}) {
        end();
        observer_ = std::make_unique<deposits::Observer>(
            deposits::Observer::Parts{
                .store = *store_,
                .clock = clock_,
                .ids = ids_,
                .merchants = directory_,
                .rates = [this] { return rates_; },
                .shortcode = deposits::test::shortcode,
                .hand_over = [this](const postbacks::Message&) { ++postbacks_; },
                .noticed = {},
                .wake_worker = {}},
            deposits::WorkerOptions{.confirm_above = confirm_above_});
        desk_ = std::make_unique<Desk>(Desk::Parts{.store = *store_,
                                                   .clock = clock_,
                                                   .merchants = directory_,
                                                   .observer = *observer_,
                                                   .rules = {},
                                                   .wake_sweep = [this] { sweep_->wake(); }});
        sweep_ = std::make_unique<Sweep>(Sweep::Parts{.store = *store_,
                                                      .rail = rail_,
                                                      .clock = clock_,
                                                      .desk = *desk_,
                                                      .executor = context_.get_executor(),
                                                      .trouble =
                                                          [this](std::string_view error) {
                                                              if (!may_fail_)
                                                                  ADD_FAILURE() << error;
                                                          }},
                                         options);
        wait_for(sweep_->start());
    }
    void end() {
        if (!sweep_) return;
        bool done = false;
        asio::co_spawn(context_, sweep_->stop(), [&](const std::exception_ptr&) { done = true; });
        clock_.advance(1h);
        EXPECT_TRUE(done);
        sweep_.reset();
        now_ = clock_.now();
    }
    void run(Duration by) {
        clock_.advance(by);
        now_ = clock_.now();
    }
    void at_rail(const std::string& receipt, const std::string& reference,
                 std::int64_t shillings = 1000) {
        rail_.list.push_back({.receipt = receipt,
                              .reference = reference,
                              .amount = Money::kes(shillings),
                              .prompted = {},
                              .phone = "254708374149"});
    }

    // Its story lacks its beginning: a law refuses what would become of it.
    DepositId damaged() {
        const auto order = in(State::failed);
        write([&](store::Tx& tx) {
            tx.run("DELETE FROM deposit_events WHERE deposit_id = ?1 AND number = 1", order);
        });
        return order;
    }
    // "door: body" of each that waits for a person.
    std::vector<std::string> unread() {
        return write([](store::Tx& tx) {
            std::vector<std::string> all;
            for (const auto& one : unreadable::waiting(tx, 0, 9)) {
                all.push_back(std::string{unreadable::name(one.door)} + ": " +
                              unreadable::find(tx, one.number)->body);
            }
            return all;
        });
    }

    ManualClock clock_{context_, deposits::test::start};
    bool may_fail_ = false;
    ListingRail rail_;
    std::unique_ptr<deposits::Observer> observer_;
    std::unique_ptr<Desk> desk_;
    std::unique_ptr<Sweep> sweep_;
};

TEST_F(Sweeping, FindsMoneyThatNoConfirmationToldOf) {
    const auto order = in(State::expired);
    begin();
    at_rail("UKN7000001", reference(order));
    at_rail("UKN7000002", "chips");
    run(16min);
    EXPECT_EQ(state_of(order), State::paid);
    EXPECT_EQ(item("UKN7000002")->phone, "254708374149");
    run(1h);
    EXPECT_EQ(postbacks_, 1);
    EXPECT_EQ(at_the_rail(), Money::kes(2000));
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Sweeping, KeepsARowThatTheBooksRefuseForAPersonAndTakesTheOthers) {
    const auto bad = damaged();
    const auto order = in(State::expired);
    begin();
    may_fail_ = true;
    at_rail("UKN7000001", "chips");
    at_rail("UKN7000002", reference(bad));
    at_rail("UKN7000003", reference(order));
    run(16min);
    EXPECT_EQ(state_of(order), State::paid);
    EXPECT_EQ(state_of(bad), State::failed);
    EXPECT_TRUE(item("UKN7000001"));
    EXPECT_EQ(unread(), std::vector{"list: UKN7000002 1000 " + reference(bad) + " 254708374149"});
    const auto swept_to = rail_.asked.back().second;
    run(15min);
    EXPECT_EQ(rail_.asked.back().first, swept_to - 10min) << "it goes on";
}

TEST_F(Sweeping, KeepsAConfirmationThatTheBooksRefuse) {
    const auto bad = damaged();
    begin();
    EXPECT_THROW(wait_for(desk_->take(payment(bad), Told::confirmation)), ledger::LawBroken);
    EXPECT_EQ(unread(), std::vector<std::string>{"confirmation: confirmation of UKN7000001"});
    EXPECT_EQ(at_the_rail(), Money::zero());
}

TEST_F(Sweeping, ProvesAClaimSoonAndBooksItOnce) {
    confirm_above_ = Money::kes(500);
    const auto order = in(State::failed);
    begin({.every = 0s});
    const auto told = payment(order);
    EXPECT_EQ(wait_for(desk_->take(told, Told::confirmation)), Taken::claimed);
    run(31s);
    EXPECT_EQ(state_of(order), State::failed) << "the list does not have it yet";
    at_rail(told.receipt, told.reference);
    run(31s);
    EXPECT_EQ(state_of(order), State::paid);
    const auto asked = rail_.asked.size();
    run(20h);
    EXPECT_EQ(rail_.asked.size(), asked) << "nothing is left to prove";
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Sweeping, ProvesAClaimThatTheListTellsOfMuchLater) {
    confirm_above_ = Money::kes(500);
    const auto order = in(State::failed);
    begin();
    const auto told = payment(order);
    EXPECT_EQ(wait_for(desk_->take(told, Told::confirmation)), Taken::claimed);
    const auto claimed_at = clock_.now();
    run(5h);
    EXPECT_LT(rail_.asked.size(), 20U + 20U * 6U) << "and is not asked every half minute for it";
    rail_.asked.clear();
    at_rail(told.receipt, told.reference);
    run(16min);
    EXPECT_LE(rail_.asked.front().first, claimed_at);
    EXPECT_EQ(state_of(order), State::paid);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Sweeping, GivesUpAClaimThatIsOlderThanTheList) {
    confirm_above_ = Money::kes(500);
    begin({.every = 0s});
    EXPECT_EQ(wait_for(desk_->take(payment(in(State::failed)), Told::confirmation)),
              Taken::claimed);
    run(49h);
    rail_.asked.clear();
    run(24h);
    EXPECT_TRUE(rail_.asked.empty());
    EXPECT_EQ(write([](store::Tx& tx) { return suspense::open_claims(tx, 9); }).size(), 1U)
        << "a person still sees it";
}

TEST_F(Sweeping, AsksForLessWhereTheListIsTooLong) {
    const auto order = in(State::expired);
    begin();
    at_rail("UKN7000001", reference(order));
    rail_.readable = 5min;
    run(16min);
    EXPECT_EQ(state_of(order), State::paid);
    EXPECT_EQ(rail_.asked.back().second, clock_.now() - 1min) << "to the end";
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Sweeping, GoesOnWhereItStoppedAfterSilenceAndRestart) {
    begin();
    run(16min);
    ASSERT_EQ(rail_.asked.size(), 1U);
    const auto reached = rail_.asked.back().second;
    rail_.silent = true;
    run(3h);
    end();
    rail_.silent = false;
    rail_.asked.clear();
    begin();
    run(16min);
    ASSERT_GE(rail_.asked.size(), 4U) << "an hour a question";
    EXPECT_EQ(rail_.asked.front().first, reached - 10min);
    for (std::size_t n = 1; n < rail_.asked.size(); ++n) {
        EXPECT_EQ(rail_.asked[n].first, rail_.asked[n - 1].second);
    }
}

TEST_F(Sweeping, LeavesAPageThatCannotBeReadToAPersonAndReadsOn) {
    const auto order = in(State::expired);
    begin();
    run(16min);
    rail_.silent = true;
    run(5h);
    rail_.silent = false;
    rail_.bad_at = clock_.now() - 3h;
    at_rail("UKN7000001", reference(order));
    rail_.asked.clear();
    run(15min);
    EXPECT_EQ(state_of(order), State::paid);
    EXPECT_EQ(rail_.asked.back().second, clock_.now() - 1min) << "to the end";
    const auto waiting = write([](store::Tx& tx) { return unreadable::waiting(tx, 0, 9); });
    ASSERT_EQ(waiting.size(), 1U);
    EXPECT_EQ(waiting[0].door, unreadable::Door::list);
    EXPECT_EQ(write([&](store::Tx& tx) { return unreadable::find(tx, waiting[0].number); })->body,
              ListingRail::bad_page);
    const auto asked_again = [&] {
        return std::ranges::count_if(rail_.asked, [&](const auto& asked) {
            return asked.first <= *rail_.bad_at && *rail_.bad_at < asked.second;
        });
    };
    EXPECT_EQ(asked_again(), 1);
    rail_.asked.clear();
    run(30min);
    EXPECT_EQ(rail_.asked.size(), 2U) << "what is new";
    EXPECT_EQ(asked_again(), 0);
    run(24h);
    EXPECT_GE(asked_again(), 23);
    EXPECT_LE(asked_again(), 25);
    run(24h);
    rail_.asked.clear();
    run(3h);
    EXPECT_EQ(asked_again(), 0) << "the list reaches no further";
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Sweeping, ReadsAgainAfterARestartWhatCouldNotBeRead) {
    begin();
    run(16min);
    rail_.bad_at = clock_.now() + 5min;
    run(5h);
    end();
    rail_.asked.clear();
    begin();
    run(16min);
    EXPECT_LE(rail_.asked.front().first, *rail_.bad_at);
    const auto bad_at = *rail_.bad_at;
    rail_.bad_at.reset();
    run(90min);
    rail_.asked.clear();
    end();
    begin();
    run(16min);
    EXPECT_GT(rail_.asked.front().first, bad_at) << "it has been read";
}

TEST_F(Sweeping, ReadsAllOfTheListAgainWhenItHadReadByAClockThatWasAhead) {
    begin();
    run(16min);
    const auto right = clock_.now();
    clock_.put_to(right + 24h);
    run(31min);
    clock_.put_to(right + 1h);
    at_rail("UKN7000001", "chips");
    rail_.asked.clear();
    run(16min);
    ASSERT_FALSE(rail_.asked.empty());
    EXPECT_LE(rail_.asked.front().first, right - 24h) << "nobody knows what it has really read";
    EXPECT_TRUE(item("UKN7000001"));
    rail_.asked.clear();
    run(16min);
    ASSERT_FALSE(rail_.asked.empty());
    EXPECT_GT(rail_.asked.front().first, right + 30min) << "once";
    // And by a process that was started since.
    clock_.put_to(right + 48h);
    run(16min);
    clock_.put_to(right + 2h);
    end();
    rail_.asked.clear();
    begin();
    run(16min);
    ASSERT_FALSE(rail_.asked.empty());
    EXPECT_LE(rail_.asked.front().first, right - 24h);
}

}  // namespace
}  // namespace lango::paybill::test
