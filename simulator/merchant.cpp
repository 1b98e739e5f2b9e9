// Who asks, and whether too often.
#include <algorithm>

#include "base/crypto.hpp"
#include "simulator/daraja.hpp"
#include "simulator/fields.hpp"

namespace lango::simulator {

using namespace std::chrono_literals;

const Shortcode* Daraja::shortcode_of(const json::Value& body) const {
    const auto* const found = core_.shortcode(field(body, "BusinessShortCode"));
    return found != nullptr && found->passkey.empty() ? nullptr : found;
}

std::string_view Daraja::name_of(std::int64_t shortcode) const {
    const auto found = std::ranges::find(config_.shortcodes, shortcode, &Shortcode::number);
    return found == config_.shortcodes.end() ? std::string_view{} : found->name;
}

std::optional<http::Response> Daraja::refuse_merchant(const json::Value& body) {
    const auto* const shortcode = shortcode_of(body);
    if (shortcode == nullptr) return error(500, "500.001.1001", "Merchant does not exist");
    const std::string timestamp{field(body, "Timestamp")};
    const auto password =
        crypto::base64(std::to_string(shortcode->number) + shortcode->passkey + timestamp);
    if (field(body, "Password") != password) {
        return error(500, "500.001.1001", "[MerchantValidate] - Wrong credentials");
    }
    if (const auto age = config_.timestamp_max_age; age > 0s) {
        const auto now = clock_.now();
        if (timestamp < format_eat_compact(now - age) ||
            timestamp > format_eat_compact(now + age)) {
            return error(400, "400.002.02", "Bad Request - Invalid Timestamp");
        }
    }
    return std::nullopt;
}

bool Daraja::push_is_too_many(std::int64_t shortcode) {
    if (config_.pushes_per_second == 0) return false;
    auto& traffic = traffic_[shortcode];
    if (traffic.per_second != config_.pushes_per_second) {
        traffic.per_second = config_.pushes_per_second;
        traffic.pushes = TokenBucket{traffic.per_second};
    }
    if (traffic.pushes.available(clock_.now()) == 0) return true;
    traffic.pushes.spend(1);
    return false;
}

bool Daraja::query_is_too_many(std::int64_t shortcode) {
    if (config_.queries_per_minute == 0) return false;
    auto& queries = traffic_[shortcode].queries;
    const auto now = clock_.now();
    while (!queries.empty() && queries.front() <= now - 60s) queries.pop_front();
    if (queries.size() >= static_cast<std::size_t>(config_.queries_per_minute)) return true;
    queries.push_back(now);
    return false;
}

}  // namespace lango::simulator
