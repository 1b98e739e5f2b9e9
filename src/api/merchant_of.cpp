#include "api/merchant_of.hpp"

#include <algorithm>
#include <charconv>

#include "api/caller.hpp"
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

// Signed with the merchant's key, or a former one that is still good.
bool is_right(const Context& context, std::string_view given, std::string_view text,
              const merchants::Merchant& merchant) {
    const auto now = context.clock.now();
    const auto is_made_with = [&](const Secret& key, std::string_view access_key) {
        if (!crypto::equal_in_constant_time(given, request_signature(key.reveal(), text))) {
            return false;
        }
        context.merchants.uses().note(access_key, now);
        return true;
    };
    if (is_made_with(merchant.private_key, merchant.access_key)) return true;
    return std::ranges::any_of(merchant.former_keys, [&](const merchants::FormerKeys& former) {
        return now < former.until && !former.private_key.empty() &&
               is_made_with(former.private_key, former.access_key);
    });
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
    if (merchant != nullptr && !merchant->allows_address(request.peer)) {
        refuse_caller(context, request, "address", merchant.get());
        return nullptr;
    }
    return merchant;
}

std::optional<std::string> text_signed(const Context& context, const http::Request& request,
                                       const json::Value& body,
                                       const merchants::Merchant& merchant) {
    const auto* signature = body.find("signature");
    if (json::is_within(body, signed_fields_max) && signature != nullptr &&
        signature->string() != nullptr) {
        auto text = signed_text(body);
        if (is_right(context, *signature->string(), text, merchant)) return text;
    }
    refuse_caller(context, request, "withdrawal_signature", &merchant);
    return std::nullopt;
}

Result<Merchant, http::Response> signed_caller(const Context& context,
                                               const http::Request& request) {
    auto merchant = merchant_of(context, request);
    if (merchant == nullptr) return Unexpected<http::Response>{not_found()};
    const auto query = http::Query::parse(request.query);
    if (!is_right(context, query.find("signature").value_or(""), signed_text(request.path, query),
                  *merchant)) {
        refuse_caller(context, request, "signed_read", merchant.get());
        return Unexpected<http::Response>{signature_invalid()};
    }
    if (const auto errors = check_timestamp(query, context.clock.now())) {
        return Unexpected<http::Response>{fail(*errors)};
    }
    return merchant;
}

http::Response signature_invalid() { return fail(200, "Withdrawal signature is invalid"); }

}  // namespace lango::api
