#include "rails/daraja/pull_page.hpp"

#include <gtest/gtest.h>

namespace lango::rails::daraja {
namespace {

std::string row(const std::string& receipt, const std::string& members = "",
                const std::string& kind = "c2b-pay-bill-debit") {
    return R"({"transactionId":")" + receipt +
           R"(","trxDate":"2026-11-24T02:30:00Z","msisdn":254712344321,"sender":"MPESA",)" +
           R"("transactiontype":")" + kind + R"(","billreference":"REF","amount":"1000.00")" +
           members + "}";
}
std::string page(const std::string& rows) {
    return R"({"ResponseRefID":"26178","ResponseCode":"1000","Response":[[)" + rows + "]]}";
}
std::vector<std::string> receipts(const PullPage& page) {
    std::vector<std::string> found;
    for (const auto& payment : page.payments) {
        found.push_back(payment.unreadable.empty() ? payment.receipt : "? " + payment.raw);
    }
    return found;
}

// One sender's name in another encoding, and the other payment is read all the same.
TEST(PullPage, OfWhichOneRowIsDamagedHidesNoOther) {
    for (const auto* name : {"NJERI\xE9", "NG\\'ANG\\'A", "A\tB", "\xC3(", "\\ud83d"}) {
        const auto damaged =
            row("UKN1AAAAAA", std::string{R"(,"organizationname":")"} + name + "\"");
        const auto read = read_pull_page(page(damaged + "," + row("UKN2AAAAAA")));
        ASSERT_TRUE(read) << name;
        EXPECT_EQ(receipts(*read), (std::vector<std::string>{"UKN1AAAAAA", "UKN2AAAAAA"})) << name;
    }
}

TEST(PullPage, OfWhichARowCannotBeReadLeavesItToAPersonByteForByte) {
    const std::vector<std::string> bad{
        R"({"transactionId":"UKN1AAAAAA" "amount":5})",
        row("UKN1AAAAAA", R"(,"amount":"5.00")"),
        row("UKN1AAAAAA", R"(,"transactionId":"UKN3AAAAAA")"),
        row("UKN1AAAAAA", R"(,"billreference":"OTHER")"),
        row("UKN1\xE9"),
        row("R1"),
        row("UKT0000000"),
        row("UKN1AAAAAA", "", "c2b-reversal"),
        R"({"transactionId":"UKN1AAAAAA","amount":"1000","billreference":"REF"})",
        R"({"transactionId":"UKN1AAAAAA","transactiontype":"c2b-pay-bill-debit","amount":"1,00"})",
        R"({"transactionId":"UKN1AAAAAA","transactiontype":"c2b-pay-bill-debit"})"};
    for (const auto& damaged : bad) {
        const auto read =
            read_pull_page("\xEF\xBB\xBF" + page(damaged + "," + row("UKN2AAAAAA") + ",null,7"));
        ASSERT_TRUE(read) << damaged;
        EXPECT_EQ(receipts(*read), (std::vector<std::string>{"? " + damaged, "UKN2AAAAAA"}));
        EXPECT_EQ(read->rows, 4U);
    }
}

// Nobody escaped a quotation mark in a name; wherever it stands, the other rows are read.
TEST(PullPage, OfWhichANameHasABareQuotationMarkHidesNoOther) {
    const auto quoted = [](const std::string& receipt) {
        return row(receipt, R"(,"organizationname":"NG"ANGA")");
    };
    const std::string one = quoted("UKN1AAAAAA");
    const std::string two = row("UKN2AAAAAA");
    const std::string three = quoted("UKN3AAAAAA");
    const std::string four = row("UKN4AAAAAA");
    for (const std::string_view between : {",", " , \r\n", "],["}) {
        std::string rows;
        for (const auto& next : {two, one, four, three}) {
            if (!rows.empty()) rows.append(between);
            rows += next;
        }
        for (const auto& [sent, expected] :
             {std::pair{rows, std::vector<std::string>{"UKN2AAAAAA", "? " + one, "UKN4AAAAAA",
                                                       "? " + three}},
              {one, {"? " + one}},
              {one + std::string{between} + two, {"? " + one, "UKN2AAAAAA"}},
              {two + std::string{between} + one, {"UKN2AAAAAA", "? " + one}}}) {
            const auto read = read_pull_page(page(sent));
            ASSERT_TRUE(read) << sent;
            EXPECT_EQ(receipts(*read), expected) << sent;
            EXPECT_EQ(read->rows, expected.size());
        }
    }
}

