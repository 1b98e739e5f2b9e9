// The background job that makes withdrawals of the rows of released batches, one group a commit. It
// goes on after a restart from where the last commit was.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "batches/release.hpp"
#include "merchants/merchants.hpp"
#include "store/store.hpp"

namespace lango::batches {

namespace asio = boost::asio;

struct ReleaserOptions {
    std::size_t rows_at_once = 100;  // of a commit: some ten milliseconds of the writer's time
};

// What a row asks for by the merchant's settings of now; a person's, whose name is the last one.
using ReadRow = std::function<Result<withdrawals::Wanted, std::string>(
    const json::Value& fields, const merchants::Merchant& merchant, const std::string& who)>;

class Releaser {
  public:
    struct Parts {
        store::Store& store;
        Clock& clock;
        IdSource& ids;
        const merchants::Directory& merchants;
        asio::any_io_executor executor;
        ReadRow read;
        // Why no batch goes on by itself; a person releases it again. None: one does.
        std::function<std::optional<std::string>()> stopped = {};
        std::function<void()> made = {};  // withdrawals that may go out
        std::function<void(std::string_view error)> trouble = {};
    };
    Releaser(Parts parts, ReleaserOptions options);
    ~Releaser();
    void start();
    // Waits for the group under way.
    [[nodiscard]] asio::awaitable<void> stop();
    // A batch was released.
    void wake();
    // One group, of the batch whose turn it is. False: none is being released.
    [[nodiscard]] asio::awaitable<bool> go_on();

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace lango::batches
