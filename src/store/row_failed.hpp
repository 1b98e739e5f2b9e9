// Commands that go through many rows: one row that is not as it must be hides none of the others.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "base/result.hpp"
#include "store/errors.hpp"

namespace lango::store {

// A command for many rows failed at this one, and nothing of it was kept. Whoever ran it sets the
// row aside by a command of its own, and runs it again.
struct RowFailed : std::runtime_error {
    RowFailed(std::int64_t of, const std::string& why) : std::runtime_error(why), id(of) {}
    std::int64_t id;
};

// What is done for one row among many. A failed check, an unsound row and a broken key or law
// become RowFailed; what is wrong with the whole database stays what it is.
template <class F>
auto for_row(std::int64_t id, F&& work) {
    try {
        return std::forward<F>(work)();
    } catch (const Broken&) {
        throw;
    } catch (const Unavailable&) {
        throw;
    } catch (const std::exception& failed) {
        throw RowFailed{id, failed.what()};
    }
}

}  // namespace lango::store
