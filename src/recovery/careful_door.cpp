#include "recovery/careful_door.hpp"

#include <algorithm>

#include "api/envelope.hpp"
#include "api/rail_door.hpp"
#include "ops/logging.hpp"
#include "recovery/kept_message.hpp"
#include "runs/message.hpp"

namespace lango::recovery {

namespace {

using namespace std::chrono_literals;

constexpr Duration longest_wait = 1h;  // for a turn: each one ends
constexpr Duration person_waits = 1min;
constexpr Duration first_pause = 1min;
constexpr Duration longest_pause = 1h;

bool is_the_rails(const http::Request& request) {
    return request.method == http::Method::post && request.path.starts_with("/rail/");
}

// It is kept already. Who asks whether a payment may come in is told by nobody's silence.
http::Response answer_known(const http::Request& request) {
    if (request.path.ends_with("/validation")) {
        return api::come_again(503, "This question is set aside.", 1min);
    }
    return api::thanks();
}

// Whatever its endpoint answered it has read it, unless it broke in the middle.
bool was_read(const http::Response& response) { return response.status < 500; }

}  // namespace

CarefulDoor::CarefulDoor(Parts parts)
    : parts_(std::move(parts)),
      pause_(parts_.clock.timer()),
      reading_({.executor = parts_.executor, .clock = parts_.clock}) {}

http::asio::awaitable<void> CarefulDoor::refresh() {
    set_aside_ = co_await parts_.store.read(
        [](store::Reader& reader) { return runs::messages_set_aside(reader); });
}

http::Service CarefulDoor::before(http::Service inner) {
    inner_ = std::move(inner);
    return [this](const http::Request& request) {
        const bool usual = set_aside_.empty() && !parts_.watch.is_careful();
        return usual || !is_the_rails(request) ? inner_(request) : serve(request);
    };
}

http::asio::awaitable<http::Response> CarefulDoor::serve(const http::Request& request) {
    if (auto refused = parts_.refused(request)) co_return std::move(*refused);
    if (set_aside_.contains(runs::digest_of(request.path, request.body))) {
        log::warn("callback", "the gateway died of this message: not read again",
                  {{"request_id", request.request_id}});
        parts_.noticed("set_aside");
        co_return answer_known(request);
    }
    if (!parts_.watch.is_careful()) co_return co_await inner_(request);
    const auto turn = co_await parts_.watch.turn();
    // What cannot have its turn is read all the same, beside the one that goes.
    if (!turn) co_return co_await inner_(request);
    co_return co_await read_alone(request);
}

http::asio::awaitable<http::Response> CarefulDoor::read_alone(const http::Request& request) {
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
        response = co_await inner_(request);
    } catch (...) {
        failed = std::current_exception();
    }
    if (number) {
        const bool read = !failed && was_read(response);
        co_await ended(*number, read);
        // The rail does not send it again.
        if (!read) read_later(*number);
    }
    if (failed) std::rethrow_exception(failed);
    co_return response;
}

// In one write: it has been read, or stays; and nothing goes alone.
http::asio::awaitable<void> CarefulDoor::ended(std::int64_t number, bool read) {
    try {
        co_await parts_.store.write([number, read](store::Tx& tx) {
            if (read)
                runs::end_message(tx, number);
            else
                runs::leave_message(tx, number);
        });
        co_return;
    } catch (const std::exception& error) {
        log::warn("callback", "what became of it could not be kept: it is read again",
                  {{"message", number}, {"error", error.what()}});
    }
    parts_.watch.name_may_stand();
    if (read) read_later(number);
}

http::asio::awaitable<bool> CarefulDoor::reads(const http::Request& request) {
    std::string why;
    try {
        const auto response = co_await inner_(request);
        if (was_read(response)) co_return true;
        why = "answered " + std::to_string(response.status);
    } catch (const std::exception& error) {
        why = error.what();
    }
    log::warn("callback", "a kept message could not be read now: it stays", {{"why", why}});
    co_return false;
}

