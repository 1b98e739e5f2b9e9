// For servers on a laptop that answer whoever asks (the simulator's admin API, the demo shop): a
// page of a stranger's, open in the same browser, must not steer them.
#pragma once
#include "http/message.hpp"

namespace lango::http {

// Whether a browser sent this for another site's page, or under another name than this machine's
// (DNS rebinding): Host is not localhost, *.localhost or a loopback address; Sec-Fetch-Site says
// cross-site; or Origin is not of this machine. Programs send neither of the last two.
[[nodiscard]] bool is_from_foreign_page(const Request& request);

}  // namespace lango::http
