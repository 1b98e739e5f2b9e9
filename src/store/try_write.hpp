// A write of what will not be told again: whoever asks for it keeps the words for a person when the
// command refuses them. What the store itself throws is thrown, for then nothing can be kept.
#pragma once
#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <utility>

#include "store/row_failed.hpp"
#include "store/store.hpp"

namespace lango::store {

// The command's outcome, or what it threw (a broken law, a unique key, an unsound row).
template <class F>
asio::awaitable<Result<std::invoke_result_t<F&, Tx&>, std::exception_ptr>> try_write(Store& store,
                                                                                     F command) {
    try {
        co_return co_await store.write(std::move(command));
    } catch (const Unavailable&) {
        throw;
    } catch (const Broken&) {
        throw;
    } catch (...) {
        co_return Unexpected<std::exception_ptr>{std::current_exception()};
    }
}

[[nodiscard]] inline std::string text_of(const std::exception_ptr& thrown) {
    try {
        std::rethrow_exception(thrown);
    } catch (const std::exception& error) {
        return error.what();
    } catch (...) {
        return "unknown";
    }
}

// A command that goes through many rows. Nothing of it is done when one of them is not as it must
// be (RowFailed): `set_aside(id, why)`, which is waited for, takes that one out of the way, and
// whoever asked asks again for the others.
template <class F, class SetAside>
asio::awaitable<std::invoke_result_t<F&, Tx&>> write_rows(Store& store, F command,
                                                          SetAside set_aside) {
    std::optional<RowFailed> bad;
    try {
        co_return co_await store.write(std::move(command));
    } catch (const RowFailed& failed) {
        bad = failed;
    }
    co_await set_aside(bad->id, std::string{bad->what()});
    co_return std::invoke_result_t<F&, Tx&>{};
}

}  // namespace lango::store
