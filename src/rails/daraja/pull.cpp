// The rail's own list of payments (daraja.md 6.4, Pull): pages of 100 rows in an array of arrays,
// reaching back 48 hours. It knows receipt, reference and amount of what no callback told.
#include "base/json.hpp"
#include "base/json_writer.hpp"
#include "rails/daraja/codes.hpp"
#include "rails/daraja/daraja.hpp"
#include "rails/daraja/prompt_reference.hpp"

namespace lango::rails::daraja {

namespace {

constexpr std::size_t page_size = 100;
constexpr std::size_t pages_max = 1000;  // a rail that repeats a page would never come to an end

// How many rows the page had; nothing for an answer that is no page.
std::optional<std::size_t> read_page(const std::string& body, std::vector<PulledPayment>& into) {
    const auto parsed = json::parse(body);
    if (!parsed) return std::nullopt;
    const auto code = parsed->text_at("ResponseCode");
    if (code == "1001") return 0;  // none
    if (code != "1000") return std::nullopt;
    const auto* pages = parsed->find("Response");
    if (pages == nullptr || pages->array() == nullptr) return std::nullopt;
    std::size_t rows = 0;
    for (const auto& page : *pages->array()) {
        if (page.array() == nullptr) return std::nullopt;
        for (const auto& row : *page.array()) {
            ++rows;
            const auto number = Decimal::parse(row.text_at("amount"));
            const auto amount =
                number ? Money::from_decimal(*number, Currency::kes()) : std::nullopt;
            auto receipt = row.text_at("transactionId");
            // Only what came in: a row without a positive amount is no payment to us.
            if (!amount || *amount <= Money::zero() || receipt.empty()) continue;
            auto reference = row.text_at("billreference");
            const auto prompted = read_prompt_reference(reference);
            into.push_back({.receipt = std::move(receipt),
                            .reference = std::move(reference),
                            .amount = *amount,
                            .prompted = prompted,
                            .phone = row.text_at("msisdn")});
        }
    }
    return rows;
}

}  // namespace

asio::awaitable<std::optional<std::vector<PulledPayment>>> Daraja::pull(Instant from, Instant to) {
    static const std::string zone = "Africa/Nairobi";
    const auto began = clock_.now();
    if (began < no_pull_until_ || stop_reading_) co_return std::nullopt;
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
            no_pull_until_ = clock_.now() + std::chrono::hours{1};
            notice("pull", not_enabled, began);
            co_return std::nullopt;
        }
        const auto rows = answered && (*reply)->status == 200 ? read_page((*reply)->body, payments)
                                                              : std::nullopt;
        if (!rows || stop_reading_) {
            notice("pull", "no answer", began);
            co_return std::nullopt;
        }
        if (*rows < page_size) {
            notice("pull", "answered", began);
            co_return payments;
        }
    }
    notice("pull", "too long", began);
    throw ListTooLong{"the rail's list of payments has more than " + std::to_string(pages_max) +
                      " pages"};
}

}  // namespace lango::rails::daraja
