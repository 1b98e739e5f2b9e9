#include "simulator/agenda.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>

namespace lango::simulator {

using namespace std::chrono_literals;

namespace {

constexpr Duration retry_after = 5s;

// An exception here is a broken world (the journal's disk): it leaves through the executor's run().
constexpr auto rethrown = [](const std::exception_ptr& error) {
    if (error) std::rethrow_exception(error);
};

// A heap's front is the greatest: the soonest.
constexpr auto sooner = [](const auto& a, const auto& b) {
    return a.at != b.at ? a.at > b.at : a.order > b.order;
};

}  // namespace

Agenda::Agenda(const Config& config, Clock& clock, http::Client& client,
               asio::any_io_executor executor)
    : config_(config),
      clock_(clock),
      client_(client),
      executor_(std::move(executor)),
      timer_(clock.timer()),
      idle_(clock.timer()) {}

void Agenda::at(Instant when, std::function<void()> act) {
    const bool first = entries_.empty() || when < entries_.front().at;
    entries_.push_back({.at = when, .order = ++order_, .act = std::move(act)});
    std::ranges::push_heap(entries_, sooner);
    if (first) timer_->cancel();
}

void Agenda::start() {
    ++in_flight_;
    asio::co_spawn(executor_, run(), rethrown);
}

asio::awaitable<void> Agenda::run() {
    while (!stopping_) {
        while (!entries_.empty() && entries_.front().at <= clock_.now()) {
            std::ranges::pop_heap(entries_, sooner);
            const auto act = std::move(entries_.back().act);
            entries_.pop_back();
            act();
        }
        timer_->expires_at(entries_.empty() ? clock_.now() + 1h : entries_.front().at);
        static_cast<void>(co_await timer_->wait());
    }
    ended();
}

asio::awaitable<void> Agenda::stop() {
    stopping_ = true;
    timer_->cancel();
    for (const auto& timer : held_) timer->cancel();
    for (const auto& timer : watching_) timer->cancel();
    while (in_flight_ > 0) {
        idle_->expires_at(clock_.now() + 1h);
        static_cast<void>(co_await idle_->wait());
    }
}

void Agenda::ended() {
    --in_flight_;
    if (stopping_) idle_->cancel();
}

void Agenda::tell(std::string url, std::string body) { post(std::move(url), std::move(body), 0); }

void Agenda::post(std::string url, std::string body, int tries) {
    ++in_flight_;
    asio::co_spawn(executor_, send(*this, std::move(url), std::move(body), tries), rethrown);
}

asio::awaitable<void> Agenda::send(Agenda& self, std::string url, std::string body, int tries) {
    http::ClientRequest request{.method = http::Method::post,
                                .url = url,
                                .headers = {{"Content-Type", "application/json"}},
                                .body = body,
                                .timeout = 15s,
                                .guard_address = false};
    const auto answer = co_await self.client_.send(std::move(request));
    const bool taken = answer && answer->status == 200;
    if (!taken && tries < self.config_.callback_retries) {
        self.at(self.clock_.now() + retry_after,
                [&self, url = std::move(url), body = std::move(body), tries] {
                    self.post(url, body, tries + 1);
                });
    }
    self.ended();
}

void Agenda::ask(std::string url, std::string body, Duration patience,
                 std::function<void(const std::string* answer)> take) {
    ++in_flight_;
    asio::co_spawn(executor_,
                   put(*this, std::move(url), std::move(body), patience, std::move(take)),
                   rethrown);
}

asio::awaitable<void> Agenda::put(Agenda& self, std::string url, std::string body,
                                  Duration patience, std::function<void(const std::string*)> take) {
    http::ClientRequest request{.method = http::Method::post,
                                .url = std::move(url),
                                .headers = {{"Content-Type", "application/json"}},
                                .body = std::move(body),
                                .timeout = patience,
                                .guard_address = false};
    const auto answer = co_await self.client_.send(std::move(request));
    if (!self.stopping_) take(answer && answer->status == 200 ? &answer->body : nullptr);
    self.ended();
}

asio::awaitable<void> Agenda::wait(std::list<std::unique_ptr<Timer>>& among, Instant until) {
    if (stopping_) co_return;
    ++in_flight_;
    const auto mine = among.insert(among.end(), clock_.timer());
    (*mine)->expires_at(until);
    static_cast<void>(co_await (*mine)->wait());
    among.erase(mine);
    ended();
}

asio::awaitable<http::Response> Agenda::hold(Instant until, http::Response response) {
    co_await wait(held_, until);
    co_return response;
}

asio::awaitable<void> Agenda::watch(Instant until) { co_await wait(watching_, until); }

void Agenda::stir() {
    ++stirred_;
    for (const auto& timer : watching_) timer->cancel();
}

}  // namespace lango::simulator
