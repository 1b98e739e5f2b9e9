// For tests: the console over the same parts as the local socket, people who come in by it, and a
// browser that keeps its cookies.
#pragma once
#include <map>

#include "backoffice/operators_fixture.hpp"
#include "console/console.hpp"
#include "console/guard.hpp"
#include "people/invitations.hpp"
#include "people/totp.hpp"

namespace lango::console::test {

using namespace std::chrono_literals;

inline constexpr const char* url = "http://localhost:8084";
inline constexpr const char* good_password = "tembo anapanda mlima";

class ConsoleTest : public backoffice::test::Operators {
  protected:
    // One browser, and what a page of ours in it has been told.
    struct Browser {
        std::map<std::string, std::string> cookies{};
        std::string csrf{};
        std::string peer = "203.0.113.7";
    };
    struct Phone {
        Secret secret;
        std::vector<std::string> recovery_codes;
    };

    ConsoleTest() { add_merchant("other"); }

    void add_merchant(const std::string& slug) {
        store_.write([&](store::Tx& tx) {
            EXPECT_TRUE(
                merchants::create(tx, master_, random_, api::test::start, slug, "", "test"));
        });
        refresh();
    }
    http::Response send(http::Request request) { return store_.wait_for(console_.answer(request)); }
    // As a page of ours sends it.
    static http::Request request(const Browser& browser, http::Method method,
                                 const std::string& target, const std::string& body = {}) {
        http::Request request;
        request.method = method;
        request.path = target.substr(0, target.find('?'));
        if (target.find('?') != std::string::npos) {
            request.query = target.substr(target.find('?') + 1);
        }
        request.body = body;
        request.peer = browser.peer;
        request.headers.add("Host", "localhost:8084");
        request.headers.add("User-Agent", "Firefox");
        std::string cookies;
        for (const auto& [name, value] : browser.cookies) {
            cookies += (cookies.empty() ? "" : "; ") + name + "=" + value;
        }
        if (!cookies.empty()) request.headers.add("Cookie", cookies);
        if (method == http::Method::post) {
            request.headers.add("Origin", url);
            request.headers.add("Content-Type", "application/json");
            request.headers.add(std::string{csrf_header}, browser.csrf);
        }
        return request;
    }
    http::Response in(Browser& browser, http::Request request) {
        auto response = send(std::move(request));
        for (const auto& [name, value] : response.headers) {
            if (name != "Set-Cookie") continue;
            const auto equals = value.find('=');
            browser.cookies[value.substr(0, equals)] =
                value.substr(equals + 1, value.find(';') - equals - 1);
        }
        if (const auto tree = json::parse(response.body)) {
            if (const auto csrf = tree->text_at("csrf"); !csrf.empty()) browser.csrf = csrf;
        }
        return response;
    }
    http::Response get_in(Browser& browser, const std::string& target) {
        return in(browser, request(browser, http::Method::get, target));
    }
    http::Response post_in(Browser& browser, const std::string& target, const Members& members = {},
                           const std::string& code = {}) {
        auto sent = request(browser, http::Method::post, target, object_of(members));
        if (!code.empty()) sent.headers.add("Lango-Code", code);
        return in(browser, std::move(sent));
    }
    Browser opened() {
        Browser browser;
        static_cast<void>(get_in(browser, "/session"));
        return browser;
    }
    std::string state(Browser& browser) {
        return json::parse(get_in(browser, "/session").body)->text_at("state");
    }
    static std::string id(const Browser& browser) {
        return browser.cookies.at(std::string{session_cookie});
    }

    std::string invitation(const std::string& name) {
        return store_.write([&](store::Tx& tx) {
            return people::invite(tx, master_, random_, clock_.now(), name, name)->token;
        });
    }
    std::string code(const Phone& phone, int steps = 0) {
        return people::totp::code_at(phone.secret, people::totp::step_at(clock_.now()) + steps);
    }
    // By an invitation, in a browser of their own, which is in after it.
    Browser enroll_in_browser(const std::string& name) {
        auto browser = opened();
        auto answer = post_in(browser, "/session/invitation",
                              {{"token", invitation(name)}, {"password", good_password}});
        EXPECT_THAT(answer.body, testing::HasSubstr(R"("state":"enroll")"));
        const auto begun = json::parse(post_in(browser, "/session/totp/begin").body);
        auto& phone = phones_[name];
        phone.secret = people::totp::from_base32(begun->text_at("secret"));
        answer = post_in(browser, "/session/totp", {{"code", code(phone)}});
        EXPECT_THAT(answer.body, testing::HasSubstr(R"("state":"in")"));
        phone.recovery_codes.clear();
        const auto told = json::parse(answer.body);
        for (const auto& one : *told->find("recovery_codes")->array()) {
            phone.recovery_codes.push_back(*one.string());
        }
        next_code();
        return browser;
    }
    // Time passes until every phone shows another code.
    void next_code() { clock_.advance(people::totp::step_lasts); }
    Browser logged_in(const std::string& name) {
        auto browser = opened();
        static_cast<void>(
            post_in(browser, "/session", {{"name", name}, {"password", good_password}}));
        const auto answer = post_in(browser, "/session/code", {{"code", code(phones_.at(name))}});
        EXPECT_THAT(answer.body, testing::HasSubstr(R"("state":"in")"));
        next_code();
        return browser;
    }
    // A merchant's own person, who has shown nothing yet.
    void enrol_for(const std::string& name, people::Role role, MerchantId merchant) {
        store_.write([&](store::Tx& tx) {
            EXPECT_TRUE(people::add(tx, master_, random_, clock_.now(),
                                    {.name = name, .role = role, .merchant = merchant}, "test"));
        });
    }

    std::map<std::string, Phone> phones_;
    const http::Asset files_[3]{{.name = "index.html",
                                 .content_type = "text/html",
                                 .bytes = "page",
                                 .gzip = {},
                                 .etag = "\"1\""},
                                {.name = "icon.svg",
                                 .content_type = "image/svg+xml",
                                 .bytes = "icon",
                                 .gzip = {},
                                 .etag = "\"2\""},
                                {.name = "assets/main-1a.js",
                                 .content_type = "text/javascript",
                                 .bytes = "script",
                                 .gzip = {},
                                 .etag = "\"3\""}};
    Console console_{{.backoffice = admin_parts_,
                      .executor = store_.context().get_executor(),
                      .hashing = store_.context().get_executor()},
                     {.public_url = url, .version = "1.2.3", .files = files_}};
};

}  // namespace lango::console::test
