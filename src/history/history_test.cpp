// Made histories: every kind of thing is in them, and every law holds.
#include <gmock/gmock.h>

#include <array>

#include "history/fill.hpp"
#include "laws/laws.hpp"
#include "ledger/verify.hpp"
#include "store/store_fixture.hpp"

namespace lango::history {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

const Instant until = Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 30} + 9h};

// A sandbox's database that nobody has used, and what is made in it.
class Made {
  public:
    Made() {
        book_.write([this](store::Tx& tx) {
            EXPECT_TRUE(merchants::create(tx, master_, keys_, until, "demo", "Demo", "sandbox"));
            EXPECT_TRUE(
                merchants::set(tx, until, "demo", "postback-url", "http://shop/", "sandbox"));
            static_cast<void>(rates::save(tx, rates::page_sample()));
        });
    }
    bool fill(std::int64_t payments, std::uint64_t seed = 1, std::int64_t cut_off_at = 0) {
        return book_.wait_for(history::fill(
            book_.store(), master_, keys_, {.payments = payments, .seed = seed, .until = until},
            [cut_off_at](const Progress& progress) {
                return cut_off_at == 0 || progress.payments < cut_off_at;
            }));
    }
    // Why it is refused.
    std::string refusal(std::int64_t payments) {
        try {
            static_cast<void>(fill(payments));
        } catch (const std::runtime_error& error) {
            return error.what();
        }
        return {};
    }
    std::int64_t number(store::Sql sql) { return book_.number(sql); }
    void edit(store::Sql sql) {
        book_.write([&](store::Tx& tx) { tx.run(sql); });
    }
    std::vector<std::string> broken() {
        return book_.write([](store::Tx& tx) {
            std::vector<std::string> found;
            for (const auto& proof : ledger::prove_all(tx, laws::all())) {
                for (const auto& finding : proof.findings) {
                    found.push_back(finding.law + ": " + finding.text);
                }
            }
            return found;
        });
    }
    // Every payment, in one number.
    std::string digest() {
        return book_.write([](store::Tx& tx) {
            std::string all;
            const auto add = [&all](const store::Row& row) {
                all += std::to_string(row.integer(0)) + " " + std::to_string(row.integer(1)) + "\n";
            };
            tx.each("SELECT id, state FROM deposits ORDER BY id", add);
            tx.each("SELECT id, state FROM withdrawals ORDER BY id", add);
            tx.each("SELECT number, at FROM postback_attempts ORDER BY at, postback_id", add);
            tx.each("SELECT id, amount FROM suspense_items ORDER BY id", add);
            return crypto::hex(crypto::view(crypto::sha256(all)));
        });
    }

  private:
    SeededRandom keys_{7};
    crypto::MasterKey master_ = crypto::MasterKey::make(keys_);
    store::test::MemoryStore book_;
};

// Made once: what is looked at is not changed.
Made& a_history() {
    static Made made;
    static const bool is_filled = made.fill(6000);
    EXPECT_TRUE(is_filled);
    return made;
}

TEST(AHistory, KeepsEveryLaw) { EXPECT_EQ(a_history().broken(), std::vector<std::string>{}); }

