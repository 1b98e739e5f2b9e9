#include "ops/setting_checks.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <string>

#include "base/msisdn.hpp"
#include "ops/config.hpp"
#include "ops/date.hpp"

namespace lango::ops::checks {

Complaint not_empty(std::string_view text) {
    if (text.empty()) return "must not be empty";
    return std::nullopt;
}

Complaint ip_address(std::string_view text) {
    std::array<unsigned char, 16> bytes{};
    const std::string address(text);
    if (::inet_pton(AF_INET, address.c_str(), bytes.data()) == 1) return std::nullopt;
    if (::inet_pton(AF_INET6, address.c_str(), bytes.data()) == 1) return std::nullopt;
    return "must be an IP address such as 127.0.0.1 or ::1";
}

Complaint base_url(std::string_view text) {
    const std::size_t scheme = text.starts_with("https://")  ? 8
                               : text.starts_with("http://") ? 7
                                                             : text.size();
    const bool plain = text.find_first_of(" \t?#\"") == text.npos;
    if (scheme < text.size() && plain && !text.ends_with('/')) return std::nullopt;
    return "must be http://HOST or https://HOST, without a slash at its end";
}

Complaint base_url_or_none(std::string_view text) {
    return text.empty() ? std::nullopt : base_url(text);
}

Complaint origin_or_none(std::string_view text) {
    constexpr std::string_view wrong =
        "must be https://HOST or http://localhost:PORT, with nothing behind it and in lower case";
    if (text.empty()) return std::nullopt;
    if (base_url(text)) return wrong;
    const auto host = text.substr(text.find("://") + 3);
    const bool is_host = host.find_first_of("/@\\ABCDEFGHIJKLMNOPQRSTUVWXYZ") == host.npos;
    return is_host ? std::nullopt : Complaint{wrong};
}

Complaint listen_or_none(std::string_view text) {
    if (text.empty() || parse_listen(text)) return std::nullopt;
    return "must be an address and a port such as 127.0.0.1:8084";
}

Complaint digits_or_none(std::string_view text) {
    const bool digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    if (digits && text.size() <= 10) return std::nullopt;
    return "must be at most 10 digits";
}

Complaint phone_or_none(std::string_view text) {
    if (text.empty() || Msisdn::parse(text)) return std::nullopt;
    return "must be a number such as 254712345678";
}

Complaint push_description(std::string_view text) {
    if (!text.empty() && text.size() <= 13) return std::nullopt;
    return "must have 1 to 13 characters";
}

Complaint on_silence(std::string_view text) {
    if (text == "Completed" || text == "Cancelled") return std::nullopt;
    return "must be Completed or Cancelled";
}

Complaint payout_command(std::string_view text) {
    for (const std::string_view command :
         {"BusinessPayment", "SalaryPayment", "PromotionPayment", "BusinessPayToPochi"}) {
        if (text == command) return std::nullopt;
    }
    return "must be BusinessPayment, SalaryPayment, PromotionPayment or BusinessPayToPochi";
}

Complaint status_field(std::string_view text) {
    if (text == "OriginalConversationID" || text == "OriginatorConversationID") return std::nullopt;
    return "must be OriginalConversationID or OriginatorConversationID";
}

Complaint date_or_none(std::string_view text) {
    if (text.empty() || parse_date(text)) return std::nullopt;
    return "must be a date such as 2026-12-31";
}

Complaint log_level(std::string_view text) {
    for (const std::string_view level : {"debug", "info", "warn", "error"}) {
        if (text == level) return std::nullopt;
    }
    return "must be debug, info, warn or error";
}

Complaint log_format(std::string_view text) {
    if (text == "json" || text == "text") return std::nullopt;
    return "must be json or text";
}

}  // namespace lango::ops::checks
