#include "simulator/core.hpp"

#include <algorithm>

#include "base/json_writer.hpp"
#include "simulator/fields.hpp"

namespace lango::simulator {

http::Response Core::error(int status, std::string_view code, std::string_view message) const {
    http::Response response;
    response.status = status;
    json::Writer{response.body}
        .begin_object()
        .member("requestId", ids.merchant_request())
        .member("errorCode", code)
        .member("errorMessage", message)
        .end_object();
    return response;
}

http::Response Core::invalid(std::string_view field) const {
    return error(400, "400.002.02", "Bad Request - Invalid " + std::string{field});
}

std::string_view Core::forbidden_url(const json::Value& body,
                                     std::initializer_list<std::string_view> members) const {
    if (!config.strict_urls) return {};
    const auto* const found = std::ranges::find_if(
        members, [&](std::string_view member) { return has_forbidden_word(field(body, member)); });
    return found == members.end() ? std::string_view{} : *found;
}

const Shortcode* Core::shortcode(std::string_view number) const {
    const auto found = std::ranges::find_if(config.shortcodes, [&](const Shortcode& known) {
        return std::to_string(known.number) == number;
    });
    return found == config.shortcodes.end() ? nullptr : &*found;
}

const Shortcode* Core::shortcode_of_initiator(std::string_view name) const {
    const auto found = std::ranges::find(config.shortcodes, name, &Shortcode::initiator);
    return found == config.shortcodes.end() ? nullptr : &*found;
}

}  // namespace lango::simulator
