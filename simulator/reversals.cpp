#include "simulator/reversals.hpp"

#include "base/json_writer.hpp"
#include "simulator/fields.hpp"
#include "simulator/initiator_fields.hpp"
#include "simulator/journal_line.hpp"
#include "simulator/payout_order.hpp"
#include "simulator/wire_text.hpp"

namespace lango::simulator {

using namespace std::chrono_literals;

asio::awaitable<http::Response> Reversals::request(const http::Request& request) {
    auto asked = read_initiator_request(core_, initiators_, request, product::reversal,
                                        invalid_reversal_field);
    if (!asked) co_return std::move(asked.error());
    const auto now = core_.clock.now();
    const auto& scenario = scenario_of(*asked);
    if (drops(scenario, asked->body.text_at("TransactionID"))) {
        co_return co_await core_.agenda.hold(now + reply_held_for, gateway_timeout());
    }
    if (refuses(scenario.reply)) co_return refusal(core_, product::reversal, scenario.reply);
    auto accepted = accept(std::move(*asked), scenario);
    if (scenario.reply == Reply::lost) {
        co_return co_await core_.agenda.hold(now + reply_held_for, gateway_timeout());
    }
    if (scenario.reply != Reply::accepted) {
        co_return refusal(core_, product::reversal, scenario.reply);
    }
    if (scenario.early) {
        co_return co_await core_.agenda.hold(now + core_.config.payout_after + 500ms,
                                             std::move(accepted));
    }
    co_return accepted;
}

const PayoutScenario& Reversals::scenario_of(const InitiatorRequest& asked) {
    const auto* const payment = core_.ledger.payment(asked.body.text_at("TransactionID"));
    if (payment == nullptr) return reversal_scenario_for_phone({});
    return chosen_.choose(payment->phone, payment->amount_minor,
                          reversal_scenario_for_phone(payment->phone));
}

bool Reversals::drops(const PayoutScenario& scenario, const std::string& receipt) {
    if (scenario.reply == Reply::dropped) return true;
    return scenario.dropped_once && dropped_.insert(receipt).second;
}

http::Response Reversals::accept(InitiatorRequest asked, const PayoutScenario& scenario) {
    auto reply = accepted_reply(asked.conversation_id, asked.originator_conversation_id);
    ReversalOrder order{
        .asked = std::move(asked), .scenario = &scenario, .began = core_.clock.now()};
    auto& kept = orders_.emplace(order.asked.conversation_id, std::move(order)).first->second;
    by_originator_.emplace(kept.asked.originator_conversation_id, &kept);
    decide(kept);
    return reply;
}

const ReversalOrder* Reversals::find(const std::string& id) const {
    const auto found = by_originator_.find(id);
    return found == by_originator_.end() ? nullptr : found->second;
}

void Reversals::decide(ReversalOrder& order) {
    const auto& scenario = *order.scenario;
    const auto& asked = order.asked;
    if (asked.code != "0") return end(order, asked.code);
    if (scenario.code == reversed_before && natural_code(asked) == "0") {
        static_cast<void>(reverse(asked, core_.ids.merchant_request(),
                                  core_.ids.conversation(core_.clock.now())));
    }
    if (scenario.code != "0") return end(order, std::string{scenario.code});
    if (scenario.queue_times_out) {
        core_.agenda.tell(asked.body.text_at("QueueTimeOutURL"), result(order, "26"));
    }
    if (scenario.expires) {
        order.ended = true;
        order.code = expired;
        order.ended_at = core_.clock.now();
        return;
    }
    if (scenario.waits == Duration{}) return finish(order);
    core_.agenda.at(core_.clock.now() + scenario.waits, [this, &order] { finish(order); });
}

// The rules that hold whatever the scenario says.
std::string Reversals::natural_code(const InitiatorRequest& asked) const {
    const auto receipt = asked.body.text_at("TransactionID");
    const auto* const payment = core_.ledger.payment(receipt);
    const auto shortcode = asked.shortcode->number;
    if (payment == nullptr || payment->shortcode != shortcode) return "R000002";
    if (core_.ledger.reversed(receipt)) return "R000001";
    // A part is documented nowhere: whole or not at all.
    if (amount_minor(field(asked.body, "Amount")) != payment->amount_minor) return "25";
    if (core_.ledger.organisation(shortcode).working_minor < payment->amount_minor) return "1";
    return "0";
}

void Reversals::finish(ReversalOrder& order) {
    auto code = natural_code(order.asked);
    if (code == "0") {
        order.reversal = reverse(order.asked, order.asked.originator_conversation_id,
                                 order.asked.conversation_id);
    }
    end(order, std::move(code));
}

void Reversals::end(ReversalOrder& order, std::string code) {
    order.ended = true;
    order.code = std::move(code);
    order.ended_at = core_.clock.now();
    tell_the_end(order);
}

void Reversals::tell_the_end(const ReversalOrder& order) {
    if (core_.config.query_results_lost) return;
    const auto& scenario = *order.scenario;
    const auto at = core_.clock.now() + core_.config.payout_after +
                    (scenario.late ? core_.config.late_by : Duration{});
    const auto tell_at = [&](Instant when, std::string body) {
        core_.agenda.at(when, [this, url = order.asked.body.text_at("ResultURL"),
                               body = std::move(body)] { core_.agenda.tell(url, body); });
    };
    const bool done = order.code == "0";
    const bool misled = done && !scenario.told_code.empty();
    const auto body = result(order, misled ? scenario.told_code : std::string_view{order.code});
    for (int i = 0; i < scenario.results; ++i) tell_at(at + i * Duration{20ms}, body);
    if (done && !scenario.later_code.empty()) tell_at(at + 1s, result(order, scenario.later_code));
}

Reversal Reversals::reverse(const InitiatorRequest& asked, std::string originator_conversation_id,
                            std::string conversation_id) {
    const auto now = core_.clock.now();
    const auto& payment = *core_.ledger.payment(asked.body.text_at("TransactionID"));
    Reversal reversal{.receipt = core_.ids.receipt(now),
                      .payment_receipt = payment.receipt,
                      .originator_conversation_id = std::move(originator_conversation_id),
                      .conversation_id = std::move(conversation_id),
                      .shortcode = payment.shortcode,
                      .phone = payment.phone,
                      .amount_minor = payment.amount_minor,
                      .completed_at = to_micros(now)};
    // First: what a result tells must survive the death of this process.
    journal(reversal);
    core_.ledger.reverse(reversal);
    return reversal;
}

std::string Reversals::result(const ReversalOrder& order, std::string_view code) const {
    const bool done = code == "0";
    const auto unmoved = Ids::no_receipt(core_.clock.now());
    return result_body(core_, {.code = code,
                               .originator_conversation_id = order.asked.originator_conversation_id,
                               .conversation_id = order.asked.conversation_id,
                               .transaction_id = done ? order.reversal.receipt : unmoved,
                               .parameters = done ? success(order) : std::vector<Parameter>{},
                               .product = "reversal",
                               .texts = true});
}

std::vector<Parameter> Reversals::success(const ReversalOrder& order) const {
    const auto& reversal = order.reversal;
    const auto& shortcode = *order.asked.shortcode;
    const auto working = shillings(core_.ledger.organisation(shortcode.number).working_minor);
    const auto debit = std::to_string(shortcode.number) + " - " + shortcode.name;
    const auto amount = reversal.amount_minor + (order.scenario->wrong_amount ? 100 : 0);
    return {{.key = "DebitAccountBalance",
             .json = json_text("Working Account|KES|" + working + "|" + working + "|0.00|0.00")},
            {.key = "Amount", .json = json_text(shillings(amount))},
            {.key = "TransCompletedTime",
             .json = format_eat_compact(from_micros(reversal.completed_at))},
            {.key = "OriginalTransactionID", .json = json_text(reversal.payment_receipt)},
            {.key = "Charge", .json = json_text("0.00")},
            {.key = "CreditPartyPublicName", .json = json_text(customer_name(reversal.phone))},
            {.key = "DebitPartyPublicName", .json = json_text(debit)}};
}

void Reversals::journal(const Reversal& reversal) const {
    std::string line;
    json::Writer{line}
        .begin_object()
        .member("reversed", reversal.payment_receipt)
        .member("receipt", reversal.receipt)
        .member("originator_conversation_id", reversal.originator_conversation_id)
        .member("conversation_id", reversal.conversation_id)
        .member("shortcode", reversal.shortcode)
        .member("phone", reversal.phone)
        .member("amount_minor", reversal.amount_minor)
        .member("completed_at", reversal.completed_at)
        .end_object();
    core_.journal(line);
}

bool Reversals::replay(const json::Value& line) {
    if (line.find("reversed") == nullptr) return false;
    Reversal reversal{.receipt = line.text_at("receipt"),
                      .payment_receipt = line.text_at("reversed"),
                      .originator_conversation_id = line.text_at("originator_conversation_id"),
                      .conversation_id = line.text_at("conversation_id"),
                      .shortcode = integer_at(line, "shortcode"),
                      .phone = line.text_at("phone"),
                      .amount_minor = integer_at(line, "amount_minor"),
                      .completed_at = integer_at(line, "completed_at")};
    if (!core_.ledger.replay(std::move(reversal))) {
        throw std::runtime_error{"the journal reverses what was not paid, or twice"};
    }
    core_.ids.receipts_made(1);
    return true;
}

}  // namespace lango::simulator
