#include "rails/daraja/codes.hpp"

#include <string>

#include "rails/daraja/daraja_fixture.hpp"

namespace lango::rails::daraja::test {
namespace {

struct Row {
    const char* code;
    Fate fate;
    bool may_turn = false;
};
std::string named(const testing::TestParamInfo<Row>& row) { return std::string{row.param.code}; }

// daraja.md 3.5, row by row.
class ResultCode : public testing::TestWithParam<Row> {};
TEST_P(ResultCode, IsWhatTheTableSays) {
    const auto is = classify_result(GetParam().code);
    EXPECT_EQ(is.fate, GetParam().fate);
    EXPECT_EQ(is.may_turn, GetParam().may_turn);
}
INSTANTIATE_TEST_SUITE_P(Table, ResultCode,
                         testing::Values(Row{"0", Fate::paid}, Row{"1", Fate::failed},
                                         Row{"2", Fate::failed}, Row{"3", Fate::failed},
                                         Row{"4", Fate::failed}, Row{"8", Fate::failed},
                                         Row{"17", Fate::failed}, Row{"26", Fate::failed, true},
                                         Row{"1001", Fate::failed}, Row{"1019", Fate::failed, true},
                                         Row{"1025", Fate::failed}, Row{"1032", Fate::failed, true},
                                         Row{"1036", Fate::failed, true},
                                         Row{"1037", Fate::failed, true}, Row{"2001", Fate::failed},
                                         Row{"2028", Fate::failed}, Row{"4999", Fate::pending},
                                         Row{"8006", Fate::failed}, Row{"9999", Fate::failed, true},
                                         Row{"SFC_IC0003", Fate::failed},
                                         Row{"E3008", Fate::failed}),
                         named);

class UnknownCode : public testing::TestWithParam<const char*> {};
TEST_P(UnknownCode, IsNeverGuessed) {
    const auto is = classify_result(GetParam());
    EXPECT_EQ(is.fate, Fate::unknown);
    EXPECT_FALSE(is.may_turn);
}
// Neighbours of known codes, codes of other products, and texts that only look like one.
INSTANTIATE_TEST_SUITE_P(Any, UnknownCode,
                         testing::Values("", "00", "0.0", "-1", "5", "18", "1033", "10", "1032 ",
                                         " 0", "4998", "1000000", "R000001", "TP40153", "C2B00011",
                                         "sfc_ic0003", "null", "true"));

struct FaultRow {
    const char* name;
    int status;
    const char* code;
    const char* message;
    Submitted outcome;
    bool token_refused = false;
    bool being_processed = false;
    bool alarming = false;
    bool busy = false;
    Duration pause_min{};
};
std::string fault_named(const testing::TestParamInfo<FaultRow>& row) { return row.param.name; }

// daraja.md 1.2: the rows that STK push and query can meet.
class FaultCode : public testing::TestWithParam<FaultRow> {};
TEST_P(FaultCode, IsWhatTheTableSays) {
    const auto& row = GetParam();
    const auto reply = envelope(row.status, row.code, row.message);
    const auto fault = classify_fault({.status = reply.status, .headers = {}, .body = reply.body});
    EXPECT_EQ(fault.code, row.code);
    EXPECT_EQ(fault.outcome, row.outcome);
    EXPECT_EQ(fault.token_refused, row.token_refused);
    EXPECT_EQ(fault.being_processed, row.being_processed);
    EXPECT_EQ(fault.alarming, row.alarming);
    EXPECT_EQ(fault.busy, row.busy);
    EXPECT_EQ(fault.pause_min, row.pause_min);
}
using enum Submitted;
INSTANTIATE_TEST_SUITE_P(
    Table, FaultCode,
    testing::Values(
        FaultRow{"InvalidField", 400, "400.002.02", "Bad Request - Invalid BusinessShortCode",
                 refused},
        FaultRow{"AskedTooEarly", 400, "400.002.02", "Bad Request - Invalid CheckoutRequestID",
                 refused, false, true},
        FaultRow{"InvalidPayload", 400, "400.002.05", "Invalid Request Payload", refused},
        FaultRow{"TokenOfC2b", 400, "400.003.01", "Invalid Access Token", not_submitted, true},
        FaultRow{"BadRequest", 400, "400.003.02", "Bad Request", refused},
        FaultRow{"TokenOfB2c", 401, "401.002.01", "Error Occurred - Invalid Access Token - x9",
                 not_submitted, true},
        FaultRow{"TokenFamily", 401, "401.003.01", "Invalid Access Token", not_submitted, true},
        FaultRow{"TokenOfStk", 404, "404.001.03", "Invalid Access Token", not_submitted, true},
        FaultRow{"NoSuchPath", 404, "404.001.01", "Resource not found", not_submitted, false, false,
                 true},
        FaultRow{"NoSuchPathElsewhere", 404, "404.002.01", "Resource not found", not_submitted,
                 false, false, true},
        FaultRow{"NoSuchPathAnywhere", 404, "404.003.01", "Resource not found", not_submitted,
                 false, false, true},
        FaultRow{"GetForPost", 404, "404.001.04", "Invalid Authentication Header", not_submitted,
                 false, false, true},
        FaultRow{"WrongMethod", 405, "405.001", "Method Not Allowed", not_submitted, false, false,
                 true},
        FaultRow{"NoMerchant", 500, "500.001.1001", "Merchant does not exist", not_submitted, false,
                 false, true},
        FaultRow{"WrongPassword", 500, "500.001.1001", "[MerchantValidate] - Wrong credentials",
                 not_submitted, false, false, true},
        FaultRow{"PhoneBusy", 500, "500.001.1001",
                 "Unable to lock subscriber, a transaction is already in process for the current "
                 "subscriber",
                 not_submitted, false, false, false, false, 1min},
        FaultRow{"BeingProcessed", 500, "500.001.1001", "The transaction is being processed",
                 unknown, false, true},
        FaultRow{"OverloadedCode", 500, "500.001.1001", "Internal Server Error", unknown},
        FaultRow{"SystemError", 500, "500.002.1001", "System internal error.", unknown},
        FaultRow{"SystemBusy", 500, "500.003.02",
                 "System is busy. Please try again in few minutes.", not_submitted, false, false,
                 false, true},
        FaultRow{"Quota", 500, "500.003.03", "Error Occurred: Quota Violation", not_submitted,
                 false, false, false, true},
        FaultRow{"ServerError", 500, "500.003.1001", "Internal Server Error", unknown},
        FaultRow{"UnknownCode", 400, "400.999.99", "Something new", unknown},
        FaultRow{"UnknownCodeWith503", 503, "503.001", "Unavailable", unknown}),
    fault_named);

struct BodyRow {
    const char* name;
    int status;
    const char* body;
    const char* code;
    Submitted outcome;
    bool token_refused = false;
    bool busy = false;
};
std::string body_named(const testing::TestParamInfo<BodyRow>& row) { return row.param.name; }

class FaultWithoutEnvelope : public testing::TestWithParam<BodyRow> {};
TEST_P(FaultWithoutEnvelope, IsReadByStatusOnlyWhereThatIsCertain) {
    const auto& row = GetParam();
    const auto fault = classify_fault({.status = row.status, .headers = {}, .body = row.body});
    EXPECT_EQ(fault.code, row.code);
    EXPECT_EQ(fault.outcome, row.outcome);
    EXPECT_EQ(fault.token_refused, row.token_refused);
    EXPECT_EQ(fault.busy, row.busy);
    EXPECT_FALSE(fault.being_processed);
    EXPECT_FALSE(fault.alarming);
}
INSTANTIATE_TEST_SUITE_P(
    Bodies, FaultWithoutEnvelope,
    testing::Values(BodyRow{"ApigeeSpikeArrest", 429, spike_arrest,
                            "policies.ratelimit.SpikeArrestViolation", not_submitted, false, true},
                    BodyRow{"Empty429", 429, "", "HTTP 429", not_submitted, false, true},
                    BodyRow{"Empty401", 401, "", "HTTP 401", not_submitted, true},
                    BodyRow{"Empty400", 400, "", "HTTP 400", unknown},
                    BodyRow{"Html403", 403, html, "HTTP 403", unknown},
                    BodyRow{"Html404", 404, html, "HTTP 404", unknown},
                    BodyRow{"Soap500", 500, soap, "HTTP 500", unknown},
                    BodyRow{"Empty500", 500, "", "HTTP 500", unknown},
                    BodyRow{"Empty503", 503, "", "HTTP 503", unknown},
                    BodyRow{"Empty504", 504, "", "HTTP 504", unknown},
                    BodyRow{"Html200", 200, html, "HTTP 200", unknown},
                    BodyRow{"Array", 500, "[]", "HTTP 500", unknown},
                    BodyRow{"CodeThatIsNoText", 500, R"({"errorCode":{"a":1}})", "HTTP 500",
                            unknown},
                    BodyRow{"FaultThatIsNoObject", 500, R"({"fault":"x"})", "HTTP 500", unknown},
                    BodyRow{"BrokenJson", 500, R"({"errorCode":"404.001.03)", "HTTP 500", unknown}),
    body_named);

// The app lacks the product: another token changes nothing, and would void a good one.
TEST(Fault, OfAnAppWithoutTheProductIsNoMatterOfTheToken) {
    for (
        const auto* body :
        {R"({"fault":{"faultstring":"Invalid API call as no apiproduct match found"}})",
         R"({"fault":{"faultstring":"Invalid API call as no apiproduct match found","detail":{"errorcode":"keymanagement.service.InvalidAPICallAsNoApiProductMatchFound"}}})",
         R"({"errorCode":"401.003.01","errorMessage":"Invalid API call as no apiproduct match found"})"}) {
        const auto fault = classify_fault({.status = 401, .headers = {}, .body = body});
        EXPECT_EQ(fault.outcome, not_submitted) << body;
        EXPECT_FALSE(fault.token_refused) << body;
        EXPECT_TRUE(fault.no_product && fault.alarming) << body;
    }
}

// Every payment fails of these until an operator has done something.
TEST(Alert, IsForWhatOnlyAnOperatorCanEnd) {
    for (const auto* code : {"8", "2028", "SFC_IC0003"}) {
        EXPECT_TRUE(classify_result(code).alert) << code;
    }
    for (const auto* code :
         {"0", "1", "4", "17", "1032", "1037", "2001", "4999", "E3008", "7777"}) {
        EXPECT_FALSE(classify_result(code).alert) << code;
    }
    const auto field = [](const std::string& name) {
        const auto reply = envelope(400, "400.002.02", "Bad Request - Invalid " + name);
        return classify_fault({.status = 400, .headers = {}, .body = reply.body});
    };
    for (const auto* ours : {"CallBackURL", "BusinessShortCode", "Remarks"}) {
        EXPECT_TRUE(field(ours).alert) << ours;
        EXPECT_EQ(field(ours).outcome, refused) << ours;
    }
    for (const auto* theirs : {"PhoneNumber", "Amount"}) EXPECT_FALSE(field(theirs).alert);
}

TEST(Fault, KeepsNoTokenThatTheRailEchoes) {
    const auto reply = envelope(401, "401.002.01",
                                "Error Occurred - Invalid Access Token - c9SQxWWhmdVRlyh0zh8gZDTk");
    const auto fault = classify_fault({.status = reply.status, .headers = {}, .body = reply.body});
    EXPECT_EQ(fault.message.find("c9SQx"), std::string::npos) << fault.message;
    EXPECT_NE(fault.message.find("Invalid Access Token"), std::string::npos);
}

}  // namespace
}  // namespace lango::rails::daraja::test
