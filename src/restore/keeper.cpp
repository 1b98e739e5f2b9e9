#include "restore/keeper.hpp"

#include <algorithm>

#include "base/crypto.hpp"
#include "restore/restoration.hpp"
#include "runtime/due_loop.hpp"

namespace lango::restore {

namespace {

struct Told {
    std::string database;
    std::int64_t lease = 0;
    std::int64_t next_stockpiling = 1;
    std::int64_t next_reference = 1;
    bool filled = false;
};

Told read_told(store::Reader& reader) {
    return reader
        .first(
            "SELECT database, lease, stockpiling_floor, reference_floor, "
            "(SELECT COALESCE(MAX(number), 0) + 1 FROM postbacks), "
            "(SELECT COALESCE(MAX(number), 0) + 1 FROM paybill_references), "
            "EXISTS (SELECT 1 FROM deposits) OR EXISTS (SELECT 1 FROM withdrawals) FROM told",
            [](const store::Row& row) {
                return Told{.database = row.string(0),
                            .lease = row.integer(1),
                            .next_stockpiling = std::max(row.integer(2), row.integer(4)),
                            .next_reference = std::max(row.integer(3), row.integer(5)),
                            .filled = row.integer(6) != 0};
            })
        .value();
}

// Why it is older than what was told; "" when it is not.
std::string older(const Told& told, const std::optional<Mark>& mark, bool is_new) {
    if (!mark) {
        // No mark was ever made: an upgrade, or the first start of all.
        if (told.database.empty() || !told.filled) return {};
        return "the mark of what it has told is missing";
    }
    if (is_new && !told.filled) return {};
    if (told.database.empty()) return "it is of before the mark";
    if (told.database != mark->database) return "the mark is another database's";
    if (told.lease < mark->lease) return "it is behind the mark of what it has told";
    return {};
}

}  // namespace

// Owned by shared_ptr because its loop holds it; stop() waits for its end.
struct Keeper::Impl : std::enable_shared_from_this<Keeper::Impl> {
    Impl(Parts p, KeeperOptions o)
        : parts(std::move(p)),
          options(o),
          loop(parts.clock,
               {.longest_sleep = runtime::DueLoop::unbounded, .retry_after = options.every},
               [this](std::string_view error) { tell(error); }),
          loops({.executor = parts.executor, .clock = parts.clock}) {}

    Parts parts;
    KeeperOptions options;
    runtime::DueLoop loop;
    runtime::TaskGroup loops;
    Mark mark;  // as it was last written
    std::int64_t last_stockpiling = 1;
    std::int64_t last_reference = 1;
    std::optional<std::string> broken;
    bool opened = false;  // the mark and the database were held against each other

    asio::awaitable<std::optional<std::string>> open() {
        const auto text = parts.place.read();
        const auto known = text ? read_mark(*text) : std::nullopt;
        if (text && !known) {
            throw std::runtime_error{
                parts.place.name() +
                " is no mark of Lango's: put it back from before it was changed, or take it away "
                "and look at what was told since your backup (lango restore show)"};
        }
        const auto now = parts.clock.now();
        std::string id(16, '\0');
        parts.random.fill({reinterpret_cast<unsigned char*>(id.data()), id.size()});
        struct Opened {
            Told told;
            std::string why;
        };
        const auto self = shared_from_this();
        const auto begun =
            co_await parts.store.write([self, known, now, fresh = crypto::hex(id)](store::Tx& tx) {
                return Opened{.told = self->begin_lease(tx, known, fresh, now),
                              .why = self->why_restored};
            });
        last_stockpiling = begun.told.next_stockpiling;
        last_reference = begun.told.next_reference;
        reserve(begun.told, now);
        opened = true;
        if (begun.why.empty()) co_return std::nullopt;
        co_return begun.why;
    }

