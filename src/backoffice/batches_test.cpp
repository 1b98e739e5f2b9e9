// Sheets of withdrawals as people upload, look at, release, approve and cancel them.
#include "backoffice/operators_fixture.hpp"

namespace lango::backoffice {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string titles = "withdrawal_id,account_number,amount,label\n";
const std::string two = titles + "a,0712345678,100,u\nb,254712345679,\"1,000\",u\n";

class AdminBatches : public test::Operators {
  protected:
    // Its number.
    std::string uploaded(const std::string& csv, const std::string& who = "amina") {
        const auto answer = json::parse(upload(who, csv));
        EXPECT_EQ(answer->text_at("status"), "ok");
        return answer->find("batch")->text_at("number");
    }
    std::string shown(const std::string& number, const std::string& query = "") {
        return show("/admin/batches/" + number, query);
    }
    std::int64_t acts(const char* act) {
        return store_.write([&](store::Tx& tx) {
            return tx
                .first(
                    "SELECT COUNT(*) FROM operator_acts WHERE act = ?1",
                    [](const store::Row& row) { return row.integer(0); }, act)
                .value_or(0);
        });
    }
};

TEST_F(AdminBatches, AreUploadedLookedAtAndReleased) {
    const auto answer = upload("amina", two);
    EXPECT_THAT(answer, HasSubstr(R"("state":"checked","uploaded_by":"amina")"));
    EXPECT_THAT(answer, HasSubstr(R"("rows":2,"sum":"1100","currency_code":"KES")"));
    EXPECT_THAT(answer, HasSubstr(R"("check":{"taken":2,"there":0,"wrong":0)"));
    EXPECT_THAT(answer, HasSubstr(R"("new_recipients":2)"));
    EXPECT_EQ(withdrawals(), 0);
    const auto released = release("brian", "1", "1100");
    EXPECT_THAT(released, HasSubstr(R"("outcome":"released")"));
    EXPECT_THAT(released, HasSubstr(R"("state":"releasing")"));
    EXPECT_EQ(batch_wakes_, 1);
    make_rows();
    EXPECT_EQ(withdrawals(), 2);
    EXPECT_GT(payout_wakes_, 0);
    EXPECT_THAT(shown("1"), HasSubstr(R"("state":"done")"));
    EXPECT_THAT(shown("1"), HasSubstr(R"("made":2,"there":0,"refused":0,"left":0)"));
    EXPECT_THAT(show("/admin/withdrawals"), HasSubstr(R"("created_by":"brian")"));
    EXPECT_THAT(show("/admin/users"), HasSubstr(R"("act":"batch released","subject":"1")"));
    EXPECT_EQ(broken_laws(), "");
}

// The merchant's rules ask nobody, and support may not approve.
TEST_F(AdminBatches, OfWhoMayNotApproveWaitForWhoMay) {
    enrol("sam", "support");
    const auto number = uploaded(two, "sam");
    EXPECT_THAT(release("sam", number, "1100"), HasSubstr(R"("outcome":"released")"));
    make_rows();
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM withdrawals WHERE state = 1 AND "
                            "created_by = 'sam'"),
              2);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(AdminBatches, AreReleasedByWhoSaysTheirSum) {
    const auto number = uploaded(two);
    EXPECT_THAT(release("brian", number, "1101"), HasSubstr("pays out KES 1100 in all"));
    EXPECT_THAT(release("brian", number, "all"), HasSubstr("pays out KES 1100 in all"));
    EXPECT_THAT(as("brian", "/admin/batches/1/release", {{"sum", "1100"}}),
                HasSubstr(R"("code":"field_missing")"));
    EXPECT_THAT(as("brian", "/admin/batches/1/release", {{"seen", "0000"}, {"sum", "1100"}}),
                HasSubstr("It is not what you saw"));
    EXPECT_THAT(as("brian", "/admin/batches/9/release", {{"seen", "0"}, {"sum", "1"}}),
                HasSubstr("There is no such batch."));
    EXPECT_THAT(shown(number), HasSubstr(R"("state":"checked")"));
    EXPECT_EQ(acts("batch released"), 0);
    EXPECT_THAT(release("brian", number, "1,100.00"), HasSubstr(R"("outcome":"released")"));
    EXPECT_THAT(release("brian", number, "1100"), HasSubstr(R"("outcome":"already")"));
    EXPECT_EQ(acts("batch released"), 1);
}

