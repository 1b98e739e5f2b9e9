// The door that the rail's messages come through. They are unsigned (daraja.md 7.1): the sender's
// address, where a list is set, and a token in the path that nobody can guess.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "api/context.hpp"

namespace lango::api {

// Nothing: it may come in. Else the answer, counted and logged. `about` and `subject` are what the
// token was derived from.
[[nodiscard]] std::optional<http::Response> refuse_at_door(const Context& context,
                                                           const http::Request& request,
                                                           std::string_view about,
                                                           std::string_view subject,
                                                           std::string_view token);
// Counts what became of a message.
void notice_callback(const Context& context, std::string_view outcome);
// What the rail is told once its message is on disk.
[[nodiscard]] http::Response thanks();

}  // namespace lango::api
