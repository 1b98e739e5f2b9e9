#include "http/request_reader.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "http/beast.hpp"

namespace lango::http {

namespace {

using Error = HeadError;
using ErrorCode = beast::error_code;

Method method_of(beast::http::verb verb) {
    switch (verb) {
        case beast::http::verb::get:
            return Method::get;
        case beast::http::verb::head:
            return Method::head;
        case beast::http::verb::post:
            return Method::post;
        case beast::http::verb::put:
            return Method::put;
        case beast::http::verb::delete_:
            return Method::delete_;
        case beast::http::verb::options:
            return Method::options;
        default:
            return Method::other;
    }
}

int status_of(const ErrorCode& error) {
    if (error == Error::bad_version) return 505;
    return 400;
}

bool is_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// "demo.localhost:8080" to "demo.localhost"; nothing when it is no host. The merchant is found by
// this name, so that only what a name can hold is let through.
std::optional<std::string> host_name(std::string_view text) {
    static constexpr std::string_view allowed =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";
    std::string_view name = text;
    std::string_view rest;
    if (!text.empty() && text.front() == '[') {
        const std::size_t end = text.find(']');
        if (end == std::string_view::npos) return std::nullopt;
        name = text.substr(0, end + 1);
        rest = text.substr(end + 1);
        if (name.substr(1, end - 1).find_first_not_of("0123456789abcdefABCDEF:.") !=
            std::string_view::npos) {
            return std::nullopt;
        }
    } else {
        name = text.substr(0, text.find(':'));
        rest = text.substr(name.size());
        if (name.find_first_not_of(allowed) != std::string_view::npos) return std::nullopt;
    }
    if (!rest.empty() && (rest.front() != ':' || (rest.size() > 1 && !is_digits(rest.substr(1)))))
        return std::nullopt;
    return lowercase(name);
}

}  // namespace

// Writes what Beast finds straight into our Request: no second container of fields.
class RequestReader::Parser final : public HeadParser<true> {
  public:
    Parser() = default;
    Request request;
    std::string host_field;
    bool hosts_many = false;
    bool http_1_0 = false;
    bool length_given = false;
    bool coding_given = false;
    int refusal = 0;  // when ours, not Beast's
    bool expects_continue = false;

  private:
    void refuse(int status, ErrorCode& error) {
        refusal = status;
        error = Error::bad_field;
    }

    void on_request_impl(beast::http::verb verb, View, View target, int version,
                         ErrorCode& error) override {
        request.method = method_of(verb);
        http_1_0 = version == 10;
        std::string_view rest(target.data(), target.size());
        if (rest.front() != '/' && !take_authority(rest) &&
            !(rest == "*" && request.method == Method::options)) {
            return refuse(400, error);
        }
        if (rest.find('#') != std::string_view::npos) return refuse(400, error);
        const std::string_view path = rest.substr(0, rest.find('?'));
        if (path.size() < rest.size()) request.query = rest.substr(path.size() + 1);
        request.path = path.empty() ? "/" : path;
    }

    // "http://host/path", as sent to proxies: the host counts, the Host header does not.
    bool take_authority(std::string_view& target) {
        for (const std::string_view scheme :
             {std::string_view("http://"), std::string_view("https://")}) {
            if (!same_name(target.substr(0, scheme.size()), scheme)) continue;
            target.remove_prefix(scheme.size());
            const std::size_t end = std::min(target.find_first_of("/?"), target.size());
            const auto host = host_name(target.substr(0, end));
            if (!host || host->empty()) return false;
            request.host = *host;
            target.remove_prefix(end);
            return true;
        }
        return false;
    }

    void on_field_impl(beast::http::field field, View name, View value, ErrorCode& error) override {
        const std::string_view text(value.data(), value.size());
        switch (field) {
            case beast::http::field::host:
                hosts_many = hosts_many || host_given_;
                host_given_ = true;
                host_field = text;
                break;
            case beast::http::field::content_length:
                if (length_given || coding_given || !is_digits(text)) return refuse(400, error);
                length_given = true;
                break;
            case beast::http::field::transfer_encoding:
                // Beast takes a body in an unknown coding for no body at all.
                if (coding_given || length_given || http_1_0) return refuse(400, error);
                if (!same_name(text, "chunked")) return refuse(501, error);
                coding_given = true;
                break;
            case beast::http::field::expect:
                if (!same_name(text, "100-continue")) return refuse(417, error);
                expects_continue = !http_1_0;
                break;
            default:
                break;
        }
        request.headers.add(std::string(name.data(), name.size()), std::string(text));
    }

