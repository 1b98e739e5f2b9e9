// The rows are the queue: what a run of the gateway leaves when it dies, the next one delivers.
#include <boost/asio/detached.hpp>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <set>

#include "postbacks/delivery_fixture.hpp"
#include "runs/watch.hpp"

namespace lango::postbacks::test {
namespace {

class Restart : public Deliveries {
  protected:
    static constexpr std::int64_t shops = 20;

    Restart() {
        const auto* const where = std::filesystem::exists("/dev/shm") ? "/dev/shm" : "/tmp";
        auto folder = std::string{where} + "/lango-postbacks-XXXXXX";
        if (::mkdtemp(folder.data()) == nullptr) throw std::runtime_error{"no temporary folder"};
        folder_ = folder;
        open();
        rates_.id = write([this](store::Tx& tx) { return rates::save(tx, rates_); });
        know_merchants(shops);
        for (std::int64_t id = 1; id <= shops; ++id) shop(id).takes = 50ms;
    }
    ~Restart() override {
        if (delivery_) stop();
        clock_.advance(1min);
        dead_.clear();
        store_.reset();
        std::filesystem::remove_all(folder_);
    }

    void open() {
        store_ =
            store::open_sqlite({.path = folder_ / "db", .threading = store::Threading::inline_},
                               context_.get_executor());
    }
    // Without a word: what is in flight is answered to nobody, and what was not on disk is gone.
    void die() {
        store_->stop();
        asio::co_spawn(context_, delivery_->stop(), asio::detached);
        dead_.push_back({std::move(store_), std::move(delivery_)});
    }
    void rise() {
        open();
        start();
    }
    // A payment whose postback nobody has answered `failures` times; when it is due next.
    Instant waiting(store::Tx& tx, std::int64_t payment, int failures) {
        const auto message = make(tx, payment, 1 + payment % shops);
        std::optional<Instant> due;
        for (int n = 0; n < failures; ++n) {
            due = record(tx,
                         {.id = message.id,
                          .at = clock_.now(),
                          .took = 10s,
                          .outcome = AttemptOutcome::no_answer,
                          .status = 0,
                          .answer = "timeout"},
                         {}, static_cast<std::uint64_t>(payment) * 7919)
                      .due;
        }
        return *due;
    }
    std::map<std::string, std::vector<Instant>> received() {
        std::map<std::string, std::vector<Instant>> all;
        for (std::int64_t id = 1; id <= shops; ++id) {
            for (const auto& got : shop(id).received) all[got.id].push_back(got.at);
        }
        return all;
    }

