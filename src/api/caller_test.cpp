#include <gtest/gtest.h>

#include "api/api_fixture.hpp"

namespace lango::api {
namespace {

constexpr const char* path = "/api/v1/payment/create/mpesa";
constexpr const char* nobody = R"({"status":"fail","message":"Not found"})";

class Caller : public test::Endpoints {
  protected:
    // What is wrong with the fields is told to who was let in.
    void expect_let_in(const http::Request& request, bool let_in) {
        const auto answer = call(request);
        EXPECT_EQ(answer.status, let_in ? 200 : 404) << request.query << " " << request.body;
        if (!let_in) EXPECT_EQ(answer.body, nobody);
    }
};

TEST_F(Caller, IsFoundBySecretInQueryOrBody) {
    expect_let_in(post(path, "secret=secret-1", "{}"), true);
    expect_let_in(post(path, "a=b&secret=secret%2D1", "{}"), true);
    expect_let_in(post(path, "", R"({"secret":"secret-1"})"), true);
    expect_let_in(post(path, "secret=", R"({"secret":"secret-2"})"), true);
}

TEST_F(Caller, IsNobodyWithoutAKnownSecret) {
    expect_let_in(post(path, "", "{}"), false);
    expect_let_in(post(path, "secret=", "{}"), false);
    expect_let_in(post(path, "secret=Secret-1", "{}"), false);
    expect_let_in(post(path, "secret=secret-1%20", "{}"), false);
    expect_let_in(post(path, "Secret=secret-1", "{}"), false);
    expect_let_in(post(path, "", R"({"secret":null})"), false);
    expect_let_in(post(path, "", R"({"secret":["secret-1"]})"), false);
    // The query counts when it names one.
    expect_let_in(post(path, "secret=wrong", R"({"secret":"secret-1"})"), false);
}

// Who has no secret is not told what is wrong with the rest.
TEST_F(Caller, ThatIsNobodyLearnsNothingMore) {
    EXPECT_EQ(call(post(path, "secret=wrong", "no json")).body, nobody);
    auto request = post(path, "secret=wrong", "{}");
    request.headers.add("Content-Type", "text/plain");
    EXPECT_EQ(call(request).body, nobody);
}

TEST_F(Caller, IsLetInFromAddressesOfHisListOnly) {
    auto shop = merchant(1, "secret-1");
    shop.ip_allow_list = {"203.0.113.8"};
    directory_.replace({shop});
    expect_let_in(post(path, "secret=secret-1", "{}"), false);
    auto request = post(path, "secret=secret-1", "{}");
    request.peer = "203.0.113.8";
    expect_let_in(request, true);
}

TEST_F(Caller, SendsJsonUnderAnyOfItsNames) {
    for (const auto* type : {"application/json", "Application/JSON; charset=utf-8",
                             "application/vnd.api+json", " application/json "}) {
        auto request = post(path, "secret=secret-1", "{}");
        request.headers.add("Content-Type", type);
        EXPECT_EQ(call(request).status, 200) << type;
    }
    EXPECT_EQ(call(post(path, "secret=secret-1", "{}")).status, 200);
    for (const auto* type : {"text/json", "multipart/form-data", "application/jsonp", "", "json"}) {
        auto request = post(path, "secret=secret-1", "{}");
        request.headers.add("Content-Type", type);
        EXPECT_EQ(call(request).status, 415) << type;
    }
}

TEST_F(Caller, IsToldWhereHisJsonEnds) {
    const std::pair<const char*, int> bodies[] = {{"", 400},         {"nothing", 400},
                                                  {"{} {}", 400},    {"null", 400},
                                                  {"\"text\"", 400}, {"{\"a\":\"\xff\"}", 400}};
    for (const auto& [body, status] : bodies) {
        const auto answer = call(post(path, "secret=secret-1", body));
        EXPECT_EQ(answer.status, status) << body;
        EXPECT_TRUE(answer.body.starts_with(R"({"status":"fail","message":"The request body )"))
            << answer.body;
    }
    EXPECT_EQ(
        call(post(path, "secret=secret-1", std::string(40, '[') + std::string(40, ']'))).status,
        400);
}

}  // namespace
}  // namespace lango::api
