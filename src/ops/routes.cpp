#include "ops/routes.hpp"

#include <array>

#include "base/result.hpp"

namespace lango::ops {
namespace {

// A pattern matches segment by segment; {x} takes any one segment, * the rest of the path. The
// first that matches names the request. Keep in step with the routers of api and window.
constexpr std::array<std::string_view, 33> table = {
    "/",
    "/api/v1/payment/create/mpesa",
    "/api/v1/payment/create/{system}",
    "/api/v1/payment-systems/available",
    "/api/v1/payment/{order_id}",
    "/api/v1/deposit-info",
    "/api/v1/*",
    "/v2/withdrawal/create",
    "/v2/withdrawal/{withdrawal_id}",
    "/v2/balance",
    "/rail/stk/{order_id}/{token}",
    "/rail/b2c/{withdrawal}/{token}/*",
    "/rail/b2c-status/{withdrawal}/{token}/*",
    "/rail/reversal/{withdrawal}/{token}/*",
    "/rail/reversed/{withdrawal}/{token}/*",
    "/rail/balance/{shortcode}/{token}/*",
    "/rail/paybill/{shortcode}/{token}/confirmation",
    "/rail/paybill/{shortcode}/{token}/list",
    "/rail/paybill/{shortcode}/{token}/validation",
    "/rail/*",
    "/plugin/{merchant}/",
    "/plugin/{merchant}/o/{order}",
    "/plugin/{merchant}/o/{order}/events",
    "/plugin/{merchant}/o/{order}/wait",
    "/plugin/*",
    "/o/{order}/events",
    "/o/{order}/wait",
    "/o/*",
    "/window/*",
    "/storage/*",
    "/healthz",
    "/readyz",
    "/metrics",
};

// Takes the first segment off path: "/a/b" gives "a" and leaves "/b".
std::string_view take_segment(std::string_view& path) {
    path.remove_prefix(1);
    const std::string_view segment = path.substr(0, path.find('/'));
    path.remove_prefix(segment.size());
    return segment;
}

bool matches(std::string_view pattern, std::string_view path) {
    while (!pattern.empty() && !path.empty()) {
        const std::string_view expected = take_segment(pattern);
        if (expected == "*") return true;
        const std::string_view given = take_segment(path);
        const bool binds = expected.starts_with('{') && !given.empty();
        if (!binds && expected != given) return false;
    }
    return pattern.empty() && path.empty();
}

}  // namespace

std::size_t route_count() { return table.size() + 1; }

std::size_t route_index(std::string_view path) {
    if (!path.starts_with('/')) return table.size();
    std::size_t index = 0;
    while (index < table.size() && !matches(table[index], path)) ++index;
    return index;
}

std::string_view route_name(std::size_t index) {
    LANGO_ASSERT(index <= table.size());
    return index < table.size() ? table[index] : "other";
}

}  // namespace lango::ops
