// The way in, step by step, and the ways that lead nowhere.
#include "console/console_fixture.hpp"

namespace lango::console {
namespace {

using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

class LogIn : public test::ConsoleTest {
  protected:
    http::Response password(Browser& browser, const std::string& name,
                            const std::string& text = test::good_password) {
        return post_in(browser, "/session", {{"name", name}, {"password", text}});
    }
};

TEST_F(LogIn, TakesAPasswordAndThenACodeAndTellsWhoIsIn) {
    static_cast<void>(enroll_in_browser("amina"));
    auto browser = opened();
    EXPECT_EQ(state(browser), "none");
    EXPECT_THAT(password(browser, "amina").body, HasSubstr(R"("state":"second_factor")"));
    EXPECT_EQ(get_in(browser, "/admin/deposits").status, 403);
    EXPECT_EQ(get_in(browser, "/session/list").status, 403);
    EXPECT_EQ(post_in(browser, "/session/totp/begin").status, 403)
        << "a password alone changes no second factor";
    const auto in = post_in(browser, "/session/code", {{"code", code(phones_.at("amina"))}});
    const auto told = json::parse(in.body);
    EXPECT_EQ(told->text_at("state") + " " + told->text_at("name") + " " + told->text_at("role"),
              "in amina operator");
    EXPECT_EQ(told->text_at("zone") + " " + told->text_at("version"), "Africa/Nairobi 1.2.3");
    EXPECT_EQ(told->text_at("recovery_left"), "10");
    EXPECT_TRUE(told->find("merchant")->is_null());
    EXPECT_THAT(in.body, HasSubstr(R"("factors":["totp"])"));
    EXPECT_THAT(in.body, HasSubstr(R"("withdrawals_approve")"));
    EXPECT_THAT(in.body, Not(HasSubstr(R"("people.write")")));
    EXPECT_THAT(get_in(browser, "/admin/deposits").body, HasSubstr(R"("status":"ok")"));
}

TEST_F(LogIn, HasAnotherIdAtEachStep) {
    static_cast<void>(enroll_in_browser("amina"));
    auto browser = opened();
    const auto fixed = browser;  // what somebody put there before
    static_cast<void>(password(browser, "amina"));
    const auto half = browser;
    static_cast<void>(post_in(browser, "/session/code", {{"code", code(phones_.at("amina"))}}));
    const auto whole = browser;
    for (auto before : {fixed, half}) {
        EXPECT_NE(id(before), id(whole));
        EXPECT_EQ(state(before), "none");
    }
    EXPECT_NE(fixed.csrf, whole.csrf);
    static_cast<void>(post_in(browser, "/session/end"));
    EXPECT_EQ(state(browser), "none");
    auto stolen = whole;
    EXPECT_EQ(state(stolen), "none");
}

TEST_F(LogIn, SetsCookiesThatNoScriptAndNoOtherSiteGets) {
    static_cast<void>(enroll_in_browser("amina"));
    auto browser = opened();
    static_cast<void>(password(browser, "amina"));
    const auto in = post_in(browser, "/session/code", {{"code", code(phones_.at("amina"))}});
    int cookies = 0;
    for (const auto& [name, value] : in.headers) {
        if (name != "Set-Cookie") continue;
        ++cookies;
        EXPECT_THAT(value, testing::StartsWith("__Host-lango"));
        EXPECT_THAT(value, HasSubstr("; Path=/; Secure; HttpOnly; SameSite=Strict"));
    }
    EXPECT_EQ(cookies, 2);
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM browser_sessions WHERE length(id_hash) = 32"), 2);
}

TEST_F(LogIn, TellsNobodyWhoThereIs) {
    auto browser = opened();
    const auto unknown = password(browser, "nobody").body;
    const auto without_password = password(browser, "brian").body;
    static_cast<void>(enroll_in_browser("amina"));
    const auto wrong = password(browser, "amina", "tembo anapanda mlimb").body;
    EXPECT_EQ(unknown, wrong);
    EXPECT_EQ(without_password, wrong);
    EXPECT_THAT(wrong, HasSubstr(R"("code":"wrong_password")"));
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM operator_acts WHERE act = 'key refused' AND "
                            "subject = 'amina' AND who = 'the console'"),
              1);
}

