#include "base/check.hpp"
#include "deposits/phone_guard.hpp"
#include "deposits/worker_fixture.hpp"

namespace lango::deposits::test {
namespace {

using enum State;
using rails::Fate;
using rails::Submitted;

TEST_F(Working, PushesAtOnceAndRecordsTheAnswer) {
    const auto id = order();
    EXPECT_EQ(rail_.pushed, (std::vector{std::pair{start, id}}));
    EXPECT_EQ(state_of(id), pushing);
    run(1s);
    EXPECT_EQ(state_of(id), prompted);
    EXPECT_EQ(rail_.spent, 1U);
}

TEST_F(Working, NeverPushesTwiceWhateverTheAnswer) {
    for (const auto outcome : {Submitted::accepted, Submitted::refused, Submitted::unknown}) {
        rail_.pushed.clear();
        rail_.says = [outcome] { return answer(outcome); };
        order("2547123456" + std::to_string(10 + static_cast<int>(outcome)));
        run(3h);
        EXPECT_EQ(rail_.pushed.size(), 1U);
    }
}

TEST_F(Working, PushesAgainWhatWasNotSubmitted) {
    rail_.says = [this] {
        return rail_.pushed.size() < 4 ? answer(Submitted::not_submitted) : accepted();
    };
    const auto id = order();
    run(1min);
    ASSERT_EQ(rail_.pushed.size(), 4U);
    for (const auto& [nth, pause] : {std::pair{1U, 2s}, std::pair{2U, 4s}, std::pair{3U, 8s}}) {
        EXPECT_EQ(rail_.pushed[nth].first - rail_.pushed[nth - 1].first, 1s + pause);
    }
    EXPECT_EQ(state_of(id), prompted);
}

TEST_F(Working, HasNoMorePushesInFlightThanItMay) {
    begin({.pushes_in_flight_max = 3});
    const auto ids = orders(10);
    run(1s);
    EXPECT_EQ(rail_.open_max, 3U);
    run(5s);
    EXPECT_EQ(rail_.pushed.size(), 10U);
    EXPECT_EQ(rail_.open_max, 3U);
}

TEST_F(Working, SendsNoMoreThanTheRailAllows) {
    rail_.allowed = {.pushes = 2, .retry_at = start + 30s};
    rail_.takes = 10s;
    orders(5);
    run(9s);
    EXPECT_EQ(rail_.pushed.size(), 2U);
}

// A breaker that was half open: the end of the one try lets the others go.
TEST_F(Working, GoesOnAsSoonAsAPushHasShownThatTheRailIsWell) {
    rail_.allowed = {.pushes = 1, .retry_at = start + 90s};
    rail_.takes = 2s;
    orders(5);
    run(1s);
    EXPECT_EQ(rail_.pushed.size(), 1U);
    run(1s);
    EXPECT_EQ(rail_.pushed.size(), 5U);
}

TEST_F(Working, NeverPushesAgainWhatItCouldNotRecord) {
    refuse("prompted");
    const auto id = order();
    run(1s);
    EXPECT_EQ(troubles_, std::vector<std::string>{"push"});
    EXPECT_EQ(state_of(id), pushing);
    run(1min);
    EXPECT_EQ(state_of(id), unknown);
    accept();
    rail_.list = {
        {.receipt = "UKN1AAAAAA", .reference = hex16(id.value()), .amount = Money::kes(1000)}};
    run(10min);
    EXPECT_EQ(state_of(id), paid);
    EXPECT_EQ(rail_.pushed.size(), 1U);
    EXPECT_EQ(postbacks_, 1);
}

TEST_F(Working, OutlivesAStoreThatRefusesForAWhile) {
    refuse("all");
    const auto id = order();
    run(30s);
    EXPECT_TRUE(rail_.pushed.empty()) << "what could not be written is not done";
    EXPECT_GE(troubles_.size(), 10U);
    EXPECT_LE(troubles_.size(), 40U) << "and not tried all the time";
    accept();
    run(2s);
    EXPECT_EQ(rail_.pushed.size(), 1U);
    EXPECT_EQ(state_of(id), prompted);
}

TEST_F(Working, TakesUpWhatAnEarlierRunLeft) {
    end();
    now_ = clock_.now();
    const auto lost = in(pushing);
    const auto waiting = *create(1000, "254712345670");
    run(1min);
    begin();
    run(1min);
    ASSERT_EQ(rail_.pushed.size(), 1U);
    EXPECT_EQ(rail_.pushed[0].second, waiting);
    EXPECT_EQ(state_of(lost), unknown);
    EXPECT_GE(rail_.pulls, 1);
}

TEST_F(Working, WaitsAtTheEndForWhatIsInFlight) {
    rail_.takes = 15s;
    const auto id = order();
    bool done = false;
    asio::co_spawn(context_, worker_->stop(), [&](const std::exception_ptr&) { done = true; });
    run(14s);
    EXPECT_FALSE(done);
    run(1s);
    EXPECT_TRUE(done);
    EXPECT_EQ(state_of(id), prompted);
    worker_.reset();
}

TEST_F(Working, TellsWhenItHasWaitedLongEnoughAtTheEnd) {
    rail_.takes = 15s;
    const auto id = order();
    std::optional<bool> ended;
    const auto drain = [&] {
        ended.reset();
        asio::co_spawn(context_, worker_->drain(10s),
                       [&](const std::exception_ptr&, bool all) { ended = all; });
    };
    drain();
    run(9s);
    EXPECT_EQ(ended, std::nullopt);
    run(1s);
    EXPECT_EQ(ended, false);
    order("254712345679");
    EXPECT_EQ(rail_.pushed.size(), 1U) << "nothing more goes out";
    drain();
    run(5s);
    EXPECT_EQ(ended, true);
    EXPECT_EQ(state_of(id), prompted);
}

TEST_F(Working, CallsNoPushLostThatTheRailMayStillBeAnswering) {
    rail_.can.push_max = 2min;
    begin();
    rail_.takes = 110s;
    const auto id = order();
    run(109s);
    EXPECT_EQ(state_of(id), pushing);
    run(1s);
    EXPECT_EQ(state_of(id), prompted);
}

TEST_F(Working, TellsOperatorsOfARefusalThatIsTheirsToEnd) {
    rail_.says = [] {
        auto refused = answer(Submitted::refused, "400.002.02");
        refused.alert = true;
        return refused;
    };
    order();
    run(1s);
    auto limit = failure("8");
    limit.alert = true;
    rail_.says = accepted;
    const auto id = order("254712345679");
    run(1s);
    for (int n = 0; n < 3; ++n) EXPECT_NE(wait_for(observer_->observe(id, limit)), Observed::paid);
    EXPECT_EQ(alerts_, (std::vector<std::string>{"push 400.002.02", "payment 8"}))
        << "and once of each payment";
}

TEST_F(Working, ReadsTheListAroundThePushOnly) {
    rail_.says = [] { return answer(Submitted::unknown); };
    order();
    run(3h);
    ASSERT_GE(rail_.read.size(), 5U);
    for (const auto& part : rail_.read) {
        EXPECT_EQ(part.from, start - 1min);
        EXPECT_LE(part.to, start + 15min);
    }
}

TEST_F(Working, ReadsAListThatIsTooLongInParts) {
    rail_.says = [] { return answer(Submitted::unknown); };
    rail_.list_max = 20s;
    const auto id = order();
    run(70s);
    rail_.list = {
        {.receipt = "UKN1AAAAAA", .reference = hex16(id.value()), .amount = Money::kes(1000)}};
    run(7s);
    EXPECT_EQ(state_of(id), paid);
    EXPECT_TRUE(troubles_.empty());
}

TEST_F(Working, ReadsOnWhereAFewSecondsHaveMoreThanCanBeRead) {
    rail_.says = [] { return answer(Submitted::unknown); };
    rail_.list_max = 1s;
    order();
    run(77s);
    EXPECT_GE(rail_.read.size(), 34U) << "2 min 16 s in parts of 4 s";
    EXPECT_EQ(rail_.read.back().to, rail_.read.front().to);
    EXPECT_EQ(troubles_.front(), "pull");
}

// Whoever comes while the list is read waits for the next reading, which is for all of them.
TEST_F(Working, ReadsTheListOnceAtATime) {
    rail_.says = [] { return answer(Submitted::unknown); };
    rail_.list_takes = 30s;
    order();
    run(10s);
    const auto later = orders(20);
    run(75s);
    EXPECT_EQ(rail_.pulls, 1);
    run(25s);
    EXPECT_EQ(rail_.pulls, 2);
    for (const auto id : later) {
        rail_.list.push_back({.receipt = receipt_of(id),
                              .reference = hex16(id.value()),
                              .amount = Money::kes(1000)});
    }
    run(30s);
    EXPECT_EQ(credited(), Money::kes(20'000));
}

TEST_F(Working, BreaksOffAReadingAtTheEnd) {
    rail_.says = [] { return answer(Submitted::unknown); };
    rail_.list_takes = 10s;
    rail_.list_max = 4s;
    order();
    run(80s);
    const auto read = rail_.pulls;
    bool done = false;
    asio::co_spawn(context_, worker_->stop(), [&](const std::exception_ptr&) { done = true; });
    run(10s);
    EXPECT_TRUE(done);
    EXPECT_EQ(rail_.pulls, read);
    worker_.reset();
}

TEST_F(Working, AsksAndFindsTheReceiptOfAPaymentThatNoCallbackTold) {
    const auto id = order();
    rail_.knows = query(Fate::paid);
    rail_.list = {
        {.receipt = "UKN0AAAAAA", .reference = "somebody else", .amount = Money::kes(1000)},
        {.receipt = "UKN1AAAAAA", .reference = hex16(id.value()), .amount = Money::kes(1000)}};
    run(75s);
    EXPECT_EQ(rail_.queries, 0);
    run(1s);
    EXPECT_EQ(rail_.queries, 1);
    EXPECT_EQ(rail_.pulls, 1) << "at once: the query knows no receipt";
    EXPECT_EQ(state_of(id), paid);
    EXPECT_EQ(the(id).receipt, "UKN1AAAAAA");
    EXPECT_EQ(credited(), Money::kes(1000));
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Working, AsksOnceForAllWhoseIdIsUnknown) {
    rail_.says = [] { return answer(Submitted::unknown); };
    const auto ids = orders(20);
    for (const auto id : ids) {
        rail_.list.push_back({.receipt = receipt_of(id),
                              .reference = hex16(id.value()),
                              .amount = Money::kes(1000)});
    }
    run(76s);
    EXPECT_LE(rail_.pulls, 2);
    for (const auto id : ids) EXPECT_EQ(state_of(id), paid);
    EXPECT_EQ(credited(), Money::kes(20'000));
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Working, ForgetsPhonesThatNoLongerMatter) {
    for (int n = 0; n < 6'000; ++n) {
        const auto phone = *Msisdn::parse("2547" + std::to_string(10'000'000 + n));
        write([&](store::Tx& tx) {
            guard(tx, DepositId{1 + n}, phone, Money::kes(5), now_, spacing(capabilities));
        });
    }
    const auto phones = [&] {
        return *write([](store::Tx& tx) {
            return tx.first("SELECT COUNT(*) FROM phone_guards WHERE phone > 0",
                            [](const store::Row& row) { return row.integer(0); });
        });
    };
    run(3min);
    EXPECT_EQ(phones(), 6000);
    run(2min);
    EXPECT_EQ(phones(), 0);
}

// The worker sleeps up to a minute; an accepted push that is to be asked about sooner wakes it.
TEST_F(Working, AsksAsSoonAsTheSettingSaysThoughNothingElseHappens) {
    WorkerOptions options;
    options.timing.query_after = 3s;
    begin(options);
    run(30s);
    const auto id = order();
    run(1s);
    ASSERT_EQ(state_of(id), prompted);
    run(2999ms);
    EXPECT_EQ(rail_.queries, 0);
    run(1ms);
    EXPECT_EQ(rail_.queries, 1);
}

// What the list has and nobody can read is a person's, and hides no other row.
TEST_F(Working, LeavesToAPersonTheRowsThatItCannotRead) {
    rail_.says = [] { return answer(Submitted::unknown); };
    const auto id = order();
    rails::PulledPayment odd;
    odd.unreadable = "a row of the list that cannot be read";
    odd.raw = "{\"transactionId\":\"\xE9\"}";
    auto page = odd;
    page.raw = "{}";
    page.is_page = true;
    order("254712345679");  // asks for the list again and again
    rail_.list = {
        odd,
        {.receipt = receipt_of(id), .reference = hex16(id.value()), .amount = Money::kes(1000)},
        page};
    run(20min);
    EXPECT_EQ(state_of(id), paid);
    const auto waiting = write([](store::Tx& tx) { return unreadable::waiting(tx, 0, 9); });
    ASSERT_EQ(waiting.size(), 2U);
    EXPECT_EQ(waiting[0].door, unreadable::Door::list);
    EXPECT_GT(waiting[0].times, 1);
    EXPECT_EQ(waiting[1].times, 1) << "a page that comes again may differ around its rows";
}

TEST_F(Working, SetsAsideTheRowThatFailsACheckAndPushesTheOthers) {
    end();
    const auto first = *create(1000, "254712345671");
    const auto bad = *create(1000, "254712345672");
    const auto last = *create(1000, "254712345673");
    write([&](store::Tx& tx) { tx.run("UPDATE deposits SET amount = -5 WHERE id = ?1", bad); });
    const auto before = failed_checks();
    troubles_.clear();
    begin();
    run(5s);
    EXPECT_EQ(state_of(first), prompted);
    EXPECT_EQ(state_of(last), prompted);
    EXPECT_EQ(rail_.pushed.size(), 2U);
    EXPECT_EQ(state_of(bad), created);
    EXPECT_TRUE(the(bad).has(Flag::attention));
    EXPECT_FALSE(the(bad).due_at);
    const auto story = write([&](store::Tx& tx) { return events(tx, bad); });
    ASSERT_EQ(story.size(), 2U) << "of what failed there is no trace";
    EXPECT_EQ(story.back().kind, EventKind::needs_person);
    EXPECT_NE(story.back().detail.find("a prompt asks for some money"), std::string::npos)
        << story.back().detail;
    EXPECT_GT(failed_checks(), before);
    EXPECT_EQ(troubles_, std::vector<std::string>{"set aside"});
}

// Its counter stands behind its story, as in a file that somebody has put together by hand.
TEST_F(Working, SetsAsideARowWhoseStoryCannotGoOn) {
    end();
    const auto bad = *create(1000, "254712345671");
    const auto good = *create(1000, "254712345672");
    write([&](store::Tx& tx) { tx.run("UPDATE deposits SET events = 0 WHERE id = ?1", bad); });
    begin();
    run(5s);
    EXPECT_EQ(state_of(good), prompted);
    EXPECT_EQ(state_of(bad), created);
    EXPECT_TRUE(the(bad).has(Flag::attention));
    EXPECT_EQ(the(bad).events, 2);
}

}  // namespace
}  // namespace lango::deposits::test
