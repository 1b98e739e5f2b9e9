#include "batches/releaser.hpp"

#include "runtime/due_loop.hpp"
#include "runtime/task_group.hpp"
#include "store/try_write.hpp"

namespace lango::batches {

namespace {

constexpr std::size_t forgotten_at_once = 20;

}  // namespace

// Owned by shared_ptr because its loop holds it; stop() waits for its end.
struct Releaser::Impl : std::enable_shared_from_this<Releaser::Impl> {
    Impl(Parts p, ReleaserOptions o)
        : parts(std::move(p)),
          options(o),
          loop(parts.clock, {.longest_sleep = std::chrono::hours{1}},
               [this](std::string_view error) { tell(error); }),
          loops({.executor = parts.executor, .clock = parts.clock}) {}

    Parts parts;
    ReleaserOptions options;
    runtime::DueLoop loop;
    runtime::TaskGroup loops;

    void tell(std::string_view error) const {
        if (parts.trouble) parts.trouble(error);
    }

    asio::awaitable<Instant> step(Instant now) {
        if (co_await go_on()) {
            loop.wake();
            co_return now;
        }
        const auto old = co_await parts.store.read(
            [now](store::Reader& reader) { return forgotten(reader, forgotten_at_once, now); });
        if (!old.empty()) {
            co_await parts.store.write(
                [now](store::Tx& tx) { cancel_forgotten(tx, forgotten_at_once, now); });
            loop.wake();  // there may be more
        }
        co_return Instant::max();
    }

    asio::awaitable<bool> go_on() {
        const auto group =
            co_await parts.store.read([at_most = options.rows_at_once](store::Reader& reader) {
                return next_group(reader, at_most);
            });
        if (!group) co_return false;
        const auto merchant = parts.merchants.by_id(group->batch.file.merchant);
        auto why = parts.stopped ? parts.stopped() : std::nullopt;
        if (!why && merchant == nullptr) why = "its merchant is not known";
        if (why) {
            co_await parts.store.write(
                [number = group->batch.number, why = *why, now = parts.clock.now()](store::Tx& tx) {
                    batches::stop(tx, number, why, now);
                });
            co_return true;
        }
        const auto items = items_of(*group, *merchant);
        const auto refused = co_await take(group->batch, items, *merchant);
        if (!refused.empty()) co_await take_alone(*group, *merchant);
        co_return true;
    }

    [[nodiscard]] Item item_of(const Batch& batch, const Row& row,
                               const merchants::Merchant& merchant) const {
        if (!row.is_payable()) {
            return {.row = row,
                    .wanted = Unexpected<std::string>{"its recipient is not known any more"}};
        }
        auto wanted = parts.read(fields_of(row), merchant, batch.released_by);
        if (wanted) wanted->id = WithdrawalId{parts.ids.next(parts.clock.now())};
        return {.row = row, .wanted = std::move(wanted)};
    }

    [[nodiscard]] std::vector<Item> items_of(const Group& group,
                                             const merchants::Merchant& merchant) const {
        std::vector<Item> items;
        items.reserve(group.rows.size());
        for (const auto& row : group.rows) items.push_back(item_of(group.batch, row, merchant));
        return items;
    }

    // What the command threw, "" when it ended; what the store throws is thrown.
    asio::awaitable<std::string> take(const Batch& batch, const std::vector<Item>& items,
                                      const merchants::Merchant& merchant) {
        const auto taken = co_await store::try_write(
            parts.store, [&batch, &items, &merchant, now = parts.clock.now()](store::Tx& tx) {
                return batches::take(tx, batch, items, merchant, now);
            });
        if (!taken) co_return store::text_of(taken.error());
        if (taken->made > 0 && parts.made) parts.made();
        co_return std::string{};
    }

    // One row of the group broke the command for all: each goes by itself, and only that one is
    // refused.
    asio::awaitable<void> take_alone(const Group& group, const merchants::Merchant& merchant) {
        const auto number = group.batch.number;
        for (const auto& row : group.rows) {
            const auto batch = co_await parts.store.read(
                [number](store::Reader& reader) { return find(reader, number); });
            if (!batch || batch->state != State::releasing) co_return;
            std::vector<Item> item{item_of(*batch, row, merchant)};
            const auto why = co_await take(*batch, item, merchant);
            if (why.empty()) continue;
            tell("batch " + std::to_string(number) + ", row " + std::to_string(row.line) + ": " +
                 why);
            item.front().wanted = Unexpected<std::string>{why};
            const auto again = co_await take(*batch, item, merchant);
            if (!again.empty()) throw std::runtime_error{again};
        }
    }
};

Releaser::Releaser(Parts parts, ReleaserOptions options)
    : impl_(std::make_shared<Impl>(std::move(parts), options)) {}

Releaser::~Releaser() { impl_->loop.stop(); }

void Releaser::start() {
    impl_->loop.start(impl_->loops, impl_, "batches",
                      [self = impl_.get()](Instant now) { return self->step(now); });
}

asio::awaitable<void> Releaser::stop() {
    auto self = impl_;
    self->loop.stop();
    co_await self->loops.join();
}

void Releaser::wake() { impl_->loop.wake(); }

asio::awaitable<bool> Releaser::go_on() {
    auto self = impl_;
    co_return co_await self->go_on();
}

}  // namespace lango::batches
