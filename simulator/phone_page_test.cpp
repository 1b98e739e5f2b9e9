#include "simulator/daraja_fixture.hpp"

namespace lango::simulator {
namespace {

class PhonePage : public DarajaTest {
  protected:
    void SetUp() override { begin(); }
    http::Response get_page(std::string path, std::string query = {}) {
        http::Request request;
        request.path = std::move(path);
        request.query = std::move(query);
        return ask(std::move(request)).value();
    }
    static std::string header(const http::Response& response, std::string_view name) {
        for (const auto& [field, value] : response.headers) {
            if (field == name) return value;
        }
        return {};
    }
};

TEST_F(PhonePage, ShowsNothingThatItDoesNotServe) {
    const auto page = get_page("/phone/");
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(page.content_type, "text/html; charset=utf-8");
    int files = 0;
    for (std::size_t at = page.body.find("\"./"); at != std::string::npos;
         at = page.body.find("\"./", at + 1)) {
        const auto name = page.body.substr(at + 3, page.body.find('"', at + 3) - at - 3);
        EXPECT_EQ(get_page("/phone/" + name).status, 200) << name;
        ++files;
    }
    EXPECT_EQ(files, 3) << "icon, sheet and script";
    EXPECT_EQ(page.body.find("http"), page.body.npos) << "nothing comes from elsewhere";
    EXPECT_NE(header(page, "Content-Security-Policy").find("default-src 'none'"),
              std::string::npos);
    EXPECT_EQ(get_page("/phone/assets/none.js").status, 404);
}

TEST_F(PhonePage, IsFoundFromTheRootWithThePhonesThatWereNamed) {
    EXPECT_EQ(header(get_page("/"), "Location"), "/phone/");
    const auto named = get_page("/phone", "phone=254712345678");
    EXPECT_EQ(named.status, 302);
    EXPECT_EQ(header(named, "Location"), "/phone/?phone=254712345678");
}

TEST_F(PhonePage, IsNoCallOfAMerchant) {
    get_page("/phone/");
    get_page("/");
    get_page("/phonebook");
    const auto calls = get("calls");
    ASSERT_FALSE(calls.find("calls")->array()->empty());
    for (const auto& call : *calls.find("calls")->array()) {
        EXPECT_FALSE(call.text_at("path").starts_with("/phone/"));
        EXPECT_NE(call.text_at("path"), "/");
    }
    EXPECT_EQ(calls.find("calls")->array()->back().text_at("path"), "/phonebook");
}

}  // namespace
}  // namespace lango::simulator
