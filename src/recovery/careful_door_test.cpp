// The rail's messages while the gateway dies of one of them.
#include "recovery/careful_door.hpp"

#include <gtest/gtest.h>

#include <boost/asio/detached.hpp>

#include "api/rail_path.hpp"
#include "base/manual_clock.hpp"
#include "recovery/lives.hpp"
#include "runs/message.hpp"
#include "store/store_fixture.hpp"
#include "unreadable/unreadable.hpp"

namespace lango::recovery {
namespace {

using namespace std::chrono_literals;

const Instant at = from_micros(1'795'942'800'000'000);

class Door : public testing::Test {
  protected:
    // A run of the gateway on the store as it stands.
    void start() {
        // What the one before was reading never ends.
        if (door_) {
            dead_.push_back({std::move(watch_), std::move(door_), std::move(service_)});
        }
        heals_ = heal_at_start_;
        watch_ = std::make_unique<runs::Watch>(
            runs::Watch::Parts{.store = book_.store(),
                               .clock = clock_,
                               .executor = book_.context().get_executor(),
                               .workers = {},
                               .settled = [] {},
                               .trouble = [](std::string_view) {}});
        door_ = std::make_unique<CarefulDoor>(CarefulDoor::Parts{
            .executor = book_.context().get_executor(),
            .store = book_.store(),
            .clock = clock_,
            .watch = *watch_,
            .master = master_,
            .peer = "196.201.214.200",
            .refused =
                [this](const http::Request& request) {
                    return request.path == ours("") ? std::nullopt
                                                    : std::optional{http::Response{.status = 404}};
                },
            .noticed = [this](std::string_view) { ++known_; }});
        begun_ = book_.write([this](store::Tx& tx) { return begin_run(tx, clock_.now()); });
        run(door_->refresh());
        watch_->start(begun_.run);
        service_ = door_->before([this](const http::Request& request) { return read(request); });
        run(door_->start());
    }
    // The run in which what killed the others is read.
    void start_healed() {
        heal_at_start_ = true;
        start();
        heal_at_start_ = false;
    }
    void settle() {
        book_.write([this](store::Tx& tx) { runs::settle(tx, clock_.now()); });
    }
    asio::awaitable<http::Response> read(const http::Request& request) {
        ++read_;
        last_ = request;
        if (request.body == deadly && !heals_) co_await clock_.sleep_until(at + 24h);
        if (broken_ == Broken::throws) throw std::runtime_error{"no"};
        http::Response response;
        if (broken_ == Broken::answers_503) response.status = 503;
        co_return response;
    }
    std::string ours(const std::string& rest, const std::string& about = "stk/0198a3f2c4d5e6f7") {
        return api::with_tokens(master_, "/rail/" + about + rest).front();
    }
    http::Request callback(const std::string& body) {
        http::Request request;
        request.method = http::Method::post;
        request.path = ours("");
        request.body = body;
        return request;
    }
    CarefulDoor::Again by_a_person(std::int64_t number) {
        const auto came = std::make_shared<CarefulDoor::Again>(CarefulDoor::Again::not_there);
        run(ask(*door_, number, came));
        return *came;
    }
    static asio::awaitable<void> ask(CarefulDoor& door, std::int64_t number,
                                     std::shared_ptr<CarefulDoor::Again> came) {
        *came = co_await door.read_again(number);
    }
    SetAsideCounts aside() {
        return book_.write([](store::Tx& tx) { return count_set_aside(tx); });
    }
    // Two careful runs die of it; what is set aside then, by its number.
    std::int64_t die_of_it() {
        for (int n = 0; n < 3; ++n) start();
        EXPECT_EQ(sent(deadly), 0);
        start();
        start();
        EXPECT_TRUE(begun_.died);
        return begun_.died ? begun_.died->id : 0;
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
    crypto::MasterKey master_{{}};
    enum class Broken { no, throws, answers_503 };
    Broken broken_ = Broken::no;
    bool heal_at_start_ = false;
    bool heals_ = false;  // the deadly one is read, from now on
    http::Request last_;
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
    read_ = 0;
    start();
    EXPECT_FALSE(begun_.died) << "once may be chance";
    EXPECT_EQ(read_, 1) << "the rail does not repeat it: it is read again";
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
}

TEST_F(Door, ReadsAgainWhatADeadRunLeft) {
    for (int n = 0; n < 3; ++n) start();
    EXPECT_EQ(sent(deadly), 0);
    read_ = 0;
    start_healed();  // it was a power cut
    EXPECT_EQ(read_, 1);
    EXPECT_EQ(last_.body, deadly);
    EXPECT_EQ(last_.path, ours("")) << "with its token";
    EXPECT_EQ(last_.peer, "196.201.214.200") << "the door lets it in";
    EXPECT_EQ(in_work(), 0);
    EXPECT_EQ(book_.number("SELECT alone_kind FROM run"), 0);
}

TEST_F(Door, ReadsItInARunThatIsNotCarefulToo) {
    for (int n = 0; n < 3; ++n) start();
    EXPECT_EQ(sent(deadly), 0);
    settle();
    EXPECT_EQ(in_work(), 1) << "ten minutes of life read nothing";
    read_ = 0;
    start_healed();
    EXPECT_FALSE(watch_->is_careful());
    EXPECT_EQ(read_, 1);
    EXPECT_EQ(in_work(), 0);
}

TEST_F(Door, KeepsWhatCouldNotBeReadAndTriesItAgain) {
    for (int n = 0; n < 3; ++n) start();
    for (const auto broken : {Broken::answers_503, Broken::throws}) {
        broken_ = broken;
        EXPECT_NE(sent("hello"), 200);
        EXPECT_EQ(in_work(), 1) << "the rail does not send it again";
        EXPECT_EQ(book_.number("SELECT alone_kind FROM run"), 0);
        broken_ = Broken::no;
        clock_.advance(2min);
        EXPECT_EQ(in_work(), 0);
    }
}

TEST_F(Door, LetsAPersonHaveItReadAtOnce) {
    const auto number = die_of_it();
    run(door_->refresh());
    read_ = 0;
    broken_ = Broken::throws;
    heals_ = true;
    EXPECT_EQ(by_a_person(number), CarefulDoor::Again::kept);
    EXPECT_EQ(in_work(), 1);
    EXPECT_EQ(aside().at(runs::Kind::message), 1) << "it stays set aside";
    broken_ = Broken::no;
    EXPECT_EQ(by_a_person(number), CarefulDoor::Again::read);
    EXPECT_EQ(read_, 2);
    EXPECT_EQ(last_.body, deadly);
    EXPECT_EQ(in_work(), 0);
    EXPECT_EQ(aside().at(runs::Kind::message), 0);
    EXPECT_EQ(by_a_person(number), CarefulDoor::Again::not_there);
}

TEST_F(Door, KeepsItWhereTheListOfUnreadableOnesHasNoRoom) {
    for (int n = 0; n < unreadable::kept_per_hour; ++n) {
        book_.write([&](store::Tx& tx) {
            unreadable::keep(tx,
                             {.door = unreadable::Door::callback,
                              .subject = "0198a3f2c4d5e6f7",
                              .why = "",
                              .body = std::to_string(n)},
                             clock_.now());
        });
    }
    const auto number = die_of_it();
    EXPECT_EQ(book_.write([](store::Tx& tx) { return unreadable::count_waiting(tx); }),
              unreadable::kept_per_hour);
    const auto kept = book_.write([&](store::Tx& tx) { return runs::find_message(tx, number); });
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->message.body, deadly);
    heals_ = true;
    EXPECT_EQ(by_a_person(number), CarefulDoor::Again::read);
}

// Nothing is done for whoever is not the rail: no write, no turn.
TEST_F(Door, RefusesBeforeItKeepsAnything) {
    for (int n = 0; n < 3; ++n) start();
    EXPECT_EQ(sent(deadly), 0) << "it has the turn";
    const auto groups = book_.store().stats().groups;
    auto foreign = callback("forged");
    foreign.path = "/rail/stk/0198a3f2c4d5e6f7/guessed";
    const auto status = std::make_shared<int>(0);
    run(send(service_, foreign, status));
    EXPECT_EQ(*status, 404);
    EXPECT_EQ(book_.store().stats().groups, groups);
    EXPECT_EQ(in_work(), 1);
}

// Kept by the door of before, which let anybody in.
TEST_F(Door, GivesWhatCameWithNoTokenOfOursToAPerson) {
    book_.write([this](store::Tx& tx) {
        runs::begin_message(tx, {.path = "/rail/stk/0198a3f2c4d5e6f7/guessed", .body = "forged"},
                            clock_.now());
    });
    start();
    EXPECT_EQ(read_, 0);
    EXPECT_EQ(in_work(), 0);
    EXPECT_EQ(book_.write([](store::Tx& tx) { return unreadable::count_waiting(tx); }), 1);
}

}  // namespace
}  // namespace lango::recovery
