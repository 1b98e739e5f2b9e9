#include "store/sqlite/sqlite_store.hpp"

#include <atomic>
#include <filesystem>

#include "base/check.hpp"
#include "store/sqlite/file_lock.hpp"
#include "store/sqlite/schema.hpp"
#include "store/sqlite/writer.hpp"

namespace lango::store {

namespace {

using sqlite::Place;

constexpr int library_oldest = 3'051'003;  // before: the WAL-reset bug

void check_library() {
    if (sqlite3_libversion_number() < library_oldest) {
        throw Broken{std::string{"SQLite "} + sqlite3_libversion() +
                     " can corrupt a database in WAL mode; 3.51.3 or newer is needed"};
    }
    LANGO_CHECK(sqlite3_threadsafe() != 0, "SQLite was built for threads");
}

Place place_of(const SqliteOptions& options) {
    if (options.path != ":memory:") return {.path = options.path, .vfs = options.vfs};
    // A name for each, so that the reader's connection finds the writer's database.
    static std::atomic<int> last{0};
    return {.path = "file:/lango-" + std::to_string(++last) + "?vfs=memdb",
            .vfs = "",
            .in_memory = true};
}

class SqliteStore final : public Store {
  public:
    SqliteStore(const SqliteOptions& options, const asio::any_io_executor& executor)
        : executor_(executor) {
        check_library();
        const auto place = place_of(options);
        LANGO_CHECK(!place.in_memory || options.threading == Threading::inline_,
                    "what is in memory is used on one thread");
        LANGO_CHECK(options.queue_max > 0 && options.cache_bytes > 0,
                    "a store has room for a write, and for pages");
        if (!place.in_memory) lock_.emplace(options.path);
        readers_ = std::make_shared<sqlite::Readers>(options, place, executor);
        writer_ = std::make_shared<sqlite::Writer>(options, place, *readers_, executor, [this] {
            return lock_ ? lock_->lost() : std::nullopt;
        });
        readers_->start();
        writer_->start();
    }
    ~SqliteStore() override { stop(); }
    SqliteStore(const SqliteStore&) = delete;
    SqliteStore& operator=(const SqliteStore&) = delete;

    using Store::submit;
    void submit(std::unique_ptr<Command> command) override { writer_->submit(std::move(command)); }
    void submit(std::unique_ptr<Query> query) override { readers_->submit(std::move(query)); }

    [[nodiscard]] std::optional<std::string> trouble() const override { return writer_->trouble(); }
    [[nodiscard]] Stats stats() const override { return writer_->stats(); }
    [[nodiscard]] asio::any_io_executor executor() const override { return executor_; }

    void stop() override {
        writer_->stop();
        readers_->stop();
        writer_->close();
        lock_.reset();
    }

  private:
    asio::any_io_executor executor_;
    std::optional<sqlite::FileLock> lock_;
    // Shared with what was posted to the executor and finds them gone.
    std::shared_ptr<sqlite::Readers> readers_;
    std::shared_ptr<sqlite::Writer> writer_;
};

}  // namespace

std::unique_ptr<Store> open_sqlite(SqliteOptions options, asio::any_io_executor executor) {
    try {
        return std::make_unique<SqliteStore>(options, executor);
    } catch (const Unavailable& why) {
        throw Broken{options.path + " cannot be opened: " + why.what()};
    }
}

int sqlite_schema_version(const std::string& path) {
    if (!std::filesystem::exists(path)) return 0;
    sqlite::Connection connection{{.path = path, .vfs = ""}, sqlite::Role::reader, 1024 * 1024};
    return sqlite::schema_version(connection);
}

}  // namespace lango::store
