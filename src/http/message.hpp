// What handlers see of HTTP: plain values, no sockets, no Beast.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lango::http {

enum class Method { get, head, post, put, delete_, options, other };

// In the order received; names compare without case.
class Headers {
  public:
    void add(std::string name, std::string value) {
        if (fields_.empty()) fields_.reserve(8);  // one allocation for nearly every message
        fields_.emplace_back(std::move(name), std::move(value));
    }
    // The first of that name.
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
    [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& all() const {
        return fields_;
    }

  private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

// A query string's parameters, percent-decoded, '+' as blank, in order. A bare key has "".
class Query {
  public:
    [[nodiscard]] static Query parse(std::string_view text);
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
    // All values of a name, as sent by "currency_code[]=KES&currency_code[]=USD".
    [[nodiscard]] std::vector<std::string_view> all(std::string_view name) const;
    [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& fields() const {
        return fields_;
    }

  private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

struct Request {
    Method method = Method::get;
    std::string path;   // percent-encoded as sent, without the query
    std::string query;  // raw, without "?"
    Headers headers;
    std::string body;
    std::string host;  // Host without the port, lowercase
    std::string
        peer;  // address of the caller after trusted proxies, "127.0.0.1"; "" on a local socket
    std::string request_id;  // ours, 16 hex digits; logged and answered as X-Request-Id
    // What the program itself asks for, by this name; never read from a peer.
    std::string acting_as = {};
};

class Stream;

struct Response {
    int status = 200;
    std::string content_type = "application/json";
    std::string body = {};
    std::vector<std::pair<std::string, std::string>> headers = {};
    // Set: the body is only the first piece (stream.hpp), and the connection ends with the last.
    std::shared_ptr<Stream> stream = {};
};

// Names of headers and schemes compare without case (ASCII).
[[nodiscard]] bool same_name(std::string_view a, std::string_view b);
[[nodiscard]] std::string lowercase(std::string_view text);

[[nodiscard]] std::string percent_decode(std::string_view text, bool plus_is_blank);
[[nodiscard]] std::string percent_encode(std::string_view text);  // RFC 3986 unreserved stay
[[nodiscard]] std::string_view reason_phrase(int status);

}  // namespace lango::http
