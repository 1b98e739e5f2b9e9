// What every request and every answer of the console has to carry, whatever it is about.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/crypto.hpp"
#include "http/message.hpp"

namespace lango::console {

// Of the session's id, random, in a cookie that no script reads and no other site sends.
inline constexpr std::string_view session_cookie = "__Host-lango";
// Of a browser that somebody has been in with: attempts from it are counted apart.
inline constexpr std::string_view known_cookie = "__Host-lango-known";
inline constexpr std::string_view csrf_header = "Lango-Csrf";

// "localhost:8084" of "http://localhost:8084": what Host must say.
[[nodiscard]] std::string authority_of(std::string_view public_url);
// Whether the request was sent to this name, and to none that somebody else made to lead here (DNS
// rebinding).
[[nodiscard]] bool is_for(const http::Request& request, std::string_view authority);
// Data that is asked for by a page of another site, as browsers say it.
[[nodiscard]] bool is_asked_elsewhere(const http::Request& request);

// The value of a cookie; "": none came.
[[nodiscard]] std::string cookie(const http::Request& request, std::string_view name);
[[nodiscard]] std::string set_cookie(std::string_view name, std::string_view value,
                                     std::string_view more = {});

// What a page of ours sends with everything that changes something; of a session's id.
[[nodiscard]] std::string csrf_token(const crypto::MasterKey& master, std::string_view id);
// Nothing: it was sent by a page of ours in this session, as JSON or as a file. Else the answer.
[[nodiscard]] std::optional<http::Response> why_not_ours(const http::Request& request,
                                                         const crypto::MasterKey& master,
                                                         std::string_view public_url);

// Nothing runs that does not come from here, and nobody frames it.
void add_security_headers(http::Response& response);

}  // namespace lango::console
