#include "window/leave.hpp"

#include "base/json_writer.hpp"
#include "http/message.hpp"

namespace lango::window {

std::string_view outcome(const Standing& standing) {
    if (standing.screen == Screen::paid) return "success";
    return standing.screen == Screen::unpaid ? "fail" : "pending";
}

std::string way_out(const Order& order, const Standing& standing) {
    const auto status = outcome(standing);
    const auto& url = status == "success" ? order.success_url
                      : status == "fail"  ? order.fail_url
                                          : order.pending_url;
    if (url.empty()) return {};
    const auto fragment = std::min(url.find('#'), url.size());
    auto out = url.substr(0, fragment);
    out += out.find('?') == std::string::npos ? '?' : '&';
    out += "custom_transaction_id=" + http::percent_encode(order.custom_transaction_id) +
           "&order_id=" + hex16(standing.deposit.id.value()) + "&status=";
    out += status;
    return out + url.substr(fragment);
}

std::string message(const Order& order, const Standing& standing) {
    std::string out;
    json::Writer{out}
        .begin_object()
        .member("source", "lango")
        .member("status", outcome(standing))
        .member("order_id", hex16(standing.deposit.id.value()))
        .member("custom_transaction_id", order.custom_transaction_id)
        .end_object();
    return out;
}

std::string told_origins(const merchants::Merchant& merchant) {
    std::string origins;
    for (const auto& origin : merchant.window.frame_ancestors) {
        if (origin.find('*') != std::string::npos) continue;
        origins += (origins.empty() ? "" : " ") + origin;
    }
    return origins;
}

}  // namespace lango::window
