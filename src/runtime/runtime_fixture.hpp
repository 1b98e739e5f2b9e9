// For tests: a clock that is moved by hand, and coroutines that begin now.
#pragma once
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/manual_clock.hpp"

namespace lango::runtime::test {

class Runtime : public testing::Test {
  protected:
    asio::io_context io_;
    ManualClock clock_{io_, Instant{std::chrono::seconds{1'000}}};

    void begin(asio::awaitable<void> work) {
        asio::co_spawn(io_, std::move(work), asio::detached);
        clock_.settle();
    }
    [[nodiscard]] std::int64_t second() const {
        return (clock_.now() - Instant{std::chrono::seconds{1'000}}) / std::chrono::seconds{1};
    }
};

}  // namespace lango::runtime::test
