#include "simulator/core.hpp"

#include <algorithm>

#include "base/json_writer.hpp"

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

const Shortcode* Core::shortcode(std::string_view number) const {
    const auto found = std::ranges::find_if(config.shortcodes, [&](const Shortcode& known) {
        return std::to_string(known.number) == number;
    });
    return found == config.shortcodes.end() ? nullptr : &*found;
}

}  // namespace lango::simulator
