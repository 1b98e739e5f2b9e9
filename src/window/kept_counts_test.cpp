// A restart ends no brake: what limits have counted goes on.
#include "window/kept_counts.hpp"

#include "window/window_fixture.hpp"

namespace lango::window {
using namespace std::chrono_literals;

namespace {

class Counts : public test::Windows {
  protected:
    static constexpr int requests = 8;
    static constexpr Options options{.requests_per_address_minute = requests};
    Counts() : Windows(options) {}

    // Whether another form of this address is looked at.
    bool admitted() {
        const auto target = link("order-" + std::to_string(++orders_));
        return !has(post(target, form(get(target), "no phone")), "id=\"trouble\"");
    }
    int ask_many(int count) {
        int all = 0;
        for (int i = 0; i < count; ++i) all += admitted() ? 1 : 0;
        return all;
    }
    std::string code() {
        return store_.write([](store::Tx& tx) {
            return tx
                .first("SELECT code FROM window_orders",
                       [](const store::Row& row) { return row.string(0); })
                .value_or("");
        });
    }
    // Where the digits of the order's phone lead, each time from another address.
    int guess(const std::string& digits) {
        peer_ = "198.51.100." + std::to_string(++guesses_);
        return get("/plugin/demo/resume?digits=" + digits + "&code=" + code()).status;
    }
    std::int64_t rows() { return store_.number("SELECT COUNT(*) FROM window_counts"); }
    void insert(int kind, const std::string& key, Instant began, std::int64_t number) {
        store_.write([&](store::Tx& tx) {
            tx.run(
                "INSERT INTO window_counts (kind, key, began_at, number) VALUES (?1, ?2, ?3, ?4)",
                kind, store::Blob{key}, began, number);
        });
    }

    int orders_ = 0;
    int guesses_ = 0;
};

TEST_F(Counts, OfAnAddressGoOnAfterARestart) {
    EXPECT_EQ(ask_many(requests + 1), requests);
    restart_cleanly(options);
    EXPECT_FALSE(admitted());
    peer_ = "203.0.113.8";
    EXPECT_TRUE(admitted()) << "another address";
    peer_ = "203.0.113.7";
    clock_.advance(1min);
    EXPECT_EQ(ask_many(requests + 1), requests) << "the minute is over";
}

TEST_F(Counts, GoOnFromWhereTheyStood) {
    EXPECT_EQ(ask_many(5), 5);
    restart_cleanly(options);
    EXPECT_EQ(ask_many(2), 2);
    restart_cleanly(options);
    EXPECT_EQ(ask_many(requests), 1);
}

TEST_F(Counts, OfGuessesGoOnAfterARestart) {
    static_cast<void>(pay());
    for (int i = 0; i < Limits::guesses_an_hour; ++i) EXPECT_NE(guess("000"), 303);
    EXPECT_NE(guess("678"), 303) << "the right digits, too late";
    restart_cleanly(options);
    EXPECT_NE(guess("678"), 303);
    clock_.advance(59min);
    restart_cleanly(options);
    EXPECT_NE(guess("678"), 303);
    clock_.advance(1min);
    EXPECT_EQ(guess("678"), 303);
}

// Whoever waits for a second restart finds the brake where it was.
TEST_F(Counts, ThatNobodyAsksForOutlastMoreThanOneRestart) {
    static_cast<void>(pay());
    for (int i = 0; i < Limits::guesses_an_hour; ++i) EXPECT_NE(guess("000"), 303);
    for (int i = 0; i < 3; ++i) {
        restart_cleanly(options);
        clock_.advance(5min);
        keep_counts();
    }
    restart_cleanly(options);
    EXPECT_NE(guess("678"), 303);
}

TEST_F(Counts, AreKeptAsKeyedHashesUntilTheirTimeIsOver) {
    EXPECT_EQ(ask_many(3), 3);
    keep_counts();
    EXPECT_EQ(rows(), 1);
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM window_counts WHERE length(key) = 32 "
                            "AND number = 3"),
              1);
    keep_counts();
    EXPECT_EQ(rows(), 1);
    clock_.advance(1min);
    keep_counts();
    EXPECT_EQ(rows(), 0);
}

TEST_F(Counts, CostNoWriteWhereNothingIsCounted) {
    restart_cleanly(options);
    keep_counts();  // whatever a run before has left
    const auto commits = [&] { return store_.store().stats().groups; };
    const auto before = commits();
    keep_counts();
    EXPECT_EQ(commits(), before);
}

TEST_F(Counts, KeepTheHighestAndNoMoreThanThat) {
    std::vector<Counted> counted;
    for (int i = 0; i < 3000; ++i) {
        counted.push_back({.limit = i % 3 == 0 ? Limit::guesses : Limit::network,
                           .key = std::to_string(i),
                           .count = {.began = clock_.now(), .number = i + 1}});
    }
    store_.write([&](store::Tx& tx) { window::keep_counts(tx, master_, counted, clock_.now()); });
    EXPECT_EQ(rows(), 2 * static_cast<std::int64_t>(kept_max));
    EXPECT_EQ(store_.number("SELECT MIN(number) FROM window_counts WHERE kind = 1"), 1502);
    const auto kept = *store_.write(
        [&](store::Tx& tx) { return std::optional<KeptCounts>{std::in_place, tx, clock_.now()}; });
    const auto found = [&](Limit limit, int key) {
        const auto count = kept.find(master_, limit, std::to_string(key));
        return count ? count->number : 0;
    };
    EXPECT_EQ(found(Limit::network, 2999), 3000);
    EXPECT_EQ(found(Limit::network, 1), 0);
    EXPECT_EQ(found(Limit::guesses, 2997), 2998);
    EXPECT_EQ(found(Limit::guesses, 2999), 0) << "the other limit's";
}

TEST_F(Counts, ThatNoRunWritesAreIgnored) {
    const auto address = master_.lookup_hash("window network:203.0.113.7");
    insert(1, "203.0.113.7", clock_.now(), 9);
    insert(1, address.substr(1), clock_.now(), 9);
    insert(9, address, clock_.now(), 9);
    insert(1, address, clock_.now() + 1h, 9);
    insert(2, address, clock_.now(), -5);
    insert(2, master_.lookup_hash("x"), Instant{}, 9);
    // The time of these fits their limit, and nobody's key is theirs.
    insert(2, master_.lookup_hash("y"), clock_.now() - 59min, 9);
    restart_window(options);
    store_.wait_for(done(again_->recall_counts()));
    EXPECT_EQ(ask_many(requests + 1), requests);
    keep_counts();
    EXPECT_EQ(rows(), 2) << "the others are gone with the next writing";
}

}  // namespace
}  // namespace lango::window