TEST(AHistory, HasEveryKind) {
    struct Kind {
        const char* name;
        store::Sql count;
    };
    const std::array kinds{
        Kind{"deposits paid", "SELECT COUNT(*) FROM deposits WHERE state = 6 AND flags & 1 = 0"},
        Kind{"paid late", "SELECT COUNT(*) FROM deposits WHERE state = 6 AND flags & 1 = 1"},
        Kind{"failed", "SELECT COUNT(*) FROM deposits WHERE state = 7"},
        Kind{"by eight reasons", "SELECT COUNT(DISTINCT result_code) >= 8 FROM deposits"},
        Kind{"expired", "SELECT COUNT(*) FROM deposit_events WHERE kind = 10"},
        Kind{"reply lost", "SELECT COUNT(*) FROM deposit_events WHERE kind = 6"},
        Kind{"refused at once", "SELECT COUNT(*) FROM deposits WHERE result_code = '400.002.02'"},
        Kind{"doubled", "SELECT COUNT(*) FROM deposit_events WHERE kind = 12"},
        Kind{"looked after", "SELECT COUNT(*) FROM deposit_events WHERE kind = 18"},
        Kind{"withdrawals paid", "SELECT COUNT(*) FROM withdrawals WHERE kind = 1 AND state = 6"},
        Kind{"withdrawals failed", "SELECT COUNT(*) FROM withdrawals WHERE state = 7"},
        Kind{"by hand", "SELECT COUNT(*) FROM withdrawals WHERE withdrawal_id LIKE 'hand-%'"},
        Kind{"of a batch", "SELECT COUNT(*) FROM withdrawals WHERE withdrawal_id LIKE 'sheet-%'"},
        Kind{"approved by two",
             "SELECT COUNT(*) FROM withdrawal_events WHERE detail LIKE '%2 of 2'"},
        Kind{"batches done", "SELECT COUNT(*) FROM batches WHERE state = 5"},
        Kind{"refunds whole", "SELECT COUNT(*) FROM refunds WHERE method = 1"},
        Kind{"refunds of a part", "SELECT COUNT(*) FROM refunds WHERE method = 2"},
        Kind{"given to an order", "SELECT COUNT(*) FROM suspense_items WHERE allocated > 0"},
        Kind{"unmatched",
             "SELECT COUNT(*) FROM suspense_items s WHERE allocated = 0 AND NOT EXISTS "
             "(SELECT 1 FROM refunds r WHERE r.receipt = s.receipt)"},
        Kind{"told at once", "SELECT COUNT(*) FROM postbacks WHERE state = 2 AND attempts = 1"},
        Kind{"told after tries", "SELECT COUNT(*) FROM postbacks WHERE state = 2 AND attempts > 2"},
        Kind{"given up", "SELECT COUNT(*) FROM postbacks WHERE state = 3"},
        Kind{"merchants", "SELECT COUNT(DISTINCT merchant_id) = 3 FROM deposits"},
    };
    for (const auto& kind : kinds) EXPECT_GT(a_history().number(kind.count), 0) << kind.name;
}

// Deposits, withdrawals that are no refunds, and what came without an order.
TEST(AHistory, HasAsManyPaymentsAsWereAskedFor) {
    const auto payments = a_history().number(
        "SELECT (SELECT COUNT(*) FROM deposits) + "
        "(SELECT COUNT(*) FROM withdrawals WHERE kind <> 4) + "
        "(SELECT COUNT(*) FROM suspense_items WHERE reason = 1 AND LENGTH(reference) <> 7)");
    EXPECT_GT(payments, 5900);
    EXPECT_LE(payments, 6010);
}

TEST(AHistory, SucceedsAndFailsAsOftenAsPaymentsDo) {
    const auto paid = a_history().number(
        "SELECT SUM(state = 6) * 100 / COUNT(*) FROM deposits WHERE closed_at IS NOT NULL");
    EXPECT_GE(paid, 76);
    EXPECT_LE(paid, 90);
    // A payer who cancels is the first of all reasons.
    EXPECT_EQ(a_history().number("SELECT result_code = '1032' FROM deposits WHERE state = 7 "
                                 "GROUP BY result_code ORDER BY COUNT(*) DESC LIMIT 1"),
              1);
}

TEST(AHistory, HasDaysAndWeeks) {
    // Hours of Nairobi: by night hardly anybody pays.
    const auto night = a_history().number(
        "SELECT COUNT(*) FROM deposits WHERE (created_at / 3600000000 + 3) % 24 < 5");
    const auto noon = a_history().number(
        "SELECT COUNT(*) FROM deposits WHERE (created_at / 3600000000 + 3) % 24 IN (12, 13)");
    EXPECT_LT(night * 8, noon);
    const auto first = from_micros(a_history().number("SELECT MIN(created_at) FROM deposits"));
    const auto last = from_micros(a_history().number("SELECT MAX(created_at) FROM deposits"));
    EXPECT_GE(first, until - span - 1h);
    EXPECT_LT(first, until - span + 12h);
    EXPECT_LT(last, until);
    EXPECT_GT(last, until - 1min);
    // A Saturday has more than a Sunday.
    EXPECT_EQ(
        a_history().number("SELECT SUM((created_at / 3600000000 + 3) / 24 % 7 = 2) > "
                           "SUM((created_at / 3600000000 + 3) / 24 % 7 = 3) * 5 / 4 FROM deposits"),
        1);
}

