// The one write path (architecture, laws 1 and 2). Every change of state is a command: a
// synchronous function of a Tx that does no IO but the transaction. Commands that wait are run in
// one database transaction, in order; it is committed once; then each caller is told. Who is told
// that a write returned knows that it is on disk.
//
// A command must come to the same result when run again: when one of a group throws, the group is
// rolled back and run again with each command in a savepoint, so that only the failing one is lost.
// A command that returns has its writes kept, if what it touched is as it must be (Tx::touch); a
// command that throws leaves no trace and its exception reaches its caller.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

#include "base/result.hpp"
#include "store/command.hpp"
#include "store/errors.hpp"
#include "store/stats.hpp"
#include "store/tx.hpp"

namespace lango::store {

namespace asio = boost::asio;

class Store {
  public:
    virtual ~Store() = default;

    // co_await write([=](Tx& tx) -> Outcome {...}) : completes after the commit; throws what the
    // command threw, or Unavailable.
    template <class F>
    [[nodiscard]] asio::awaitable<std::invoke_result_t<F&, Tx&>> write(F command);
    // co_await read([=](Reader& reader) -> T {...}) : on a reader connection, beside the writer.
    template <class F>
    [[nodiscard]] asio::awaitable<std::invoke_result_t<F&, Reader&>> read(F query);

    // Why the store cannot be written now; nothing when it can. For /readyz.
    [[nodiscard]] virtual std::optional<std::string> trouble() const = 0;
    [[nodiscard]] virtual Stats stats() const = 0;
    // Finishes what waits, commits, closes. Later writes get Unavailable.
    virtual void stop() = 0;

    // The engine's side; callers use write and read.
    virtual void submit(std::unique_ptr<Command> command) = 0;
    virtual void submit(std::unique_ptr<Query> query) = 0;
    [[nodiscard]] virtual asio::any_io_executor executor() const = 0;
};

namespace detail {

struct Nothing {};
template <class T>
using Held = std::conditional_t<std::is_void_v<T>, Nothing, T>;

// Base is Command or Query, Subject Tx or Reader.
template <class Base, class Subject, class F, class Handler>
class Waiting final : public Base {
    using T = std::invoke_result_t<F&, Subject&>;

  public:
    Waiting(F function, Handler handler)
        : function_(std::move(function)), handler_(std::move(handler)) {}
    void run(Subject& subject) override {
        if constexpr (std::is_void_v<T>) {
            function_(subject);
            outcome_.emplace();
        } else {
            outcome_.emplace(function_(subject));
        }
    }
    void done(std::exception_ptr error) override {
        if (error) outcome_.reset();
        std::move(handler_)(error, std::move(outcome_));
    }

  private:
    F function_;
    Handler handler_;
    std::optional<Held<T>> outcome_;
};

template <class Base, class Subject, class F>
asio::awaitable<std::invoke_result_t<F&, Subject&>> submit_and_wait(Store& store, F function) {
    using T = std::invoke_result_t<F&, Subject&>;
    auto outcome = co_await asio::async_initiate<const asio::use_awaitable_t<>&,
                                                 void(std::exception_ptr, std::optional<Held<T>>)>(
        [&store](auto handler, F f) {
            store.submit(std::unique_ptr<Base>{
                std::make_unique<Waiting<Base, Subject, F, decltype(handler)>>(
                    std::move(f), std::move(handler))});
        },
        asio::use_awaitable, std::move(function));
    if constexpr (!std::is_void_v<T>) co_return std::move(*outcome);
}

}  // namespace detail

template <class F>
asio::awaitable<std::invoke_result_t<F&, Tx&>> Store::write(F command) {
    return detail::submit_and_wait<Command, Tx, F>(*this, std::move(command));
}
template <class F>
asio::awaitable<std::invoke_result_t<F&, Reader&>> Store::read(F query) {
    return detail::submit_and_wait<Query, Reader, F>(*this, std::move(query));
}

}  // namespace lango::store
