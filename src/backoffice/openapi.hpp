// The use cases as an OpenAPI 3.1 document, for whoever writes a program against the local socket.
#pragma once
#include <string>
#include <string_view>

namespace lango::backoffice {

// version: of this program. JSON.
[[nodiscard]] std::string openapi(std::string_view version);

}  // namespace lango::backoffice
