// The drawn phones, for people: web/phone over the admin API.
#include "simulator/daraja.hpp"
#include "web/phone.hpp"

namespace lango::simulator {

namespace {

using http::PathArguments;
using http::Request;
using http::Response;

constexpr std::string_view policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors *";

Response file(std::string_view name, const Request& request) {
    const auto* const asset = http::find_asset(web::phone(), name);
    if (asset == nullptr) return {.status = 404, .content_type = "text/plain", .body = "Not found"};
    auto response = http::asset_response(*asset, request);
    response.headers.emplace_back("Content-Security-Policy", policy);
    return response;
}

Response to_page(const Request& request) {
    auto target = std::string{"/phone/"};
    if (!request.query.empty()) target += '?' + request.query;
    return {.status = 302, .content_type = "text/plain", .headers = {{"Location", target}}};
}

}  // namespace

void Daraja::add_phone_page() {
    const auto answer = [this](std::string_view path, auto handler) {
        router_.add(http::Method::get, path,
                    [handler](const Request& request, const PathArguments& arguments) -> Answer {
                        co_return handler(request, arguments);
                    });
    };
    answer("/", [](const Request& r, const PathArguments&) { return to_page(r); });
    answer("/phone", [](const Request& r, const PathArguments&) { return to_page(r); });
    answer("/phone/", [](const Request& r, const PathArguments&) { return file("index.html", r); });
    answer("/phone/assets/{name}",
           [](const Request& r, const PathArguments& a) { return file("assets/" + a.at(0), r); });
}

bool Daraja::is_of_people(std::string_view path) {
    return path == "/" || path == "/phone" || path.starts_with("/phone/") ||
           path.starts_with("/simulator/");
}

}  // namespace lango::simulator
