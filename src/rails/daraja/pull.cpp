// The rail's own list of payments (daraja.md 6.4, Pull): pages of 100 rows in an array of arrays,
// reaching back 48 hours. It knows receipt, reference and amount of what no callback told.
#include <algorithm>
#include <iterator>

#include "base/json_writer.hpp"
#include "rails/daraja/codes.hpp"
#include "rails/daraja/daraja.hpp"
#include "rails/daraja/pull_page.hpp"

namespace lango::rails::daraja {

namespace {

constexpr std::size_t page_size = 100;
// After the rail has said that the app has not got that product.
constexpr Duration no_pull_for = std::chrono::hours{1};
constexpr std::size_t pages_max = 1000;  // a rail that repeats a page would never come to an end

}  // namespace

asio::awaitable<std::optional<std::vector<PulledPayment>>> Daraja::pull(Instant from, Instant to) {
    static const std::string zone = "Africa/Nairobi";
    const auto began = clock_.now();
    if (is_still_on(no_pull_until_, no_pull_for, began) || stop_reading_) co_return std::nullopt;
    std::vector<PulledPayment> payments;
    for (std::size_t page = 0; page < pages_max; ++page) {
        std::string body;
        json::Writer writer{body};
        writer.begin_object()
            .member("ShortCode", std::to_string(options_.shortcode))
            .member("StartDate", format_in_zone(from, zone))
            .member("EndDate", format_in_zone(to, zone))
            .member("OffSetValue", std::to_string(page * page_size))
            .end_object();
        const auto reply = co_await app_.post("/pulltransactions/v1/query", std::move(body));
        const bool answered = reply && *reply;
        if (answered && classify_fault(**reply).no_product) {
            // For an operator to mend, and then a token that knows of it takes up to an hour.
            no_pull_until_ = clock_.now() + no_pull_for;
            notice("pull", not_enabled, began);
            co_return std::nullopt;
        }
        auto read =
            answered && (*reply)->status == 200 ? read_pull_page((*reply)->body) : std::nullopt;
        if (!read && !stop_reading_ && answered && (*reply)->status == 200 &&
            may_hold_rows((*reply)->body)) {
            notice("pull", "unreadable", began);
            payments.push_back({.receipt = {},
                                .reference = {},
                                .unreadable = "a page of the list that cannot be read",
                                .raw = std::move((*reply)->body),
                                .is_page = true});
            co_return payments;
        }
        if (!read || stop_reading_) {
            notice("pull", "no answer", began);
            co_return std::nullopt;
        }
        if (read->others > 0) notice("pull", "rows of another kind", began);
        std::ranges::move(read->payments, std::back_inserter(payments));
        if (read->rows < page_size) {
            notice("pull", "answered", began);
            co_return payments;
        }
    }
    notice("pull", "too long", began);
    throw ListTooLong{"the rail's list of payments has more than " + std::to_string(pages_max) +
                      " pages"};
}

}  // namespace lango::rails::daraja
