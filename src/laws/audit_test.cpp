#include "laws/audit.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <functional>
#include <optional>

#include "base/manual_clock.hpp"
#include "laws/breaches.hpp"
#include "ledger/ledger.hpp"
#include "store/store_fixture.hpp"

namespace lango::laws {
namespace {

using namespace std::chrono_literals;

const Instant start = Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 9h};

// A disk that is full when it is told so: nothing is written, and what is there can be read.
class FullStore final : public store::Store {
  public:
    explicit FullStore(store::Store& real) : real_(real) {}
    bool full = false;
    [[nodiscard]] std::optional<std::string> trouble() const override { return real_.trouble(); }
    [[nodiscard]] store::Stats stats() const override { return real_.stats(); }
    void stop() override { real_.stop(); }
    void submit(std::unique_ptr<store::Command> command) override {
        if (!full) return real_.submit(std::move(command));
        asio::post(real_.executor(), [refused = std::move(command)] {
            refused->done(std::make_exception_ptr(store::Unavailable{"the disk is full"}));
        });
    }
    void submit(std::unique_ptr<store::Query> query) override {
        if (asked) asked();
        real_.submit(std::move(query));
    }
    std::function<void()> asked = {};  // before each read
    [[nodiscard]] asio::any_io_executor executor() const override { return real_.executor(); }

  private:
    store::Store& real_;
};

class AnAudit : public testing::Test {
  protected:
    // A process that begins.
    std::unique_ptr<Audit> begin(AuditOptions options = {}) {
        auto audit = std::make_unique<Audit>(
            Audit::Parts{.store = store_,
                         .clock = clock_,
                         .executor = book_.context().get_executor(),
                         .ended = [this](const AuditResult&,
                                         const std::vector<Breach>& fresh) { fresh_ = fresh; },
                         .trouble = [this](std::string_view error) { trouble_ = error; }},
            options);
        book_.wait_for(done(audit->start()));
        return audit;
    }
    static asio::awaitable<bool> done(asio::awaitable<void> work) {
        co_await std::move(work);
        co_return true;
    }
    AuditResult prove(Audit& audit) { return book_.wait_for(audit.prove_now()); }
    // Of what an operator is shown.
    std::int64_t acknowledge(Audit& audit) {
        const auto seen = code_of(book_.wait_for(audit.breaches()));
        const auto known = book_.wait_for(audit.acknowledge("amina", seen));
        EXPECT_TRUE(known) << "it is what was shown";
        return known.value_or(-1);
    }
    void edit(store::Sql sql) {
        book_.write([&](store::Tx& tx) { tx.run(sql); });
    }
    // Money that stands in suspense, as it should and then not.
    void break_balances() { edit("UPDATE accounts SET balance = balance + 1"); }
    void mend_balances() { edit("UPDATE accounts SET balance = balance - 1"); }
    void fill() {
        edit(
            "INSERT INTO accounts (id, kind, owner, currency, may_be_negative, balance, held) "
            "VALUES (1, 3, 0, 'KES', 0, 0, 0)");
    }
    std::int64_t halts() {
        return book_.number(
            "SELECT COUNT(*) FROM payout_halts WHERE ended_at IS NULL AND code = 'broken law'");
    }

