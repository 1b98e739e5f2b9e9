#include "people/second_factor.hpp"

#include <gtest/gtest.h>

#include <set>

#include "people/totp.hpp"
#include "people/trail.hpp"
#include "store/errors.hpp"
#include "store/store_fixture.hpp"

namespace lango::people {
namespace {

using namespace std::chrono_literals;

const Instant start =
    Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::hours{9}};

class SecondFactor : public testing::Test {
  protected:
    Secret begin(const std::string& name = "amina") {
        return store_.write([&](store::Tx& tx) { return begin_totp(tx, master_, random_, name); });
    }
    std::optional<std::vector<std::string>> confirm(const std::string& code, Instant now = start) {
        return store_.write(
            [&](store::Tx& tx) { return confirm_totp(tx, master_, random_, "amina", code, now); });
    }
    bool use(const std::string& code, Instant now, const std::string& name = "amina") {
        return store_.write([&](store::Tx& tx) { return use_totp(tx, master_, name, code, now); });
    }
    bool recover(const std::string& code, const std::string& name = "amina") {
        return store_.write(
            [&](store::Tx& tx) { return use_recovery_code(tx, master_, name, code, start); });
    }
    static std::string code(const Secret& secret, Instant now) {
        return totp::code_at(secret, totp::step_at(now));
    }
    SeededRandom random_{7};
    crypto::MasterKey master_ = crypto::MasterKey::make(random_);
    store::test::MemoryStore store_;
};

TEST_F(SecondFactor, CountsFromTheFirstCodeThatIsShown) {
    const auto secret = begin();
    EXPECT_FALSE(use(code(secret, start), start));
    EXPECT_FALSE(store_.write([&](store::Tx& tx) { return has_second_factor(tx, "amina"); }));
    EXPECT_EQ(confirm("000000"), std::nullopt);
    const auto codes = confirm(code(secret, start));
    ASSERT_TRUE(codes);
    EXPECT_EQ(std::set(codes->begin(), codes->end()).size(), 10U);
    EXPECT_TRUE(store_.write([&](store::Tx& tx) { return has_second_factor(tx, "amina"); }));
    EXPECT_EQ(
        store_.number("SELECT COUNT(*) FROM operator_acts WHERE act = 'phone for codes added'"), 1);
}

TEST_F(SecondFactor, TakesEachCodeOnceTheFirstOneToo) {
    const auto secret = begin();
    ASSERT_TRUE(confirm(code(secret, start)));
    EXPECT_FALSE(use(code(secret, start), start)) << "it was shown already";
    EXPECT_TRUE(use(code(secret, start + 30s), start + 30s));
    EXPECT_FALSE(use(code(secret, start + 30s), start + 30s)) << "replayed";
    EXPECT_FALSE(use(code(secret, start + 30s), start + 45s)) << "replayed later";
    const auto next = code(secret, start + 60s);
    EXPECT_TRUE(use(next.substr(0, 3) + " " + next.substr(3), start + 60s));
    EXPECT_FALSE(use(code(secret, start + 90s), start + 90s, "brian"));
}

TEST_F(SecondFactor, OfAnotherPhoneLeavesTheFirstUntilItIsConfirmed) {
    const auto first = begin();
    ASSERT_TRUE(confirm(code(first, start)));
    const auto second = begin();
    EXPECT_TRUE(use(code(first, start + 30s), start + 30s));
    EXPECT_FALSE(use(code(second, start + 60s), start + 60s));
    ASSERT_TRUE(confirm(code(second, start + 60s), start + 60s));
    EXPECT_FALSE(use(code(first, start + 90s), start + 90s));
    EXPECT_TRUE(use(code(second, start + 90s), start + 90s));
}

TEST_F(SecondFactor, HasRecoveryCodesThatAreGoodOnceForTheirPerson) {
    const auto secret = begin();
    const auto codes = *confirm(code(secret, start));
    EXPECT_FALSE(recover(codes[0], "brian"));
    EXPECT_TRUE(recover(codes[0]));
    EXPECT_FALSE(recover(codes[0]));
    std::string shouted = "  ";
    for (const char c : codes[1]) shouted += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    EXPECT_TRUE(recover(shouted));
    EXPECT_FALSE(recover(""));
    EXPECT_EQ(store_.write([&](store::Tx& tx) { return recovery_codes_left(tx, "amina"); }), 8);
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM operator_acts WHERE act = 'recovery code used' "
                            "AND detail = '8 left'"),
              1);
    const auto fresh = store_.write(
        [&](store::Tx& tx) { return make_recovery_codes(tx, master_, random_, "amina", start); });
    EXPECT_FALSE(recover(codes[2])) << "those before are worth nothing";
    EXPECT_TRUE(recover(fresh[2]));
}

TEST_F(SecondFactor, IsSealedForItsPersonAndSealedAnewWithAnotherKey) {
    const auto secret = begin();
    ASSERT_TRUE(confirm(code(secret, start)));
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM totp_secrets WHERE instr(sealed, "
                            "CAST('otpauth' AS BLOB)) > 0"),
              0);
    const auto sealed = store_.write([&](store::Tx& tx) {
        return tx.first("SELECT sealed FROM totp_secrets",
                        [](const store::Row& row) { return row.string(0); });
    });
    EXPECT_EQ(sealed->find(secret.reveal()), std::string::npos);
    const auto rotated = master_.rotated(random_);
    store_.write([&](store::Tx& tx) {
        seal_second_factors_anew(tx, rotated, random_);
        // Whoever can write the database moves nobody's phone to another name.
        tx.run(
            "INSERT INTO totp_secrets (name, sealed, pending, last_step) "
            "SELECT 'eve', sealed, NULL, 0 FROM totp_secrets");
        return true;
    });
    const auto newest = *crypto::MasterKey::from_hex(rotated.hex().substr(0, 64));
    EXPECT_TRUE(store_.write([&](store::Tx& tx) {
        return use_totp(tx, newest, "amina", code(secret, start + 30s), start + 30s);
    }));
    EXPECT_THROW(use(code(secret, start), start, "eve"), store::Broken);
}

}  // namespace
}  // namespace lango::people