TEST(AHistory, IsTheSameForTheSameSeedAndEnd) {
    Made one, two, other;
    EXPECT_TRUE(one.fill(400, 5));
    EXPECT_TRUE(two.fill(400, 5));
    EXPECT_TRUE(other.fill(400, 6));
    EXPECT_EQ(one.digest(), two.digest());
    EXPECT_NE(one.digest(), other.digest());
}

TEST(AHistory, LeavesWhatIsNotOverOpen) {
    EXPECT_GE(a_history().number("SELECT COUNT(*) FROM deposits WHERE state IN (3, 4)"), 4);
    EXPECT_GE(a_history().number("SELECT COUNT(*) FROM withdrawals WHERE state IN (2, 3, 4)"), 1);
    EXPECT_EQ(a_history().number("SELECT COUNT(*) FROM deposits WHERE state IN (1, 2)"), 0);
}

TEST(AFill, OfTheSameHistoryIsNothingTheSecondTime) {
    Made made;
    EXPECT_TRUE(made.fill(50));
    const auto before = made.digest();
    EXPECT_FALSE(made.fill(50));
    EXPECT_EQ(made.digest(), before);
    EXPECT_THAT(made.refusal(51), HasSubstr("one of 50 payments is here already"));
}

TEST(AFill, IsRefusedWhereSomebodyElsesThingsAre) {
    Made with_merchant;
    with_merchant.edit("UPDATE merchants SET slug = 'shop'");
    EXPECT_THAT(with_merchant.refusal(50), HasSubstr("merchants who are not the sandbox's"));
    Made with_payments;
    with_payments.edit(
        "INSERT INTO deposits (id, merchant_id, custom_transaction_id, label, phone, amount, "
        "currency, state, events, tries, flags, created_at) "
        "VALUES (1, 1, 'a', '', 254712345678, 100, 'KES', 8, 1, 0, 0, 0)");
    EXPECT_THAT(with_payments.refusal(50), HasSubstr("has payments already"));
    EXPECT_EQ(with_payments.number("SELECT COUNT(*) FROM merchants"), 1);
}

TEST(AFill, ThatWasCutOffIsNotGoneOnWith) {
    Made made;
    EXPECT_THROW(made.fill(5000, 1, 1000), std::runtime_error);
    EXPECT_THAT(made.refusal(5000), HasSubstr("an earlier one of 5000 payments was cut off"));
}

TEST(Receipts, AreAllDifferentAndAsMPesaPrintsThem) {
    std::vector<std::string> all;
    for (std::int64_t n = 1; n <= 20'000; ++n) all.push_back(receipt(n, until));
    for (const auto& one : all) ASSERT_EQ(one.size(), 10U);
    EXPECT_THAT(all.front(), testing::StartsWith("UKU"));  // 2026, November, the 30th
    std::ranges::sort(all);
    EXPECT_EQ(std::ranges::unique(all).size(), 0U);
}

TEST(Moments, AreInOrderAndAsManyAsWereAskedFor) {
    for (const auto count : {1, 2, 3000}) {
        SeededRandom random{2};
        When when{count, span, until};
        auto last = until - span - 1h;
        while (when.left() > 0) {
            const auto next = when.next(random);
            EXPECT_GE(next, last);
            EXPECT_LT(next, until);
            last = next;
        }
    }
}

TEST(Desks, AreWorkedAtByDayAndNotOnSundays) {
    SeededRandom random{2};
    for (int hour = 0; hour < 24 * 60; ++hour) {
        const auto from = until - std::chrono::hours{hour};
        const auto at = at_a_desk(from, random) + 3h;
        const auto day = std::chrono::floor<std::chrono::days>(at);
        EXPECT_NE(std::chrono::weekday{day}, std::chrono::Sunday);
        EXPECT_GE(at - day, 8h);
        EXPECT_LE(at - day, 19h);
        EXPECT_GT(at - 3h, from);
    }
}

}  // namespace
}  // namespace lango::history
