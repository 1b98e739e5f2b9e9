// One call of a use case: who asks, by which channel, and what.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/json.hpp"
#include "http/message.hpp"
#include "people/roles.hpp"

namespace lango::backoffice {

// How a caller says who they are, at the local socket.
inline constexpr std::string_view name_header = "Lango-As";
inline constexpr std::string_view key_header = "Lango-Key";
inline constexpr std::string_view session_header = "Lango-Session";

// Whoever is at this machine, in the trail.
inline constexpr std::string_view machine_name = "this machine";

struct Actor {
    enum class Channel : std::int8_t {
        machine,  // a shell of this machine that has not said who it is: it may look
        session,  // of `lango login`
        key,      // shown with this call
        browser,  // a session of the console: a password and a second factor were shown
        process,  // the program itself: the sandbox sets up its shop
    };
    std::string name;  // in the trail
    people::Permissions permissions{people::Permission::read};
    std::optional<MerchantId> merchant{};  // whose person; none: the operator's own
    Channel channel = Channel::machine;
    bool key_is_own = true;          // nobody else has seen it
    bool has_second_factor = false;  // shown with this call, in the browser

    [[nodiscard]] bool is_named() const { return channel != Channel::machine; }
    // Or what stands for one.
    [[nodiscard]] bool has_shown_a_key() const {
        return channel == Channel::key || channel == Channel::process ||
               (channel == Channel::browser && has_second_factor);
    }
};

struct Call {
    Actor actor;
    const http::Request& request;   // lives until the answer
    json::Value body;               // an object; empty where none was sent
    std::vector<std::string> path;  // what stands in the path's braces

    [[nodiscard]] std::string text(std::string_view field) const { return body.text_at(field); }
    // Of the body; none of a body that is no object.
    [[nodiscard]] json::Object members() const {
        return body.object() == nullptr ? json::Object{} : *body.object();
    }
};

}  // namespace lango::backoffice