TEST_F(AdminBatches, OfTheSameFileAreOne) {
    EXPECT_EQ(uploaded(two), "1");
    EXPECT_EQ(uploaded(two, "brian"), "1");
    EXPECT_EQ(acts("batch uploaded"), 1);
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM batch_rows"), 2);
    static_cast<void>(release("amina", "1", "1100"));
    make_rows();
    const auto again = upload("amina", two);
    EXPECT_THAT(again, HasSubstr(R"("number":1,)"));
    EXPECT_THAT(again, HasSubstr(R"("state":"done")"));
    EXPECT_THAT(again, HasSubstr(R"("check":{"taken":0,"there":2,"wrong":0)"));
    EXPECT_THAT(release("amina", "1", "1100"), HasSubstr(R"("outcome":"nothing_left")"));
    EXPECT_THAT(upload("amina", two, "merchant=shop&again=yes"), HasSubstr(R"("number":2,)"));
    static_cast<void>(release("amina", "2", "1100"));
    make_rows();
    EXPECT_THAT(shown("2"), HasSubstr(R"("made":0,"there":2,"refused":0)"));
    EXPECT_EQ(withdrawals(), 2);
}

TEST_F(AdminBatches, WithAWrongRowAreNotReleased) {
    const auto answer = upload("amina", two + ",12,100,\n");
    EXPECT_THAT(
        answer,
        HasSubstr(
            R"("wrong_rows":[{"place":3,"row":4,"withdrawal_id":"","account_number":"",)"
            R"("amount":"100","label":"","comment":"","state":"wrong","reason":"label: The )"
            R"(label field is required. account_number: The account number format is invalid.")"));
    EXPECT_THAT(answer, HasSubstr(R"("check":{"taken":2,"there":0,"wrong":1)"));
    EXPECT_THAT(release("amina", "1", "1200"), HasSubstr("1 of its rows are wrong"));
    make_rows();
    EXPECT_EQ(withdrawals(), 0);
}

TEST_F(AdminBatches, ThatCannotBeReadAreNone) {
    EXPECT_THAT(upload("amina", ""), HasSubstr("the sheet is empty"));
    EXPECT_THAT(upload("amina", "withdrawal_id,amount\na,1\n"),
                HasSubstr("names no column account_number"));
    EXPECT_THAT(upload("amina", "PK\x03\x04 is no workbook"), HasSubstr(R"("code":"refused")"));
    EXPECT_THAT(upload("amina", two, "merchant=nobody"), HasSubstr("there is no merchant nobody"));
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM batches"), 0);
}

// As contact lists, chats and spreadsheets write numbers.
TEST_F(AdminBatches, AreReadAsPeopleTypeAndPaste) {
    const auto good = titles +
                      "a,\u202a+254712345678\u202c,\" 1,000 \",u\n"
                      "b,0712\u00a0345\u00a0679,1\u00a0000.00,u\n";
    static_cast<void>(release("amina", uploaded(good), "2000"));
    make_rows();
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM withdrawals WHERE amount = 100000"), 2);
    const auto answer =
        upload("amina", titles +
                            "c,+2540712345670,\"10,50\",u\nd,00254712345671,1.000,u\n"
                            "e,0712345672,ten,u\n");
    const auto* const unclear =
        R"("reason":"amount: The amount can be read in two ways. Write it in digits only, such as 1050.")";
    EXPECT_THAT(answer,
                HasSubstr(std::string{R"("row":2,"withdrawal_id":"","account_number":"",)"} +
                          R"("amount":"","label":"","comment":"","state":"wrong",)" + unclear));
    EXPECT_THAT(answer, HasSubstr(R"("reason":"amount: The amount must be an integer.")"));
    EXPECT_THAT(answer, HasSubstr(R"("wrong":3)"));
    EXPECT_THAT(release("amina", "2", "0"), HasSubstr("3 of its rows are wrong"));
}

