#include "http/router.hpp"

#include "http/loop_fixture.hpp"

namespace lango::http {
namespace {

asio::awaitable<Response> show(const Request&, const PathArguments& arguments) {
    Response response;
    for (const std::string& argument : arguments) response.body += '[' + argument + ']';
    co_return response;
}

class RouterTest : public testing::Test {
  protected:
    Response ask(Method method, std::string path) {
        Request request;
        request.method = method;
        request.path = std::move(path);
        return loop_.run(router_.handle(request));
    }
    Loop loop_;
    Router router_;
};

TEST_F(RouterTest, BindsDecodedSegments) {
    router_.add(Method::get, "/api/v1/payment/{order_id}/{part}", show);
    EXPECT_EQ(ask(Method::get, "/api/v1/payment/a%2Fb/c+d").body, "[a/b][c+d]");
}

TEST_F(RouterTest, MatchesWholePathsOnly) {
    router_.add(Method::get, "/a/{b}", show);
    router_.add(Method::get, "/", show);
    EXPECT_EQ(ask(Method::get, "/").status, 200);
    for (const char* path : {"/a", "/a/", "/a/b/", "/a/b/c", "/A/b", "//a/b", "", "*"}) {
        EXPECT_EQ(ask(Method::get, path).status, 404) << path;
    }
    EXPECT_EQ(ask(Method::get, "/x").body, R"({"status":"fail","message":"Not found"})");
}

TEST_F(RouterTest, TheFirstRouteAddedAnswers) {
    router_.add(Method::get, "/a/fixed",
                [](const Request&, const PathArguments&) -> asio::awaitable<Response> {
                    co_return Response{.body = "fixed"};
                });
    router_.add(Method::get, "/a/{b}", show);
    EXPECT_EQ(ask(Method::get, "/a/fixed").body, "fixed");
    EXPECT_EQ(ask(Method::get, "/a/other").body, "[other]");
}

TEST_F(RouterTest, AnotherMethodIs405WithAllow) {
    router_.add(Method::get, "/a", show);
    router_.add(Method::post, "/a", show);
    const Response response = ask(Method::other, "/a");
    EXPECT_EQ(response.status, 405);
    EXPECT_EQ(response.headers.at(0),
              (std::pair<std::string, std::string>{"Allow", "GET, HEAD, POST"}));
    EXPECT_EQ(response.body, R"({"status":"fail","message":"Method not allowed"})");
}

TEST_F(RouterTest, HeadIsAnsweredAsGet) {
    router_.add(Method::get, "/a/{b}", show);
    EXPECT_EQ(ask(Method::head, "/a/x").body, "[x]");
}

TEST_F(RouterTest, NotFoundCanBeReplaced) {
    router_.add(Method::get, "/a", show);
    router_.set_not_found(
        [](const Request& request, const PathArguments&) -> asio::awaitable<Response> {
            co_return Response{.status = 404, .body = "no " + request.path};
        });
    EXPECT_EQ(ask(Method::get, "/b").body, "no /b");
    EXPECT_EQ(ask(Method::post, "/a").status, 405);
}

}  // namespace
}  // namespace lango::http
