#include "postbacks/delivery.hpp"
#include "base/check.hpp"

#include <cstdlib>
#include <filesystem>

#include "postbacks/delivery_fixture.hpp"

namespace lango::postbacks::test {
namespace {

TEST_F(Deliveries, GoOutAtOnceAndEndWithOk) {
    start();
    post_back(1);
    clock_.settle();
    ASSERT_EQ(shop().received.size(), 1U);
    EXPECT_EQ(shop().received[0].at, page_created);
    EXPECT_EQ(shop().received[0].id, "msg_" + hex16(1001));
    EXPECT_EQ(told_of(1).state, State::delivered);
    EXPECT_EQ(delivery_->stats().delivered, 1U);
    EXPECT_EQ(observed_, std::vector{AttemptOutcome::delivered});
    clock_.advance(100h);
    EXPECT_EQ(shop().received.size(), 1U);
}

TEST_F(Deliveries, AreTriedOnScheduleWithTheSameBytesUntilTheyAreExhausted) {
    start();
    shop().says = [] { return answer(500, "down"); };
    post_back(1);
    clock_.advance(100h);
    const auto& received = shop().received;
    ASSERT_GE(received.size(), 14U);
    auto attempts = 1;
    for (std::size_t i = 1; i < received.size(); ++i, ++attempts) {
        const auto earliest = next_attempt({}, attempts, page_created, received[i - 1].at, 0);
        const auto pause = *earliest - received[i - 1].at;
        EXPECT_GE(received[i].at, *earliest);
        EXPECT_LE(received[i].at, *earliest + pause / 10 + 20ms);
        EXPECT_EQ(received[i].body, received[0].body);
        EXPECT_EQ(received[i].id, received[0].id);
    }
    EXPECT_LE(received.back().at, page_created + 72h + 20ms);
    EXPECT_EQ(told_of(1).state, State::exhausted);
    EXPECT_EQ(told_of(1).attempts.size(), received.size());
    EXPECT_EQ(delivery_->stats().exhausted, 1U);
}

TEST_F(Deliveries, SucceedOnALaterTry) {
    start();
    shop().says = [this] { return shop().received.size() < 3 ? answer(200, "OK") : ok(); };
    post_back(1);
    clock_.advance(5min);
    EXPECT_EQ(shop().received.size(), 3U);
    EXPECT_EQ(told_of(1).state, State::delivered);
    EXPECT_EQ(observed_, (std::vector{AttemptOutcome::wrong_answer, AttemptOutcome::wrong_answer,
                                      AttemptOutcome::delivered}));
}

TEST_F(Deliveries, ToADeadMerchantDelayNobodyElse) {
    start();
    shop(1).takes = 1h;  // beyond every timeout
    for (std::int64_t payment = 1; payment <= 1000; ++payment) post_back(payment, 1);
    post_back(2000, 2);
    clock_.settle();
    EXPECT_EQ(shop(1).open, 64U);
    ASSERT_EQ(shop(2).received.size(), 1U);
    EXPECT_EQ(shop(2).received[0].at, page_created);
    for (int second = 1; second <= 120; ++second) {
        clock_.advance(1s);
        post_back(2000 + second, 2);
        clock_.settle();
        EXPECT_EQ(shop(2).received.back().at, clock_.now());
    }
    EXPECT_EQ(shop(1).open_max, 64U);
    EXPECT_EQ(shop(2).received.size(), 121U);
}

TEST_F(Deliveries, ToManyDeadMerchantsLeaveRoomForOthers) {
    know_merchants(31);
    start({.in_flight_max = 128});
    for (std::int64_t dead = 1; dead <= 30; ++dead) {
        shop(dead).takes = 1h;
        for (std::int64_t n = 0; n < 20; ++n) post_back(100 * dead + n, dead);
    }
    clock_.settle();
    EXPECT_GE(delivery_->stats().in_flight, 128U);
    EXPECT_LE(delivery_->stats().in_flight, 128U + 4 * 30);
    shop(31).takes = 100ms;
    for (std::int64_t n = 0; n < 10; ++n) post_back(10'000 + n, 31);
    clock_.advance(500ms);  // four at a time
    EXPECT_EQ(shop(31).received.size(), 10U);
    EXPECT_EQ(told_of(10'009).state, State::delivered);
}

TEST_F(Deliveries, ThatWaitForRoomCostNothingMeanwhile) {
    start({.in_flight_per_merchant_max = 2});
    shop().takes = 1h;
    for (std::int64_t payment = 1; payment <= 50; ++payment) static_cast<void>(create(payment));
    delivery_->wake(MerchantId{1});
    clock_.advance(45s);
    const auto before = store_->stats().commands;
    clock_.advance(9s);  // less than a timeout: both are in flight
    EXPECT_LE(store_->stats().commands - before, 8U);
    EXPECT_EQ(shop().open_max, 2U);
}

// A queue longer than the lease: whoever takes a row whose lease has ended must not meet the one
// who holds it still.
TEST_F(Deliveries, ThatWaitedTooLongAreLeftToTheStoreAndNotSentTwice) {
    start({.in_flight_per_merchant_max = 4});
    shop().takes = 2s;
    for (std::int64_t payment = 1; payment <= 100; ++payment) post_back(payment);
    clock_.advance(5min);
    EXPECT_EQ(shop().received.size(), 100U);
    for (std::int64_t payment = 1; payment <= 100; ++payment) {
        EXPECT_EQ(told_of(payment).attempts.size(), 1U) << payment;
    }
}

TEST_F(Deliveries, WaitForAMerchantsUrl) {
    set_url(1, "");
    start();
    post_back(1);
    clock_.advance(2h);
    EXPECT_TRUE(told_of(1).attempts.empty());
    set_url(1, merchant(1).postback_url);
    delivery_->wake(MerchantId{1});
    clock_.settle();
    EXPECT_EQ(shop().received.size(), 1U);
    EXPECT_EQ(told_of(1).state, State::delivered);
}

TEST_F(Deliveries, GoToTheUrlOfTheDay) {
    start();
    shop().says = silence;
    post_back(1);
    clock_.advance(5s);
    set_url(1, "https://new.example/postback");
    clock_.advance(1min);
    EXPECT_EQ(shop().received.size(), 1U);
    EXPECT_EQ(shops_.at("https://new.example/postback").received.size(), 1U);
}

TEST_F(Deliveries, OfBytesThatChangedAreNeverSent) {
    static_cast<void>(create(1));
    write(
        [](store::Tx& tx) { tx.run("UPDATE postbacks SET head = replace(head, '3000', '9000')"); });
    start();
    clock_.advance(30min);
    EXPECT_TRUE(shop().received.empty());
    EXPECT_EQ(told_of(1).state, State::waiting);
    EXPECT_EQ(told_of(1).attempts.at(0).outcome, AttemptOutcome::bytes_changed);
    EXPECT_EQ(observed_, std::vector{AttemptOutcome::bytes_changed});
    EXPECT_EQ(observed_ids_, std::vector{PostbackId{1001}});
    write(
        [](store::Tx& tx) { tx.run("UPDATE postbacks SET head = replace(head, '9000', '3000')"); });
    clock_.advance(31min);
    EXPECT_EQ(shop().received.size(), 1U);
    EXPECT_EQ(told_of(1).state, State::delivered);
}

TEST_F(Deliveries, OfARowThatIsNotAsItMustBeKeepNobodyElseBack) {
    static_cast<void>(create(1));
    static_cast<void>(create(2));
    static_cast<void>(create(3, 2));
    write(
        [](store::Tx& tx) { tx.run("UPDATE postbacks SET currency = '?' WHERE subject_id = 1"); });
    start();
    clock_.advance(30min);
    EXPECT_EQ(told_of(2).state, State::delivered);
    EXPECT_EQ(told_of(3).state, State::delivered);
    EXPECT_EQ(told_of(1).state, State::waiting);
    EXPECT_EQ(told_of(1).attempts.at(0).outcome, AttemptOutcome::bytes_changed);
    EXPECT_EQ(told_of(1).attempts.at(0).answer, "not sent: its currency is none");
    EXPECT_EQ(troubles_, std::vector<std::string>{"read 00000000000003e9: its currency is none"});
    write([](store::Tx& tx) {
        tx.run("UPDATE postbacks SET currency = 'KES' WHERE subject_id = 1");
    });
    clock_.advance(31min);
    EXPECT_EQ(told_of(1).state, State::delivered) << "a person has mended it";
}

// Nothing of an attempt that fails a check when it is recorded is kept; it is told, and tried
// again.
TEST_F(Deliveries, ThatFailACheckAreToldAndGoOn) {
    static_cast<void>(create(1));
    static_cast<void>(create(2));
    write([](store::Tx& tx) { tx.run("UPDATE postbacks SET attempts = -9 WHERE subject_id = 1"); });
    const auto before = failed_checks();
    start();
    clock_.advance(2min);
    EXPECT_EQ(told_of(2).state, State::delivered);
    EXPECT_EQ(told_of(1).state, State::waiting);
    EXPECT_TRUE(told_of(1).attempts.empty());
    EXPECT_GT(failed_checks(), before);
    ASSERT_FALSE(troubles_.empty());
    EXPECT_NE(troubles_[0].find("attempts are counted from 1"), std::string::npos) << troubles_[0];
}

TEST_F(Deliveries, OfARatesTableThatIsGoneAreNeverSent) {
    static_cast<void>(create(1));
    write([](store::Tx& tx) { tx.run("DELETE FROM rate_tables"); });
    start();
    clock_.advance(30min);
    EXPECT_TRUE(shop().received.empty());
    EXPECT_EQ(observed_, std::vector{AttemptOutcome::bytes_changed});
}

TEST_F(Deliveries, ThatARestartFoundWaitingGoOutAtOnceWithTheSameBytes) {
    const auto message = create(1);
    clock_.advance(1s);
    start();  // the gateway died between the commit and the hand-over
    ASSERT_EQ(shop().received.size(), 1U);
    EXPECT_EQ(shop().received[0].at, page_created + 1s);
    EXPECT_EQ(shop().received[0].body, *message.body);
}

TEST_F(Deliveries, TakenForARetryByARunThatDiedGoOutWhenTheLeaseEnds) {
    start();
    shop().says = silence;
    post_back(1);
    clock_.advance(5s);
    stop();
    clock_.advance(10s);  // due: taken, and then the power fails
    const auto taken = write(
        [now = clock_.now()](store::Tx& tx) { return take_due(tx, MerchantId{1}, 64, now, 30s); });
    ASSERT_EQ(taken.messages.size(), 1U);
    shop().says = ok;
    start();
    clock_.advance(29s);
    EXPECT_EQ(shop().received.size(), 1U);
    clock_.advance(2s);
    EXPECT_EQ(shop().received.size(), 2U);
    EXPECT_EQ(told_of(1).state, State::delivered);
}

TEST_F(Deliveries, OfTenThousandRetriesKeepTheirScheduleThroughARestart) {
    constexpr std::int64_t count = 10'000;
    know_merchants(20);
    std::map<std::string, Instant> due;
    write([&](store::Tx& tx) {
        due.clear();
        for (std::int64_t payment = 1; payment <= count; ++payment) {
            const auto message = make(tx, payment, 1 + payment % 20);
            const Attempt failed{.id = message.id,
                                 .at = page_created,
                                 .took = 10s,
                                 .outcome = AttemptOutcome::no_answer,
                                 .status = 0,
                                 .answer = "timeout"};
            const auto random = static_cast<std::uint64_t>(payment) * 7919;
            for (int attempts = 0; attempts < 3; ++attempts) {
                due["msg_" + hex16(message.id.value())] = *record(tx, failed, {}, random).due;
            }
        }
    });
    for (std::int64_t shop_id = 1; shop_id <= 20; ++shop_id) shop(shop_id).takes = 50ms;
    clock_.advance(10s);
    start();
    clock_.advance(3min);
    std::size_t received = 0;
    for (std::int64_t shop_id = 1; shop_id <= 20; ++shop_id) {
        for (const auto& got : shop(shop_id).received) {
            ++received;
            EXPECT_GE(got.at, due.at(got.id));
            EXPECT_LE(got.at, due.at(got.id) + 100ms) << "late";
        }
    }
    EXPECT_EQ(received, static_cast<std::size_t>(count));
    EXPECT_EQ(delivery_->stats().delivered, static_cast<std::uint64_t>(count));
    EXPECT_EQ(write([](store::Tx& tx) { return backlog(tx); }).waiting, 0);
}

TEST_F(Deliveries, SentAgainByHandGoOutAtOnce) {
    start();
    post_back(1);
    clock_.advance(1h);
    const auto whose = write([now = clock_.now()](store::Tx& tx) { return resend(tx, 1, now); });
    delivery_->wake(*whose);
    clock_.settle();
    EXPECT_EQ(shop().received.size(), 2U);
    EXPECT_EQ(shop().received[0].body, shop().received[1].body);
}

// A start that brings the merchants' settings up to date wakes their lanes before it ends the
// leases of the earlier run: what was leased must not be taken by both.
TEST_F(Deliveries, WokenBeforeTheStartGoOutOnce) {
    static_cast<void>(create(1));  // leased by a run that died at once
    shop().takes = 3s;
    clock_.advance(31s);
    delivery_ = std::make_unique<Delivery>(*store_, shops_, clock_, random_, directory_,
                                           context_.get_executor(), DeliveryOptions{}, Observe{});
    wait_for([](Delivery& delivery) -> asio::awaitable<void> {
        delivery.wake(MerchantId{1});
        co_await delivery.start();
    }(*delivery_));
    clock_.advance(1min);
    EXPECT_EQ(shop().received.size(), 1U);
    EXPECT_EQ(shop().open_max, 1U);
}

TEST_F(Deliveries, InFlightAreWaitedForAtTheEnd) {
    start();
    shop().takes = 3s;
    post_back(1);
    clock_.settle();
    EXPECT_EQ(delivery_->stats().in_flight, 1U);
    stop();
    EXPECT_EQ(clock_.now(), page_created + 3s);
    EXPECT_EQ(told_of(1).state, State::delivered);
}

// As when a start fails half-way: what the lanes were given goes after them, and time goes on.
TEST_F(Deliveries, DestroyedWithoutAStopTouchNothingAnyMore) {
    start({.in_flight_per_merchant_max = 2});
    shop(1).takes = 3s;
    shop(2).says = silence;
    for (std::int64_t payment = 1; payment <= 5; ++payment) post_back(payment, 1);
    post_back(10, 2);
    clock_.settle();
    static_cast<void>(create(20, 3));
    delivery_->wake(MerchantId{3});
    delivery_.reset();  // attempts in flight, a queue, a lane that sleeps, one that takes
    const auto seen = observed_.size();
    store_->stop();
    store_.reset();
    clock_.advance(2h);
    EXPECT_EQ(shop(1).received.size(), 2U);
    EXPECT_EQ(shop(2).received.size(), 1U);
    EXPECT_TRUE(shop(3).received.empty());
    EXPECT_EQ(observed_.size(), seen);
}

TEST_F(Deliveries, BeyondTheBoundOfTheQueueComeFromTheStore) {
    start({.in_flight_per_merchant_max = 1, .handed_over_per_merchant_max = 2});
    for (std::int64_t payment = 1; payment <= 10; ++payment) post_back(payment);
    clock_.advance(1min);
    EXPECT_EQ(shop().received.size(), 10U);
    EXPECT_EQ(delivery_->stats().delivered, 10U);
}

// Nothing is recorded while the store refuses; what was sent comes again when it does not.
TEST_F(Deliveries, OutliveAStoreThatRefusesForAWhile) {
    start();
    static_cast<void>(create(1));
    write([](store::Tx& tx) {
        tx.run(
            "CREATE TRIGGER refuse BEFORE UPDATE ON postbacks BEGIN SELECT RAISE(ABORT, 'no'); "
            "END");
    });
    clock_.advance(2min);
    EXPECT_TRUE(told_of(1).attempts.empty());
    write([](store::Tx& tx) { tx.run("DROP TRIGGER refuse"); });
    clock_.advance(1min);
    EXPECT_EQ(told_of(1).state, State::delivered);
}

// As in production: the writer and the readers are other threads, the lanes are one.
TEST_F(Deliveries, RunBesideAStoreWithThreadsOfItsOwn) {
    auto folder = (std::filesystem::temp_directory_path() / "lango-postbacks-XXXXXX").string();
    ASSERT_NE(::mkdtemp(folder.data()), nullptr);
    store_ = store::open_sqlite({.path = folder + "/db"}, context_.get_executor());
    threads_ = true;
    rates_.id = write([this](store::Tx& tx) { return rates::save(tx, rates_); });
    for (std::int64_t payment = 1; payment <= 50; ++payment)
        static_cast<void>(create(payment, 1 + payment % 3));
    start();  // from the store
    for (std::int64_t payment = 51; payment <= 200; ++payment) post_back(payment, 1 + payment % 3);
    run_until([this] { return delivery_->stats().delivered == 200; });
    EXPECT_EQ(write([](store::Tx& tx) { return backlog(tx); }).waiting, 0);
    stop();
    store_.reset();
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace lango::postbacks::test