    std::filesystem::path folder_;
    struct Dead {
        std::unique_ptr<store::Store> store;
        std::unique_ptr<Delivery> delivery;
    };
    std::vector<Dead> dead_;
};

TEST_F(Restart, WithTenThousandWaitingDeliversThemAllOnSchedule) {
    constexpr std::int64_t count = 10'000;
    std::map<std::string, Instant> due;
    write([&](store::Tx& tx) {
        due.clear();
        // Due 10 s, 30 s, 2 min, 5 min and 15 min after the last attempt, and up to a tenth more.
        for (std::int64_t payment = 1; payment <= count; ++payment) {
            const auto failures = 1 + static_cast<int>(payment / shops % 5);
            due["msg_" + hex16(1000 + payment)] = waiting(tx, payment, failures);
        }
    });
    store_->stop();       // and not a byte of them is in memory any more
    clock_.advance(10s);  // the last attempt has ended

    // It dies in the middle of those that are due after two minutes, and is down for 5 s.
    rise();
    const auto died = page_created + 10s + 125s;
    clock_.advance_to(died);
    const auto in_flight = delivery_->stats().in_flight;
    const auto answered = delivery_->stats().delivered;
    EXPECT_GT(in_flight, 0U);
    EXPECT_GT(answered, static_cast<std::uint64_t>(count) / 3);
    EXPECT_LT(answered, static_cast<std::uint64_t>(count) / 2 + 1000);
    die();
    const auto back = died + 5s;
    clock_.advance_to(back);
    rise();
    clock_.advance(20min);

    const auto all = received();
    EXPECT_EQ(all.size(), due.size()) << "every one";
    std::size_t twice = 0;
    for (const auto& [id, times] : all) {
        const auto planned = due.at(id);
        ASSERT_GE(times.front(), planned) << id << " came early";
        const bool while_down = planned > died - 100ms && planned <= back;
        ASSERT_LE(times.front(), while_down ? back + 1s : planned + 100ms) << id << " came late";
        if (times.size() == 1) continue;
        // At least once: what was on its way when it died comes again, once, when its lease ends.
        ++twice;
        ASSERT_EQ(times.size(), 2U) << id;
        ASSERT_GE(times[0], died - 100ms) << id;
        ASSERT_LE(times[0], died) << id;
        ASSERT_GE(times[1], back) << id;
        ASSERT_LE(times[1], died + options_.lease + 100ms) << id;
    }
    EXPECT_EQ(twice, in_flight);
    EXPECT_EQ(answered + delivery_->stats().delivered, static_cast<std::uint64_t>(count));
    EXPECT_EQ(write([](store::Tx& tx) { return backlog(tx); }).waiting, 0);
}

// As the core does it: the rows that were in flight go one at a time, for ten minutes at most.
class PowerCuts : public Restart {
  protected:
    ~PowerCuts() override {
        if (!watch_) return;
        wait_for(watch_->stop());
        watch_.reset();
    }
    void rise() {
        open();
        const auto begun =
            write([now = clock_.now()](store::Tx& tx) { return runs::begin(tx, now); });
        EXPECT_EQ(begun.died, std::nullopt) << "nothing goes alone before the third run";
        start();
        watch_ = std::make_unique<runs::Watch>(
            runs::Watch::Parts{.store = *store_,
                               .clock = clock_,
                               .executor = context_.get_executor(),
                               .workers = {[this] { return delivery_->try_alone(); }},
                               .settled =
                                   [this] {
                                       for (std::int64_t id = 1; id <= shops; ++id)
                                           delivery_->wake(MerchantId{id});
                                   },
                               .trouble = [](std::string_view error) { ADD_FAILURE() << error; }});
        watch_->start(begun.run);
    }
    // The power goes 1 s after `after`, and is away for a second.
    std::size_t cut(Duration after) {
        clock_.advance(after);
        const auto in_flight = delivery_->stats().in_flight;
        watch_.reset();
        die();
        clock_.advance(1s);
        return in_flight;
    }

    std::unique_ptr<runs::Watch> watch_;
};

TEST_F(PowerCuts, TwoInARowKeepNoneOfTenThousandRetriesBack) {
    constexpr std::int64_t count = 10'000;
    write([&](store::Tx& tx) {
        for (std::int64_t payment = 1; payment <= count; ++payment) waiting(tx, payment, 1);
    });
    store_->stop();
    clock_.advance(1min);  // all of them are due by now

    rise();
    const auto first = cut(100ms);
    rise();
    const auto second = cut(100ms);
    EXPECT_GT(first, 500U);
    EXPECT_GT(second, 500U);
    rise();
    const auto back = clock_.now();
    const auto groups = store_->stats().groups;
    while (write([](store::Tx& tx) { return backlog(tx); }).waiting > 0 &&
           clock_.now() < back + 10min) {
        clock_.advance(1s);
    }
    const auto took = (clock_.now() - back) / 1s;
    std::cout << first << " and " << second << " were in flight; all were told " << took
              << " s later, with " << store_->stats().groups - groups << " commits\n";
    EXPECT_EQ(received().size(), static_cast<std::size_t>(count));
    EXPECT_EQ(write([](store::Tx& tx) { return backlog(tx); }).waiting, 0);
    EXPECT_TRUE(write([](store::Tx& tx) { return runs::all_set_aside(tx); }).empty());
    EXPECT_LT(took, 180) << "long before ten minutes are over";
}

}  // namespace
}  // namespace lango::postbacks::test
