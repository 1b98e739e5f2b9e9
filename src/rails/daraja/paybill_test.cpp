#include "rails/daraja/paybill.hpp"

#include "rails/daraja/daraja_fixture.hpp"
#include "rails/daraja/prompt_reference.hpp"
#include "rails/daraja/register_urls.hpp"
#include "rails/payer_phone.hpp"

namespace lango::rails::daraja {
namespace {

const std::string hashed = "bbff37cea44ac0b2d964ee0dfb8d2df8513dc7ba1b36129a929fc3fbd6dd4af4";
const auto caller = *Msisdn::parse("254708374149");

TEST(PaybillBody, IsReadAsTheRailWritesIt) {
    const auto payment = read_paybill(
        R"({"TransactionType":"Pay Bill","TransID":"RKL51ZDR4F","TransTime":"20231121121325",)"
        R"("TransAmount":"5.00","BusinessShortCode":"600966","BillRefNumber":"Sample Transaction",)"
        R"("InvoiceNumber":"","OrgAccountBalance":"25.00","ThirdPartyTransID":"0198a3f2c4d5e6f7",)"
        R"("MSISDN":"2547 ***** 126","FirstName":"NICHOLAS","MiddleName":"","LastName":""})");
    ASSERT_TRUE(payment);
    EXPECT_EQ(payment->receipt, "RKL51ZDR4F");
    EXPECT_EQ(payment->amount, Money::kes(5));
    EXPECT_EQ(payment->shortcode, 600966);
    EXPECT_EQ(payment->reference, "Sample Transaction");
    EXPECT_EQ(payment->order, "0198a3f2c4d5e6f7");
    EXPECT_EQ(payment->phone, "2547 ***** 126");
    EXPECT_EQ(payment->prompted, std::nullopt);
    ASSERT_TRUE(payment->paid_at);
    EXPECT_EQ(format_utc(*payment->paid_at), "2023-11-21 09:13:25");
}

TEST(PaybillBody, IsReadWithLittleInItAndWithNumbersForTexts) {
    const auto payment = read_paybill(R"({"TransID":"RKL1","TransAmount":12,"TransTime":1})");
    ASSERT_TRUE(payment);
    EXPECT_EQ(payment->amount, Money::kes(12));
    EXPECT_EQ(payment->reference, "");
    EXPECT_EQ(payment->paid_at, std::nullopt);
}

TEST(PaybillBody, WithoutReceiptOrAmountIsNone) {
    for (const auto* body :
         {"", "[]", "{}", "<html>", R"({"TransID":"A"})", R"({"TransAmount":"5"})",
          R"({"TransID":"A","TransAmount":"0.00"})", R"({"TransID":"A","TransAmount":"-5"})",
          R"({"TransID":"A","TransAmount":"5.001"})", R"({"TransID":"A","TransAmount":"five"})"}) {
        EXPECT_FALSE(read_paybill(body)) << body;
    }
}

TEST(PaybillBody, NamesTheOrderWhosePromptCarriedTheReference) {
    const DepositId order{0x0198a3f2c4d5e6f7};
    const auto body = [&](const std::string& reference) {
        return R"({"TransID":"A","TransAmount":"5","BillRefNumber":")" + reference + R"("})";
    };
    const auto right = prompt_reference(order);
    EXPECT_EQ(read_paybill(body(right))->prompted, order);
    EXPECT_EQ(read_prompt_reference(" " + right.substr(0, 6) + "-" + right.substr(6)), order);
    EXPECT_EQ(read_prompt_reference("\u00a0" + right + "\u200f\n"), order);
    for (const auto& wrong : {right + "0", right.substr(1), std::string(12, '0'),
                              std::string(12, 'Z'), std::string{"6562323K"}}) {
        EXPECT_EQ(read_prompt_reference(wrong), std::nullopt) << wrong;
    }
}

TEST(PayerPhone, HasThreeForms) {
    EXPECT_EQ(phone_form("254708374149"), PhoneForm::whole);
    EXPECT_EQ(phone_form("2547 ***** 149"), PhoneForm::masked);
    EXPECT_EQ(phone_form(hashed), PhoneForm::hashed);
    EXPECT_EQ(phone_form(hashed.substr(2)), PhoneForm::none);
    EXPECT_EQ(phone_form(""), PhoneForm::none);
}

TEST(PayerPhone, IsKnownAgainInEach) {
    const auto other = *Msisdn::parse("254708374148");
    for (const auto& form : {std::string{"254708374149"}, std::string{"2547 ***** 149"}, hashed}) {
        EXPECT_TRUE(may_be(form, caller)) << form;
        EXPECT_FALSE(may_be(form, other)) << form;
    }
    EXPECT_FALSE(may_be("", caller));
    EXPECT_FALSE(may_be("*", caller));
}

TEST(PayerPhone, IsShownMaskedAndNeverAsItsHash) {
    EXPECT_EQ(shown("254708374149"), caller.masked());
    EXPECT_EQ(shown("2547 ***** 149"), "2547 ***** 149");
    EXPECT_EQ(shown(hashed), "hashed");
    EXPECT_EQ(shown("0800"), "");
}

TEST(PaybillAnswer, AcceptsWithOurIdAndRefusesWithACode) {
    EXPECT_EQ(
        accept_payment("0198a3f2c4d5e6f7"),
        R"({"ResultCode":"0","ResultDesc":"Accepted","ThirdPartyTransID":"0198a3f2c4d5e6f7"})");
    EXPECT_EQ(accept_payment(""), R"({"ResultCode":"0","ResultDesc":"Accepted"})");
    EXPECT_EQ(refuse_payment(Refusal::account),
              R"({"ResultCode":"C2B00012","ResultDesc":"Rejected"})");
    EXPECT_EQ(refuse_payment(Refusal::amount),
              R"({"ResultCode":"C2B00013","ResultDesc":"Rejected"})");
    EXPECT_EQ(refuse_payment(Refusal::shortcode),
              R"({"ResultCode":"C2B00015","ResultDesc":"Rejected"})");
    EXPECT_EQ(refuse_payment(Refusal::other),
              R"({"ResultCode":"C2B00016","ResultDesc":"Rejected"})");
}

class RegisterUrls : public testing::Test {
  protected:
    Registration ask(test::Reply reply, const PaybillUrls& urls) {
        safaricom_.says = [reply](const http::ClientRequest&) { return reply; };
        std::optional<Registration> registered;
        asio::co_spawn(context_, register_urls(app_, urls, master_),
                       [&](const std::exception_ptr& error, Registration outcome) {
                           if (error) std::rethrow_exception(error);
                           registered = std::move(outcome);
                       });
        clock_.settle();
        return registered.value();
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
    for (const auto& path :
         {confirmation_path(master_, 600966), validation_path(master_, 600966)}) {
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

}  // namespace
}  // namespace lango::rails::daraja
