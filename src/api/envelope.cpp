#include "api/envelope.hpp"

#include <algorithm>
#include <chrono>

#include "base/json_writer.hpp"

namespace lango::api {

http::Response ok(std::string body) {
    http::Response response;
    response.body = std::move(body);
    return response;
}

http::Response fail(int status, std::string_view message) {
    http::Response response;
    response.status = status;
    json::Writer{response.body}
        .begin_object()
        .member("status", "fail")
        .member("message", message)
        .end_object();
    return response;
}

http::Response fail(const FieldErrors& errors) {
    http::Response response;
    json::Writer writer{response.body};
    writer.begin_object().member("status", "fail").key("message").begin_object();
    for (auto error = errors.begin(); error != errors.end();) {
        const auto field = error->first;
        writer.key(field).begin_array();
        for (; error != errors.end() && error->first == field; ++error)
            writer.string(error->second);
        writer.end_array();
    }
    writer.end_object().end_object();
    return response;
}

http::Response not_found() { return fail(404, "Not found"); }

http::Response come_again(int status, std::string_view message, Duration after) {
    auto response = fail(status, message);
    const auto seconds =
        std::max<std::int64_t>(1, std::chrono::ceil<std::chrono::seconds>(after).count());
    response.headers.emplace_back("Retry-After", std::to_string(seconds));
    return response;
}

}  // namespace lango::api
