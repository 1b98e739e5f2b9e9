// For tests: a store in memory whose commands have run when the call returns.
#pragma once
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>

#include "store/sqlite/sqlite_store.hpp"

namespace lango::store::test {

class MemoryStore {
  public:
    // What the command threw is thrown.
    template <class F>
    std::invoke_result_t<F&, Tx&> write(F command) {
        if constexpr (std::is_void_v<std::invoke_result_t<F&, Tx&>>) {
            write([&](Tx& tx) {
                command(tx);
                return true;
            });
        } else {
            return wait_for(store_->write(std::move(command)));
        }
    }
    // Runs what is ready; throws when the work waits for anything else.
    template <class T>
    T wait_for(asio::awaitable<T> work) {
        std::optional<T> outcome;
        std::exception_ptr failed;
        asio::co_spawn(context_, std::move(work), [&](const std::exception_ptr& error, T value) {
            failed = error;
            outcome.emplace(std::move(value));
        });
        context_.restart();
        while (context_.poll() > 0) context_.restart();
        if (failed) std::rethrow_exception(failed);
        if (!outcome) throw std::runtime_error{"it hangs"};
        return std::move(*outcome);
    }
    // The first column of the first row; 0 without one.
    std::int64_t number(Sql sql) {
        return write([&](Tx& tx) {
            return tx.first(sql, [](const Row& row) { return row.integer(0); }).value_or(0);
        });
    }
    [[nodiscard]] asio::io_context& context() { return context_; }
    [[nodiscard]] Store& store() { return *store_; }

  private:
    asio::io_context context_{1};
    std::unique_ptr<Store> store_ =
        open_sqlite({.path = ":memory:", .threading = Threading::inline_}, context_.get_executor());
};

}  // namespace lango::store::test
