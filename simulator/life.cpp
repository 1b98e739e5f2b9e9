// What happens to a prompt after it was accepted, in order of time.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "base/json.hpp"
#include "base/json_writer.hpp"
#include "simulator/daraja.hpp"

namespace lango::simulator {

using namespace std::chrono_literals;

namespace {

constexpr std::int64_t daily_limit_minor = 50'000'000;
constexpr std::int64_t amount_max_minor = 25'000'000;

// East Africa's calendar day.
std::int64_t day_of(Instant at) { return (to_micros(at) + 3 * 3'600'000'000LL) / 86'400'000'000LL; }

std::string payment_line(const Payment& payment) {
    std::string line;
    json::Writer{line}
        .begin_object()
        .member("paid", payment.checkout_request_id)
        .member("receipt", payment.receipt)
        .member("shortcode", payment.shortcode)
        .member("phone", payment.phone)
        .member("amount_minor", payment.amount_minor)
        .member("account_reference", payment.account_reference)
        .member("completed_at", payment.completed_at)
        .end_object();
    return line;
}

std::int64_t integer_at(const json::Value& object, std::string_view name) {
    return std::stoll(object.text_at(name));
}

}  // namespace

void Daraja::start() {
    running_ = true;
    asio::co_spawn(executor_, run(), asio::detached);
}

asio::awaitable<void> Daraja::stop() {
    stopping_ = true;
    timer_->cancel();
    while (running_ || in_flight_ > 0) {
        idle_->expires_at(clock_.now() + 1min);
        static_cast<void>(co_await idle_->wait());
    }
}

asio::awaitable<void> Daraja::run() {
    while (!stopping_) {
        while (!due_.empty() && due_.begin()->first <= clock_.now()) {
            const auto due = std::move(due_.begin()->second);
            due_.erase(due_.begin());
            handle(due);
        }
        timer_->expires_at(due_.empty() ? clock_.now() + 1h : due_.begin()->first);
        static_cast<void>(co_await timer_->wait());
    }
    running_ = false;
    idle_->cancel();
}

void Daraja::schedule(Instant at, Due due) {
    const bool sooner = due_.empty() || at < due_.begin()->first;
    due_.emplace(at, std::move(due));
    if (sooner) timer_->cancel();
}

void Daraja::handle(const Due& due) {
    const auto found = prompts_.find(due.checkout_request_id);
    if (found == prompts_.end()) return;
    auto& prompt = found->second;
    switch (due.what) {
        case What::decide:
            if (prompt.open) decide(prompt, std::string{prompt.scenario.code});
            break;
        case What::give_up:
            if (prompt.open) decide(prompt, "1037");
            break;
        case What::charge: charge(prompt); break;
        case What::call_back:
            ++in_flight_;
            asio::co_spawn(executor_, call_back(due), asio::detached);
            break;
    }
}

// The rules that hold whatever the scenario says.
std::string Daraja::natural_code(const Prompt& prompt) {
    if (prompt.amount_minor < 100) return "2";
    if (prompt.amount_minor > amount_max_minor) return "3";
    const auto last = last_paid_.find({prompt.phone, prompt.amount_minor});
    if (last != last_paid_.end() && clock_.now() - last->second < 120s) return "17";
    if (ledger_.spent_today(prompt.phone, day_of(clock_.now())) + prompt.amount_minor >
        daily_limit_minor) {
        return "4";
    }
    if (ledger_.wallet(prompt.phone) < prompt.amount_minor) return "1";
    return "0";
}

void Daraja::decide(Prompt& prompt, std::string code) {
    const auto& scenario = prompt.scenario;
    if (code == "0" && scenario.pays) code = natural_code(prompt);
    if (code != "0") {
        close(prompt, std::move(code));
        return;
    }
    if (!scenario.first_code.empty()) {
        // Told as failed, and charged all the same.
        prompt.open = false;
        open_by_phone_.erase(prompt.phone);
        prompt.code = scenario.first_code;
        schedule(clock_.now(), {.what = What::call_back, .checkout_request_id = prompt.checkout_request_id,
                                .code = std::string{scenario.first_code}});
        schedule(clock_.now() + scenario.callback_delay,
                 {.what = What::charge, .checkout_request_id = prompt.checkout_request_id, .code = {}});
        return;
    }
    charge(prompt);
}

void Daraja::charge(Prompt& prompt) {
    const auto now = clock_.now();
    Payment payment{.seq = 0,
                    .receipt = ids_.receipt(now),
                    .shortcode = prompt.shortcode,
                    .phone = prompt.phone,
                    .amount_minor = prompt.amount_minor,
                    .checkout_request_id = prompt.checkout_request_id,
                    .account_reference = prompt.reference,
                    .completed_at = to_micros(now)};
    prompt.receipt = payment.receipt;
    last_paid_[{prompt.phone, prompt.amount_minor}] = now;
    if (config_.journal) config_.journal(payment_line(payment));
    static_cast<void>(ledger_.pay(std::move(payment), day_of(now)));
    close(prompt, "0");
}

void Daraja::close(Prompt& prompt, std::string code) {
    const auto now = clock_.now();
    const auto& scenario = prompt.scenario;
    prompt.open = false;
    prompt.code = std::move(code);
    prompt.ended = now;
    open_by_phone_.erase(prompt.phone);
    // "Cancelled then charged" has waited its delay already.
    const auto at = now + (scenario.first_code.empty() ? scenario.callback_delay : 0s);
    for (int i = 0; i < scenario.callbacks; ++i) {
        schedule(at + i * Duration{20'000}, {.what = What::call_back,
                                             .checkout_request_id = prompt.checkout_request_id,
                                             .code = prompt.code});
    }
    if (!scenario.later_code.empty()) {
        schedule(at + 1s, {.what = What::call_back,
                           .checkout_request_id = prompt.checkout_request_id,
                           .code = std::string{scenario.later_code}});
    }
}

asio::awaitable<void> Daraja::call_back(Due due) {
    auto& prompt = prompts_.at(due.checkout_request_id);
    prompt.told = prompt.told || due.code == prompt.code;
    const auto url = prompt.callback_url;
    auto body = callback_body(prompt, due.code, config_.masked_phone, config_.shuffled_items);
    const auto answer = co_await client_.send({.method = http::Method::post,
                                               .url = url,
                                               .headers = {{"Content-Type", "application/json"}},
                                               .body = std::move(body),
                                               .timeout = 15s,
                                               .guard_address = false});
    if ((!answer || answer->status != 200) && due.tries < config_.callback_retries) {
        ++due.tries;
        schedule(clock_.now() + 5s, due);
    }
    --in_flight_;
    if (stopping_) idle_->cancel();
}

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
        .member("scenario", prompt.scenario.name)
        .member("began", to_micros(prompt.began))
        .end_object();
    config_.journal(line);
}

void Daraja::replay(const std::string& text) {
    const auto line = json::parse(text);
    if (!line) return;  // the last line of a killed process may be half written
    if (auto id = line->text_at("pushed"); !id.empty()) {
        Prompt prompt;
        prompt.checkout_request_id = id;
        prompt.merchant_request_id = line->text_at("merchant_request_id");
        prompt.phone = line->text_at("phone");
        prompt.amount_minor = integer_at(*line, "amount_minor");
        prompt.shortcode = integer_at(*line, "shortcode");
        prompt.callback_url = line->text_at("callback_url");
        prompt.reference = line->text_at("reference");
        prompt.began = from_micros(integer_at(*line, "began"));
        const auto* scenario = scenario_named(line->text_at("scenario"));
        if (scenario != nullptr) prompt.scenario = *scenario;
        open_by_phone_[prompt.phone] = id;
        due_.emplace(clock_.now() + config_.auto_pay.value_or(60s),
                     Due{.what = config_.auto_pay ? What::decide : What::give_up,
                         .checkout_request_id = id, .code = {}});
        prompts_.insert_or_assign(std::move(id), std::move(prompt));
        return;
    }
    const auto id = line->text_at("paid");
    if (id.empty()) return;
    const Payment payment{.seq = 0,
                          .receipt = line->text_at("receipt"),
                          .shortcode = integer_at(*line, "shortcode"),
                          .phone = line->text_at("phone"),
                          .amount_minor = integer_at(*line, "amount_minor"),
                          .checkout_request_id = id,
                          .account_reference = line->text_at("account_reference"),
                          .completed_at = integer_at(*line, "completed_at")};
    ledger_.replay(payment, day_of(from_micros(payment.completed_at)));
    ids_.receipts_made(ledger_.payments().size());
    const auto found = prompts_.find(id);
    if (found == prompts_.end()) return;
    auto& prompt = found->second;
    prompt.open = false;
    prompt.told = true;  // perhaps not: then the query and the list of payments tell
    prompt.code = "0";
    prompt.receipt = payment.receipt;
    prompt.ended = from_micros(payment.completed_at);
    open_by_phone_.erase(prompt.phone);
}

}  // namespace lango::simulator