// In a turn of the caller's.
http::asio::awaitable<CarefulDoor::Again> CarefulDoor::read_kept(std::int64_t number, Named named) {
    const auto kept = co_await parts_.store.read(
        [number](store::Reader& reader) { return runs::find_message(reader, number); });
    if (!kept) co_return Again::not_there;
    const auto request = as_it_came(*kept, parts_.master, parts_.peer);
    if (!request) co_return Again::not_ours;
    if (named == Named::yes) {
        co_await parts_.store.write([number](store::Tx& tx) { runs::begin_again(tx, number); });
    }
    log::info("callback", "what an earlier run kept is read",
              {{"message", number}, {"about", kept->message.path}});
    const bool read = co_await reads(*request);
    co_await ended(number, read);
    co_return read ? Again::read : Again::kept;
}

http::asio::awaitable<CarefulDoor::Again> CarefulDoor::read_again(std::int64_t number) {
    const bool is_aside = co_await parts_.store.read([number](store::Reader& reader) {
        return runs::is_set_aside(reader, {.kind = runs::Kind::message, .id = number});
    });
    if (!is_aside) co_return Again::not_there;
    const auto turn = co_await parts_.watch.turn(person_waits);
    if (!turn) co_return Again::kept;
    // Not named: it is set aside as it is, and stays so when the gateway dies of it again.
    co_return co_await read_kept(number, Named::no);
}

http::asio::awaitable<void> CarefulDoor::start() {
    const auto left = co_await parts_.store.read(
        [](store::Reader& reader) { return runs::messages_left(reader); });
    left_.insert(left_.end(), left.begin(), left.end());
    if (!left_.empty()) begin_reading();
}

void CarefulDoor::read_later(std::int64_t number) {
    left_.push_back(number);
    if (reading_.size() == 0) begin_reading();
}

void CarefulDoor::begin_reading() {
    if (!stopping_) reading_.spawn(nullptr, "read", read_left());
}

http::asio::awaitable<void> CarefulDoor::read_left() {
    auto pause = first_pause;
    while (!stopping_ && !left_.empty()) {
        const auto number = left_.front();
        left_.pop_front();
        const auto came = co_await read_left(number);
        if (came == Again::not_ours) co_await give_to_a_person(number);
        if (came != Again::kept) continue;
        if (std::ranges::find(left_, number) == left_.end()) left_.push_back(number);
        pause_->expires_at(parts_.clock.now() + pause);
        pause = std::min(pause * 2, longest_pause);
        if (!stopping_) static_cast<void>(co_await pause_->wait());
    }
}

http::asio::awaitable<CarefulDoor::Again> CarefulDoor::read_left(std::int64_t number) {
    try {
        const auto turn = co_await parts_.watch.turn(longest_wait);
        if (!turn || stopping_) co_return Again::kept;
        co_return co_await read_kept(number, parts_.watch.is_careful() ? Named::yes : Named::no);
    } catch (const std::exception& error) {
        log::warn("callback", "a kept message could not be taken: it stays",
                  {{"message", number}, {"error", error.what()}});
    }
    co_return Again::kept;
}

// Whoever sent it knew no token of ours, or that key is gone: people read it, and no endpoint does.
http::asio::awaitable<void> CarefulDoor::give_to_a_person(std::int64_t number) {
    try {
        co_await parts_.store.write([number, now = parts_.clock.now()](store::Tx& tx) {
            auto kept = runs::find_message(tx, number);
            if (!kept) return;
            if (keep_for_a_person(tx, std::move(kept->message),
                                  "kept while a run was careful, and no token of ours fits it",
                                  now))
                runs::end_message(tx, number);
        });
    } catch (const std::exception& error) {
        log::warn("callback", "a kept message stays", {{"error", error.what()}});
    }
    log::error("callback", "no token of ours fits a kept message: lango unreadable list",
               {{"message", number}});
}

http::asio::awaitable<void> CarefulDoor::stop() {
    stopping_ = true;
    pause_->cancel();
    co_await reading_.join();
}

}  // namespace lango::recovery
