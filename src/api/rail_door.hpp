// The door that the rail's messages come through. They are unsigned (daraja.md 7.1): the sender's
// address, where a list is set, and a token in the path that nobody can guess.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "api/context.hpp"
#include "unreadable/unreadable.hpp"

namespace lango::api {

namespace asio = boost::asio;

// Nothing: it may come in. Else the answer, counted and logged. `about` and `subject` are what the
// token was derived from.
[[nodiscard]] std::optional<http::Response> refuse_at_door(const Context& context,
                                                           const http::Request& request,
                                                           std::string_view about,
                                                           std::string_view subject,
                                                           std::string_view token);
// The same of any request to a path of the rail's: for what is done before its endpoint is found.
[[nodiscard]] std::optional<http::Response> refuse_at_door(const Context& context,
                                                           const http::Request& request);
// A message that came through it and cannot be read, or must not be believed: counted, logged, and
// kept for a person. `also` is done in the same command; may be empty. Durable when it returns.
[[nodiscard]] asio::awaitable<void> keep_unreadable(const Context& context,
                                                    const http::Request& request,
                                                    unreadable::Message message,
                                                    std::function<void(store::Tx&, Instant)> also);
// Counts what became of a message.
void notice_callback(const Context& context, std::string_view outcome);
// What the rail is told once its message is on disk.
[[nodiscard]] http::Response thanks();

}  // namespace lango::api
