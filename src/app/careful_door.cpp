#include "app/careful_door.hpp"

#include "api/envelope.hpp"
#include "api/rail_door.hpp"
#include "ops/logging.hpp"
#include "runs/message.hpp"

namespace lango::app {

namespace {

bool is_the_rails(const http::Request& request) {
    return request.method == http::Method::post && request.path.starts_with("/rail/");
}

// It is kept already. Who asks whether a payment may come in is told by nobody's silence.
http::Response answer_known(const http::Request& request) {
    if (request.path.ends_with("/validation")) {
        return api::come_again(503, "This question is set aside.", std::chrono::minutes{1});
    }
    return api::thanks();
}

}  // namespace

http::asio::awaitable<void> CarefulDoor::refresh() {
    set_aside_ = co_await parts_.store.read(
        [](store::Reader& reader) { return runs::messages_set_aside(reader); });
}

http::Service CarefulDoor::before(http::Service inner) {
    return [this, inner = std::move(inner)](const http::Request& request) {
        const bool usual = set_aside_.empty() && !parts_.watch.is_careful();
        return usual || !is_the_rails(request) ? inner(request) : serve(request, inner);
    };
}

http::asio::awaitable<http::Response> CarefulDoor::serve(const http::Request& request,
                                                         const http::Service& inner) {
    if (set_aside_.contains(runs::digest_of(request.path, request.body))) {
        log::warn("callback", "the gateway died of this message: not read again",
                  {{"request_id", request.request_id}});
        parts_.noticed("set_aside");
        co_return answer_known(request);
    }
    if (!parts_.watch.is_careful()) co_return co_await inner(request);
    const auto turn = co_await parts_.watch.turn();
    // What cannot have its turn is read all the same, beside the one that goes.
    if (!turn) co_return co_await inner(request);
    co_return co_await read_alone(request, inner);
}

http::asio::awaitable<http::Response> CarefulDoor::read_alone(const http::Request& request,
                                                              const http::Service& inner) {
    std::optional<std::int64_t> number;
    try {
        number = co_await parts_.store.write(
            [message = runs::Message{.path = request.path, .body = request.body},
             now = parts_.clock.now()](store::Tx& tx) {
                return runs::begin_message(tx, message, now);
            });
    } catch (const std::exception& error) {
        // Whoever reads it finds the same.
        log::warn("callback", "it could not be kept before it is read", {{"error", error.what()}});
    }
    std::exception_ptr failed;
    http::Response response;
    try {
        response = co_await inner(request);
    } catch (...) {
        failed = std::current_exception();
    }
    if (number) {
        try {
            co_await parts_.store.write(
                [number = *number](store::Tx& tx) { runs::end_message(tx, number); });
        } catch (const std::exception& error) {
            log::warn("callback", "that it was read could not be kept", {{"error", error.what()}});
        }
    }
    if (failed) std::rethrow_exception(failed);
    co_return response;
}

}  // namespace lango::app