TEST_F(LogIn, OfWhoTriesManyPasswordsWaitsLongerAndLonger) {
    static_cast<void>(enroll_in_browser("amina"));
    auto eve = opened();
    eve.peer = "198.51.100.1";
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(password(eve, "amina", "wrong wrong wrong").status, 401);
    }
    const auto slow = password(eve, "amina");
    EXPECT_EQ(slow.status, 429) << "though it is the right one";
    EXPECT_THAT(slow.body, HasSubstr(R"("code":"slow_down")"));
    EXPECT_EQ(json::parse(slow.body)->text_at("retry_after_s"), "1");
    EXPECT_EQ(header(slow, "Retry-After"), "1");
    // From elsewhere, too: it is the name that is tried.
    auto other = opened();
    other.peer = "192.0.2.9";
    EXPECT_EQ(password(other, "amina").status, 429);
    clock_.advance(1s);
    EXPECT_EQ(password(eve, "amina", "wrong wrong wrong").status, 401);
    EXPECT_EQ(json::parse(password(eve, "amina").body)->text_at("retry_after_s"), "2");
}

TEST_F(LogIn, OfStrangersHoldsNobodyUpInTheirOwnBrowser) {
    auto own = enroll_in_browser("amina");
    static_cast<void>(post_in(own, "/session/end"));
    auto eve = opened();
    eve.peer = "198.51.100.1";
    for (int i = 0; i < 200; ++i) {
        static_cast<void>(password(eve, "amina", "wrong wrong wrong"));
        clock_.advance(10s);
    }
    EXPECT_EQ(password(eve, "amina").status, 429);
    EXPECT_THAT(password(own, "amina").body, HasSubstr(R"("state":"second_factor")"));
    // What eve makes up herself is no such browser.
    eve.cookies["__Host-lango-known"] = "amina~aaaaaaaaaaaaaaaa~00000000000000000000000000000000";
    EXPECT_EQ(password(eve, "amina").status, 429);
}

TEST_F(LogIn, OfOneAddressThatTriesManyNamesWaits) {
    auto eve = opened();
    int tried = 0;
    while (password(eve, "name" + std::to_string(tried), "wrong wrong wrong").status == 401) {
        ++tried;
        ASSERT_LT(tried, 100);
    }
    EXPECT_EQ(tried, 20);
    auto other = opened();
    other.peer = "192.0.2.9";
    EXPECT_EQ(password(other, "name", "wrong wrong wrong").status, 401);
}

TEST_F(LogIn, OfWhoKnowsThePasswordTriesFewCodes) {
    static_cast<void>(enroll_in_browser("amina"));
    auto eve = opened();
    eve.peer = "198.51.100.1";
    int tried = 0;
    for (;; ++tried) {
        ASSERT_LT(tried, 100);
        // A right password in between gives no new tries.
        ASSERT_EQ(password(eve, "amina").status, 200);
        if (post_in(eve, "/session/code", {{"code", "000000"}}).status == 429) break;
    }
    EXPECT_EQ(tried, 5);
}

TEST_F(LogIn, TakesEachCodeAndEachRecoveryCodeOnce) {
    static_cast<void>(enroll_in_browser("amina"));
    const auto code = this->code(phones_.at("amina"));
    const auto log_in = [&](const std::string& shown) {
        auto browser = opened();
        static_cast<void>(password(browser, "amina"));
        return post_in(browser, "/session/code", {{"code", shown}}).status;
    };
    EXPECT_EQ(log_in(code), 200);
    EXPECT_EQ(log_in(code), 403) << "replayed";
    const auto recovery = phones_.at("amina").recovery_codes.at(0);
    EXPECT_EQ(log_in(recovery), 200);
    EXPECT_EQ(log_in(recovery), 403);
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM operator_acts WHERE act = 'recovery code used'"),
              1);
}

TEST_F(LogIn, EndsWhenNothingComesAndWithTheDay) {
    auto amina = enroll_in_browser("amina");
    clock_.advance(29min);
    EXPECT_EQ(get_in(amina, "/admin/deposits").status, 200);
    clock_.advance(29min);
    EXPECT_EQ(get_in(amina, "/admin/deposits").status, 200) << "asking keeps it";
    clock_.advance(31min);
    EXPECT_EQ(get_in(amina, "/admin/deposits").status, 401);
    EXPECT_EQ(state(amina), "none");
}

TEST_F(LogIn, ListsAndEndsOnesOwnSessions) {
    auto first = enroll_in_browser("amina");
    auto second = logged_in("amina");
    auto brian = enroll_in_browser("brian");
    const auto listed = json::parse(get_in(first, "/session/list").body);
    const auto& sessions = *listed->find("sessions")->array();
    ASSERT_EQ(sessions.size(), 2U);
    EXPECT_TRUE(*sessions[1].find("current")->boolean());
    EXPECT_EQ(sessions[0].text_at("browser") + " " + sessions[0].text_at("address"),
              "Firefox 203.0.113.7");
    const Members id_of_second{{"id", sessions[0].text_at("id")}};
    EXPECT_THAT(post_in(brian, "/session/list/end", id_of_second).body,
                HasSubstr("no such session of yours"));
    EXPECT_THAT(post_in(first, "/session/list/end", id_of_second).body, HasSubstr(R"("ok")"));
    EXPECT_EQ(state(second), "none");
    EXPECT_EQ(state(first), "in");
    EXPECT_THAT(post_in(first, "/session/list/end", {{"id", "1 OR 1=1"}}).body,
                HasSubstr("no such session"));
}

