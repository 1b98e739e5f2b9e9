// One ClientRequest to its bytes.
#pragma once
#include <string>
#include <string_view>

#include "http/client_message.hpp"
#include "http/target.hpp"

namespace lango::http {

// False when a header carries a line end or is one that the client writes itself (Host,
// Content-Length, Transfer-Encoding, Connection): nothing is appended then.
[[nodiscard]] bool append_request(std::string& out, const ClientRequest& request,
                                  const Target& target, std::string_view user_agent);

}  // namespace lango::http
