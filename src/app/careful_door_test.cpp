// The rail's messages while the gateway dies of one of them.
#include "app/careful_door.hpp"

#include <gtest/gtest.h>

#include <boost/asio/detached.hpp>

#include "app/lives.hpp"
#include "base/manual_clock.hpp"
#include "store/store_fixture.hpp"
#include "unreadable/unreadable.hpp"

namespace lango::app {
namespace {

using namespace std::chrono_literals;

const Instant at = from_micros(1'795'942'800'000'000);

http::Request callback(const std::string& body,
                       const std::string& path = "/rail/stk/0198a3f2c4d5e6f7/token") {
    http::Request request;
    request.method = http::Method::post;
    request.path = path;
    request.body = body;
    return request;
}

class Door : public testing::Test {
  protected:
    // A run of the gateway on the store as it stands.
    void start() {
        // What the one before was reading never ends.
        if (door_) dead_.push_back({std::move(watch_), std::move(door_), std::move(service_)});
        watch_ = std::make_unique<runs::Watch>(
            runs::Watch::Parts{.store = book_.store(),
                               .clock = clock_,
                               .executor = book_.context().get_executor(),
                               .workers = {},
                               .settled = [] {},
                               .trouble = [](std::string_view) {}});
        door_ = std::make_unique<CarefulDoor>(
            CarefulDoor::Parts{.store = book_.store(),
                               .clock = clock_,
                               .watch = *watch_,
                               .noticed = [this](std::string_view) { ++known_; }});
        begun_ = book_.write([this](store::Tx& tx) { return begin_run(tx, clock_.now()); });
        run(door_->refresh());
        watch_->start(begun_.run);
        service_ = door_->before([this](const http::Request& request) { return read(request); });
        clock_.settle();
    }
    asio::awaitable<http::Response> read(const http::Request& request) {
        ++read_;
        if (request.body == deadly) co_await clock_.sleep_until(at + 24h);
        co_return http::Response{};
    }
    void run(asio::awaitable<void> work) {
        asio::co_spawn(book_.context(), std::move(work), asio::detached);
        clock_.settle();
    }
    static asio::awaitable<void> send(const http::Service& service, http::Request request,
                                      std::shared_ptr<int> status) {
        *status = (co_await service(request)).status;
    }
    int sent(const std::string& body) {
        const auto status = std::make_shared<int>(0);
        run(send(service_, callback(body), status));
        return *status;
    }
    std::int64_t in_work() { return book_.number("SELECT COUNT(*) FROM messages_in_work"); }

    static constexpr const char* deadly = "deadly";
    store::test::MemoryStore book_;
    ManualClock clock_{book_.context(), at};
    struct Dead {
        std::unique_ptr<runs::Watch> watch;
        std::unique_ptr<CarefulDoor> door;
        http::Service service;
    };
    std::vector<Dead> dead_;  // their coroutines are in the middle of something
    std::unique_ptr<runs::Watch> watch_;
    std::unique_ptr<CarefulDoor> door_;
    http::Service service_;
    runs::Begun begun_;
    int read_ = 0;
    int known_ = 0;
};

TEST_F(Door, KeepsNothingWhileRunsDoNotDie) {
    start();
    const auto groups = book_.store().stats().groups;
    EXPECT_EQ(sent("hello"), 200);
    EXPECT_EQ(read_, 1);
    EXPECT_EQ(book_.store().stats().groups, groups) << "not one commit more";
}

TEST_F(Door, OfACarefulRunKeepsAMessageWhileItIsRead) {
    for (int n = 0; n < 3; ++n) start();
    EXPECT_TRUE(watch_->is_careful());
    EXPECT_EQ(sent("hello"), 200);
    EXPECT_EQ(read_, 1);
    EXPECT_EQ(in_work(), 0);
    EXPECT_EQ(sent(deadly), 0) << "it hangs in the middle of it";
    EXPECT_EQ(in_work(), 1);
}

TEST_F(Door, DoesNotReadAgainWhatTwoRunsDiedOf) {
    for (int n = 0; n < 3; ++n) start();
    EXPECT_EQ(sent(deadly), 0);
    start();
    EXPECT_FALSE(begun_.died) << "once may be chance";
    EXPECT_EQ(sent(deadly), 0) << "the rail repeats it";
    start();
    ASSERT_TRUE(begun_.died);
    EXPECT_EQ(begun_.died->kind, runs::Kind::message);
    EXPECT_EQ(
        book_.write([](store::Tx& tx) { return count_set_aside(tx); }).at(runs::Kind::message), 1);
    read_ = 0;
    EXPECT_EQ(sent(deadly), 200) << "the rail need not repeat it: it is kept";
    EXPECT_EQ(read_, 0);
    EXPECT_EQ(known_, 1);
    EXPECT_EQ(sent("another"), 200);
    EXPECT_EQ(read_, 1);
    const auto kept = book_.write([](store::Tx& tx) { return unreadable::waiting(tx, 0, 10); });
    ASSERT_EQ(kept.size(), 1U);
    EXPECT_EQ(kept[0].subject, "0198a3f2c4d5e6f7");
    EXPECT_EQ(kept[0].length, 6);

    EXPECT_TRUE(book_.write(
        [&](store::Tx& tx) { return try_again(tx, *begun_.died, "a person", clock_.now()); }));
    run(door_->refresh());
    EXPECT_EQ(sent(deadly), 0) << "it is read again when it comes again";
    EXPECT_EQ(read_, 2);
}

}  // namespace
}  // namespace lango::app
