// What a 200 in reply to a push says (daraja.md 3.3). Only the rail's word with an id of its own is
// an acceptance.
#pragma once
#include "http/client_message.hpp"
#include "rails/claims.hpp"

namespace lango::rails::daraja {

[[nodiscard]] PushAnswer read_push_reply(const http::ClientResponse& response);

}  // namespace lango::rails::daraja
