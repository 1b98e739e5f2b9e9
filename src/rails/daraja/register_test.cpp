// Tells Safaricom of our paybill: where it asks and tells, and that its list is read.
#include "rails/daraja/daraja_fixture.hpp"
#include "rails/daraja/paybill.hpp"
#include "rails/daraja/register_pull.hpp"

namespace lango::rails::daraja {
namespace {

class RegisterUrls : public testing::Test {
  protected:
    Registration answered(test::Reply reply, asio::awaitable<Registration> question) {
        safaricom_.says = [reply](const http::ClientRequest&) { return reply; };
        std::optional<Registration> registered;
        asio::co_spawn(context_, std::move(question),
                       [&](const std::exception_ptr& error, Registration outcome) {
                           if (error) std::rethrow_exception(error);
                           registered = std::move(outcome);
                       });
        clock_.settle();
        return registered.value();
    }
    Registration ask(test::Reply reply, const PaybillUrls& urls) {
        return answered(std::move(reply), register_urls(app_, urls, master_));
    }
    Registration ask_for_list(test::Reply reply) {
        return answered(std::move(reply), register_pull(app_,
                                                        {.callback_url = "https://pay.example",
                                                         .shortcode = 600966,
                                                         .nominated_number = "254722000000"},
                                                        master_));
    }
    static PaybillUrls urls() {
        return {.callback_url = "https://pay.example", .shortcode = 600966};
    }

    asio::io_context context_{1};
    ManualClock clock_{context_, test::began};
    test::Safaricom safaricom_{clock_};
    crypto::MasterKey master_{{}};
    App app_{{.base_url = "https://rail.example",
              .consumer_key = Secret{"key"},
              .consumer_secret = Secret{"secret"}},
             safaricom_,
             clock_};
};

TEST_F(RegisterUrls, TellsBothAddressesWithTheShortcodesSecret) {
    const auto done = ask({.body = R"({"OriginatorCoversationID":"1","ResponseCode":"0",)"
                                   R"("ResponseDescription":"Success"})"},
                          urls());
    EXPECT_EQ(done.outcome, Registered::now);
    const auto& sent = safaricom_.requests.at(0);
    EXPECT_EQ(sent.url, "https://rail.example/mpesa/c2b/v2/registerurl");
    const auto secret = master_.token("paybill", "600966");
    EXPECT_EQ(sent.body, R"({"ShortCode":"600966","ResponseType":"Completed","ConfirmationURL":)"
                         R"("https://pay.example/rail/paybill/600966/)" +
                             secret +
                             R"(/confirmation","ValidationURL":)"
                             R"("https://pay.example/rail/paybill/600966/)" +
                             secret + R"(/validation"})");
}

TEST_F(RegisterUrls, SpeaksEitherVersionAndSaysWhatSilenceMeans) {
    auto first = urls();
    first.version = 1;
    first.silence_pays = false;
    static_cast<void>(ask({.body = R"({"ResponseCode":"0"})"}, first));
    EXPECT_EQ(safaricom_.requests.at(0).url, "https://rail.example/mpesa/c2b/v1/registerurl");
    EXPECT_NE(safaricom_.requests.at(0).body.find(R"("ResponseType":"Cancelled")"),
              std::string::npos);
}

TEST_F(RegisterUrls, HasNoWordInItsPathsThatTheRailForbids) {
    for (const auto& path : {confirmation_path(master_, 600966), validation_path(master_, 600966),
                             list_path(master_, 600966)}) {
        for (const auto* word :
             {"m-pesa", "mpesa", "safaricom", "exe", "exec", "cmd", "sql", "query"}) {
            EXPECT_EQ(path.find(word), std::string::npos) << path;
        }
    }
}

TEST_F(RegisterUrls, IsContentWhenItWasDoneBefore) {
    EXPECT_EQ(
        ask(test::envelope(500, "500.003.1001", "Urls are already registered."), urls()).outcome,
        Registered::already);
}

TEST_F(RegisterUrls, SaysWhyItWasRefused) {
    const auto refused =
        ask(test::envelope(500, "500.003.1001", "Duplicate notification info, SP ID is 107031."),
            urls());
    EXPECT_EQ(refused.outcome, Registered::refused);
    EXPECT_EQ(refused.message, "Duplicate notification info, SP ID is 107031.");
    EXPECT_EQ(ask(test::no_answer(http::Reached::not_sent), urls()).outcome, Registered::no_answer);
}

using RegisterPull = RegisterUrls;

TEST_F(RegisterPull, AsksWithTheNominatedNumberAndAnAddressOfTheShortcode) {
    const auto done = ask_for_list({.body = R"({"ResponseRefID":"1","ResponseStatus":"1000",)"
                                            R"("ShortCode":"600966"})"});
    EXPECT_EQ(done.outcome, Registered::now);
    const auto& sent = safaricom_.requests.at(0);
    EXPECT_EQ(sent.url, "https://rail.example/pulltransactions/v1/register");
    EXPECT_EQ(sent.body, R"({"ShortCode":"600966","RequestType":"Pull",)"
                         R"("NominatedNumber":"254722000000","CallBackURL":)"
                         R"("https://pay.example/rail/paybill/600966/)" +
                             master_.token("paybill", "600966") + R"(/list"})");
}

TEST_F(RegisterPull, IsContentWhenItWasDoneBeforeHoweverTheKeyIsSpelt) {
    EXPECT_EQ(ask_for_list({.body = R"({"ResponseStatus":"1001"})"}).outcome, Registered::already);
    EXPECT_EQ(ask_for_list({.body = R"({"Response Status":"1001"})"}).outcome, Registered::already);
    EXPECT_EQ(ask_for_list({.body = R"({"Response Status":1000})"}).outcome, Registered::now);
}

// As the rail writes what is for people; what decides is read as it stands, or not at all.
TEST_F(RegisterPull, IsReadWhateverBytesStandInItsTexts) {
    EXPECT_EQ(ask_for_list({.body = "\xEF\xBB\xBF{\"ResponseStatus\":\"1000\"}"}).outcome,
              Registered::now);
    EXPECT_EQ(ask_for_list({.body = "{\"ResponseStatus\":\"1001\",\"ResponseDescription\":"
                                    "\"Ng\x92"
                                    "ang\x92"
                                    "a\"}"})
                  .outcome,
              Registered::already);
    EXPECT_EQ(
        ask_for_list({.body = R"({"ResponseStatus":"1000","ResponseDescription":"a\'b"})"}).outcome,
        Registered::now);
    for (const std::string odd : {"{\"ResponseStatus\":\"100\x92\"}",
                                  "{\"ResponseStatus\":\"1000\",\"ResponseStatus\":\"1002\"}"}) {
        EXPECT_EQ(ask_for_list({.body = odd}).outcome, Registered::refused) << odd;
    }
}

TEST_F(RegisterPull, SaysWhyItWasRefused) {
    const auto refused =
        ask_for_list(test::envelope(400, "400.002.02", "Bad Request - Invalid NominatedNumber"));
    EXPECT_EQ(refused.outcome, Registered::refused);
    EXPECT_EQ(refused.message, "Bad Request - Invalid NominatedNumber");
    const auto odd =
        ask_for_list({.body = R"({"ResponseStatus":"1002","ResponseDescription":"Not yours"})"});
    EXPECT_EQ(odd.outcome, Registered::refused);
    EXPECT_EQ(odd.message, "1002 Not yours");
    EXPECT_EQ(ask_for_list(test::no_answer(http::Reached::not_sent)).outcome,
              Registered::no_answer);
}

}  // namespace
}  // namespace lango::rails::daraja
