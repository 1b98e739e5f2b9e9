// What a person is shown of a sheet before it is paid out.
#include "batches/sheet_rows.hpp"

#include "batches/batches_fixture.hpp"

namespace lango::batches {
namespace {

using test::header;
using testing::ElementsAre;
using testing::HasSubstr;

sheets::Sheet sheet(const std::string& text) { return *sheets::read(text); }

std::string refusal(const sheets::Sheet& sheet) {
    const auto columns = columns_of(sheet);
    return columns ? std::string{} : columns.error();
}
std::string refusal(const std::string& text) { return refusal(sheet(text)); }

std::vector<Row> rows_of(const std::string& text) {
    return *read_rows(text, sheets::Hidden::refused,
                      [](const json::Value& fields) { return test::read_fields(fields, "amina"); });
}

TEST(BatchSheet, NamesItsColumnsInAnyCase) {
    const auto read = sheet("Amount; LABEL ;Withdrawal_ID;account_number\n10;x;w;0712345678\n");
    const auto columns = *columns_of(read);
    EXPECT_EQ(field_of(read[1], columns, "withdrawal_id"), "w");
    EXPECT_EQ(field_of(read[1], columns, "amount"), "10");
    EXPECT_EQ(field_of(read[1], columns, "comment"), "");
}

// As they come from web pages and chats.
TEST(BatchSheet, NamesItsColumnsWhateverNobodySeesInTheNames) {
    const auto read = sheet(
        "\u00a0withdrawal_id\u00a0,\u200eaccount_\u00adnumber,\ufeffAmount,label \u200b\n"
        "w,0712345678,10,x\n");
    const auto columns = *columns_of(read);
    EXPECT_EQ(field_of(read[1], columns, "withdrawal_id"), "w");
    EXPECT_EQ(field_of(read[1], columns, "account_number"), "0712345678");
    EXPECT_EQ(field_of(read[1], columns, "amount"), "10");
    EXPECT_EQ(field_of(read[1], columns, "label"), "x");
    EXPECT_THAT(refusal("withdrawal_id,account_number,amount,label,am\u200bount\n"),
                HasSubstr("amount twice"));
}

TEST(BatchSheet, IsRefusedWhereAColumnStandsTwice) {
    EXPECT_THAT(refusal("withdrawal_id,account_number,amount,label,Amount\n"),
                HasSubstr("amount twice, in columns 3 and 5"));
    EXPECT_THAT(refusal("withdrawal_id,amount,label\n"), HasSubstr("no column account_number"));
    EXPECT_THAT(refusal(""), HasSubstr("the sheet is empty"));
    EXPECT_THAT(refusal(header + "w,0712345678,10,x\nw,0712345679,10,x\n"),
                HasSubstr("row 3 has the withdrawal_id of row 2"));
    EXPECT_EQ(refusal(header + "w,0712345678,10,x\n"), "");
}

TEST(BatchSheet, IsRefusedWhereAProgramMayShowSomethingElse) {
    using sheets::Shows;
    const auto refused = [](std::size_t row, std::size_t column, Shows shown) -> std::string {
        auto read = sheet(header + "w,0712345678,10,x\nv,0712345679,20,x\n");
        read[row].note(column, shown);
        return refusal(read);
    };
    for (const auto shown : {Shows::other_text, Shows::other_result, Shows::nothing}) {
        EXPECT_THAT(refused(2, 0, shown), HasSubstr("row 3, column A (withdrawal_id): "));
        EXPECT_THAT(refused(1, 1, shown), HasSubstr("row 2, column B (account_number): "));
        EXPECT_THAT(refused(2, 2, shown), HasSubstr("row 3, column C (amount): "));
        EXPECT_EQ(refused(2, 3, shown), "");
        EXPECT_THAT(refused(0, 3, shown), HasSubstr("row 1, column D (label): "));
    }
    EXPECT_THAT(refused(2, 2, Shows::other_result), HasSubstr("a formula works it out"));
    EXPECT_EQ(refused(2, 2, Shows::same_number), "");
    EXPECT_THAT(refused(2, 0, Shows::same_number), HasSubstr("its number format shows"));
}

TEST(BatchSheet, TellsItsSumAndTheLargest) {
    const auto rows = rows_of(header +
                              "a,0712345678,10,x\nb,254712345679,3000,x\nc,0712345680,20,x\n"
                              "d,0712345681,oops,x\ne,0712345682,99999999999,x\nf,1,-5,x\n");
    EXPECT_EQ(total_of(rows), Money::kes(3030));
    EXPECT_THAT(test::lines_of(largest(rows, 2)), ElementsAre(3, 4));
    EXPECT_EQ(rows[0].phone->raw(), "254712345678");
    EXPECT_EQ(rows[3].reason, "amount: invalid");
}

TEST(BatchSheet, PointsOutOneRecipientWithOneAmountTwice) {
    const auto groups = repeated(
        rows_of(header + "a,0712345678,10,x\nb,254712345678,20,x\nc,+254 712 345 678,10.00,y\n"
                         "d,0712345679,10,x\n"));
    ASSERT_EQ(groups.size(), 1U);
    EXPECT_THAT(test::lines_of(groups[0]), ElementsAre(2, 4));
}

TEST(BatchSheet, CountsTheAmountOfARowThatIsWrongElsewhere) {
    const auto rows = rows_of(header + "a,nobody,70,x\n,0712345678,30,x\n");
    EXPECT_EQ(total_of(rows), Money::kes(100));
    EXPECT_EQ(rows[0].reason, "account_number: invalid");
    EXPECT_EQ(rows[1].reason, "withdrawal_id: The withdrawal id field is required.");
    EXPECT_FALSE(rows[0].is_payable());
    EXPECT_FALSE(rows[1].is_payable());
}

TEST(BatchSheet, NeedsARow) {
    const auto read = [](const json::Value& fields) { return test::read_fields(fields, "amina"); };
    EXPECT_EQ(read_rows(header, sheets::Hidden::refused, read).error(),
              "the sheet has no row below its first one");
    EXPECT_EQ(read_rows("", sheets::Hidden::refused, read).error(), "the sheet is empty");
}

}  // namespace
}  // namespace lango::batches
