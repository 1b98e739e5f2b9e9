// Result<T, E>: the value, or why the caller may not have it. For what a caller can do wrong;
// a broken world is an exception (REQUIRE), a broken program an assertion (ASSERT).
#pragma once
#include <tl/expected.hpp>

#include <source_location>
#include <stdexcept>

namespace lango {

template <class T, class E>
using Result = tl::expected<T, E>;
template <class E>
using Unexpected = tl::unexpected<E>;

// Ends the process with file and line. Stays on in every build: a program that is wrong about
// itself must not go on to move money.
[[noreturn]] void assertion_failed(const char* what, std::source_location where);

// What a stored row, a client or the rail controls is not as it must be. Ends the one command or
// question, which leaves no trace; all others go on.
struct Unsound : std::runtime_error {
    using std::runtime_error::runtime_error;
};
[[noreturn]] void unsound(const char* what, std::source_location where);

}  // namespace lango

#define LANGO_ASSERT(condition)   \
    (static_cast<bool>(condition) \
         ? static_cast<void>(0)   \
         : ::lango::assertion_failed(#condition, std::source_location::current()))

#define LANGO_REQUIRE(condition)                         \
    (static_cast<bool>(condition) ? static_cast<void>(0) \
                                  : ::lango::unsound(#condition, std::source_location::current()))
