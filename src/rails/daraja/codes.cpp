#include "rails/daraja/codes.hpp"

#include <algorithm>
#include <array>

#include "base/json_repair.hpp"
#include "base/redact.hpp"

namespace lango::rails::daraja {

namespace {

struct ResultRow {
    std::string_view code;
    ResultClass is;
};
constexpr ResultClass failed{.fate = Fate::failed};
constexpr ResultClass failed_may_turn{.fate = Fate::failed, .may_turn = true};
constexpr ResultClass failed_alert{.fate = Fate::failed, .alert = true};

constexpr std::array<ResultRow, 21> results{{
    {"0", {.fate = Fate::paid}},
    {"1", failed},              // payer short of funds
    {"2", failed},              // below the minimum
    {"3", failed},              // above the maximum
    {"4", failed},              // daily limit
    {"8", failed_alert},        // our account's limit
    {"17", failed},             // same amount, same payer within two minutes
    {"26", failed_may_turn},    // busy
    {"1001", failed},           // another session on the line
    {"1019", failed_may_turn},  // expired
    {"1025", failed},           // prompt not sent
    {"1032", failed_may_turn},  // cancelled, or dismissed by the phone
    {"1036", failed_may_turn},  // SMSC timeout
    {"1037", failed_may_turn},  // unreachable, or no answer
    {"2001", failed},           // wrong PIN
    {"2028", failed_alert},     // our product assignment
    {"4999", {.fate = Fate::pending}},
    {"8006", failed},              // PIN locked
    {"9999", failed_may_turn},     // error sending the push
    {"SFC_IC0003", failed_alert},  // operator does not exist
    {"E3008", failed},             // bad debt contract
}};

struct FaultRow {
    std::string_view code{};         // "": any
    std::string_view message_has{};  // "": any
    Submitted outcome = Submitted::unknown;
    bool token_refused = false;
    bool being_processed = false;
    bool alarming = false;
    bool busy = false;
    Duration pause_min{};
    bool alert = false;
    bool no_product = false;
};

// The first row that fits counts.
constexpr std::array<FaultRow, 24> faults{{
    // Apigee's, under several codes: no other token would change it.
    {.message_has = "no apiproduct match",
     .outcome = Submitted::not_submitted,
     .alarming = true,
     .no_product = true},
    {.code = "404.001.03", .outcome = Submitted::not_submitted, .token_refused = true},
    {.code = "401.002.01", .outcome = Submitted::not_submitted, .token_refused = true},
    {.code = "401.003.01", .outcome = Submitted::not_submitted, .token_refused = true},
    {.code = "400.003.01", .outcome = Submitted::not_submitted, .token_refused = true},
    // Asked too early.
    {.code = "400.002.02",
     .message_has = "CheckoutRequestID",
     .outcome = Submitted::refused,
     .being_processed = true},
    // Fields that are the same in every push.
    {.code = "400.002.02",
     .message_has = "CallBackURL",
     .outcome = Submitted::refused,
     .alert = true},
    {.code = "400.002.02",
     .message_has = "BusinessShortCode",
     .outcome = Submitted::refused,
     .alert = true},
    {.code = "400.002.02", .message_has = "Remarks", .outcome = Submitted::refused, .alert = true},
    {.code = "400.002.02", .outcome = Submitted::refused},
    {.code = "400.002.05", .outcome = Submitted::refused},
    {.code = "400.003.02", .outcome = Submitted::refused},
    {.code = "500.001.1001",
     .message_has = "being processed",
     .outcome = Submitted::unknown,
     .being_processed = true},
    // A push sooner may end the prompt that is on the phone.
    {.code = "500.001.1001",
     .message_has = "lock subscriber",
     .outcome = Submitted::not_submitted,
     .pause_min = std::chrono::minutes{1}},
    {.code = "500.001.1001",
     .message_has = "Wrong credentials",
     .outcome = Submitted::not_submitted,
     .alarming = true,
     .alert = true},
    {.code = "500.001.1001",
     .message_has = "Merchant does not exist",
     .outcome = Submitted::not_submitted,
     .alarming = true,
     .alert = true},
    {.code = "500.003.02", .outcome = Submitted::not_submitted, .busy = true},
    {.code = "500.003.03", .outcome = Submitted::not_submitted, .busy = true},
    {.code = "404.001.01", .outcome = Submitted::not_submitted, .alarming = true},
    {.code = "404.002.01", .outcome = Submitted::not_submitted, .alarming = true},
    {.code = "404.003.01", .outcome = Submitted::not_submitted, .alarming = true},
    {.code = "404.001.04", .outcome = Submitted::not_submitted, .alarming = true},
    {.code = "405.001", .outcome = Submitted::not_submitted, .alarming = true},
    {.code = "policies.ratelimit.SpikeArrestViolation",
     .outcome = Submitted::not_submitted,
     .busy = true},
}};

void read_body(const std::string& body, Fault& fault) {
    const auto parsed = json::parse_leniently(body);
    if (!parsed) return;
    fault.code = parsed->text_at("errorCode");
    fault.message = redact(parsed->text_at("errorMessage"));
    if (!fault.code.empty()) return;
    if (const auto* apigee = parsed->find("fault")) {
        const auto* detail = apigee->find("detail");
        if (detail != nullptr) fault.code = detail->text_at("errorcode");
        fault.message = redact(apigee->text_at("faultstring"));
    }
}

}  // namespace

ResultClass classify_result(std::string_view result_code) {
    const auto row = std::ranges::find(results, result_code, &ResultRow::code);
    return row == results.end() ? ResultClass{} : row->is;
}

std::vector<std::string_view> failing_codes() {
    std::vector<std::string_view> codes;
    for (const auto& row : results) {
        if (row.is.fate == Fate::failed) codes.push_back(row.code);
    }
    return codes;
}

std::vector<std::string_view> fault_codes() {
    std::vector<std::string_view> codes;
    for (const auto& row : faults) {
        if (!row.code.empty()) codes.push_back(row.code);
    }
    return codes;
}

Fault classify_fault(const http::ClientResponse& response) {
    Fault fault;
    read_body(response.body, fault);
    if (fault.code.empty()) fault.code = "HTTP " + std::to_string(response.status);
    for (const auto& row : faults) {
        if (!row.code.empty() && row.code != fault.code) continue;
        if (fault.message.find(row.message_has) == std::string::npos) continue;
        fault.outcome = row.outcome;
        fault.token_refused = row.token_refused;
        fault.being_processed = row.being_processed;
        fault.alarming = row.alarming;
        fault.busy = row.busy;
        fault.pause_min = row.pause_min;
        fault.alert = row.alert;
        fault.no_product = row.no_product;
        return fault;
    }
    // No row: by status, and only where it is certain that the core never saw the request.
    if (response.status == 429) {
        fault.outcome = Submitted::not_submitted;
        fault.busy = true;
    } else if (response.status == 401) {
        fault.outcome = Submitted::not_submitted;
        fault.token_refused = true;
    }
    return fault;
}

std::string_view name(Submitted outcome) {
    switch (outcome) {
        case Submitted::accepted:
            return "accepted";
        case Submitted::refused:
            return "refused";
        case Submitted::not_submitted:
            return "not_submitted";
        case Submitted::unknown:
            return "unknown";
    }
    return "unknown";
}

}  // namespace lango::rails::daraja
