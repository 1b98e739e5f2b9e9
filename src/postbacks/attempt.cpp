#include "base/check.hpp"
#include "postbacks/body.hpp"
#include "postbacks/exchange.hpp"
#include "postbacks/lanes.hpp"

namespace lango::postbacks {

// Nothing when it is not stored.
asio::awaitable<std::shared_ptr<const rates::Table>> Delivery::Impl::table_of(std::int64_t id) {
    if (const auto known = tables.find(id); known != tables.end()) co_return known->second;
    auto loaded =
        co_await store.read([id](store::Reader& reader) { return rates::load(reader, id); });
    if (abandoned || !loaded) co_return nullptr;
    co_return tables[id] = std::make_shared<const rates::Table>(std::move(*loaded));
}

// The bytes that were signed, or none: what differs from the digest is never sent.
asio::awaitable<std::optional<Message>> Delivery::Impl::rebuild(Lane& lane, Waiting waiting) {
    std::string body;
    if (waiting.rates_id == event_rates) {
        body = std::move(waiting.head);
    } else if (const auto table = co_await table_of(waiting.rates_id)) {
        body = whole_body({.head = std::move(waiting.head), .tail = std::move(waiting.tail)},
                          *table, waiting.amount);
    }
    if (abandoned) co_return std::nullopt;
    if (crypto::view(crypto::sha256(body)) != waiting.digest) {
        co_await finish(lane,
                        {.id = waiting.id,
                         .at = clock.now(),
                         .took = {},
                         .outcome = AttemptOutcome::bytes_changed,
                         .status = 0,
                         .answer = "not sent: the rebuilt body is not the signed one",
                         .alone = waiting.alone},
                        waiting.created_at);
        co_return std::nullopt;
    }
    co_return Message{.id = waiting.id,
                      .merchant = waiting.merchant,
                      .attempts = waiting.attempts,
                      .created_at = waiting.created_at,
                      .first_attempt_at = waiting.first_attempt_at,
                      .body = std::make_shared<const std::string>(std::move(body)),
                      .alone = waiting.alone};
}

void Delivery::Impl::begin(Lane& lane, Message message) {
    ++lane.in_flight;
    ++stats.in_flight;
    attempts.spawn(shared_from_this(), "attempt", attempt(lane, std::move(message)));
}

asio::awaitable<void> Delivery::Impl::attempt(Lane& lane, Message message) {
    try {
        co_await try_once(lane, std::move(message));
    } catch (const store::Unavailable&) {
        // The store says why in its own place.
        not_recorded(lane);
    } catch (const std::exception& error) {
        tell_trouble("attempt", error.what());
        not_recorded(lane);
    }
    ended(lane);
}

// When the lease ends it is sent again, which a merchant must expect.
void Delivery::Impl::not_recorded(Lane& lane) {
    ++stats.failed_attempts;
    if (!abandoned) lane.look_at = std::min(lane.look_at, clock.now() + options.lease);
}

void Delivery::Impl::tell_trouble(std::string_view what, std::string_view error) const {
    if (trouble && !abandoned) trouble(what, error);
}

// What cannot be made into the bytes that were signed is not sent; it is looked at again in an
// hour, for a person may have mended it.
asio::awaitable<void> Delivery::Impl::refuse(Lane& lane, Unsendable row) {
    tell_trouble("read", hex16(row.id.value()) + ": " + row.why);
    co_await finish(lane,
                    {.id = row.id,
                     .at = clock.now(),
                     .took = {},
                     .outcome = AttemptOutcome::bytes_changed,
                     .status = 0,
                     .answer = "not sent: " + row.why},
                    row.created_at);
}

void Delivery::Impl::ended(Lane& lane) {
    LANGO_CHECK(lane.in_flight > 0 && stats.in_flight > 0, "what ends was in flight");
    --lane.in_flight;
    --stats.in_flight;
    if (lane.blocked) lane.loop.wake();
}

asio::awaitable<void> Delivery::Impl::try_once(Lane& lane, Message message) {
    if (abandoned) co_return;
    const auto merchant = reachable(message.merchant);
    if (merchant == nullptr) co_return;  // his URL went meanwhile: the row waits for the next
    const auto began = clock.now();
    auto request = request_for(*merchant, message.id, *message.body, began, options.timeout);
    const auto answer = co_await client.send(std::move(request));
    if (abandoned) co_return;
    auto judged = judge(message.id, began, clock.now(), answer);
    judged.alone = message.alone;
    co_await finish(lane, std::move(judged), message.created_at);
}

// Records the attempt and what comes next in one write.
asio::awaitable<void> Delivery::Impl::finish(Lane& lane, Attempt attempt, Instant created_at) {
    const auto id = attempt.id;
    const auto outcome = attempt.outcome;
    const auto ended = attempt.at + attempt.took;
    const auto merchant = directory.by_id(lane.merchant);
    const auto next = co_await store.write(
        [attempt = std::move(attempt),
         schedule = merchant ? merchant->postback_schedule : merchants::PostbackSchedule{},
         random = random.next()](store::Tx& tx) { return record(tx, attempt, schedule, random); });
    if (outcome == AttemptOutcome::delivered) {
        ++stats.delivered;
    } else {
        ++stats.failed_attempts;
    }
    if (next.state == State::exhausted) ++stats.exhausted;
    if (next.due && *next.due < lane.look_at) {
        lane.look_at = *next.due;
        lane.loop.wake();
    }
    if (observe && !abandoned) observe(id, outcome, next.state, ended - created_at);
}

}  // namespace lango::postbacks
