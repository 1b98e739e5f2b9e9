// How a page learns that something has happened: server-sent events.
#include "base/json_writer.hpp"
#include "console/desk.hpp"
#include "http/stream.hpp"

namespace lango::console {

namespace {

using namespace std::chrono_literals;
constexpr Duration silence_max = 15s;  // proxies end what is silent for longer
constexpr Duration stream_life = 10min;

// Ends with the session, which listening does not keep alive.
class Events final : public http::Stream {
  public:
    Events(Desk& desk, LiveRoom::Seat seat, std::string id)
        : desk_(desk),
          seat_(std::move(seat)),
          id_(std::move(id)),
          until_(desk.now() + stream_life) {}

    asio::awaitable<std::optional<std::string>> next() override {
        if (desk_.now() >= until_) co_return std::nullopt;
        auto events = co_await desk_.live.wait(seat_, silence_max);
        if (!events) co_return std::nullopt;
        const bool is_in = co_await desk_.store().read(
            [&desk = desk_, id = id_, now = desk_.now()](store::Reader& reader) {
                return people::with_browser_session(reader, desk.master(), id,
                                                    desk.options.sessions, now)
                    .has_value();
            });
        if (!is_in) co_return std::nullopt;
        co_return events->empty() ? ":\n\n" : *std::move(events);
    }

  private:
    Desk& desk_;
    LiveRoom::Seat seat_;
    std::string id_;
    Instant until_;
};

http::Response full() {
    auto refused = refuse(Refusal::refused, "Too many pages wait for news.");
    refused.status = 503;
    refused.headers.emplace_back("Retry-After", "10");
    return refused;
}

}  // namespace

Answer listen(Desk& desk, Visit visit) {
    const auto query = http::Query::parse(visit.request.query);
    auto topics = parse_topics(query.find("topics").value_or(""));
    if (!topics)
        co_return refuse(Refusal::field_malformed, "topics is a list such as counts,inbox");
    const auto merchant = visit.person->merchant;
    const bool are_theirs =
        co_await desk.store().read([topics = *topics, merchant](store::Reader& reader) {
            for (const auto& topic : topics) {
                if (!is_theirs(reader, topic, merchant)) return false;
            }
            return true;
        });
    if (!are_theirs) co_return refuse(Refusal::not_permitted);
    auto seat = desk.live.sit_down(visit.person->name, merchant, *std::move(topics));
    if (!seat) co_return full();
    http::Response response;
    response.content_type = "text/event-stream";
    response.body = "retry: 3000\n\n";
    response.stream = std::make_shared<Events>(desk, std::move(seat), visit.id);
    // For proxies that would collect it first.
    response.headers.emplace_back("X-Accel-Buffering", "no");
    co_return response;
}

}  // namespace lango::console
