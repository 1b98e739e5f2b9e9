// Logs: one line an event, JSON for machines or text for terminals, to standard error.
//
//   log::info("deposits", "push accepted", {{"order_id", id}, {"phone", msisdn}, {"took", taken}});
//   {"at":"2026-11-23T20:00:00.123456Z","level":"info","area":"deposits","message":"push accepted",
//    "order_id":"0000018bfa3c1e2d","phone":"2547****4321","took_us":1234}
//
// The type of a value decides how it prints: an Msisdn masked, a Secret as ***, a Duration in
// microseconds with _us behind its name. Texts and the message go through redact() besides.
// A line below the level costs one comparison. Lines are kept back for at most a second, and not at
// all from warn up; of one message from warn up, `restrained_above` are written in a second, and
// those left out are counted in a line of their own. Any thread. The namespace is lango::log so
// that every folder writes log::info.
#pragma once
#include <atomic>
#include <concepts>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>

#include "base/msisdn.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"

namespace lango::log {

inline constexpr std::uint64_t restrained_above = 20;

enum class Level : std::int8_t { debug, info, warn, error, off };

// Looks at what it was made from, and must not outlive it: for arguments only.
class Value {
  public:
    enum class Kind : std::int8_t { text, integer, boolean, phone, secret, duration };

    Value(std::string_view text) : kind_(Kind::text), text_(text) {}
    Value(const std::string& text) : Value(std::string_view{text}) {}
    Value(const char* text) : Value(std::string_view{text}) {}
    template <std::integral T>
        requires(!std::same_as<T, bool> && !std::same_as<T, char>)
    Value(T number) : kind_(Kind::integer), number_(static_cast<std::int64_t>(number)) {}
    template <std::same_as<bool> T>
    Value(T yes) : kind_(Kind::boolean), number_(yes ? 1 : 0) {}
    Value(const Msisdn& phone) : kind_(Kind::phone), number_(phone.number()) {}
    Value(const Secret&) : kind_(Kind::secret) {}
    Value(Duration duration) : kind_(Kind::duration), number_(duration.count()) {}

    [[nodiscard]] Kind kind() const { return kind_; }
    [[nodiscard]] std::string_view text() const { return text_; }
    [[nodiscard]] std::int64_t number() const { return number_; }

  private:
    Kind kind_;
    std::int64_t number_ = 0;
    std::string_view text_;
};

struct Field {
    std::string_view
        name;  // snake_case; "request_id" and "order_id" are the ones people search for
    Value value;
};
using Fields = std::initializer_list<Field>;

struct Options {
    Level level = Level::info;
    bool json = true;
    // Instead of standard error: each complete line without its end, at once.
    std::function<void(std::string_view line)> write;
    // Instead of the machine's time: for simulation.
    std::function<Instant()> now;
};

// Before start, warnings and errors go to standard error as text. May be called again.
void start(Options options);
void flush();
// Flushes, and goes back to how it was before start.
void stop();
[[nodiscard]] Level parse_level(std::string_view name);  // asserts debug, info, warn, error or off

namespace detail {
inline std::atomic<Level> threshold{Level::warn};
void write(Level level, std::string_view area, std::string_view message, Fields fields);
}  // namespace detail

[[nodiscard]] inline bool enabled(Level level) {
    return level >= detail::threshold.load(std::memory_order_relaxed);
}
// area: the folder or part that speaks. message: constant words; what varies is a field.
inline void debug(std::string_view area, std::string_view message, Fields fields = {}) {
    if (enabled(Level::debug)) detail::write(Level::debug, area, message, fields);
}
inline void info(std::string_view area, std::string_view message, Fields fields = {}) {
    if (enabled(Level::info)) detail::write(Level::info, area, message, fields);
}
// Somebody should look when he has time.
inline void warn(std::string_view area, std::string_view message, Fields fields = {}) {
    if (enabled(Level::warn)) detail::write(Level::warn, area, message, fields);
}
// Somebody should look now.
inline void error(std::string_view area, std::string_view message, Fields fields = {}) {
    if (enabled(Level::error)) detail::write(Level::error, area, message, fields);
}

}  // namespace lango::log
