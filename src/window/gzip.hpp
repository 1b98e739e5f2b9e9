// Compresses an answer for who takes that.
#pragma once
#include <string>
#include <string_view>

#include "http/message.hpp"

namespace lango::window {

[[nodiscard]] std::string gzip(std::string_view bytes);
// Leaves short answers as they are, and those to callers who do not ask for gzip.
void compress(const http::Request& request, http::Response& response);

}  // namespace lango::window
