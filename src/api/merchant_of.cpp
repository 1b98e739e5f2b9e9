#include "api/merchant_of.hpp"

#include <charconv>

#include "api/request_signature.hpp"
#include "base/clock.hpp"
#include "base/json_members.hpp"

namespace lango::api {

namespace {

constexpr std::string_view api_host = "api.";
constexpr std::chrono::seconds clock_difference_max{300};
// Of a signed body and of each object in it: the page knows ten. More are not looked at, since
// nobody has proved yet who sends them.
constexpr std::size_t signed_fields_max = 64;

bool is_right(std::string_view given, std::string_view text, const merchants::Merchant& merchant) {
    return crypto::equal_in_constant_time(given,
                                          request_signature(merchant.private_key.reveal(), text));
}

Merchant found(const Context& context, const http::Request& request) {
    if (request.host.starts_with(api_host)) {
        auto merchant =
            context.merchants.by_domain(std::string_view{request.host}.substr(api_host.size()));
        if (merchant != nullptr) return merchant;
    }
    const auto query = http::Query::parse(request.query);
    if (const auto key = query.find("access_key")) return context.merchants.by_access_key(*key);
    return context.merchants.only();
}

// Nothing when it is near enough.
std::optional<FieldErrors> check_timestamp(const http::Query& query, Instant now) {
    const auto text = query.find("timestamp").value_or("");
    if (text.empty()) return FieldErrors{{"timestamp", "The timestamp field is required."}};
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return FieldErrors{{"timestamp", "The timestamp must be an integer."}};
    }
    const auto here = to_micros(now) / 1'000'000;
    if (seconds < here - clock_difference_max.count() ||
        seconds > here + clock_difference_max.count()) {
        return FieldErrors{
            {"timestamp", "The timestamp must be within 300 seconds of the gateway's clock."}};
    }
    return std::nullopt;
}

}  // namespace

Merchant merchant_of(const Context& context, const http::Request& request) {
    auto merchant = found(context, request);
    if (merchant == nullptr || !merchant->allows_address(request.peer)) return nullptr;
    return merchant;
}

bool is_signed(const json::Value& body, const merchants::Merchant& merchant) {
    if (!json::is_within(body, signed_fields_max)) return false;
    const auto* signature = body.find("signature");
    if (signature == nullptr || signature->string() == nullptr) return false;
    const auto text = signed_text(body);
    return is_right(*signature->string(), text, merchant) &&
           !is_another_payment(text, body, merchant.withdrawal_max);
}

Result<Merchant, http::Response> signed_caller(const Context& context,
                                               const http::Request& request) {
    auto merchant = merchant_of(context, request);
    if (merchant == nullptr) return Unexpected<http::Response>{not_found()};
    const auto query = http::Query::parse(request.query);
    if (!is_right(query.find("signature").value_or(""), signed_text(request.path, query),
                  *merchant)) {
        return Unexpected<http::Response>{signature_invalid()};
    }
    if (const auto errors = check_timestamp(query, context.clock.now())) {
        return Unexpected<http::Response>{fail(*errors)};
    }
    return merchant;
}

http::Response signature_invalid() { return fail(200, "Withdrawal signature is invalid"); }

}  // namespace lango::api
