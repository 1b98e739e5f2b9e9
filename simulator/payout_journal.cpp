// What must survive the death of this process: ids that were accepted, failures and payouts.
// Results are not among it: who did not get one asks for the status.
#include "base/json_writer.hpp"
#include "simulator/journal_line.hpp"
#include "simulator/payouts.hpp"

namespace lango::simulator {

void Payouts::journal_accepted(const PayoutOrder& order) const {
    std::string line;
    json::Writer{line}
        .begin_object()
        .member("payout", order.conversation_id)
        .member("originator_conversation_id", order.originator_conversation_id)
        .member("shortcode", order.shortcode)
        .member("phone", order.phone)
        .member("amount_minor", order.amount_minor)
        .member("command", order.command)
        .member("result_url", order.result_url)
        .member("queue_timeout_url", order.queue_timeout_url)
        .member("scenario", order.scenario->name)
        .member("initiator_code", order.initiator_code)
        .member("began", to_micros(order.began))
        .end_object();
    core_.journal(line);
}

void Payouts::journal_failure(const PayoutOrder& order) const {
    std::string line;
    json::Writer{line}
        .begin_object()
        .member("payout_failed", order.conversation_id)
        .member("code", order.code)
        .member("receipt", order.receipt)
        .member("at", to_micros(order.ended_at))
        .end_object();
    core_.journal(line);
}

void Payouts::journal_payout(const Payout& payout) const {
    std::string line;
    json::Writer{line}
        .begin_object()
        .member("paid_out", payout.conversation_id)
        .member("originator_conversation_id", payout.originator_conversation_id)
        .member("receipt", payout.receipt)
        .member("shortcode", payout.shortcode)
        .member("phone", payout.phone)
        .member("amount_minor", payout.amount_minor)
        .member("fee_minor", payout.fee_minor)
        .member("completed_at", payout.completed_at)
        .end_object();
    core_.journal(line);
}

bool Payouts::replay(const json::Value& line) {
    if (line.find("payout") != nullptr)
        replay_accepted(line);
    else if (line.find("payout_failed") != nullptr)
        replay_failure(line);
    else if (line.find("paid_out") != nullptr)
        replay_payout(line);
    else
        return false;
    return true;
}

void Payouts::replay_accepted(const json::Value& line) {
    PayoutOrder order{.conversation_id = line.text_at("payout"),
                      .originator_conversation_id = line.text_at("originator_conversation_id"),
                      .shortcode = integer_at(line, "shortcode"),
                      .phone = line.text_at("phone"),
                      .amount_minor = integer_at(line, "amount_minor"),
                      .command = line.text_at("command"),
                      .result_url = line.text_at("result_url"),
                      .queue_timeout_url = line.text_at("queue_timeout_url"),
                      .began = from_micros(integer_at(line, "began")),
                      .scenario = payout_scenario_named(line.text_at("scenario")),
                      .initiator_code = line.text_at("initiator_code")};
    if (order.scenario == nullptr) order.scenario = &payout_scenario_for_phone({});
    const auto [entry, fresh] = orders_.emplace(order.conversation_id, std::move(order));
    if (!fresh) return;
    by_originator_.emplace(entry->second.originator_conversation_id, &entry->second);
    replayed_.push_back(&entry->second);
}

void Payouts::replay_failure(const json::Value& line) {
    const auto found = orders_.find(line.text_at("payout_failed"));
    if (found == orders_.end()) return;
    found->second.receipt = line.text_at("receipt");
    if (!found->second.receipt.empty()) core_.ids.receipts_made(1);
    end(found->second, line.text_at("code"), from_micros(integer_at(line, "at")));
}

void Payouts::replay_payout(const json::Value& line) {
    Payout payout{.receipt = line.text_at("receipt"),
                  .originator_conversation_id = line.text_at("originator_conversation_id"),
                  .conversation_id = line.text_at("paid_out"),
                  .shortcode = integer_at(line, "shortcode"),
                  .phone = line.text_at("phone"),
                  .amount_minor = integer_at(line, "amount_minor"),
                  .fee_minor = integer_at(line, "fee_minor"),
                  .completed_at = integer_at(line, "completed_at")};
    if (const auto found = orders_.find(payout.conversation_id); found != orders_.end()) {
        found->second.receipt = payout.receipt;
        found->second.fee_minor = payout.fee_minor;
        end(found->second, "0", from_micros(payout.completed_at));
    }
    if (!core_.ledger.replay(std::move(payout))) {
        throw std::runtime_error{"the journal has a receipt twice"};
    }
    core_.ids.receipts_made(1);
}

void Payouts::start() {
    for (auto* const order : replayed_) {
        if (order->ended) continue;
        core_.agenda.at(core_.clock.now() + core_.config.payout_after,
                        [this, order] { decide(*order); });
    }
    replayed_.clear();
    replayed_.shrink_to_fit();
}

}  // namespace lango::simulator
