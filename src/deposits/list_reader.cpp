#include "deposits/list_reader.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "base/check.hpp"

namespace lango::deposits {

using namespace std::chrono_literals;

Stretch stretch_of(const Check& check, Instant now) {
    const auto from = check.pushed_at - 1min;
    return {.from = from,
            .to = check.is_last ? now : std::max(from, std::min(now, check.pushed_at + 15min))};
}

namespace {

std::vector<Stretch> joined(std::vector<Stretch> all) {
    std::ranges::sort(all, {}, &Stretch::from);
    std::vector<Stretch> out;
    for (const auto& next : all) {
        if (!out.empty() && next.from <= out.back().to)
            out.back().to = std::max(out.back().to, next.to);
        else
            out.push_back(next);
    }
    return out;
}

}  // namespace

std::vector<Stretch> stretches(const std::vector<Check>& waiting, Instant now) {
    std::vector<Stretch> soon;
    std::vector<Stretch> last;
    for (const auto& check : waiting) {
        (check.is_last ? last : soon).push_back(stretch_of(check, now));
    }
    auto all = joined(std::move(soon));
    for (const auto& stretch : joined(std::move(last))) all.push_back(stretch);
    return all;
}

// Who waits, found by what stands in the list.
struct ListReader::Reading {
    struct One {
        DepositId id;
        Stretch stretch;
        bool found = false;
    };
    std::unordered_map<std::string, One> by_reference;
    std::vector<Stretch> plan;

    [[nodiscard]] bool concerns(const Stretch& part) const {
        return std::ranges::any_of(by_reference, [&](const auto& entry) {
            const auto& one = entry.second;
            return !one.found && one.stretch.from <= part.to && part.from <= one.stretch.to;
        });
    }
};

void ListReader::ask(std::vector<Check> checks) {
    // Beyond this they are due again before their turn would come.
    for (auto& check : checks) {
        if (waiting_.size() < waiting_max) waiting_.push_back(std::move(check));
    }
}

void ListReader::stop() {
    stopping_ = true;
    parts_.rail.stop_reading();
}

asio::awaitable<void> ListReader::read() {
    reading_ = true;
    while (!stopping_ && !waiting_.empty()) {
        const auto waiting = std::exchange(waiting_, {});
        const auto now = parts_.clock.now();
        Reading reading;
        reading.plan = stretches(waiting, now);
        for (const auto& check : waiting) {
            reading.by_reference.insert_or_assign(
                parts_.rail.reference(check.id),
                Reading::One{.id = check.id, .stretch = stretch_of(check, now)});
        }
        std::string error;
        try {
            co_await read_for(reading);
        } catch (const std::exception& broken) {
            error = broken.what();
        }
        if (!error.empty()) parts_.trouble("pull", error);
    }
    reading_ = false;
}

asio::awaitable<void> ListReader::read_for(Reading& reading) {
    for (auto stretch : reading.plan) {
        while (stretch.from < stretch.to) {
            if (stopping_) co_return;
            const Stretch part{.from = stretch.from,
                               .to = std::min(stretch.to, stretch.from + slice_)};
            LANGO_CHECK(part.from < part.to, "the rail's list is read forwards");
            const auto came =
                reading.concerns(part) ? co_await read_part(reading, part) : Part::read;
            if (came == Part::silent) co_return;  // and would say as little of the rest
            if (came == Part::too_long) {
                const auto length = part.to - part.from;
                slice_ = std::max(slice_min, length / 4);
                if (length > slice_min) continue;
                parts_.trouble("pull", "more payments in a few seconds than can be read");
            }
            stretch.from = part.to;
        }
    }
}

asio::awaitable<ListReader::Part> ListReader::read_part(Reading& reading, Stretch part) {
    std::optional<std::vector<rails::PulledPayment>> payments;
    try {
        payments = co_await parts_.rail.pull(part.from, part.to);
    } catch (const rails::ListTooLong&) {
        co_return Part::too_long;
    }
    if (!payments) co_return Part::silent;
    if (payments->size() < few) slice_ = std::min(slice_max, slice_ * 2);
    co_await match(reading, std::move(*payments));
    co_return Part::read;
}

bool ListReader::may_keep_page() {
    const auto now = parts_.clock.now();
    if (page_kept_at_ && !has_passed(*page_kept_at_, page_pause, now)) return false;
    page_kept_at_ = now;
    return true;
}

// What the books refuse is kept for a person by then, and hides no other row.
asio::awaitable<void> ListReader::tell(DepositId id, rails::PulledPayment payment) {
    auto raw = payment.receipt + " " + payment.amount.text();
    std::string refused;
    try {
        static_cast<void>(
            co_await parts_.observer.observe(id, {.source = rails::Source::pull,
                                                  .fate = rails::Fate::paid,
                                                  .code = "0",
                                                  .description = {},
                                                  .checkout_request_id = {},
                                                  .merchant_request_id = {},
                                                  .receipt = std::move(payment.receipt),
                                                  .amount = payment.amount,
                                                  .raw = std::move(raw)}));
    } catch (const store::Unavailable&) {
        throw;
    } catch (const store::Broken&) {
        throw;
    } catch (const std::exception& error) {
        refused = error.what();
    }
    if (!refused.empty()) parts_.trouble("pull", hex16(id.value()) + ": " + refused);
}

// Two payments with one reference are two pushes that were both paid: each is told of.
asio::awaitable<void> ListReader::match(Reading& reading,
                                        std::vector<rails::PulledPayment> payments) {
    for (auto& payment : payments) {
        if (!payment.unreadable.empty()) {
            // Each reading may meet the same page anew, with other words around its rows.
            if (payment.is_page && !may_keep_page()) continue;
            co_await parts_.observer.keep_unreadable(
                {.door = unreadable::Door::list,
                 .subject = std::to_string(parts_.rail.shortcode()),
                 .why = std::move(payment.unreadable),
                 .body = std::move(payment.raw)});
            continue;
        }
        const auto found = reading.by_reference.find(payment.reference);
        if (found == reading.by_reference.end()) continue;
        found->second.found = true;
        co_await tell(found->second.id, std::move(payment));
    }
}

}  // namespace lango::deposits
