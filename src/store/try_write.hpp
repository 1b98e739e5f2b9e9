// A write of what will not be told again: whoever asks for it keeps the words for a person when the
// command refuses them. What the store itself throws is thrown, for then nothing can be kept.
#pragma once
#include <exception>
#include <string>

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

}  // namespace lango::store
