// The mark beside the database: an older copy of the database is found out, an upgrade and a crash
// are none.
#include "restore/keeper.hpp"

#include <gtest/gtest.h>

#include "base/manual_clock.hpp"
#include "restore/restoration.hpp"
#include "store/store_fixture.hpp"

namespace lango::restore {
namespace {

using namespace std::chrono_literals;

const Instant start = Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 9h};

class Place final : public MarkPlace {
  public:
    std::optional<std::string> text;
    bool broken = false;
    int writes = 0;
    [[nodiscard]] std::optional<std::string> read() override { return text; }
    void write(const std::string& now) override {
        if (broken) throw std::runtime_error{"no space"};
        text = now;
        ++writes;
    }
    [[nodiscard]] std::string name() const override { return "the mark"; }
};

class Keep : public testing::Test {
  protected:
    // A process starts on the database as it stands.
    void start_up(bool is_new = false) {
        keeper_ = std::make_unique<Keeper>(
            Keeper::Parts{
                .store = book_.store(),
                .clock = clock_,
                .random = random_,
                .place = place_,
                .executor = book_.context().get_executor(),
                .doubt = [this](store::Tx&, Instant) { ++doubted_; },
                .trouble = [this](std::string_view error) { troubles_.emplace_back(error); }},
            KeeperOptions{.is_new = is_new});
        why_ = *book_.wait_for(opened());
    }
    asio::awaitable<std::optional<std::optional<std::string>>> opened() {
        co_return co_await keeper_->open();
    }
    asio::awaitable<bool> done(asio::awaitable<void> work) {
        co_await std::move(work);
        co_return true;
    }
    void renew() { book_.wait_for(done(keeper_->renew())); }
    void stop() { book_.wait_for(done(keeper_->stop())); }
    // What a copy of the database would say, and its putting back.
    struct Copy {
        std::string database;
        std::int64_t lease, stockpiling, references;
    };
    Copy copy() {
        return *book_.write([](store::Tx& tx) {
            return tx.first("SELECT database, lease, stockpiling_floor, reference_floor FROM told",
                            [](const store::Row& row) {
                                return Copy{row.string(0), row.integer(1), row.integer(2),
                                            row.integer(3)};
                            });
        });
    }
    void put_back(const Copy& copy) {
        book_.write([&](store::Tx& tx) {
            tx.run(
                "UPDATE told SET database = ?1, lease = ?2, stockpiling_floor = ?3, "
                "reference_floor = ?4",
                copy.database, copy.lease, copy.stockpiling, copy.references);
            tx.run("DELETE FROM restorations");
        });
    }
    void fill() {
        book_.write([](store::Tx& tx) {
            tx.run(
                "INSERT INTO deposits (id, merchant_id, custom_transaction_id, label, phone, "
                "amount, currency, state, events, tries, flags, created_at) "
                "VALUES (1, 1, 'a', '', 254712345678, 100, 'KES', 8, 0, 0, 0, 0)");
        });
    }
    Mark mark() { return *read_mark(*place_.text); }
    std::int64_t floor() { return book_.number("SELECT stockpiling_floor FROM told"); }

