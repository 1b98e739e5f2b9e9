// The merchant API's answers, byte for byte.
#include <gtest/gtest.h>

#include "base/json.hpp"
#include "tests/simulation/world.hpp"

namespace lango::simulation {
namespace {

using namespace std::chrono_literals;
using http::Method;

constexpr const char* create_path = "/api/v1/payment/create/mpesa?secret=SECRET";

std::string body_with(const std::string& amount = "1000",
                      const std::string& phone = "\"254712344321\"",
                      const std::string& id = "\"01abc0095689\"") {
    return R"({"amount": )" + amount + R"(, "phone_number": )" + phone +
           R"(, "currency": "KES", "label": "test", "custom_transaction_id": )" + id + "}";
}

http::Headers header(const std::string& name, const std::string& value) {
    http::Headers headers;
    headers.add(name, value);
    return headers;
}

class Api : public testing::Test {
  protected:
    World world{{.seed = 3}};
    http::Response create(const std::string& body, http::Headers headers = {}) {
        return world.call(Method::post, create_path, body, std::move(headers));
    }
};

TEST_F(Api, AnswersAsThePageDoes) {
    const auto answer = create(body_with());
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.content_type, "application/json");
    ASSERT_EQ(answer.body.size(), 107U) << answer.body;
    EXPECT_TRUE(answer.body.starts_with(R"({"status":"ok","data":{"order_id":")"));
    EXPECT_TRUE(
        answer.body.ends_with(R"(","message":"Success. Request accepted for processing"}})"));
    const auto order = answer.body.substr(35, 16);
    EXPECT_EQ(order.find_first_not_of("0123456789abcdef"), std::string::npos);
}

TEST_F(Api, TakesTheSecretFromTheBodyToo) {
    const auto body_secret = [&](const std::string& secret) {
        auto body = body_with();
        body.insert(1, R"("secret": ")" + secret + R"(", )");
        return world.call(Method::post, "/api/v1/payment/create/mpesa", body);
    };
    for (const auto& wrong :
         {body_secret("nobody's"),
          world.call(Method::post, "/api/v1/payment/create/mpesa", body_with())}) {
        EXPECT_EQ(wrong.status, 404);
        EXPECT_EQ(wrong.body, R"({"status":"fail","message":"Not found"})");
    }
    EXPECT_NE(body_secret("SECRET").body.find("order_id"), std::string::npos)
        << world.last_answer.body;
}

struct Malformed {
    const char* what;
    std::string body;
    int status;
    const char* answer;
};

class MalformedRequest : public testing::TestWithParam<Malformed> {};
TEST_P(MalformedRequest, HasItsExactAnswer) {
    World world{{.seed = 4}};
    const auto answer = world.call(Method::post, create_path, GetParam().body);
    EXPECT_EQ(answer.status, GetParam().status);
    EXPECT_EQ(answer.body, GetParam().answer) << GetParam().what;
    // Nothing was stored.
    EXPECT_NE(world.create(1000, "254712344321", "01abc0095689"), "");
}
INSTANTIATE_TEST_SUITE_P(
    Table, MalformedRequest,
    testing::Values(
        Malformed{
            "everything missing", "{}", 200,
            R"({"status":"fail","message":{"amount":["The amount field is required."],"phone_number":["The phone number field is required."],"currency":["The currency field is required."],"label":["The label field is required."],"custom_transaction_id":["The custom transaction id field is required."]}})"},
        Malformed{"an array", "[]", 400,
                  R"({"status":"fail","message":"The request body must be a JSON object."})"},
        Malformed{"a word for a number", body_with("\"ten\""), 200,
                  R"({"status":"fail","message":{"amount":["The amount must be a number."]}})"},
        Malformed{
            "cents", body_with("1000.50"), 200,
            R"({"status":"fail","message":{"amount":["The amount must be a whole number of shillings: M-PESA moves no cents."]}})"},
        Malformed{"below the minimum", body_with("9"), 200,
                  R"({"status":"fail","message":{"amount":["The amount must be at least 10."]}})"},
        Malformed{
            "above the maximum", body_with("250001"), 200,
            R"({"status":"fail","message":{"amount":["The amount must not be greater than 250000."]}})"},
        Malformed{
            "beyond every number", body_with("1e400"), 200,
            R"({"status":"fail","message":{"amount":["The amount must be a whole number of shillings: M-PESA moves no cents."]}})"},
        Malformed{
            "a local phone number", body_with("1000", "\"0712344321\""), 200,
            R"({"status":"fail","message":{"phone_number":["The phone number format is invalid."]}})"},
        Malformed{
            "a number for a text", body_with("1000", "254712344321"), 200,
            R"({"status":"fail","message":{"phone_number":["The phone number must be a string."]}})"},
        Malformed{
            "a blank id", body_with("1000", "\"254712344321\"", "\"  \""), 200,
            R"({"status":"fail","message":{"custom_transaction_id":["The custom transaction id field is required."]}})"},
        Malformed{
            "an id that is too long",
            body_with("1000", "\"254712344321\"", "\"" + std::string(191, 'x') + "\""), 200,
            R"({"status":"fail","message":{"custom_transaction_id":["The custom transaction id must not be greater than 190 characters."]}})"}));

TEST_F(Api, RefusesWhatIsNoJson) {
    const auto answer = create("{\"amount\":");
    EXPECT_EQ(answer.status, 400);
    EXPECT_TRUE(answer.body.starts_with(
        R"({"status":"fail","message":"The request body is not valid JSON: )"))
        << answer.body;
}

TEST_F(Api, RefusesAnotherContentType) {
    const auto answer =
        create(body_with(), header("Content-Type", "application/x-www-form-urlencoded"));
    EXPECT_EQ(answer.status, 415);
    EXPECT_EQ(
        answer.body,
        R"({"status":"fail","message":"The request body must be sent as application/json."})");
}

TEST_F(Api, CountsCharactersAndNotBytes) {
    std::string id;
    for (int i = 0; i < 190; ++i) id += "é";
    EXPECT_NE(create(body_with("1000", "\"254712344321\"", "\"" + id + "\"")).body.find("order_id"),
              std::string::npos);
}

TEST_F(Api, TakesEqualWholeAmountsHoweverTheyAreWritten) {
    std::int64_t phone = 254712000500;
    for (const auto* amount : {"1000", "1000.0", "1000.00", "1e3"}) {
        const auto text = std::to_string(phone++);
        EXPECT_NE(
            create(body_with(amount, "\"" + text + "\"", "\"" + text + "\"")).body.find("order_id"),
            std::string::npos)
            << amount;
    }
}

TEST_F(Api, RefusesAnIdThatIsTaken) {
    EXPECT_NE(world.create(1000, "254712344321", "a"), "");
    EXPECT_EQ(world.create(1000, "254712344399", "a"), "");
    EXPECT_EQ(
        world.last_answer.body,
        R"({"status":"fail","message":{"custom_transaction_id":["The custom transaction id has already been taken."]}})");
}

TEST_F(Api, RefusesASecondPromptOnOnePhone) {
    EXPECT_NE(world.create(1000, "254712344321", "a"), "");
    EXPECT_EQ(world.create(500, "254712344321", "b"), "");
    EXPECT_TRUE(world.last_answer.body.starts_with(
        R"({"status":"fail","message":{"phone_number":["A payment request is already open on this phone. Try again in )"))
        << world.last_answer.body;
    world.let_time_pass(30s);  // paid meanwhile: the next one is taken and waits in line
    const auto order = world.create(500, "254712344321", "b");
    EXPECT_EQ(world.state_of(order), "created");
    world.let_time_pass(90s);
    EXPECT_EQ(world.state_of(order), "paid");
}

TEST_F(Api, GivesTheFirstAnswerAgainForAnIdempotencyKey) {
    const auto first = create(body_with(), header("Idempotency-Key", "k1"));
    const auto again = create(body_with(), header("Idempotency-Key", "k1"));
    EXPECT_EQ(first.body, again.body);
    EXPECT_NE(first.body.find("order_id"), std::string::npos);
    const auto other = create(body_with("999"), header("Idempotency-Key", "k1"));
    EXPECT_EQ(other.status, 422);
}

TEST_F(Api, ListsThePaymentSystemOfShillings) {
    const auto answer = world.call(Method::get, "/api/v1/payment-systems/available?secret=SECRET",
                                   R"({"currency_code":["USD","KES"],"label":"55"})");
    EXPECT_EQ(
        answer.body,
        R"({"status":"ok","params":{"currency_data":[{"code":"KES","symbol":"KSh"}],"wallets":[{"type":"mpesa","currency_code":"KES","order":1,"logo":"http://gateway:80/storage/payment_system/logos/mpesa.png","name":"M-PESA","is_manual":false,"uploading_payment_bill":false}]}})");
    const auto by_query = world.call(
        Method::get, "/api/v1/payment-systems/available?secret=SECRET&currency_code[]=KES&label=5",
        "");
    EXPECT_EQ(by_query.body, answer.body);
}

TEST_F(Api, ComesAgainWhenTheMerchantDoesNotAnswerOk) {
    world.merchant_answer.body = R"({"status":"OK"})";
    EXPECT_NE(world.create(1000, "254712344321", "a"), "");
    world.let_time_pass(2min);
    EXPECT_EQ(world.postbacks().size(), 3U);  // at once, after 10 s, after 30 s
    EXPECT_EQ(world.postbacks()[0], world.postbacks()[2]);
    world.merchant_answer.body = R"({"status":"ok","message":"thanks"})";
    world.let_time_pass(10min);
    EXPECT_EQ(world.postbacks().size(), 4U);
    world.let_time_pass(80h);
    EXPECT_EQ(world.postbacks().size(), 4U);
}

TEST_F(Api, PostsBackAfterARestart) {
    world.merchant_answer.status = 500;
    EXPECT_NE(world.create(1000, "254712344321", "a"), "");
    world.let_time_pass(15s);
    const auto before = world.postbacks().size();
    world.restart_gateway();
    world.merchant_answer.status = 200;
    world.let_time_pass(10min);
    EXPECT_GT(world.postbacks().size(), before);
    EXPECT_EQ(world.broken_laws(), "");
}

TEST(ApiRate, TellsAMerchantThatIsTooFastWhenToComeAgain) {
    World world{{.seed = 3, .creates_per_second = 2}};
    const auto create = [&](int number) {
        const auto digits = std::to_string(number);
        return world.call(
            Method::post, create_path,
            body_with("1000", "\"25471234432" + digits + "\"", "\"o" + digits + "\""));
    };
    EXPECT_EQ(create(1).status, 200);
    EXPECT_EQ(create(2).status, 200);
    const auto refused = create(3);
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(
        refused.body,
        R"({"status":"fail","message":"Too many requests. This request was not processed."})");
    const auto wait = std::ranges::find(refused.headers, "Retry-After",
                                        &std::pair<std::string, std::string>::first);
    ASSERT_NE(wait, refused.headers.end());
    EXPECT_EQ(wait->second, "1");
    world.let_time_pass(1s);
    EXPECT_EQ(create(3).status, 200);
}

}  // namespace
}  // namespace lango::simulation