    // In one command: what was found, and that it was.
    Told begin_lease(store::Tx& tx, const std::optional<Mark>& known, const std::string& fresh,
                     Instant now) {
        auto told = read_told(tx);
        why_restored = older(told, known, options.is_new);
        if (!why_restored.empty() && begin(tx, why_restored, now) && parts.doubt) {
            parts.doubt(tx, now);
        }
        // Of another database, too: what it told is not told again.
        told.next_stockpiling = std::max(told.next_stockpiling, known ? known->stockpiling : 1);
        told.next_reference = std::max(told.next_reference, known ? known->references : 1);
        told.lease = std::max(told.lease, known ? known->lease : 0) + 1;
        if (told.database.empty() || !why_restored.empty()) {
            told.database = known && !options.is_new ? known->database : fresh;
        }
        tx.run(
            "UPDATE told SET database = ?1, lease = ?2, leased_at = ?3, stockpiling_floor = ?4, "
            "reference_floor = ?5",
            told.database, told.lease, now, told.next_stockpiling, told.next_reference);
        return told;
    }

    // As much again as the busiest while has used, and a block at least.
    static std::int64_t reserved(std::int64_t next, std::int64_t last, std::int64_t block,
                                 std::int64_t before) {
        const auto ahead = std::max(block, 4 * (next - last));
        return before - next >= ahead / 2 ? before : next + ahead;
    }

    void reserve(const Told& told, Instant now) {
        Mark next{.database = told.database,
                  .lease = told.lease,
                  .at = now,
                  .stockpiling = reserved(told.next_stockpiling, last_stockpiling,
                                          options.stockpiling_block, mark.stockpiling),
                  .references = reserved(told.next_reference, last_reference,
                                         options.reference_block, mark.references)};
        last_stockpiling = told.next_stockpiling;
        last_reference = told.next_reference;
        write(std::move(next));
    }

    void write(Mark next) {
        try {
            parts.place.write(text_of(next));
        } catch (const std::exception& error) {
            broken = error.what();
            throw;
        }
        broken.reset();
        mark = std::move(next);
    }

    asio::awaitable<Told> renew_lease() {
        const auto now = parts.clock.now();
        co_return co_await parts.store.write([now](store::Tx& tx) {
            tx.run("UPDATE told SET lease = lease + 1, leased_at = ?1", now);
            return read_told(tx);
        });
    }

    asio::awaitable<void> renew() { reserve(co_await renew_lease(), parts.clock.now()); }

    void tell(std::string_view error) const {
        if (!error.empty() && parts.trouble) parts.trouble(error);
    }

    asio::awaitable<Instant> step() {
        co_await renew();
        co_return parts.clock.now() + options.every;
    }

    asio::awaitable<void> write_last() {
        const auto told = co_await renew_lease();
        write({.database = told.database,
               .lease = told.lease,
               .at = parts.clock.now(),
               .stockpiling = told.next_stockpiling,
               .references = told.next_reference});
    }

    asio::awaitable<void> stop() {
        loop.stop();
        co_await loops.join();
        // A start that was refused leaves the mark as it found it, or the next one would not be.
        if (opened) tell(co_await runtime::attempt(write_last()));
    }

    std::string why_restored;
};

Keeper::Keeper(Parts parts, KeeperOptions options)
    : impl_(std::make_shared<Impl>(std::move(parts), options)) {}

Keeper::~Keeper() = default;

asio::awaitable<std::optional<std::string>> Keeper::open() { return impl_->open(); }

void Keeper::start() {
    impl_->loop.start(
        impl_->loops, impl_, "mark", [self = impl_.get()](Instant) { return self->step(); },
        impl_->parts.clock.now() + impl_->options.every);
}

asio::awaitable<void> Keeper::stop() { return impl_->stop(); }

asio::awaitable<void> Keeper::renew() { return impl_->renew(); }

std::optional<std::string> Keeper::trouble() const { return impl_->broken; }

}  // namespace lango::restore
