// The clockwork: what is due happens in order of time, by one coroutine and one timer.
#include <boost/asio/co_spawn.hpp>

#include "simulator/daraja.hpp"

namespace lango::simulator {

using namespace std::chrono_literals;

namespace {

constexpr Duration prompt_life = 60s;    // daraja.md 3.6
constexpr Duration charged_after = 20s;  // of a prompt that was told as cancelled
constexpr Duration retry_after = 5s;
constexpr Duration failure_delay = 1500ms;  // where no payer is simulated

// An exception here is a broken world (the journal's disk): it leaves through the executor's run().
constexpr auto rethrown = [](const std::exception_ptr& error) {
    if (error) std::rethrow_exception(error);
};

}  // namespace

void Daraja::start() {
    for (auto* const prompt : replayed_) {
        if (prompt->open) await_payer(*prompt, clock_.now());
    }
    replayed_.clear();
    replayed_.shrink_to_fit();
    ++in_flight_;
    asio::co_spawn(executor_, run(), rethrown);
}

asio::awaitable<void> Daraja::stop() {
    stopping_ = true;
    timer_->cancel();
    for (const auto& timer : held_) timer->cancel();
    while (in_flight_ > 0) {
        idle_->expires_at(clock_.now() + 1h);
        static_cast<void>(co_await idle_->wait());
    }
}

asio::awaitable<void> Daraja::run() {
    while (!stopping_) {
        while (auto due = due_.pop(clock_.now())) handle(std::move(*due));
        timer_->expires_at(due_.next().value_or(clock_.now() + 1h));
        static_cast<void>(co_await timer_->wait());
    }
    --in_flight_;
    idle_->cancel();
}

void Daraja::schedule(Instant at, Due due) {
    if (due_.push(at, std::move(due))) timer_->cancel();
}

Duration Daraja::payer_delay() const { return config_.auto_pay.value_or(failure_delay); }

void Daraja::await_payer(Prompt& prompt, Instant from) {
    // Failures need nobody who enters a PIN.
    const bool by_itself = prompt.scenario->code != "0" || prompt.scenario->early;
    if (prompt.scenario->answers && (config_.auto_pay || by_itself)) {
        schedule(from + payer_delay(), {.what = What::decide, .prompt = &prompt});
    }
    schedule(from + prompt_life, {.what = What::give_up, .prompt = &prompt});
}

void Daraja::handle(Due due) {
    auto& prompt = *due.prompt;
    switch (due.what) {
        case What::decide:
            if (prompt.open && !prompt.ignored) decide(prompt, std::string{prompt.scenario->code});
            break;
        case What::give_up:
            if (prompt.open) close(prompt, "1037");
            break;
        case What::charge:
            // It may have been spent in the meantime; then the failure that was told is true.
            if (natural_code(prompt) == "0")
                charge(prompt);
            else
                journal_failure(prompt);
            break;
        case What::call_back:
            send_callback(std::move(due));
            break;
    }
}

void Daraja::schedule_callbacks(Prompt& prompt) {
    const auto now = clock_.now();
    const auto& scenario = *prompt.scenario;
    const auto at = now + (scenario.late ? config_.late_by : Duration{});
    for (int i = 0; i < scenario.callbacks; ++i) {
        schedule(at + i * Duration{20ms},
                 {.what = What::call_back, .prompt = &prompt, .code = prompt.code});
    }
    if (!scenario.later_code.empty() && prompt.code == "0") {
        schedule(
            at + 1s,
            {.what = What::call_back, .prompt = &prompt, .code = std::string{scenario.later_code}});
    }
}

void Daraja::schedule_charge(Prompt& prompt) {
    const auto now = clock_.now();
    schedule(now, {.what = What::call_back, .prompt = &prompt, .code = prompt.code});
    schedule(now + charged_after, {.what = What::charge, .prompt = &prompt});
}

void Daraja::send_callback(Due due) {
    due.prompt->told = due.prompt->told || due.code == due.prompt->code;
    ++in_flight_;
    asio::co_spawn(executor_, call_back(*this, std::move(due)), rethrown);
}

asio::awaitable<void> Daraja::call_back(Daraja& self, Due due) {
    const auto& config = self.config_;
    http::ClientRequest request{
        .method = http::Method::post,
        .url = due.prompt->callback_url,
        .headers = {{"Content-Type", "application/json"}},
        .body = callback_body(*due.prompt, due.code, config.masked_phone,
                              config.shuffled_items ? &self.random_ : nullptr),
        .timeout = 15s,
        .guard_address = false};
    const auto answer = co_await self.client_.send(std::move(request));
    const bool taken = answer && answer->status == 200;
    if (!taken && due.tries < config.callback_retries) {
        ++due.tries;
        self.schedule(self.clock_.now() + retry_after, std::move(due));
    }
    --self.in_flight_;
    if (self.stopping_) self.idle_->cancel();
}

}  // namespace lango::simulator
