#include "deposits/phone_guard.hpp"

#include <cerrno>
#include <filesystem>

#include "deposits/deposits_fixture.hpp"
#include "store/sqlite/faulty_vfs.hpp"

namespace lango::deposits::test {
namespace {

using enum State;
using rails::Submitted;

class PhoneGuard : public Deposits {
  protected:
    Instant push_time(DepositId id) { return *the(id).due_at; }
    std::optional<DepositId> again(std::int64_t shillings) { return create(shillings); }
    // What stands in the table, phone by phone, as text.
    std::vector<std::string> table() {
        return write([](store::Tx& tx) {
            std::vector<std::string> rows;
            tx.each(
                "SELECT phone, deposit_id, amount, last_push, open_until FROM phone_guards "
                "WHERE phone > 0 ORDER BY phone",
                [&](const store::Row& row) {
                    std::string text;
                    for (int column = 0; column < 5; ++column) {
                        text += std::to_string(row.integer(column)) + " ";
                    }
                    rows.push_back(text);
                });
            return rows;
        });
    }
    std::int64_t prune(std::int64_t after = 0) {
        return write(
            [&](store::Tx& tx) { return prune_guards(tx, spacing(capabilities), now_, after); });
    }
    void prune_all() {
        for (auto after = prune(); after != 0;) after = prune(after);
    }
    void forget() {
        write([](store::Tx& tx) { tx.run("DELETE FROM phone_guards"); });
    }
};

TEST_F(PhoneGuard, LetsOnePromptAtATimeOntoAPhone) {
    ASSERT_TRUE(create());
    EXPECT_FALSE(again(1000));
    EXPECT_FALSE(again(5));
    EXPECT_TRUE(create(1000, "254712345679")) << "another phone is free";
    let_time_pass(89s);
    EXPECT_FALSE(again(5)) << "the prompt may live for 90 s";
}

TEST_F(PhoneGuard, TellsForHowLongThePhoneIsBusy) {
    ASSERT_TRUE(create());
    let_time_pass(30s);
    const auto said = write([&](store::Tx& tx) {
        return ask_guard(tx, *Msisdn::parse("254712345678"), Money::kes(5), spacing(capabilities),
                         now_);
    });
    EXPECT_EQ(said.open_for, 60s);
}

TEST_F(PhoneGuard, SpacesPushesByAMinuteFromTheEndOfThePrompt) {
    const auto first = *create();
    EXPECT_EQ(take(), std::vector{first});
    let_time_pass(10s);
    observe(first, failure());
    const auto second = again(999);
    ASSERT_TRUE(second);
    EXPECT_EQ(push_time(*second), now_ + 60s);
}

TEST_F(PhoneGuard, SpacesPushesOfOneAmountByTwoMinutes) {
    const auto first = *create();
    EXPECT_EQ(take(), std::vector{first});
    let_time_pass(10s);
    observe(first, success());
    const auto second = again(1000);
    ASSERT_TRUE(second);
    EXPECT_EQ(push_time(*second), now_ + 120s);
}

TEST_F(PhoneGuard, LetsGoAtOnceWhatComesLater) {
    const auto first = *create();
    static_cast<void>(take());
    observe(first, failure());
    let_time_pass(119s);
    const auto second = *again(1000);
    EXPECT_EQ(push_time(second), now_ + 1s);
    let_time_pass(1s);
    static_cast<void>(take());
    observe(second, failure());
    let_time_pass(120s);
    EXPECT_EQ(push_time(*again(1000)), now_);
}

// Without an outcome: the prompt ends by itself.
TEST_F(PhoneGuard, OpensWhenThePromptHasSurelyEnded) {
    static_cast<void>(create());
    static_cast<void>(take());
    let_time_pass(90s);
    const auto second = again(999);
    ASSERT_TRUE(second);
    EXPECT_EQ(push_time(*second), now_ + 60s);
}

TEST_F(PhoneGuard, CountsAPushThatIsStillInLine) {
    const auto first = *create();
    static_cast<void>(take());
    observe(first, failure());
    ASSERT_TRUE(again(1000));  // goes out in 120 s
    EXPECT_FALSE(again(999));  // and nothing else before its prompt has ended
    let_time_pass(120s + 89s);
    EXPECT_FALSE(again(999));
}

// The news of an old prompt must not open the phone while a newer one is on it.
TEST_F(PhoneGuard, IsNotOpenedByTheEndOfAnOlderPrompt) {
    const auto first = *create();
    EXPECT_EQ(take(), std::vector{first});
    let_time_pass(90s);
    const auto second = *again(999);
    let_time_pass(60s);
    EXPECT_EQ(take(), std::vector{second});
    let_time_pass(5s);
    observe(first, failure("1037"));
    EXPECT_FALSE(again(5)) << "the second prompt is on the phone";
    observe(second, failure("1032"));
    EXPECT_TRUE(again(5));
}

// The rail was slow or down: the prompt comes later than planned.
TEST_F(PhoneGuard, StaysWithAPushThatIsLate) {
    const auto first = *create();
    let_time_pass(3min);
    EXPECT_FALSE(again(5)) << "the first prompt is still to come";
    EXPECT_EQ(take(), std::vector{first});
    let_time_pass(89s);
    EXPECT_FALSE(again(5)) << "it counts from the push";
    let_time_pass(1s);
    EXPECT_TRUE(again(5));
}

TEST_F(PhoneGuard, StaysWithAPushThatWasPutBack) {
    const auto first = *create();
    for (int i = 0; i < 7; ++i) {
        EXPECT_EQ(take(), std::vector{first});
        record(first, answer(Submitted::not_submitted, "500.003.02"));
        EXPECT_FALSE(again(5)) << i;
        now_ = *the(first).due_at;
    }
    EXPECT_FALSE(again(5));
}

TEST_F(PhoneGuard, IsOpenedByARefusal) {
    const auto first = *create();
    static_cast<void>(take());
    record(first, answer(Submitted::refused, "400.002.02"));
    EXPECT_TRUE(again(5));
}

TEST_F(PhoneGuard, IsTheSameWhenItIsMadeAgain) {
    for (const auto state : {pushing, prompted, unknown, paid, failed}) {
        static_cast<void>(in(state));
        let_time_pass(3s);
    }
    const auto first = *create();
    static_cast<void>(take());
    observe(first, failure());
    ASSERT_TRUE(again(1000));  // in line behind the first
    const auto put_back = *create(1000, "254712345600");
    static_cast<void>(take());
    record(put_back, answer(Submitted::not_submitted));
    static_cast<void>(in(created));
    const auto before = table();
    EXPECT_EQ(before.size(), 8U);
    write([&](store::Tx& tx) { rebuild_guards(tx, spacing(capabilities), now_); });
    EXPECT_EQ(table(), before);
}

TEST_F(PhoneGuard, MadeAgainKnowsAnExpiredPromptByItsEnd) {
    static_cast<void>(create());
    static_cast<void>(take());
    let_time_pass(10min);
    static_cast<void>(check());
    forget();
    const auto second = again(1000);
    ASSERT_TRUE(second);
    EXPECT_EQ(push_time(*second), now_) << "its prompt ended long before we called it expired";
}

TEST_F(PhoneGuard, ThatWasLostIsMadeAgainByWhoAsks) {
    ASSERT_TRUE(create());
    static_cast<void>(take());
    let_time_pass(10s);
    forget();
    EXPECT_FALSE(again(5));
}

TEST_F(PhoneGuard, ForgetsPhonesThatNoLongerMatter) {
    write([&](store::Tx& tx) { rebuild_guards(tx, spacing(capabilities), now_); });
    for (int n = 0; n < 12'000; ++n) {
        const auto phone = *Msisdn::parse("2547" + std::to_string(10'000'000 + n));
        write([&](store::Tx& tx) {
            guard(tx, DepositId{1 + n}, phone, Money::kes(5), now_, spacing(capabilities));
        });
    }
    let_time_pass(90s + 120s);
    ASSERT_TRUE(create());
    prune_all();
    EXPECT_EQ(table().size(), 12'001U) << "a microsecond too early";
    let_time_pass(1us);
    const auto first_slice = prune();
    EXPECT_EQ(table().size(), 7001U) << "a slice at a time";
    for (auto after = first_slice; after != 0;) after = prune(after);
    EXPECT_EQ(table().size(), 1U);
    EXPECT_FALSE(again(5)) << "and keeps the one that does";
}

TEST_F(PhoneGuard, KeepsAPhoneWhosePushIsLate) {
    ASSERT_TRUE(create());
    let_time_pass(9min);
    prune_all();
    EXPECT_FALSE(again(5));
}

TEST_F(PhoneGuard, ThatWasPrunedIsNotTakenForLost) {
    prune_all();
    static_cast<void>(create());
    let_time_pass(10min);
    prune_all();
    EXPECT_EQ(write([](store::Tx& tx) {
                  return *tx.first("SELECT COUNT(*) FROM phone_guards WHERE phone = 0",
                                   [](const store::Row& row) { return row.integer(0); });
              }),
              1);
}

// It was a day ahead when the prompt went out.
TEST_F(PhoneGuard, DoesNotKeepAPhoneForADayWhenTheClockHasGoneBack) {
    const auto right = now_;
    now_ += 24h;
    ASSERT_TRUE(create());
    static_cast<void>(take());
    now_ = right;
    const auto said = write([&](store::Tx& tx) {
        return ask_guard(tx, *Msisdn::parse("254712345678"), Money::kes(5), spacing(capabilities),
                         now_);
    });
    EXPECT_LE(said.open_for, 90s);
    write([&](store::Tx& tx) { bound_due_times(tx, timing_, spacing(capabilities), now_); });
    let_time_pass(91s);
    EXPECT_TRUE(again(5));
}

TEST_F(PhoneGuard, MadeAgainAfterTheClockHasGoneBackKeepsNoPhoneForADay) {
    const auto right = now_;
    now_ += 24h;
    ASSERT_TRUE(create());
    static_cast<void>(take());
    now_ = right;
    write([&](store::Tx& tx) { rebuild_guards(tx, spacing(capabilities), now_); });
    EXPECT_FALSE(again(5)) << "its prompt may be on the phone";
    let_time_pass(91s);
    EXPECT_TRUE(again(5));
}

// After an IO error the store opens the file anew, and tables in memory are empty.
class GuardOnDisk : public PhoneGuard {
  protected:
    GuardOnDisk() {
        auto folder = (std::filesystem::temp_directory_path() / "lango-guards-XXXXXX").string();
        EXPECT_NE(::mkdtemp(folder.data()), nullptr);
        folder_ = folder;
        store_ = store::open_sqlite({.path = folder_ / "db",
                                     .threading = store::Threading::inline_,
                                     .vfs = store::test::FaultyVfs::name},
                                    context_.get_executor());
    }
    ~GuardOnDisk() override {
        store_.reset();
        std::filesystem::remove_all(folder_);
    }
    void disk_fails_once() {
        vfs_.arm({.call = store::test::Call::sync, .file = store::test::File::wal, .error = EIO});
        EXPECT_THROW(static_cast<void>(create(1000, "254799999999")), store::Broken);
        EXPECT_TRUE(vfs_.fired());
        vfs_.disarm();
    }
    store::test::FaultyVfs vfs_;
    std::filesystem::path folder_;
};

TEST_F(GuardOnDisk, OutlivesAStoreThatHadToOpenItsFileAnew) {
    ASSERT_TRUE(create());
    static_cast<void>(take());
    let_time_pass(10s);
    disk_fails_once();
    EXPECT_FALSE(again(5)) << "the prompt is on the phone";
    let_time_pass(80s);
    const auto second = again(1000);
    ASSERT_TRUE(second);
    EXPECT_EQ(push_time(*second), now_ + 120s) << "and the same amount waits";
}

// Whoever is first after the failure: not always one who asks.
TEST_F(GuardOnDisk, IsWholeWhoeverComesFirst) {
    const auto first = *create(1000, "254712345670");
    ASSERT_TRUE(create());
    static_cast<void>(take());
    disk_fails_once();
    observe(first, failure());
    prune_all();
    EXPECT_FALSE(again(5));
    EXPECT_EQ(push_time(*create(999, "254712345670")), now_ + 60s);
}

}  // namespace
}  // namespace lango::deposits::test
