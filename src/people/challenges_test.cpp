#include "people/challenges.hpp"

#include <gtest/gtest.h>

#include "base/crypto.hpp"

namespace lango::people {
namespace {

using namespace std::chrono_literals;

const Instant start =
    Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 30} + std::chrono::hours{9}};
const std::string body{crypto::view(crypto::sha256(R"({"seen":"0123456789abcdef"})"))};
const ActAsked approve{
    .method = "POST", .path = "/admin/withdrawals/0198a3f2c4d5e6f7/approve", .body_sha256 = body};

class ChallengesGiven : public testing::Test {
  protected:
    std::string act() { return challenges_.begin_act(random_, start, "amina", approve); }

    SeededRandom random_{7};
    Challenges challenges_;
};

// docs/formats/passkeys.md has this example.
TEST(Challenge, OfAnActIsItsHashWithANonce) {
    EXPECT_EQ(crypto::hex(act_challenge(approve, std::string(32, 'n'))),
              "c14fe3e3a09c193165ff3ba6e7c84b1a59afd8cd504f7eb9905f94a95d1d3e62");
}

TEST_F(ChallengesGiven, AreGoodOnce) {
    const auto login = challenges_.begin(random_, start, "amina");
    EXPECT_EQ(login.size(), 32U);
    EXPECT_NE(challenges_.begin(random_, start, "amina"), login);
    EXPECT_TRUE(challenges_.take(login, "amina", start));
    EXPECT_FALSE(challenges_.take(login, "amina", start));
    EXPECT_FALSE(challenges_.take("", "amina", start));
}

TEST_F(ChallengesGiven, AreForWhomTheyWereGiven) {
    const auto login = challenges_.begin(random_, start, "amina");
    EXPECT_FALSE(challenges_.take(login, "brian", start));
    EXPECT_FALSE(challenges_.take(login, "amina", start)) << "whoever tried has used it up";
}

TEST_F(ChallengesGiven, AreGoodForFiveMinutes) {
    for (const auto& [after, is_good] : {std::pair<Duration, bool>{Challenges::lives - 1us, true},
                                         {Challenges::lives, false},
                                         {-1us, false}}) {
        const auto login = challenges_.begin(random_, start, "amina");
        EXPECT_EQ(challenges_.take(login, "amina", start + after), is_good);
    }
}

TEST_F(ChallengesGiven, OfAnActAreForItAlone) {
    const auto nonce = challenges_.take_act(act(), "amina", start, approve);
    ASSERT_TRUE(nonce);
    EXPECT_EQ(nonce->size(), 32U);
    for (const auto& other :
         {ActAsked{"GET", approve.path, body}, ActAsked{"POST", "/admin/withdrawals", body},
          ActAsked{"POST", approve.path, std::string_view{body}.substr(1)},
          ActAsked{"POST", approve.path, ""}}) {
        EXPECT_FALSE(challenges_.take_act(act(), "amina", start, other)) << other.path;
    }
    EXPECT_FALSE(challenges_.take_act(act(), "brian", start, approve));
    EXPECT_FALSE(challenges_.take(act(), "amina", start)) << "it is no login";
    const auto login = challenges_.begin(random_, start, "amina");
    EXPECT_FALSE(challenges_.take_act(login, "amina", start, approve));
    const auto used = act();
    EXPECT_TRUE(challenges_.take_act(used, "amina", start, approve));
    EXPECT_FALSE(challenges_.take_act(used, "amina", start, approve));
}

TEST_F(ChallengesGiven, AreForgotten) {
    const auto first = challenges_.begin(random_, start, "amina");
    for (std::size_t i = 0; i < Challenges::most; ++i) {
        static_cast<void>(challenges_.begin(random_, start + 1s, "eve"));
    }
    EXPECT_EQ(challenges_.size(), Challenges::most);
    EXPECT_FALSE(challenges_.take(first, "amina", start + 1s)) << "it was the oldest";
    static_cast<void>(challenges_.begin(random_, start + 1s + Challenges::lives, "amina"));
    EXPECT_EQ(challenges_.size(), 1U);
}

}  // namespace
}  // namespace lango::people
