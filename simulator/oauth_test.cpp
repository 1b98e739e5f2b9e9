#include "simulator/daraja_fixture.hpp"

namespace lango::simulator {
namespace {

class OAuth : public DarajaTest {
  protected:
    void SetUp() override { begin(); }
    std::string push_with(const std::string& token) {
        bearer_ = "Bearer " + token;
        return said(send_push(push_body("254712345678", 10)));
    }
    std::string fresh() { return json::parse(token().body)->text_at("access_token"); }
};

TEST_F(OAuth, GivesATokenOf28CharactersThatLastsAnHour) {
    const auto body = json::parse(token().body).value();
    EXPECT_EQ(body.text_at("access_token").size(), 28U);
    ASSERT_NE(body.find("expires_in")->string(), nullptr);
    EXPECT_EQ(body.text_at("expires_in"), "3599");
    let_time_pass(59min);
    EXPECT_EQ(push_with(body.text_at("access_token")).substr(0, 3), "200");
    let_time_pass(1min);
    EXPECT_EQ(push_with(body.text_at("access_token")), "404 404.001.03 Invalid Access Token");
}

TEST_F(OAuth, SaysExpiresInAsANumberWhenSwitched) {
    post("settings", R"({"expires_in_number":true})");
    EXPECT_NE(json::parse(token().body)->find("expires_in")->number(), nullptr);
}

TEST_F(OAuth, RefusesWhatIsNotBasicWhatIsNotAGrantAndStrangers) {
    EXPECT_EQ(said(token("Bearer x")), "400 400.008.01 Invalid Authentication passed");
    EXPECT_EQ(said(token("Basic eDp5", "grant_type=password")),
              "400 400.008.02 Invalid grant type passed");
    const auto stranger = token("Basic " + crypto::base64("sandbox-key:wrong"));
    EXPECT_EQ(stranger.status, 400);
    EXPECT_EQ(stranger.body, "");
}

TEST_F(OAuth, KeepsOldTokensUnlessSwitched) {
    const auto old = fresh();
    const auto next = fresh();
    EXPECT_NE(old, next);
    EXPECT_EQ(push_with(old).substr(0, 3), "200");
    let_time_pass(3min);
    post("settings", R"({"token_kills_old":true})");
    const auto last = fresh();
    EXPECT_EQ(push_with(next), "404 404.001.03 Invalid Access Token");
    EXPECT_EQ(push_with(last).substr(0, 3), "200");
}

}  // namespace
}  // namespace lango::simulator
