// What must survive the death of this process: accepted pushes, failures and payments, a line of
// JSON each. Callbacks are not among it: who did not get one asks, as with the real service.
#include "base/json_writer.hpp"
#include "simulator/daraja.hpp"
#include "simulator/journal_line.hpp"

namespace lango::simulator {

void Daraja::journal_push(const Prompt& prompt) {
    if (!config_.journal) return;
    std::string line;
    json::Writer{line}
        .begin_object()
        .member("pushed", prompt.checkout_request_id)
        .member("merchant_request_id", prompt.merchant_request_id)
        .member("phone", prompt.phone)
        .member("amount_minor", prompt.amount_minor)
        .member("shortcode", prompt.shortcode)
        .member("callback_url", prompt.callback_url)
        .member("reference", prompt.reference)
        .member("scenario", prompt.scenario->name)
        .member("began", to_micros(prompt.began))
        .end_object();
    config_.journal(line);
}

void Daraja::journal_failure(const Prompt& prompt) {
    if (!config_.journal) return;
    std::string line;
    json::Writer{line}
        .begin_object()
        .member("failed", prompt.checkout_request_id)
        .member("code", prompt.code)
        .member("at", to_micros(prompt.ended))
        .end_object();
    config_.journal(line);
}

std::string payment_line(const Payment& payment) {
    std::string line;
    json::Writer writer{line};
    writer.begin_object()
        .member("paid", payment.checkout_request_id)
        .member("receipt", payment.receipt)
        .member("shortcode", payment.shortcode)
        .member("phone", payment.phone)
        .member("amount_minor", payment.amount_minor)
        .member("account_reference", payment.account_reference)
        .member("completed_at", payment.completed_at);
    if (payment.till) writer.key("till").boolean(true);
    writer.end_object();
    return line;
}

void Daraja::replay(const std::string& text) {
    const auto line = json::parse(text);
    if (!line) return;
    if (line->find("pushed") != nullptr)
        replay_push(*line);
    else if (line->find("failed") != nullptr)
        replay_failure(*line);
    else if (line->find("paid") != nullptr)
        replay_payment(*line);
    else if (!payouts_.replay(*line) && !reversals_.replay(*line) && !initiators_.replay(*line) &&
             !c2b_.replay(*line) && !pull_.replay(*line) && !replay_transfer(*line))
        throw std::runtime_error{"the journal has a line that is not the simulator's"};
}

void Daraja::replay_push(const json::Value& line) {
    Prompt prompt{.checkout_request_id = line.text_at("pushed"),
                  .merchant_request_id = line.text_at("merchant_request_id"),
                  .phone = line.text_at("phone"),
                  .amount_minor = integer_at(line, "amount_minor"),
                  .shortcode = integer_at(line, "shortcode"),
                  .callback_url = line.text_at("callback_url"),
                  .reference = line.text_at("reference"),
                  .began = from_micros(integer_at(line, "began")),
                  .scenario = scenario_named(line.text_at("scenario"))};
    if (prompt.scenario == nullptr) prompt.scenario = &scenario_for_phone({});
    const auto [entry, fresh] = prompts_.emplace(prompt.checkout_request_id, std::move(prompt));
    if (!fresh) return;
    open_by_phone_[entry->second.phone] = &entry->second;
    replayed_.push_back(&entry->second);
}

void Daraja::replay_failure(const json::Value& line) {
    const auto found = prompts_.find(line.text_at("failed"));
    if (found == prompts_.end()) return;
    end_replayed(found->second, line.text_at("code"), from_micros(integer_at(line, "at")));
}

void Daraja::replay_payment(const json::Value& line) {
    Payment payment{.receipt = line.text_at("receipt"),
                    .shortcode = integer_at(line, "shortcode"),
                    .phone = line.text_at("phone"),
                    .amount_minor = integer_at(line, "amount_minor"),
                    .checkout_request_id = line.text_at("paid"),
                    .account_reference = line.text_at("account_reference"),
                    .completed_at = integer_at(line, "completed_at"),
                    .till = line.find("till") != nullptr};
    if (const auto found = prompts_.find(payment.checkout_request_id); found != prompts_.end()) {
        found->second.receipt = payment.receipt;
        end_replayed(found->second, "0", from_micros(payment.completed_at));
    }
    if (!ledger_.replay(std::move(payment))) {
        throw std::runtime_error{"the journal has a receipt twice"};
    }
    ids_.receipts_made(1);
}

void Daraja::end_replayed(Prompt& prompt, std::string code, Instant at) {
    const auto open = open_by_phone_.find(prompt.phone);
    if (open != open_by_phone_.end() && open->second == &prompt) open_by_phone_.erase(open);
    prompt.open = false;
    prompt.told = true;  // as far as anybody can say
    prompt.code = std::move(code);
    prompt.ended = at;
}

}  // namespace lango::simulator
