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
    const bool known = std::ranges::any_of(config_.shortcodes, [&](const Shortcode& shortcode) {
        return given == shortcode.consumer_key + ":" + shortcode.consumer_secret;
    });
    if (!known) {
        http::Response refused;
        refused.status = 400;
        return refused;  // with an empty body, as the real one
    }
    if (config_.token_kills_old) tokens_.clear();
    const auto now = clock_.now();
    std::erase_if(tokens_, [now](const auto& token) { return token.second <= now; });
    auto token = random_.alphanumeric(28);
    tokens_.emplace(token, now + 3600s);
    http::Response response;
    json::Writer writer{response.body};
    writer.begin_object().member("access_token", token).key("expires_in");
    if (config_.expires_in_number) writer.integer(3599);
    else writer.string("3599");
    writer.end_object();
    return response;
}

bool Daraja::authorized(const http::Request& request) const {
    const auto header = request.headers.find("Authorization").value_or("");
    if (!header.starts_with("Bearer ")) return false;
    const auto found = tokens_.find(std::string{header.substr(7)});
    return found != tokens_.end() && found->second > clock_.now();
}

}  // namespace lango::simulator
