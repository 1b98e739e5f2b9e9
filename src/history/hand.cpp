#include "history/hand.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "base/json_writer.hpp"
#include "deposits/record_push.hpp"
#include "deposits/take.hpp"
#include "rails/daraja/codes.hpp"

namespace lango::history {

namespace {

using namespace std::chrono_literals;

constexpr Duration lease = 30s;
constexpr std::string_view merchant_request = "29115-34620561-1";

struct Words {
    std::string_view code, text;
};
constexpr std::array words{
    Words{"0", "The service request is processed successfully."},
    Words{"1", "The balance is insufficient for the transaction."},
    Words{"17", "A similar transaction is underway, for the same customer with the same amount."},
    Words{"26", "System busy. The service request is rejected."},
    Words{"1001",
          "Unable to lock subscriber, a transaction is already in process for the current "
          "subscriber"},
    Words{"1019", "Transaction has expired"},
    Words{"1025", "An error occurred while sending a push request"},
    Words{"1032", "Request cancelled by user"},
    Words{"1037", "DS timeout user cannot be reached"},
    Words{"2001", "The initiator information is invalid."},
    Words{"8006", "The security credential is locked."},
    Words{"9999", "An error occurred while sending a push request"},
    Words{"4", "The transaction would exceed the recipient's daily limit."},
    Words{"8", "The recipient's account would exceed its maximum balance."},
    Words{"2040", "The receiver party is not registered."},
    Words{"SFC_IC0003", "The operator does not exist."},
};

// What the rail calls a push; its callback names it also where our reply was lost.
std::string push_name(DepositId id, Instant at) {
    return "ws_CO_" + format_eat_compact(at) + "_" + hex16(id.value());
}
std::string push_name(const deposits::Deposit& deposit) {
    return deposit.checkout_request_id.empty() ? push_name(deposit.id, deposit.created_at)
                                               : deposit.checkout_request_id;
}

std::string callback(const deposits::Deposit& deposit, const std::string& code,
                     const std::string& receipt, Instant at) {
    std::string out;
    json::Writer writer{out};
    writer.begin_object().key("Body").begin_object().key("stkCallback").begin_object();
    writer.member("MerchantRequestID", merchant_request)
        .member("CheckoutRequestID", push_name(deposit));
    writer.key("ResultCode").raw(code);
    writer.member("ResultDesc", words_of(code));
    if (!receipt.empty()) {
        const auto item = [&writer](std::string_view name, std::string_view value, bool quoted) {
            writer.begin_object().member("Name", name).key("Value");
            if (quoted)
                writer.string(value);
            else
                writer.raw(value);
            writer.end_object();
        };
        writer.key("CallbackMetadata").begin_object().key("Item").begin_array();
        item("Amount", deposit.amount.text(), false);
        item("MpesaReceiptNumber", receipt, true);
        item("TransactionDate", format_eat_compact(at), false);
        item("PhoneNumber", deposit.phone.raw(), false);
        writer.end_array().end_object();
    }
    writer.end_object().end_object().end_object();
    return out;
}

// A line of the rail's own list.
std::string line(const deposits::Deposit& deposit, const std::string& receipt, Instant at) {
    std::string out;
    json::Writer{out}
        .begin_object()
        .member("transactionId", receipt)
        .member("trxDate", format_rfc3339(at))
        .member("msisdn", deposit.phone.masked())
        .member("billreference", hex16(deposit.id.value()))
        .member("amount", deposit.amount.text())
        .end_object();
    return out;
}

std::string query(const deposits::Deposit& deposit, const std::string& code) {
    std::string out;
    json::Writer{out}
        .begin_object()
        .member("ResponseCode", "0")
        .member("CheckoutRequestID", deposit.checkout_request_id)
        .member("ResultCode", code)
        .member("ResultDesc", words_of(code))
        .end_object();
    return out;
}

std::string answer_of(postbacks::AttemptOutcome outcome, int status) {
    if (outcome == postbacks::AttemptOutcome::delivered) return R"({"status":"ok"})";
    if (outcome == postbacks::AttemptOutcome::no_answer) return "connection timed out";
    return status == 200 ? "<html>Maintenance</html>" : "Internal Server Error";
}

}  // namespace

std::string_view words_of(std::string_view code) {
    const auto* const found = std::ranges::find(words, code, &Words::code);
    return found == words.end() ? std::string_view{} : found->text;
}

Hand::Hand(Parts parts) : parts_(std::move(parts)), ids_(parts_.random) {}

deposits::ObserveContext Hand::context(Instant at) {
    return {.merchants = &parts_.merchants,
            .rates = parts_.rates,
            .fresh_id = fresh(at),
            .shortcode = shortcode,
            .timing = {},
            .postback_lease = lease,
            .confirm_above = {}};
}

withdrawals::SettleContext Hand::settle_context(Instant at) {
    return {.merchants = &parts_.merchants,
            .rates = parts_.rates,
            .fresh_id = fresh(at),
            .route = payout_route,
            .timing = {},
            .postback_lease = lease};
}

std::optional<DepositId> Hand::prompt(store::Tx& tx, deposits::NewDeposit wanted,
                                      rails::Submitted answer, std::string_view code, Instant at) {
    wanted.id = DepositId{fresh(at)};
    if (!deposits::create(tx, wanted, {}, at)) return std::nullopt;
    const auto taken = deposits::take_pushes(tx, 1, {}, shortcode, at);
    if (taken.pushes.size() != 1 || taken.pushes.front().deposit != wanted.id) {
        throw std::runtime_error{"open payments of another time are in the way"};
    }
    rails::PushAnswer told;
    told.outcome = answer;
    told.code = code;
    if (answer == rails::Submitted::accepted) {
        told.checkout_request_id = push_name(wanted.id, at);
        told.merchant_request_id = merchant_request;
    }
    deposits::record_push(tx, wanted.id, told, {}, at);
    return wanted.id;
}

deposits::ObserveOutcome Hand::paid(store::Tx& tx, DepositId id, rails::Source source,
                                    const std::string& receipt, Instant at) {
    const auto deposit = deposits::find(tx, id);
    if (!deposit) throw std::runtime_error{"a payment of the past is not there"};
    rails::Observation seen;
    seen.source = source;
    seen.fate = rails::Fate::paid;
    seen.code = "0";
    seen.receipt = receipt;
    seen.amount = deposit->amount;
    const bool by_callback = source == rails::Source::callback;
    if (by_callback) {
        seen.checkout_request_id = push_name(*deposit);
        seen.merchant_request_id = merchant_request;
    }
    seen.raw = by_callback ? callback(*deposit, "0", receipt, at) : line(*deposit, receipt, at);
    return deposits::observe(tx, id, seen, context(at), at);
}

deposits::ObserveOutcome Hand::failed(store::Tx& tx, DepositId id, rails::Source source,
                                      const std::string& code, Instant at) {
    const auto deposit = deposits::find(tx, id);
    if (!deposit) throw std::runtime_error{"a payment of the past is not there"};
    rails::Observation seen;
    seen.source = source;
    seen.fate = rails::Fate::failed;
    seen.code = code;
    seen.description = words_of(code);
    const bool by_callback = source == rails::Source::callback;
    if (by_callback) {
        seen.checkout_request_id = push_name(*deposit);
        seen.merchant_request_id = merchant_request;
    }
    seen.may_turn = rails::daraja::classify_result(code).may_turn;
    seen.raw = by_callback ? callback(*deposit, code, {}, at) : query(*deposit, code);
    return deposits::observe(tx, id, seen, context(at), at);
}

postbacks::Next Hand::attempt(store::Tx& tx, PostbackId id, postbacks::AttemptOutcome outcome,
                              int status, Instant at) {
    const auto took =
        outcome == postbacks::AttemptOutcome::no_answer ? Duration{10s} : Duration{180ms};
    return postbacks::record(tx,
                             {.id = id,
                              .at = at,
                              .took = took,
                              .outcome = outcome,
                              .status = status,
                              .answer = answer_of(outcome, status)},
                             {}, parts_.random.next());
}

}  // namespace lango::history
