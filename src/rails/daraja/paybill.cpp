#include "rails/daraja/paybill.hpp"

#include <algorithm>
#include <charconv>

#include "base/json_repair.hpp"
#include "base/json_writer.hpp"
#include "rails/daraja/amount.hpp"
#include "rails/daraja/prompt_reference.hpp"
#include "rails/receipt.hpp"

namespace lango::rails::daraja {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Part of a number whose digits are all there.
int number(std::string_view text, std::size_t at, std::size_t length) {
    int value = 0;
    std::from_chars(text.data() + at, text.data() + at + length, value);
    return value;
}

constexpr std::chrono::year year_min{
    2000};  // before M-PESA's first payment: not a time that was told

// "20231121121325" in East Africa Time (daraja.md 1.5). Nothing for what no clock shows.
std::optional<Instant> read_eat_compact(std::string_view text) {
    if (text.size() != 14 || !std::ranges::all_of(text, is_digit)) return std::nullopt;
    const std::chrono::year_month_day date{
        std::chrono::year{number(text, 0, 4)},
        std::chrono::month{static_cast<unsigned>(number(text, 4, 2))},
        std::chrono::day{static_cast<unsigned>(number(text, 6, 2))}};
    const auto hour = number(text, 8, 2);
    const auto minute = number(text, 10, 2);
    const auto second = number(text, 12, 2);
    const bool is_time = hour < 24 && minute < 60 && second < 60;
    if (!date.ok() || date.year() < year_min || !is_time) return std::nullopt;
    return Instant{std::chrono::sys_days{date} + std::chrono::hours{hour - 3} +
                   std::chrono::minutes{minute} + std::chrono::seconds{second}};
}

std::string path(const crypto::MasterKey& master, std::int64_t shortcode, std::string_view what) {
    const auto subject = std::to_string(shortcode);
    return "/rail/paybill/" + subject + "/" + master.token(paybill_token_purpose, subject) + "/" +
           std::string{what};
}

}  // namespace

std::optional<PaybillPayment> read_paybill(std::string_view body) {
    const auto parsed = json::parse_leniently(body);
    if (!parsed || parsed->object() == nullptr ||
        json::is_unsound(*parsed, {"TransID", "TransAmount", "BusinessShortCode", "BillRefNumber",
                                   "ThirdPartyTransID"})) {
        return std::nullopt;
    }
    PaybillPayment payment;
    auto receipt = read_receipt(parsed->text_at("TransID"));
    const auto money = read_amount(parsed->text_at("TransAmount"));
    if (!receipt || !money || *money <= Money::zero()) return std::nullopt;
    payment.receipt = *std::move(receipt);
    payment.amount = *money;
    payment.reference = parsed->text_at("BillRefNumber");
    payment.prompted = read_prompt_reference(payment.reference);
    payment.phone = json::sound_text(*parsed, "MSISDN").value_or("");
    payment.order = parsed->text_at("ThirdPartyTransID");
    const auto shortcode = parsed->text_at("BusinessShortCode");
    const auto* const end = shortcode.data() + shortcode.size();
    const auto told = std::from_chars(shortcode.data(), end, payment.shortcode);
    // One that is no number is nobody's.
    if (!shortcode.empty() && (told.ec != std::errc{} || told.ptr != end)) return std::nullopt;
    payment.paid_at = read_eat_compact(parsed->text_at("TransTime"));
    payment.raw = std::string{body};
    return payment;
}

std::string accept_payment(std::string_view order) {
    std::string out;
    json::Writer writer{out};
    writer.begin_object().member("ResultCode", "0").member("ResultDesc", "Accepted");
    if (!order.empty()) writer.member("ThirdPartyTransID", order);
    writer.end_object();
    return out;
}

std::string refuse_payment(Refusal why) {
    std::string out;
    json::Writer{out}
        .begin_object()
        .member("ResultCode", "C2B000" + std::to_string(static_cast<int>(why)))
        .member("ResultDesc", "Rejected")
        .end_object();
    return out;
}

std::string confirmation_path(const crypto::MasterKey& master, std::int64_t shortcode) {
    return path(master, shortcode, "confirmation");
}

std::string validation_path(const crypto::MasterKey& master, std::int64_t shortcode) {
    return path(master, shortcode, "validation");
}

std::string list_path(const crypto::MasterKey& master, std::int64_t shortcode) {
    return path(master, shortcode, "list");
}

}  // namespace lango::rails::daraja