    store::test::MemoryStore book_;
    FullStore store_{book_.store()};
    ManualClock clock_{book_.context(), start};
    std::vector<Breach> fresh_;
    std::string trouble_;
};

TEST_F(AnAudit, SaysHowMuchItProved) {
    fill();
    const auto audit = begin();
    const auto result = prove(*audit);
    EXPECT_TRUE(result.holds());
    EXPECT_TRUE(result.whole);
    EXPECT_EQ(result.payments, 0);
    EXPECT_EQ(result.merchants, 0);
    EXPECT_TRUE(result.damage.empty());
    EXPECT_EQ(result.ended_at, start);
    EXPECT_EQ(trouble_, "");
    ASSERT_TRUE(audit->last());
    EXPECT_EQ(audit->last()->proofs.size(), result.proofs.size());
}

TEST_F(AnAudit, ThatFindsANewBreachOfMoneyStopsCreatesAndPayouts) {
    fill();
    const auto audit = begin();
    static_cast<void>(prove(*audit));
    EXPECT_FALSE(audit->stops());
    break_balances();
    EXPECT_EQ(prove(*audit).broken, 1);
    ASSERT_EQ(fresh_.size(), 1U);
    EXPECT_EQ(fresh_.front().law, "BalancesEqualPostings");
    EXPECT_EQ(fresh_.front().subject, "account 1");
    ASSERT_TRUE(audit->stops());
    EXPECT_NE(audit->stops()->find("account 1 (fees 0, KES): its balance is 1 more than its "
                                   "postings sum to"),
              std::string::npos)
        << *audit->stops();
    EXPECT_EQ(halts(), 1);
    // Found again, it is not new; and it stops all the same.
    static_cast<void>(prove(*audit));
    EXPECT_TRUE(fresh_.empty());
    EXPECT_TRUE(audit->stops());
    EXPECT_EQ(halts(), 1);
}

TEST_F(AnAudit, StopsThoseWhoStartAnew) {
    fill();
    static_cast<void>(prove(*begin()));
    break_balances();
    static_cast<void>(prove(*begin()));
    const auto audit = begin();
    EXPECT_TRUE(audit->stops());
    ASSERT_TRUE(audit->last());
    EXPECT_EQ(audit->last()->broken, 1);
}

// Whoever has seen one breach does not know of the one that came since.
TEST_F(AnAudit, LetsNothingGoForWhatNobodySaw) {
    fill();
    const auto audit = begin();
    static_cast<void>(prove(*audit));
    break_balances();
    static_cast<void>(prove(*audit));
    const auto seen = code_of(book_.wait_for(audit->breaches()));
    EXPECT_EQ(seen.size(), 16U);
    break_balances();
    static_cast<void>(prove(*audit));
    EXPECT_FALSE(book_.wait_for(audit->acknowledge("amina", seen)));
    EXPECT_FALSE(book_.wait_for(audit->acknowledge("amina", "")));
    EXPECT_TRUE(audit->stops());
    EXPECT_EQ(halts(), 1);
    EXPECT_EQ(book_.number("SELECT COUNT(*) FROM operator_acts"), 0);
    EXPECT_EQ(acknowledge(*audit), 1);
    EXPECT_FALSE(audit->stops());
    EXPECT_EQ(book_.number("SELECT COUNT(*) FROM operator_acts"), 1);
}

TEST_F(AnAudit, LetsGoOnWhenAPersonKnows) {
    fill();
    const auto audit = begin();
    static_cast<void>(prove(*audit));
    break_balances();
    static_cast<void>(prove(*audit));
    EXPECT_EQ(acknowledge(*audit), 1);
    EXPECT_FALSE(audit->stops());
    EXPECT_EQ(halts(), 0);
    EXPECT_EQ(prove(*audit).broken, 1);
    EXPECT_FALSE(audit->stops());
    const auto known = book_.wait_for(audit->breaches());
    ASSERT_EQ(known.size(), 1U);
    EXPECT_EQ(known.front().known_by, "amina");
}

TEST_F(AnAudit, ThatFindsAKnownBreachGrownStopsAgain) {
    fill();
    const auto audit = begin();
    static_cast<void>(prove(*audit));
    break_balances();
    static_cast<void>(prove(*audit));
    EXPECT_EQ(acknowledge(*audit), 1);
    // Money that comes and goes changes both sums, and not what is wrong with them.
    edit(
        "INSERT INTO accounts (id, kind, owner, currency, may_be_negative, balance, held) "
        "VALUES (2, 1, 174379, 'KES', 1, -700, 0)");
    edit("UPDATE accounts SET balance = balance + 700 WHERE id = 1");
    edit(
        "INSERT INTO postings (subject_id, outcome, line, account_id, amount) "
        "VALUES (153, 2, 1, 2, -700), (153, 2, 2, 1, 700)");
    static_cast<void>(prove(*audit));
    for (const auto& breach : fresh_) EXPECT_NE(breach.subject, "account 1") << breach.said;
    EXPECT_EQ(acknowledge(*audit), std::int64_t(fresh_.size()));
    EXPECT_FALSE(audit->stops());
    edit("UPDATE accounts SET balance = balance + 100000000 WHERE id = 1");
    static_cast<void>(prove(*audit));
    ASSERT_EQ(fresh_.size(), 1U);
    EXPECT_EQ(fresh_.front().said,
              "account 1 (fees 0, KES): its balance is 100000001 more than its postings sum to");
    EXPECT_TRUE(audit->stops());
    EXPECT_EQ(halts(), 1);
    for (const auto& breach : book_.wait_for(audit->breaches())) {
        EXPECT_EQ(breach.known_by, breach.subject == "account 1" ? "" : "amina") << breach.said;
    }
    static_cast<void>(prove(*audit));
    EXPECT_TRUE(fresh_.empty());
    EXPECT_EQ(acknowledge(*audit), 1);
    EXPECT_FALSE(audit->stops());
    // Nearer to what is right it is another breach all the same.
    edit("UPDATE accounts SET balance = balance - 1 WHERE id = 1");
    static_cast<void>(prove(*audit));
    EXPECT_EQ(fresh_.size(), 1U);
}

TEST_F(AnAudit, LetsGoOnWhenItProvesAgainWhatWasBroken) {
    fill();
    const auto audit = begin();
    static_cast<void>(prove(*audit));
    break_balances();
    static_cast<void>(prove(*audit));
    mend_balances();
    EXPECT_TRUE(prove(*audit).holds());
    EXPECT_FALSE(audit->stops());
    EXPECT_EQ(halts(), 0);
    EXPECT_TRUE(book_.wait_for(audit->breaches()).empty());
}

TEST_F(AnAudit, ThatIsADatabasesFirstFindsWhatIsKnown) {
    fill();
    break_balances();
    const auto audit = begin();
    EXPECT_EQ(prove(*audit).broken, 1);
    EXPECT_FALSE(audit->stops());
    EXPECT_EQ(book_.wait_for(audit->breaches()).front().known_by, "first audit");
}

TEST_F(AnAudit, ThatCannotBeKeptStopsNothingForWhatAPersonKnows) {
    fill();
    const auto audit = begin();
    static_cast<void>(prove(*audit));
    break_balances();
    static_cast<void>(prove(*audit));
    EXPECT_EQ(acknowledge(*audit), 1);
    store_.full = true;
    EXPECT_EQ(prove(*audit).broken, 1);
    EXPECT_EQ(trouble_, "the disk is full");
    EXPECT_FALSE(audit->stops());
    EXPECT_TRUE(fresh_.empty());
    // By a process that found it so, too.
    store_.full = false;
    const auto next = begin();
    store_.full = true;
    static_cast<void>(prove(*next));
    EXPECT_FALSE(next->stops());
}

TEST_F(AnAudit, ThatCannotBeKeptStopsForWhatNobodyKnows) {
    fill();
    const auto audit = begin();
    static_cast<void>(prove(*audit));
    break_balances();
    static_cast<void>(prove(*audit));
    EXPECT_EQ(acknowledge(*audit), 1);
    break_balances();
    store_.full = true;
    static_cast<void>(prove(*audit));
    ASSERT_TRUE(audit->stops()) << "by two more is not by one more";
    EXPECT_NE(audit->stops()->find("its balance is 2 more"), std::string::npos) << *audit->stops();
    ASSERT_EQ(fresh_.size(), 1U);
    mend_balances();
    static_cast<void>(prove(*audit));
    EXPECT_FALSE(audit->stops()) << "as it was known";
    mend_balances();
    static_cast<void>(prove(*audit));
    EXPECT_FALSE(audit->stops());
    break_balances();
    break_balances();
    store_.full = false;
    static_cast<void>(prove(*audit));
    EXPECT_TRUE(audit->stops());
    EXPECT_EQ(halts(), 1);
}

// An operator's beside that in the background, whenever it begins, and money moves on between their
// steps.
TEST_F(AnAudit, BesideAnotherOneFindsBalancesAsTheyAre) {
    fill();
    const auto audit = begin();
    std::int64_t subject = 100;
    const auto book = [&] {
        auto command = [id = ++subject](store::Tx& tx) {
            return ledger::book(
                tx,
                {.subject_id = id,
                 .outcome = ledger::Outcome::deposit_paid,
                 .booked_at = start,
                 .postings = {{{.kind = ledger::AccountKind::rail, .owner = 1}, Money::kes(-5)},
                              {{.kind = ledger::AccountKind::merchant, .owner = 1}, Money::kes(5)}},
                 .receipt = std::nullopt,
                 .amount = Money::kes(5)});
        };
        asio::co_spawn(book_.context(), book_.store().write(std::move(command)),
                       [](const std::exception_ptr& error, ledger::Booked booked) {
                           EXPECT_EQ(error, nullptr);
                           EXPECT_EQ(booked, ledger::Booked::now);
                       });
    };
    const auto expect_balanced = [](const AuditResult& result, int after) {
        const auto balances =
            std::ranges::find(result.proofs, "BalancesEqualPostings", &ledger::Proof::law);
        ASSERT_NE(balances, result.proofs.end());
        EXPECT_TRUE(balances->findings.empty())
            << "begun after " << after << " reads: " << balances->findings.front().text;
    };
    bool is_begun = true;
    for (int after = 1; is_begun; ++after) {
        std::optional<AuditResult> beside;
        int reads = 0;
        is_begun = false;
        store_.asked = [&] {
            book();
            if (++reads != after) return;
            is_begun = true;
            asio::co_spawn(book_.context(), audit->prove_now(),
                           [&](const std::exception_ptr& error, AuditResult result) {
                               EXPECT_EQ(error, nullptr);
                               beside = std::move(result);
                           });
        };
        expect_balanced(prove(*audit), after);
        EXPECT_EQ(beside.has_value(), is_begun);
        if (beside) expect_balanced(*beside, after);
        if (!is_begun) EXPECT_GT(after, 5) << "more steps than this";
    }
}

TEST_F(AnAudit, OfWhatIsNoMoneyStopsNothing) {
    const auto audit = begin();
    static_cast<void>(prove(*audit));
    edit("INSERT INTO operators (name, key_hash, added_at) VALUES ('thief', x'00', 0)");
    EXPECT_EQ(prove(*audit).broken, 1);
    ASSERT_EQ(fresh_.size(), 1U);
    EXPECT_FALSE(fresh_.front().of_money);
    EXPECT_FALSE(audit->stops());
    EXPECT_EQ(halts(), 0);
}

TEST_F(AnAudit, InTheBackgroundComesAtTheStartAndThenAsOftenAsItIsSet) {
    const auto audits = [&] { return book_.number("SELECT COUNT(*) FROM audits"); };
    const auto audit = begin({.every = 1h});
    clock_.advance(1min);
    EXPECT_EQ(audits(), 1);
    clock_.advance(3h);
    EXPECT_EQ(audits(), 4);
    fill();
    break_balances();
    EXPECT_FALSE(audit->stops());
    clock_.advance(1h);
    EXPECT_TRUE(audit->stops());
    asio::co_spawn(book_.context(), audit->stop(), [](const std::exception_ptr&) {});
    clock_.advance(1min);
    EXPECT_EQ(audits(), 5);
}

// Whoever restarts a loaded gateway has its processors for what waited.
TEST_F(AnAudit, OfALargeFileBeginsAMinuteAfterTheStart) {
    for (int i = 0; i < 70; ++i) {
        book_.write([i](store::Tx& tx) {
            tx.run(
                "INSERT INTO messages_in_work (digest, at, died, path, body) "
                "VALUES (?1, 0, 0, '', zeroblob(1000000))",
                store::Blob{std::to_string(i)});
        });
    }
    const auto audits = [&] { return book_.number("SELECT COUNT(*) FROM audits"); };
    const auto audit = begin({.every = 1h});
    int reads = 0;
    store_.asked = [&] { ++reads; };
    clock_.advance(59s);
    EXPECT_LE(reads, 1) << "more than how large it is";
    EXPECT_EQ(audits(), 0);
    clock_.advance(1s);
    EXPECT_EQ(audits(), 1);
    clock_.advance(1h);
    EXPECT_EQ(audits(), 2) << "no minute before the next one";
    asio::co_spawn(book_.context(), audit->stop(), [](const std::exception_ptr&) {});
    clock_.advance(1min);
}

TEST(Subjects, AreWhatASentenceIsAbout) {
    EXPECT_EQ(subject_of("deposit 00ff is paid and not booked"), "deposit 00ff");
    EXPECT_EQ(subject_of("payment 00ff, deposit_paid: postings in KES sum to 1"), "payment 00ff");
    EXPECT_EQ(subject_of("account 2 (merchant 1, KES): its balance is 1 more than"), "account 2");
    EXPECT_EQ(subject_of("events of deposit 00ff, which does not exist"), "events of deposit 00ff");
    EXPECT_EQ(subject_of("demo's fee-percent is \"2\", and the trail says \"1\""),
              "demo's fee-percent");
    EXPECT_EQ(subject_of("short"), "short");
}

}  // namespace
}  // namespace lango::laws
