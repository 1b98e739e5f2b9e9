#include "rails/daraja/paybill.hpp"

#include "rails/daraja/daraja_fixture.hpp"
#include "rails/daraja/prompt_reference.hpp"
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
    const auto payment = read_paybill(R"({"TransID":"RKL51ZDR4F","TransAmount":12,"TransTime":1})");
    ASSERT_TRUE(payment);
    EXPECT_EQ(payment->amount, Money::kes(12));
    EXPECT_EQ(payment->reference, "");
    EXPECT_EQ(payment->paid_at, std::nullopt);
}

// A time that cannot be shown would hide the list that it stands in.
TEST(PaybillBody, HasNoTimeThatNoClockShows) {
    const auto paid_at = [](const std::string& time) {
        return read_paybill(R"({"TransID":"RKL51ZDR4F","TransAmount":12,"TransTime":")" + time +
                            "\"}")
            ->paid_at;
    };
    EXPECT_TRUE(paid_at("20231121235959"));
    for (const auto* time : {"00000101000000", "00010101000000", "19991231235959", "20231121240000",
                             "20231121236000", "20231121235960", "20230229000000"}) {
        EXPECT_EQ(paid_at(time), std::nullopt) << time;
    }
}

TEST(PaybillBody, WithoutReceiptOrAmountIsNone) {
    for (const auto* body :
         {"", "[]", "{}", "<html>", R"({"TransID":"RKL51ZDR4F"})", R"({"TransAmount":"5"})",
          R"({"TransID":"RKL51ZDR4F","TransAmount":"0.00"})",
          R"({"TransID":"RKL51ZDR4F","TransAmount":"-5"})",
          R"({"TransID":"RKL51ZDR4F","TransAmount":"5.001"})",
          R"({"TransID":"RKL51ZDR4F","TransAmount":"five"})"}) {
        EXPECT_FALSE(read_paybill(body)) << body;
    }
}

// A name in another encoding hides no money; what decides it is read whole or not at all.
TEST(PaybillBody, IsReadWhenOnlyItsFreeTextIsDamaged) {
    for (const auto* name : {"NG\\'ANG\\'A", "NJERI\xE9", "A\tB", "\xC3(", "\\ud83d", "\x01"}) {
        const auto payment = read_paybill(
            std::string{"\xEF\xBB\xBF"} +
            R"({"TransID":" rkl51zdr4f","TransAmount":"1,000.00","BusinessShortCode":600966,)"
            R"("BillRefNumber":"6562323K","FirstName":")" +
            name + R"(","FirstName":"B"})");
        ASSERT_TRUE(payment) << name;
        EXPECT_EQ(payment->receipt, "RKL51ZDR4F");
        EXPECT_EQ(payment->amount, Money::kes(1000));
        EXPECT_EQ(payment->shortcode, 600966);
        EXPECT_EQ(payment->reference, "6562323K");
    }
}

TEST(PaybillBody, IsNoneWhereWhatDecidesIsDamagedOrStandsTwice) {
    const auto body = [](const std::string& members) {
        return R"({"TransID":"RKL51ZDR4F","TransAmount":"5","BillRefNumber":"6562323K",)"
               R"("BusinessShortCode":"600966","FirstName":"N")" +
               members + "}";
    };
    ASSERT_TRUE(read_paybill(body("")));
    for (const auto* twice :
         {R"(,"TransID":"RKL51ZDR4G")", R"(,"TransAmount":"5")", R"(,"BillRefNumber":"X")",
          R"(,"BusinessShortCode":"1")", R"(,"ThirdPartyTransID":"1","ThirdPartyTransID":"2")",
          "\"Am\xE9ount\":1", R"(,"ThirdPartyTransID":"a\'b")"}) {
        EXPECT_FALSE(read_paybill(body(twice))) << twice;
    }
    for (const std::string text : {"RKL51ZDR4F", "\"5\"", "6562323K", "600966"}) {
        auto damaged = body("");
        damaged.insert(damaged.find(text) + 2, "\xE9");
        EXPECT_FALSE(read_paybill(damaged)) << damaged;
    }
    for (const auto* shortcode : {"600966x", "six", " ", "-"}) {
        auto damaged = body("");
        damaged.replace(damaged.find("600966"), 6, shortcode);
        EXPECT_FALSE(read_paybill(damaged)) << damaged;
    }
    EXPECT_EQ(
        read_paybill(R"({"TransID":"RKL51ZDR4F","TransAmount":5,"MSISDN":"2547\xE9"})")->phone, "");
}

TEST(PaybillBody, NamesTheOrderWhosePromptCarriedTheReference) {
    const DepositId order{0x0198a3f2c4d5e6f7};
    const auto body = [&](const std::string& reference) {
        return R"({"TransID":"RKL51ZDR4F","TransAmount":"5","BillRefNumber":")" + reference +
               R"("})";
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

}  // namespace
}  // namespace lango::rails::daraja