    void on_header_impl(ErrorCode& error) override {
        if (hosts_many || (!host_given_ && !http_1_0)) return refuse(400, error);
        const auto host = host_name(host_field);
        if (!host) return refuse(400, error);
        if (request.host.empty()) request.host = *host;
    }

    void on_response_impl(int, View, int, ErrorCode&) override {}

    bool host_given_ = false;
};

RequestReader::RequestReader(Limits limits)
    : limits_(limits), body_(limits.body_max, limits.header_max) {}
RequestReader::~RequestReader() = default;

void RequestReader::reset() {
    parser_.reset();
    state_ = State::header;
    scanned_ = 0;
    searched_ = 0;
    refusal_ = 0;
    expects_continue_ = false;
}

Request& RequestReader::request() {
    if (!parser_) parser_ = std::make_unique<Parser>();
    return parser_->request;
}

bool RequestReader::keep_alive() const {
    return state_ == State::complete && parser_->keep_alive();
}
bool RequestReader::is_http_1_0() const { return parser_ && parser_->http_1_0; }

bool RequestReader::take_expectation() {
    const bool expected = expects_continue_ && state_ == State::body;
    expects_continue_ = false;
    return expected;
}

void RequestReader::refuse(int status) {
    state_ = State::refused;
    refusal_ = status;
}

std::size_t RequestReader::feed(std::string_view received) {
    std::size_t consumed = 0;
    while (state_ == State::header && consumed < received.size()) {
        const std::size_t used = feed_header(received.substr(consumed));
        if (used == 0) break;
        consumed += used;
    }
    if (state_ == State::body && consumed < received.size())
        consumed += feed_body(received.substr(consumed));
    return consumed;
}

std::size_t RequestReader::feed_header(std::string_view received) {
    // Old clients send a line end after a body; RFC 9112 2.2 has us ignore it.
    if (scanned_ == 0 && received.starts_with("\r\n")) {
        searched_ = 0;
        return 2;
    }
    const std::size_t size = find_header_end(received);
    if (size == 0) return 0;
    if (!parser_) parser_ = std::make_unique<Parser>();
    if (const ErrorCode error = put_head(*parser_, received.substr(0, size))) {
        refuse(parser_->refusal != 0 ? parser_->refusal : status_of(error));
        return size;
    }
    if (parser_->chunked()) {
        body_.begin_chunked();
    } else {
        body_.begin_sized(parser_->content_length().value_or(0));
    }
    judge_body();
    expects_continue_ = parser_->expects_continue && state_ == State::body;
    return size;
}

std::size_t RequestReader::find_header_end(std::string_view received) {
    const std::string_view seen = received.substr(0, limits_.header_max);
    while (scanned_ < seen.size()) {
        const std::size_t newline = seen.find('\n', std::max(scanned_, searched_));
        if (newline == std::string_view::npos) {
            searched_ = seen.size();
            break;
        }
        if (newline == 0 || seen[newline - 1] != '\r') {
            refuse(400);
            return 0;
        }
        if (newline == scanned_ + 1 && scanned_ > 0) return newline + 1;
        if (newline + 1 == seen.size()) break;  // the next byte decides whether the line goes on
        if (seen[newline + 1] == ' ' || seen[newline + 1] == '\t') {
            refuse(400);
            return 0;
        }
        scanned_ = newline + 1;
    }
    // A whole header of exactly header_max bytes was found above.
    if (received.size() >= limits_.header_max) refuse(scanned_ == 0 ? 414 : 431);
    return 0;
}

std::size_t RequestReader::feed_body(std::string_view received) {
    // A body that came with its header needs no "100 Continue" any more.
    expects_continue_ = false;
    const std::size_t consumed = body_.feed(received, parser_->request.body);
    judge_body();
    return consumed;
}

// A body that is too long is refused as soon as its sender has announced it.
void RequestReader::judge_body() {
    const std::size_t room = limits_.body_max - parser_->request.body.size();
    switch (body_.state()) {
        case BodyReader::State::reading:
            state_ = State::body;
            if (body_.announced() > room) refuse(413);
            break;
        case BodyReader::State::complete:
            state_ = State::complete;
            break;
        case BodyReader::State::overfull:
            refuse(413);
            break;
        case BodyReader::State::failed:
            refuse(400);
            break;
    }
}

}  // namespace lango::http
