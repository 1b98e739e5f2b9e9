// What is asked of every request, the files, and the use cases by a session.
#include "console/console.hpp"

#include "console/console_fixture.hpp"

namespace lango::console {
namespace {

using testing::HasSubstr;
using testing::Not;

class Requests : public test::ConsoleTest {};

TEST_F(Requests, OfAnotherNameAreAnsweredNothing) {
    const Browser browser;
    for (const auto* path : {"/", "/session", "/admin/deposits", "/assets/main-1a.js"}) {
        auto request = this->request(browser, http::Method::get, path);
        request.headers = {};
        request.headers.add("Host", "rebound.example:8084");
        const auto response = send(request);
        EXPECT_EQ(response.status, 421) << path;
        EXPECT_EQ(response.body, "This console answers at http://localhost:8084\n");
    }
}

TEST_F(Requests, AreAnsweredWithHeadersThatLetNobodyFrameOrRunAnything) {
    Browser browser;
    for (const auto* path : {"/", "/payments/deposits/1", "/session", "/admin/deposits", "/live",
                             "/assets/gone.js", "/session/nothing"}) {
        const auto response = get_in(browser, path);
        const auto policy = header(response, "Content-Security-Policy");
        EXPECT_THAT(policy, HasSubstr("frame-ancestors 'none'")) << path;
        EXPECT_THAT(policy, HasSubstr("default-src 'none'")) << path;
        EXPECT_THAT(policy, Not(HasSubstr("unsafe"))) << path;
        EXPECT_EQ(header(response, "X-Frame-Options"), "DENY") << path;
        EXPECT_EQ(header(response, "Referrer-Policy"), "no-referrer") << path;
        EXPECT_EQ(header(response, "Cross-Origin-Opener-Policy"), "same-origin") << path;
        EXPECT_EQ(header(response, "Cross-Origin-Resource-Policy"), "same-origin") << path;
        EXPECT_THAT(header(response, "Permissions-Policy"),
                    HasSubstr("publickey-credentials-get=(self)"))
            << path;
    }
}

TEST_F(Requests, ForPlacesOfTheApplicationGetItsPage) {
    Browser browser;
    for (const auto* path :
         {"/", "/payments/deposits/0123", "/invitation/abc", "/administrators"}) {
        EXPECT_EQ(get_in(browser, path).body, "page") << path;
    }
    EXPECT_EQ(get_in(browser, "/icon.svg").body, "icon");
    const auto script = get_in(browser, "/assets/main-1a.js");
    EXPECT_EQ(script.body, "script");
    EXPECT_EQ(header(script, "Cache-Control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(get_in(browser, "/assets/gone.js").status, 404);
    EXPECT_EQ(get_in(browser, "/session/gone").status, 404);
    EXPECT_EQ(post_in(browser, "/").status, 405);
    EXPECT_EQ(post_in(browser, "/session/list").status, 403) << "no session yet, not even nobody's";
}

TEST_F(Requests, OfAnotherSiteChangeNothing) {
    auto amina = enroll_in_browser("amina");
    auto forged = request(amina, http::Method::post, "/admin/rates", "{}");
    forged.headers = {};
    forged.headers.add("Host", "localhost:8084");
    forged.headers.add("Cookie", "__Host-lango=" + id(amina));
    forged.headers.add("Origin", "http://evil.example");
    forged.headers.add("Content-Type", "text/plain");
    EXPECT_EQ(send(forged).status, 403);
    EXPECT_THAT(send(forged).body, HasSubstr(R"("code":"foreign_page")"));
    // Nor with the token of a session of its own.
    const auto evil = opened();
    auto other = request(amina, http::Method::post, "/session/end", "{}");
    other.headers = {};
    other.headers.add("Host", "localhost:8084");
    other.headers.add("Cookie", "__Host-lango=" + id(amina));
    other.headers.add("Origin", test::url);
    other.headers.add("Content-Type", "application/json");
    other.headers.add(std::string{csrf_header}, evil.csrf);
    EXPECT_EQ(send(other).status, 403);
    EXPECT_EQ(state(amina), "in");
    auto asked = request(amina, http::Method::get, "/admin/deposits");
    asked.headers.add("Sec-Fetch-Site", "cross-site");
    EXPECT_EQ(send(asked).status, 403);
}

TEST_F(Requests, OfNobodyReachNoUseCase) {
    auto nobody = opened();
    for (const auto& use : backoffice::use_cases()) {
        const std::string path{use.path.substr(0, use.path.find("/{"))};
        const auto response = use.is_question() ? get_in(nobody, std::string{use.path})
                                                : post_in(nobody, std::string{use.path});
        EXPECT_EQ(response.status, 401) << use.name << path;
        EXPECT_THAT(response.body, HasSubstr(R"("code":"nobody")")) << use.name;
    }
}

TEST_F(Requests, WithNamesAndKeysOfTheSocketAreNobodys) {
    auto nobody = opened();
    auto request = this->request(nobody, http::Method::get, "/admin/deposits");
    for (const auto& [name, value] : signed_by("amina", {})) {
        request.headers.add(name == "as" ? "Lango-As" : "Lango-Key", value);
    }
    EXPECT_EQ(send(request).status, 401);
}

TEST_F(Requests, AskAndActAsTheSessionsPerson) {
    auto amina = enroll_in_browser("amina");
    static_cast<void>(order());
    EXPECT_THAT(get_in(amina, "/admin/deposits").body, HasSubstr(R"("status":"ok")"));
    const auto rates = post_in(amina, "/admin/paybill/register");
    EXPECT_THAT(rates.body, Not(HasSubstr("not_permitted"))) << "a session is enough for this one";
    const Members withdrawal{{"merchant", "shop"},
                             {"account_number", "0712345678"},
                             {"amount", "100"},
                             {"label", "user"}};
    const auto refused = post_in(amina, "/admin/withdrawals", withdrawal);
    EXPECT_EQ(refused.status, 403);
    EXPECT_THAT(refused.body, HasSubstr(R"("code":"key_needed")"));
    EXPECT_THAT(post_in(amina, "/admin/withdrawals", withdrawal, "000000").body,
                HasSubstr(R"("code":"wrong_code")"));
    const auto code = this->code(phones_.at("amina"));
    EXPECT_THAT(post_in(amina, "/admin/withdrawals", withdrawal, code).body,
                HasSubstr(R"("status":"ok")"));
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM operator_acts WHERE act = 'withdrawal created' "
                            "AND who = 'amina'"),
              1);
    EXPECT_THAT(post_in(amina, "/admin/withdrawals", withdrawal, code).body,
                HasSubstr(R"("code":"wrong_code")"))
        << "a code is good once";
}

TEST_F(Requests, UpNoCodeThatCouldNotBeUsed) {
    auto amina = enroll_in_browser("amina");
    const auto code = this->code(phones_.at("amina"));
    EXPECT_THAT(post_in(amina, "/admin/withdrawals", {{"merchant", "shop"}}, code).body,
                HasSubstr(R"("code":"field_missing")"));
    EXPECT_THAT(post_in(amina, "/admin/users", {{"name", "eve"}}, code).body,
                HasSubstr(R"("code":"not_permitted")"));
    EXPECT_THAT(post_in(amina, "/admin/withdrawals",
                        {{"merchant", "shop"},
                         {"account_number", "0712345678"},
                         {"amount", "100"},
                         {"label", "user"}},
                        code)
                    .body,
                HasSubstr(R"("status":"ok")"));
}

TEST_F(Requests, TwoPeopleAgreeInTheBrowser) {
    auto amina = enroll_in_browser("amina");
    auto brian = enroll_in_browser("brian");
    const auto deposit = order();
    const auto proposed =
        json::parse(post_in(amina, "/admin/deposits/" + deposit + "/settle",
                            {{"receipt", "UKT1234567"}}, code(phones_.at("amina")))
                        .body);
    ASSERT_EQ(proposed->text_at("outcome"), "proposed");
    next_code();
    const auto agree = "/admin/proposals/" + proposed->text_at("proposal") + "/agree";
    const Members seen{{"seen", proposed->text_at("code")}};
    EXPECT_THAT(post_in(amina, agree, seen, code(phones_.at("amina"))).body,
                HasSubstr("Nobody agrees to their own"));
    EXPECT_THAT(post_in(brian, agree, seen).body, HasSubstr(R"("code":"key_needed")"));
    EXPECT_THAT(post_in(brian, agree, seen, code(phones_.at("brian"))).body,
                HasSubstr(R"("outcome":"paid")"));
}

TEST_F(Requests, ForAnInvitationNameItsAddress) {
    const auto answer = json::parse(ask("/admin/users/amina/invite", {}));
    EXPECT_THAT(answer->text_at("url"), testing::StartsWith("http://localhost:8084/invitation/"));
    // amina has a key of her own: whoever else invited her would become her.
    EXPECT_THAT(as("brian", "/admin/users/amina/invite"), HasSubstr("not_permitted"));
    enrol("root", "administrator");
    EXPECT_THAT(as("root", "/admin/users/amina/invite"),
                HasSubstr("they make the invitation themselves"));
    const auto own = json::parse(as("amina", "/admin/own-invitation"));
    EXPECT_EQ(own->text_at("name"), "amina");
}

}  // namespace
}  // namespace lango::console