    store::test::MemoryStore book_;
    ManualClock clock_{book_.context(), start};
    SeededRandom random_{1};
    Place place_;
    std::unique_ptr<Keeper> keeper_;
    std::optional<std::string> why_;
    int doubted_ = 0;
    std::vector<std::string> troubles_;
};

TEST_F(Keep, TheFirstStartMakesTheMark) {
    start_up();
    EXPECT_FALSE(why_);
    EXPECT_EQ(mark().lease, 1);
    EXPECT_GT(mark().stockpiling, 40'000) << "a block is reserved before anything is told";
}

TEST_F(Keep, AnUpgradeOfAFilledDatabaseIsNoOlderBackup) {
    fill();
    start_up();
    EXPECT_FALSE(why_);
    EXPECT_EQ(doubted_, 0);
}

TEST_F(Keep, ACrashIsNoOlderBackup) {
    start_up();
    fill();
    start_up();
    EXPECT_FALSE(why_);
    renew();
    start_up();
    EXPECT_FALSE(why_);
}

// Whoever is told to look at the mark finds it as it was, and the next start is refused as well.
TEST_F(Keep, AStartThatIsRefusedWritesNoMark) {
    start_up();
    fill();
    for (int attempt = 0; attempt < 3; ++attempt) {
        place_.text = "lango-mark 1\nlease 99";
        const auto writes = place_.writes;
        EXPECT_THROW(start_up(), std::runtime_error);
        stop();
        EXPECT_EQ(place_.text, "lango-mark 1\nlease 99");
        EXPECT_EQ(place_.writes, writes);
    }
}

TEST_F(Keep, AStartThatCouldNotWriteTheMarkIsNoOlderBackup) {
    start_up();
    fill();
    place_.broken = true;
    EXPECT_THROW(start_up(), std::runtime_error);
    place_.broken = false;
    stop();
    start_up();
    EXPECT_FALSE(why_);
}

// Killed between the database's commit and the mark's write, at whichever of them.
TEST_F(Keep, ACrashBetweenDatabaseAndMarkIsNoOlderBackup) {
    start_up();
    fill();
    const auto before = place_.text;
    renew();
    place_.text = before;
    start_up();
    EXPECT_FALSE(why_);
    place_.text = before;
    stop();
    place_.text = before;
    start_up();
    EXPECT_FALSE(why_);
    EXPECT_EQ(doubted_, 0);
}

TEST_F(Keep, AnOlderCopyIsFoundAtTheStart) {
    start_up();
    fill();
    const auto backup = copy();
    renew();
    put_back(backup);
    start_up();
    ASSERT_TRUE(why_);
    EXPECT_EQ(doubted_, 1);
    EXPECT_EQ(book_.number("SELECT COUNT(*) FROM restorations WHERE lifted_at IS NULL"), 1);
    start_up();
    EXPECT_EQ(doubted_, 1) << "once";
    EXPECT_EQ(book_.number("SELECT COUNT(*) FROM restorations"), 1);
}

TEST_F(Keep, ACopyMadeWhileItStoodStillIsFoundAfterTheNextStart) {
    start_up();
    fill();
    stop();
    const auto backup = copy();
    start_up();
    put_back(backup);
    start_up();
    EXPECT_TRUE(why_);
}

TEST_F(Keep, ADatabaseOfBeforeTheMarkIsFoundByAMarkThatIsThere) {
    const auto old = copy();
    fill();
    start_up();
    put_back(old);
    start_up();
    EXPECT_TRUE(why_);
}

TEST_F(Keep, AFilledDatabaseWithoutItsMarkCountsAsRestored) {
    start_up();
    fill();
    place_.text.reset();
    start_up();
    EXPECT_TRUE(why_);
    EXPECT_TRUE(place_.text) << "and has one again";
}

TEST_F(Keep, AnEmptyDatabaseWithoutAMarkIsJustNew) {
    start_up();
    place_.text.reset();
    start_up();
    EXPECT_FALSE(why_);
}

TEST_F(Keep, AnotherDatabasesMarkCountsAsRestored) {
    start_up();
    fill();
    auto other = mark();
    other.database = std::string(32, 'b');
    place_.text = text_of(other);
    start_up();
    EXPECT_TRUE(why_);
}

TEST_F(Keep, ANewDatabaseBesideAMarkIsNewWhenAPersonSaysSoAndTellsNoNumberTwice) {
    const auto empty = copy();
    start_up();
    stop();
    auto told = mark();
    told.stockpiling = 777;
    place_.text = text_of(told);
    put_back(empty);
    start_up(true);
    EXPECT_FALSE(why_);
    EXPECT_EQ(floor(), 777);
}

TEST_F(Keep, NumbersAfterACrashBeginAboveAllThatMayHaveBeenTold) {
    start_up();
    const auto reserved = mark().stockpiling;
    start_up();
    EXPECT_EQ(floor(), reserved);
}

TEST_F(Keep, NumbersAfterACleanEndGoOnWhereTheyWere) {
    start_up();
    stop();
    start_up();
    EXPECT_EQ(floor(), 1);
}

TEST_F(Keep, ReservesMoreThanTheBusiestWhileUsed) {
    start_up();
    const auto first = mark().stockpiling;
    book_.write([](store::Tx& tx) { tx.run("UPDATE told SET stockpiling_floor = 40000"); });
    renew();
    EXPECT_GE(mark().stockpiling, 40'000 + 2 * 40'000);
    EXPECT_GT(mark().stockpiling, first);
}

TEST_F(Keep, ABlockThatLastsIsNotWrittenAnew) {
    start_up();
    const auto first = mark().stockpiling;
    renew();
    renew();
    EXPECT_EQ(mark().stockpiling, first);
}

TEST_F(Keep, AMarkThatCannotBeReadStopsTheStart) {
    place_.text = "something else\n";
    EXPECT_THROW(start_up(), std::runtime_error);
}

TEST_F(Keep, AMarkThatCannotBeWrittenIsToldOf) {
    start_up();
    place_.broken = true;
    EXPECT_THROW(renew(), std::runtime_error);
    EXPECT_TRUE(keeper_->trouble());
    place_.broken = false;
    renew();
    EXPECT_FALSE(keeper_->trouble());
}

}  // namespace
}  // namespace lango::restore
