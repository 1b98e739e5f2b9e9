// How much networks, merchants and phones may ask for.
#include "window/limits.hpp"

#include "http/networks.hpp"
#include "window/prompts.hpp"
#include "window/window_fixture.hpp"

namespace lango::window {
using namespace std::chrono_literals;

namespace {

const Instant now = test::start;

std::string in_site(int network, int host) {
    return "2001:db8:7:" + std::to_string(network) + "::" + std::to_string(host);
}

TEST(Limits, CountIpv4ByAddress) {
    Limits limits{3};
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(limits.admit("203.0.113.7", now));
    EXPECT_FALSE(limits.admit("203.0.113.7", now));
    EXPECT_FALSE(limits.admit("::ffff:203.0.113.7", now)) << "the same, as IPv6 writes it";
    EXPECT_TRUE(limits.admit("203.0.113.8", now));
    EXPECT_TRUE(limits.admit("203.0.113.7", now + 1min));
}

// It was a day ahead when they were counted.
TEST(Limits, AreForgottenWhenTheClockHasGoneBack) {
    Limits limits{1};
    const MerchantId shop{1};
    const auto ahead = now + 24h;
    EXPECT_TRUE(limits.admit("203.0.113.7", ahead));
    for (int i = 0; i < 120; ++i) EXPECT_TRUE(limits.admit_unsigned(shop, 60, false, ahead));
    while (limits.may_guess(1, ahead)) {
    }
    EXPECT_TRUE(limits.admit("203.0.113.7", now));
    EXPECT_FALSE(limits.admit("203.0.113.7", now)) << "and counted again";
    EXPECT_TRUE(limits.admit_unsigned(shop, 60, false, now));
    EXPECT_TRUE(limits.may_guess(1, now));
}

TEST(Limits, CountANetworkOfIpv6AsOne) {
    Limits limits{3};
    for (int i = 1; i <= 3; ++i) EXPECT_TRUE(limits.admit(in_site(1, i), now));
    for (int i = 4; i < 300; ++i) EXPECT_FALSE(limits.admit(in_site(1, i), now)) << i;
    EXPECT_TRUE(limits.admit(in_site(2, 1), now));
}

TEST(Limits, CountASiteOfIpv6WithAHigherLimit) {
    Limits limits{3};
    int admitted = 0;
    for (int i = 0; i < 1000; ++i) admitted += limits.admit(in_site(i, 1), now) ? 1 : 0;
    EXPECT_EQ(admitted, 3 * http::site_factor);
    EXPECT_TRUE(limits.admit("2001:db8:8::1", now));
}

TEST(Limits, LetAMerchantsUnsignedLinksAskForSoMuchAMinuteAndTwiceThatAtOnce) {
    Limits limits{0};
    const MerchantId shop{1};
    const auto ask = [&](Instant at, bool unwanted = false) {
        return limits.admit_unsigned(shop, 60, unwanted, at);
    };
    for (int i = 0; i < 120; ++i) EXPECT_TRUE(ask(now)) << i;
    EXPECT_FALSE(ask(now));
    EXPECT_TRUE(ask(now + 1s));
    EXPECT_FALSE(ask(now + 1s));
    EXPECT_TRUE(limits.admit_unsigned(MerchantId{2}, 60, false, now)) << "another merchant";
    EXPECT_TRUE(limits.admit_unsigned(shop, 0, false, now)) << "no limit";
    // What most payers do not want comes ten times slower.
    int sent = 0;
    const auto later = now + 10min;
    for (int second = 0; second < 600; ++second) sent += ask(later + second * 1s, true) ? 1 : 0;
    EXPECT_GE(sent, 12 + 59);
    EXPECT_LE(sent, 12 + 60);
}

class Prompts : public test::Windows {
  protected:
    Prompts() {
        shop_.window.prompts_per_minute = 0;
        set_up();
    }
    // One more order for this phone: the answer to its form.
    http::Response ask(const std::string& phone) {
        const auto target = link("order-" + std::to_string(++orders_));
        return post(target, form(get(target), phone));
    }
    void cancelled(const std::string& phone) {
        EXPECT_EQ(ask(phone).status, 303);
        fail(prompt(), "1032");
        clock_.advance(3min);
    }
    int orders_ = 0;
};

TEST_F(Prompts, GoNoMoreToAPhoneThatSaidNoTwiceForAnHour) {
    cancelled("0712345678");
    cancelled("0712345678");
    const auto answer = ask("0712345678");
    EXPECT_EQ(answer.status, 422);
    EXPECT_NE(element(answer, "phone-error"), "");
    EXPECT_EQ(ask("0712345679").status, 303);
    clock_.advance(53min);
    EXPECT_EQ(ask("0712345678").status, 422) << "not an hour since the second one";
    clock_.advance(5min);
    EXPECT_EQ(ask("0712345678").status, 303);
}

TEST_F(Prompts, GoNoMoreToItForAFurtherAttemptEither) {
    const auto order = pay();
    fail(prompt(), "1032");
    clock_.advance(3min);
    const auto again = get(order + "&view=again");
    EXPECT_EQ(post(order + "&view=again", form(again, "0712345678")).status, 303);
    fail(prompt(), "1032");
    clock_.advance(3min);
    const auto third = get(order + "&view=again");
    EXPECT_EQ(post(order + "&view=again", form(third, "0712345678")).status, 422);
    EXPECT_EQ(post(order + "&view=again", form(third, "0712345679")).status, 303);
}

// A window on the same store, as after a restart.
TEST_F(Prompts, ToAPhoneAreCountedAcrossARestart) {
    for (int i = 0; i < 10; ++i) {
        EXPECT_EQ(ask("0712345678").status, 303) << i;
        take();
        clock_.advance(5min);
    }
    EXPECT_EQ(ask("0712345678").status, 422);
    const auto counted = store_.write([&](store::Tx& tx) {
        return recent(tx, MerchantId{1}, *Msisdn::parse("254712345678"), clock_.now()).rung;
    });
    EXPECT_EQ(counted, 10);
}

TEST_F(Prompts, OfLongAgoAreForgotten) {
    for (int i = 0; i < 6; ++i) {
        EXPECT_EQ(ask("071234560" + std::to_string(i)).status, 303);
        take();
    }
    clock_.advance(121min);
    for (int i = 0; i < 2; ++i) EXPECT_EQ(ask("071234560" + std::to_string(i)).status, 303);
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM window_prompts"), 2);
    clock_.advance(121min);
    EXPECT_EQ(store_.write([&](store::Tx& tx) { return forget_prompts(tx, clock_.now()); }), 2)
        << "those that no new one pushes out";
}

class Brake : public Prompts {
  protected:
    Brake() {
        shop_.window.prompts_per_minute = 60;
        set_up();
    }
    // So many prompts to as many phones; how many went out.
    int ask_many(int count, const std::string& result) {
        int sent = 0;
        for (int i = 0; i < count; ++i) {
            const auto number = std::to_string(100 + ++phones_);
            if (ask("0712345" + number).status != 303) continue;
            ++sent;
            if (!result.empty()) fail(prompt(), result);
        }
        return sent;
    }
    int phones_ = 0;
};

TEST_F(Brake, HoldsAMerchantsLinksWhenMostPromptsAreCancelledOrIgnored) {
    EXPECT_EQ(ask_many(20, "1037"), 20);
    clock_.advance(100s);
    // Two minutes' worth at a tenth of the pace.
    EXPECT_EQ(ask_many(30, ""), 12);
}

TEST_F(Brake, HoldsAMerchantsLinksAcrossARestart) {
    shop_.window.prompts_per_minute = 5;
    set_up();
    EXPECT_EQ(ask_many(12, ""), 10) << "two minutes' worth at once";
    restart_window();
    EXPECT_EQ(ask_many(3, ""), 0);
    clock_.advance(24s);
    restart_window();
    EXPECT_EQ(ask_many(5, ""), 2) << "what came of his time since";
    clock_.advance(10min);
    restart_window();
    EXPECT_EQ(ask_many(12, ""), 10);
}

TEST_F(Brake, LeavesAMerchantAloneWhosePayersPayOrLackMoney) {
    EXPECT_EQ(ask_many(14, "1"), 14);
    EXPECT_EQ(ask_many(6, "1032"), 6);
    clock_.advance(100s);
    EXPECT_EQ(ask_many(30, ""), 30);
}

TEST_F(Brake, DoesNotHoldSignedLinks) {
    Limits limits{0};
    store_.write([&](store::Tx& tx) {
        for (int i = 0; i < 40; ++i) {
            keep_prompt(tx, DepositId{ids_.next(clock_.now())}, MerchantId{1},
                        *Msisdn::parse("254712345678"), true, clock_.now());
        }
    });
    clock_.advance(100s);
    EXPECT_FALSE(store_.write([&](store::Tx& tx) {
        return recent(tx, MerchantId{1}, *Msisdn::parse("254712345678"), clock_.now()).unwanted;
    }));
}

}  // namespace
}  // namespace lango::window
