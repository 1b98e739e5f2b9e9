#include "http/response_writer.hpp"

#include <charconv>

namespace lango::http {

namespace {

void append_number(std::string& out, std::size_t value) {
    std::array<char, 20> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    out.append(digits.data(), end);
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
    out.append(name).append(": ").append(value).append("\r\n");
}

bool is_ours(std::string_view name) {
    for (const std::string_view ours : {"Content-Length", "Connection", "Date", "Transfer-Encoding",
                                        "X-Request-Id", "X-Content-Type-Options"}) {
        if (same_name(name, ours)) return true;
    }
    return false;
}

// Of what is no page of ours, and must never be shown as one.
constexpr std::string_view no_page = "default-src 'none'; frame-ancestors 'none'";
constexpr std::string_view https_only = "max-age=31536000";

// A line end inside a field would let a value write headers of its own.
bool is_clean(std::string_view text) {
    return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

bool forbids_body(int status) { return status < 200 || status == 204 || status == 304; }

}  // namespace

void DateText::refresh(std::chrono::sys_seconds now) {
    if (now == at_) return;
    at_ = now;
    const auto day = std::chrono::floor<std::chrono::days>(now);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{now - day};
    static constexpr std::array<std::string_view, 7> days{"Sun", "Mon", "Tue", "Wed",
                                                          "Thu", "Fri", "Sat"};
    static constexpr std::array<std::string_view, 12> months{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto two = [](std::string& out, std::int64_t value) {
        out.push_back(static_cast<char>('0' + value / 10));
        out.push_back(static_cast<char>('0' + value % 10));
    };
    text_.clear();
    text_.append(days[std::chrono::weekday{day}.c_encoding()]).append(", ");
    two(text_, static_cast<unsigned>(date.day()));
    text_.append(" ").append(months[static_cast<unsigned>(date.month()) - 1]).append(" ");
    text_.append(std::to_string(static_cast<int>(date.year()))).append(" ");
    two(text_, time.hours().count());
    text_.push_back(':');
    two(text_, time.minutes().count());
    text_.push_back(':');
    two(text_, time.seconds().count());
    text_.append(" GMT");
}

std::string RequestIds::next() {
    static constexpr std::string_view digits = "0123456789abcdef";
    if (used_ == block_.size()) {
        random_.fill(block_);
        used_ = 0;
    }
    std::string id;
    id.reserve(16);
    for (int i = 0; i < 8; ++i) {
        const unsigned char byte = block_[used_++];
        id.push_back(digits[byte >> 4U]);
        id.push_back(digits[byte & 15U]);
    }
    return id;
}

bool has_body(const Response& response, const Framing& framing) {
    return !framing.head && !forbids_body(response.status) && !response.body.empty();
}

void append_head(std::string& out, const Response& response, const Framing& framing,
                 std::string_view date, std::string_view request_id) {
    out.append("HTTP/1.1 ");
    append_number(out, static_cast<std::size_t>(response.status));
    out.append(" ").append(reason_phrase(response.status)).append("\r\n");
    append_field(out, "Date", date);
    bool cache_said = false;
    bool policy_said = false;
    bool type_said = response.content_type.empty() || !is_clean(response.content_type);
    for (const auto& [name, value] : response.headers) {
        if (is_ours(name) || !is_clean(name) || !is_clean(value)) continue;
        cache_said = cache_said || same_name(name, "Cache-Control");
        type_said = type_said || same_name(name, "Content-Type");
        policy_said = policy_said || same_name(name, "Content-Security-Policy");
        append_field(out, name, value);
    }
    if (!type_said) append_field(out, "Content-Type", response.content_type);
    if (!forbids_body(response.status) && !response.stream) {
        out.append("Content-Length: ");
        append_number(out, response.body.size());
        out.append("\r\n");
    }
    if (!cache_said) out.append("Cache-Control: no-store\r\n");
    out.append("X-Content-Type-Options: nosniff\r\n");
    if (!policy_said) append_field(out, "Content-Security-Policy", no_page);
    if (framing.https) append_field(out, "Strict-Transport-Security", https_only);
    append_field(out, "X-Request-Id", request_id);
    if (!framing.keep_alive) {
        out.append("Connection: close\r\n");
    } else if (framing.http_1_0) {
        out.append("Connection: keep-alive\r\n");
    }
    out.append("\r\n");
}

Response failure(int status, std::string_view message) {
    Response response;
    response.status = status;
    response.body.append(R"({"status":"fail","message":")").append(message).append("\"}");
    return response;
}

Response failure(int status) { return failure(status, reason_phrase(status)); }

}  // namespace lango::http
