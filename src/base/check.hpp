// Checks of what must hold whatever clients, the rail and stored rows say, where a wrong value
// would cost money. They stay on in every build. One that fails ends the command or the question it
// stands in, which leaves no trace, and nothing else: never the process, which would fail again at
// the next start. Every failure is counted and told (lango_failed_checks,
// docs/operating/alerts.md).
//
//   LANGO_CHECK(may_become(from, to), "a deposit goes along the edges of its table");
#pragma once
#include <cstdint>
#include <source_location>
#include <string>

#include "base/result.hpp"

namespace lango {

// The program is wrong about itself. An Unsound, so that whoever sets bad rows aside sets aside
// what it was about to do to this one.
struct CheckFailed : Unsound {
    using Unsound::Unsound;
};
[[noreturn]] void check_failed(const char* sentence, const char* condition,
                               std::source_location where);
// For destructors and threads of the engine, which nothing may leave: counted and told, not thrown.
void note_failed_check(const char* sentence, const char* condition, std::source_location where);

// Since the start. A command that fails beside others is run again by itself, and fails twice.
[[nodiscard]] std::uint64_t failed_checks();
// Who is told of each failure, from whichever thread; null: nobody.
using CheckListener = void (*)(const std::string& told);
void listen_to_checks(CheckListener listener);

}  // namespace lango

#define LANGO_CHECK(condition, sentence) \
    (static_cast<bool>(condition)        \
         ? static_cast<void>(0)          \
         : ::lango::check_failed(sentence, #condition, std::source_location::current()))

#define LANGO_NOTE_UNLESS(condition, sentence) \
    (static_cast<bool>(condition)              \
         ? static_cast<void>(0)                \
         : ::lango::note_failed_check(sentence, #condition, std::source_location::current()))
