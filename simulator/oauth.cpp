// OAuth (daraja.md 2).
#include <algorithm>

#include "base/crypto.hpp"
#include "base/json_writer.hpp"
#include "simulator/daraja.hpp"

namespace lango::simulator {

using namespace std::chrono_literals;

http::Response Daraja::token(const http::Request& request) {
    const auto header = request.headers.find("Authorization").value_or("");
    if (!header.starts_with("Basic ")) {
        return error(400, "400.008.01", "Invalid Authentication passed");
    }
    if (http::Query::parse(request.query).find("grant_type") != "client_credentials") {
        return error(400, "400.008.02", "Invalid grant type passed");
    }
    const auto given = crypto::unbase64(header.substr(6)).value_or("");
    const auto app = std::ranges::find_if(config_.shortcodes, [&](const Shortcode& shortcode) {
        return given == shortcode.consumer_key + ":" + shortcode.consumer_secret;
    });
    if (app == config_.shortcodes.end()) {
        http::Response refused;
        refused.status = 400;
        return refused;  // with an empty body, as the real one
    }
    const auto now = clock_.now();
    std::erase_if(tokens_, [&](const auto& entry) {
        const bool killed =
            config_.token_kills_old && entry.second.consumer_key == app->consumer_key;
        return killed || entry.second.good_until <= now;
    });
    const auto token = random_.alphanumeric(28);
    tokens_.emplace(token, Token{.good_until = now + 3600s, .consumer_key = app->consumer_key});
    http::Response response;
    json::Writer writer{response.body};
    writer.begin_object().member("access_token", token).key("expires_in");
    if (config_.expires_in_number)
        writer.integer(3599);
    else
        writer.string("3599");
    writer.end_object();
    return response;
}

bool Daraja::authorized(const http::Request& request) const {
    const auto header = request.headers.find("Authorization").value_or("");
    if (!header.starts_with("Bearer ")) return false;
    const auto found = tokens_.find(std::string{header.substr(7)});
    return found != tokens_.end() && found->second.good_until > clock_.now();
}

std::optional<http::Response> Daraja::refuse_bearer(const http::Request& request,
                                                    const Product& product) const {
    if (authorized(request)) return std::nullopt;
    const auto header = request.headers.find("Authorization").value_or("");
    return token_refusal(core_, product, header.substr(std::min<std::size_t>(7, header.size())));
}

}  // namespace lango::simulator