// Objects of other members, beside a page whose rows can only be told by their beginnings.
TEST(PullPage, WhoseOtherMembersLookLikeRowsIsReadRightOrNotAtAll) {
    const std::string bad = R"({"transactionId":"a"b"})";
    const auto with = [](const std::string& before, const std::string& rows,
                         const std::string& after) {
        return R"({"ResponseCode":"1000",)" + before + R"("Response":[[)" + rows + "]]" + after +
               "}";
    };
    for (const auto* other :
         {R"("A":[[1,{}]],)", R"("A":[[{}]],)", R"("A":[[{"transactionId":1}]],)",
          R"("A":{"b":[[{}]]},)", R"("A":[{}],)"}) {
        for (const auto& rows : {bad, bad + "," + row("UKN2AAAAAA"), row("UKN2AAAAAA")}) {
            const auto read = read_pull_page(with(other, rows, ""));
            if (!read) continue;
            for (const auto& receipt : receipts(*read)) {
                EXPECT_TRUE(receipt == "UKN2AAAAAA" || receipt == "? " + bad) << receipt;
            }
        }
    }
    for (const auto* other : {R"(,"A":[[1,{}]])", R"(,"A":[[{}]])"}) {
        const auto read = read_pull_page(with("", bad + "," + row("UKN2AAAAAA"), other));
        if (read) EXPECT_LE(read->payments.size(), 2U);
    }
    EXPECT_TRUE(read_pull_page(with(R"("A":[{}],)", bad, "")));
}

TEST(PullPage, TakesOnlyCustomersPaymentsForMoneyThatCame) {
    const auto read = read_pull_page(page(row("UKN1AAAAAA", "", "b2c-payment") + "," +
                                          row("UKN2AAAAAA", "", "c2b-buy-goods-debit") + "," +
                                          row("UKN3AAAAAA", "", "org-transfer")));
    ASSERT_TRUE(read);
    EXPECT_EQ(receipts(*read), std::vector<std::string>{"UKN2AAAAAA"});
    EXPECT_EQ(read->others, 2U);
    EXPECT_EQ(read->rows, 3U);
}

TEST(PullPage, TakesRowsOfItsListAlone) {
    const auto read = read_pull_page(R"({"ResponseCode":"1000","Before":[[)" + row("UKN1AAAAAA") +
                                     R"(]],"Response":[[)" + row("UKN2AAAAAA") +
                                     R"(],[null]],"After":[[)" + row("UKN3AAAAAA") + "]]}");
    ASSERT_TRUE(read);
    EXPECT_EQ(receipts(*read), std::vector<std::string>{"UKN2AAAAAA"});
    EXPECT_EQ(read->rows, 2U);
    EXPECT_EQ(read->others, 0U);
}

TEST(PullPage, ReadsAReceiptInAnyCaseAndAnAmountWithGroups) {
    const auto read = read_pull_page(page(
        R"({"transactionId":" ukn1aaaaaa","transactiontype":"c2b-pay-bill-debit","amount":"1,000.00","billreference":"REF"})"));
    ASSERT_TRUE(read);
    ASSERT_EQ(read->payments.size(), 1U);
    EXPECT_EQ(read->payments[0].receipt, "UKN1AAAAAA");
    EXPECT_EQ(read->payments[0].amount, Money::kes(1000));
}

TEST(PullPage, IsNoneWhereTheListItselfCannotBeRead) {
    for (const std::string body :
         {"", "<html>", R"({"ResponseCode":"1000","Response":[[{"a":"b]]})",
          R"({"ResponseCode":"1000","ResponseCode":"1001","Response":[[]]})",
          R"({"ResponseCode":"1000","Response":[[]],"Response":[[]]})"}) {
        EXPECT_FALSE(read_pull_page(body)) << body;
    }
}

}  // namespace
}  // namespace lango::rails::daraja