TEST_F(AdminBatches, WaitForPeopleAsTheRulesSayAndAreApprovedAsOne) {
    set("approval-from", "10");
    set("approvals-needed", "2");
    const auto number = uploaded(two);
    static_cast<void>(release("amina", number, "1100"));
    EXPECT_THAT(release("brian", number, "1100", "/approve"), HasSubstr("Not every row is there"));
    make_rows();
    EXPECT_THAT(show("/admin/batches/1/check"), HasSubstr(R"("waiting_for_approval":2)"));
    EXPECT_THAT(release("amina", number, "1100", "/approve"), HasSubstr("Nobody approves"));
    EXPECT_THAT(release("brian", number, "1000", "/approve"), HasSubstr("not what the batch pays"));
    EXPECT_EQ(release("brian", number, "1100", "/approve"),
              R"({"status":"ok","outcomes":{"approved":2}})");
    EXPECT_EQ(release("chebet", number, "1100", "/approve"),
              R"({"status":"ok","outcomes":{"queued":2}})");
    EXPECT_EQ(acts("withdrawal approve"), 4);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(AdminBatches, AreCancelled) {
    const auto number = uploaded(two);
    EXPECT_THAT(as("brian", "/admin/batches/1/cancel"), HasSubstr(R"("state":"cancelled")"));
    EXPECT_THAT(as("brian", "/admin/batches/1/cancel"), HasSubstr("It has ended"));
    EXPECT_THAT(release("amina", number, "1100"), HasSubstr("It was cancelled."));
    EXPECT_THAT(upload("amina", two), HasSubstr(R"("state":"cancelled")"));
    make_rows();
    EXPECT_EQ(withdrawals(), 0);
    EXPECT_EQ(acts("batch cancelled"), 1);
}

TEST_F(AdminBatches, AreListedAndShownAPageAtATime) {
    auto csv = titles;
    for (int i = 1; i <= 250; ++i) {
        csv += "w-" + std::to_string(i) + ",25471234" + std::to_string(1000 + i) + ",100,u\n";
    }
    EXPECT_EQ(uploaded(csv), "1");
    EXPECT_EQ(uploaded(two), "2");
    const auto rows_in = [&](const std::string& query) {
        return json::parse(shown("1", query))->find("rows")->array()->size();
    };
    EXPECT_EQ(rows_in(""), 50U);
    EXPECT_EQ(rows_in("limit=1000"), 200U);
    EXPECT_EQ(rows_in("limit=200&after=200"), 50U);
    EXPECT_EQ(rows_in("state=made"), 0U);
    EXPECT_THAT(shown("1", "state=nonsense"), HasSubstr(R"("code":"field_malformed")"));
    EXPECT_THAT(shown("9"), HasSubstr("There is no such batch."));
    EXPECT_THAT(shown("all"), HasSubstr("There is no such batch."));
    EXPECT_EQ(json::parse(show("/admin/batches"))->find("batches")->array()->size(), 2U);
    EXPECT_THAT(show("/admin/batches", "merchant=shop&before=2"), HasSubstr(R"("number":1,)"));
    EXPECT_THAT(show("/admin/batches", "before=2"), Not(HasSubstr(R"("number":2,)")));
    EXPECT_THAT(show("/admin/batches", "merchant=nobody"), HasSubstr("there is no merchant"));
    EXPECT_THAT(show("/admin/batches", "digest=xyz"), HasSubstr("64 hex digits"));
    const auto digest = crypto::hex(crypto::view(crypto::sha256(two)));
    EXPECT_THAT(show("/admin/batches", "digest=" + digest), HasSubstr(R"([{"number":2,)"));
}

TEST_F(AdminBatches, AreNoLargerThanWhatIsRead) {
    EXPECT_THAT(upload("amina", std::string(sheets::bytes_max + 1, 'x')),
                HasSubstr("The body is larger than 33554432 bytes."));
    EXPECT_THAT(ask("/admin/withdrawals", {{"comment", std::string(usual_body_max, 'x')}}),
                HasSubstr("The body is larger than 4194304 bytes."));
}

}  // namespace
}  // namespace lango::backoffice