TEST_F(LogIn, EndsWithThePersonAndWithAnotherPassword) {
    auto amina = enroll_in_browser("amina");
    auto elsewhere = logged_in("amina");
    EXPECT_THAT(post_in(amina, "/session/password",
                        {{"old", "not the old one"}, {"new", "nyuki huruka juu ya maua"}})
                    .body,
                HasSubstr(R"("code":"wrong_password")"));
    EXPECT_THAT(
        post_in(amina, "/session/password", {{"old", test::good_password}, {"new", "password1234"}})
            .body,
        HasSubstr(R"("code":"weak_password")"));
    const auto before = id(amina);
    EXPECT_THAT(post_in(amina, "/session/password",
                        {{"old", test::good_password}, {"new", "nyuki huruka juu ya maua"}})
                    .body,
                HasSubstr(R"("state":"in")"));
    EXPECT_NE(id(amina), before);
    EXPECT_EQ(state(elsewhere), "none");
    EXPECT_EQ(state(amina), "in");
    auto again = opened();
    EXPECT_EQ(password(again, "amina").status, 401);
    EXPECT_EQ(password(again, "amina", "nyuki huruka juu ya maua").status, 200);
    EXPECT_THAT(ask("/admin/users/amina/remove", {}), HasSubstr(R"("ok")"));
    EXPECT_EQ(state(amina), "none");
    EXPECT_EQ(get_in(amina, "/admin/deposits").status, 401);
}

TEST_F(LogIn, ByAnInvitationIsForOnceAndAsksForASecondFactor) {
    const auto token = invitation("amina");
    auto browser = opened();
    EXPECT_THAT(
        post_in(browser, "/session/invitation", {{"token", token}, {"password", "amina-amina-1"}})
            .body,
        HasSubstr(R"("code":"weak_password")"));
    EXPECT_THAT(post_in(browser, "/session/invitation",
                        {{"token", token}, {"password", test::good_password}})
                    .body,
                HasSubstr(R"("state":"enroll")"));
    EXPECT_EQ(get_in(browser, "/admin/deposits").status, 403) << "nobody is in without one";
    auto other = opened();
    EXPECT_THAT(
        post_in(other, "/session/invitation", {{"token", token}, {"password", test::good_password}})
            .body,
        HasSubstr(R"("code":"invitation_over")"));
    EXPECT_THAT(post_in(browser, "/session/totp", {{"code", "000000"}}).body,
                HasSubstr(R"("code":"wrong_code")"));
    EXPECT_THAT(password(other, "amina").body, HasSubstr(R"("state":"enroll")"))
        << "who went away before the phone was there goes on where they were";
}

TEST_F(LogIn, ShowsTheSecondFactorBeforeThereIsAnotherOne) {
    auto amina = enroll_in_browser("amina");
    auto elsewhere = logged_in("amina");
    EXPECT_THAT(post_in(amina, "/session/totp/begin").body, HasSubstr(R"("code":"key_needed")"));
    const auto begun =
        json::parse(post_in(amina, "/session/totp/begin", {}, code(phones_.at("amina"))).body);
    const test::ConsoleTest::Phone next{
        .secret = people::totp::from_base32(begun->text_at("secret")), .recovery_codes = {}};
    EXPECT_THAT(begun->text_at("uri"), testing::StartsWith("otpauth://totp/Lango:amina?secret="));
    EXPECT_THAT(begun->text_at("qr"), testing::StartsWith("M4 4h7v1h-7z"));
    EXPECT_THAT(post_in(amina, "/session/totp", {{"code", code(next)}}).body,
                HasSubstr(R"("recovery_codes":[")"));
    EXPECT_EQ(state(amina), "in");
    EXPECT_EQ(state(elsewhere), "none");
    next_code();
    EXPECT_THAT(post_in(amina, "/session/recovery").body, HasSubstr(R"("code":"key_needed")"));
    EXPECT_THAT(post_in(amina, "/session/recovery", {}, code(next)).body,
                HasSubstr(R"("recovery_codes":[")"));
}

TEST_F(LogIn, OfAMerchantsOwnPersonNamesTheMerchant) {
    enrol_for("otieno", people::Role::finance, MerchantId{1});
    auto browser = enroll_in_browser("otieno");
    const auto told = json::parse(get_in(browser, "/session").body);
    EXPECT_EQ(told->text_at("merchant"), "shop");
}

}  // namespace
}  // namespace lango::console
