// What every engine of the store promises, as a GoogleTest suite. An engine's test program links
// conformance.cpp and instantiates it:
//
//   INSTANTIATE_TEST_SUITE_P(Sqlite, Conformance, testing::Values(Engine{...}));
#pragma once
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <filesystem>
#include <functional>
#include <future>
#include <span>
#include <string>
#include <vector>

#include "store/migrations.hpp"
#include "store/store.hpp"

namespace lango::store::test {

// A folder that goes with the test. In memory where the system has that: what these tests show does
// not depend on a disk's speed.
class Folder {
  public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] std::string operator/(const std::string& name) const { return path_ / name; }

  private:
    std::filesystem::path path_;
};

struct Wanted {
    std::string place;  // the same place, the same database
    std::span<const Migration> migrations;
    std::string_view volatile_schema;
    std::size_t queue_max = 1000;
};

struct Engine {
    std::string name;
    bool threads;  // commands and queries run beside the executor
    std::function<std::unique_ptr<Store>(const Wanted&, asio::any_io_executor)> open;
};

// items (id, name unique, amount not below 0, data) and, volatile, seen (id).
std::span<const Migration> items_schema();
std::string_view seen_schema();

// A store and the loop that its answers arrive on.
class Database {
  public:
    using Open = std::function<std::unique_ptr<Store>(asio::any_io_executor)>;
    explicit Database(Open open) : open_(std::move(open)) { reopen(); }

    void close() { store_.reset(); }
    void reopen() {
        close();
        store_ = open_(io_.get_executor());
    }
    Store& store() { return *store_; }
    asio::io_context& io() { return io_; }
    void run() {
        io_.restart();
        io_.run();
    }

    template <class F>
    auto write(F command) {
        auto future = asio::co_spawn(io_, store_->write(std::move(command)), asio::use_future);
        run();
        return future.get();
    }
    template <class F>
    auto read(F query) {
        auto future = asio::co_spawn(io_, store_->read(std::move(query)), asio::use_future);
        run();
        return future.get();
    }
    // As one group, in order; what each was told. `threads` as in Engine.
    using Command = std::function<void(Tx&)>;
    std::vector<std::exception_ptr> together(const std::vector<Command>& commands, bool threads);

    std::int64_t count();  // of items, through a reader
    std::vector<std::int64_t> ids();
    void insert(std::int64_t id);

  private:
    Open open_;
    asio::io_context io_;
    std::unique_ptr<Store> store_;
};

void insert_item(Tx& tx, std::int64_t id);

// What an exception is: "", "Conflict", "Unavailable", "Broken", or what() of any other.
std::string kind(const std::exception_ptr& error);

class Conformance : public testing::TestWithParam<Engine> {
  protected:
    [[nodiscard]] bool threads() const { return GetParam().threads; }
    [[nodiscard]] Wanted wanted() const {
        return {.place = folder_ / "db",
                .migrations = items_schema(),
                .volatile_schema = seen_schema()};
    }
    [[nodiscard]] static Database::Open opens(Wanted wanted) {
        return [wanted, open = GetParam().open](const asio::any_io_executor& executor) {
            return open(wanted, executor);
        };
    }

    Folder folder_;
};

}  // namespace lango::store::test
