// How a window learns that something has happened: as server-sent events, or by asking and waiting.
#include "base/json_writer.hpp"
#include "http/stream.hpp"
#include "window/desk.hpp"

namespace lango::window {

namespace {

using namespace std::chrono_literals;
constexpr Duration silence_max = 15s;  // proxies end what is silent for longer
constexpr Duration stream_life = 10min;
constexpr Duration poll_max = 25s;

std::string event(std::int64_t version) { return "data: " + std::to_string(version) + "\n\n"; }

class Events final : public http::Stream {
  public:
    Events(Desk& desk, WaitingRoom::Seat seat, std::int64_t seen)
        : desk_(desk),
          seat_(std::move(seat)),
          seen_(seen),
          until_(desk.context.clock.now() + stream_life) {}

    asio::awaitable<std::optional<std::string>> next() override {
        if (desk_.context.clock.now() >= until_) co_return std::nullopt;
        const auto now = co_await desk_.room.wait(seat_, seen_, silence_max);
        if (!now) co_return std::nullopt;
        const bool news = *now != seen_;
        seen_ = *now;
        co_return news ? event(seen_) : ":\n\n";
    }

  private:
    Desk& desk_;
    WaitingRoom::Seat seat_;
    std::int64_t seen_;
    Instant until_;
};

WaitingRoom::Seat sit_down(Desk& desk, const Visit& visit, const Order& order) {
    return desk.room.sit_down(order.merchant, order.custom_transaction_id, visit.request.peer);
}

http::Response full() {
    http::Response response;
    response.status = 503;
    response.body = R"({"status":"fail","message":"Too many windows wait. Ask again later."})";
    response.headers.emplace_back("Retry-After", "10");
    return response;
}

http::Response gone() {
    http::Response response;
    response.status = 404;
    response.body = R"({"status":"fail","message":"Not found"})";
    return response;
}

}  // namespace

asio::awaitable<http::Response> events(Desk& desk, Visit visit, std::string token) {
    const auto found = co_await find(desk, visit, std::move(token));
    if (!found) co_return gone();
    auto seat = sit_down(desk, visit, found->order);
    if (!seat) co_return full();
    http::Response response;
    response.content_type = "text/event-stream";
    const auto now = version(found->attempts);
    response.body = "retry: 3000\n" + event(now);
    response.stream = std::make_shared<Events>(desk, std::move(seat), now);
    // For proxies that would collect it first.
    response.headers.emplace_back("X-Accel-Buffering", "no");
    co_return response;
}

asio::awaitable<http::Response> wait(Desk& desk, Visit visit, std::string token) {
    const auto found = co_await find(desk, visit, std::move(token));
    if (!found) co_return gone();
    auto now = version(found->attempts);
    if (visit.query.find("v") == std::to_string(now)) {
        const auto seat = sit_down(desk, visit, found->order);
        const auto later = seat ? co_await desk.room.wait(seat, now, poll_max) : std::nullopt;
        if (!later) co_return full();
        now = *later;
    }
    http::Response response;
    json::Writer{response.body}.begin_object().member("v", now).end_object();
    co_return response;
}

}  // namespace lango::window
