#include "rails/daraja/token.hpp"

#include "rails/daraja/daraja_fixture.hpp"

namespace lango::rails::daraja::test {
namespace {

class Token : public Connector {
  protected:
    std::optional<Secret> get() { return wait_for(source.get()); }
    std::string text() {
        const auto token = get();
        return token ? token->reveal() : "none";
    }
    TokenSource source{safaricom_,    clock_,           "https://rail.example",
                       Secret{"key"}, Secret{"secret"}, true};
};

TEST_F(Token, IsAskedForAsTheDocumentSays) {
    EXPECT_EQ(text(), "token-1");
    const auto& request = safaricom_.token_requests.at(0);
    EXPECT_EQ(request.method, http::Method::get);
    EXPECT_EQ(request.url, "https://rail.example/oauth/v1/generate?grant_type=client_credentials");
    EXPECT_EQ(header(request, "Authorization"), "Basic a2V5OnNlY3JldA==");
    EXPECT_EQ(request.body, "");
}

TEST_F(Token, IsKeptUntilAMinuteBeforeItsEnd) {
    EXPECT_EQ(text(), "token-1");
    clock_.advance(3599s - 61s);
    EXPECT_EQ(text(), "token-1");
    clock_.advance(1s);
    EXPECT_EQ(text(), "token-2");
    EXPECT_EQ(source.fetches(), 2U);
}

TEST_F(Token, TellsItsLifeAsNumberOrText) {
    safaricom_.token = [](std::size_t nth) {
        return Reply{.body = R"({"access_token":"token-)" + std::to_string(nth) +
                             R"(","expires_in":600})"};
    };
    EXPECT_EQ(text(), "token-1");
    clock_.advance(539s);
    EXPECT_EQ(text(), "token-1");
    clock_.advance(1s);
    EXPECT_EQ(text(), "token-2");
}

TEST_F(Token, OfAShortLifeIsUsedForHalfOfIt) {
    safaricom_.token = [](std::size_t nth) {
        return Reply{.body = R"({"access_token":"token-)" + std::to_string(nth) +
                             R"(","expires_in":"40"})"};
    };
    EXPECT_EQ(text(), "token-1");
    clock_.advance(19s);
    EXPECT_EQ(text(), "token-1");
    clock_.advance(1s);
    EXPECT_EQ(text(), "token-2");
}

// What the rail says of its life is not taken further than the document knows.
class TokenLife : public Token, public testing::WithParamInterface<const char*> {};
TEST_P(TokenLife, ThatCannotBeReadIsAnHour) {
    safaricom_.token = [](std::size_t nth) {
        return Reply{.body = R"({"access_token":"token-)" + std::to_string(nth) + "\"" +
                             GetParam() + "}"};
    };
    EXPECT_EQ(text(), "token-1");
    clock_.advance(3599s - 61s);
    EXPECT_EQ(text(), "token-1");
    clock_.advance(2s);
    EXPECT_EQ(text(), "token-2");
}
INSTANTIATE_TEST_SUITE_P(Bodies, TokenLife,
                         testing::Values("", R"(,"expires_in":null)", R"(,"expires_in":"soon")",
                                         R"(,"expires_in":-5)", R"(,"expires_in":3599.5)",
                                         R"(,"expires_in":9223372036854775807)",
                                         R"(,"expires_in":"1e17")"));

TEST_F(Token, IsFetchedOnceForAllWhoAskMeanwhile) {
    safaricom_.token = [](std::size_t nth) {
        return Reply{.body = R"({"access_token":"token-)" + std::to_string(nth) +
                             R"(","expires_in":"3599"})",
                     .takes = 3s};
    };
    std::vector<std::optional<std::optional<Secret>>> answers(50);
    for (auto& answer : answers) begin(source.get(), answer);
    clock_.advance(2s);
    EXPECT_FALSE(answers[0]);
    clock_.advance(1s);
    for (const auto& answer : answers) {
        ASSERT_TRUE(answer && *answer);
        EXPECT_EQ((*answer)->reveal(), "token-1");
    }
    EXPECT_EQ(source.fetches(), 1U);
}

TEST_F(Token, ThatCannotBeHadIsNobodysAndIsAskedForAgainByTheNext) {
    safaricom_.token = [](std::size_t nth) {
        return nth == 1 ? Reply{.status = 400, .body = "", .takes = 1s}
                        : Reply{.body = R"({"access_token":"x","expires_in":"3599"})"};
    };
    std::vector<std::optional<std::optional<Secret>>> answers(3);
    for (auto& answer : answers) begin(source.get(), answer);
    clock_.advance(1s);
    for (const auto& answer : answers) {
        ASSERT_TRUE(answer);
        EXPECT_EQ(*answer, std::nullopt);
    }
    EXPECT_EQ(source.fetches(), 1U);
    EXPECT_EQ(text(), "x");
}

class NoToken : public Token, public testing::WithParamInterface<Reply> {};
TEST_P(NoToken, IsMadeOfAnAnswerThatHasNone) {
    safaricom_.token = [](std::size_t) { return GetParam(); };
    EXPECT_EQ(text(), "none");
}
INSTANTIATE_TEST_SUITE_P(
    Answers, NoToken,
    testing::Values(Reply{.status = 400, .body = ""},
                    envelope(400, "400.008.01", "Invalid Authentication passed"),
                    envelope(400, "400.008.02", "Invalid grant type passed"),
                    envelope(200, "400.008.01", "Invalid Authentication passed"),
                    Reply{.body = html}, Reply{.body = soap}, Reply{.body = ""},
                    Reply{.body = R"({"access_token":"","expires_in":"3599"})"},
                    Reply{.body = R"({"access_token":7,"expires_in":"3599"})"},
                    Reply{.status = 503, .body = R"({"access_token":"x","expires_in":"3599"})"},
                    no_answer(http::Reached::not_sent), no_answer(http::Reached::unknown)));

TEST_F(Token, ThatTheRailRefusedIsReplaced) {
    const auto first = get();
    source.refused(*first);
    EXPECT_EQ(text(), "token-2");
    // Another caller who had the old one learns the same a little later: not again.
    source.refused(*first);
    EXPECT_EQ(text(), "token-2");
    EXPECT_EQ(source.fetches(), 2U);
}

// A client that throws, as none should: who comes later must not wait for ever.
TEST_F(Token, IsAskedForAgainAfterAClientThatThrew) {
    safaricom_.token = [](std::size_t nth) -> Reply {
        if (nth == 1) throw std::runtime_error{"broken"};
        return {.body = R"({"access_token":"x","expires_in":"3599"})"};
    };
    EXPECT_THROW(static_cast<void>(get()), std::runtime_error);
    EXPECT_EQ(text(), "x");
}

}  // namespace
}  // namespace lango::rails::daraja::test
