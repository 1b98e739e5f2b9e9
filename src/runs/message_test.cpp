// The rail's messages while a run is careful: kept before they are read, known again.
#include "runs/message.hpp"

#include <gtest/gtest.h>

#include "store/store_fixture.hpp"

namespace lango::runs {
namespace {

const Instant at = from_micros(1'795'942'800'000'000);
const Message callback{.path = "/rail/stk/0198a3f2c4d5e6f7/secret-token", .body = "{\"a\":1}"};

class Messages : public testing::Test {
  protected:
    std::int64_t begin_reading(const Message& message) {
        return book_.write([message](store::Tx& tx) { return begin_message(tx, message, at); });
    }
    runs::Begun start() {
        return book_.write([](store::Tx& tx) { return begin(tx, at); });
    }
    std::vector<std::int64_t> left() {
        return book_.write([](store::Tx& tx) { return messages_left(tx); });
    }
    store::test::MemoryStore book_;
};

TEST_F(Messages, AreKeptWhileTheyAreReadAndNoLonger) {
    const auto number = begin_reading(callback);
    EXPECT_EQ(book_.number("SELECT COUNT(*) FROM messages_in_work"), 1);
    book_.write([number](store::Tx& tx) { end_message(tx, number); });
    EXPECT_EQ(book_.number("SELECT COUNT(*) FROM messages_in_work"), 0);
    EXPECT_EQ(start().died, std::nullopt);
}

TEST_F(Messages, ThatTwoRunsDieOfAreKnownAgainUntilTheyHaveBeenRead) {
    static_cast<void>(start());
    const auto number = begin_reading(callback);
    ASSERT_EQ(start().died, (Subject{.kind = Kind::message, .id = number}));
    const auto set_aside = [this, number] {
        return book_.write(
            [number](store::Tx& tx) { return set_aside_message(tx, number, 1, at); });
    };
    EXPECT_FALSE(set_aside()) << "once may be chance";
    EXPECT_EQ(begin_reading(callback), number);
    ASSERT_EQ(start().died, (Subject{.kind = Kind::message, .id = number}));
    const auto kept = set_aside();
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->path, "/rail/stk/0198a3f2c4d5e6f7") << "its token stays out of the database";
    EXPECT_EQ(kept->body, callback.body);
    const auto known = [this] {
        return book_.write([](store::Tx& tx) { return messages_set_aside(tx); });
    };
    EXPECT_TRUE(known().contains(digest_of(callback.path, callback.body)));
    EXPECT_FALSE(known().contains(digest_of(callback.path, callback.body + " ")));
    EXPECT_TRUE(left().empty()) << "nobody reads it by himself";
    book_.write([number](store::Tx& tx) { end_message(tx, number); });
    EXPECT_TRUE(known().empty());
    EXPECT_TRUE(book_.write([](store::Tx& tx) { return all_set_aside(tx); }).empty());
    EXPECT_EQ(book_.number("SELECT COUNT(*) FROM messages_in_work"), 0);
}

TEST_F(Messages, AreOneWhateverOftenTheyBegin) {
    static_cast<void>(begin_reading(callback));
    static_cast<void>(begin_reading(callback));
    EXPECT_EQ(book_.number("SELECT COUNT(*) FROM messages_in_work"), 1);
}

TEST_F(Messages, ThatARunDiedOfOnceAreLeftForTheNextToRead) {
    const auto number = begin_reading(callback);
    EXPECT_FALSE(
        book_.write([number](store::Tx& tx) { return set_aside_message(tx, number, 1, at); }));
    book_.write([](store::Tx& tx) { settle(tx, at); });
    EXPECT_EQ(left(), std::vector{number}) << "ten minutes of life read nothing";
    const auto kept = book_.write([number](store::Tx& tx) { return find_message(tx, number); });
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->message.body, callback.body);
    EXPECT_EQ(kept->digest, digest_of(callback.path, callback.body));
}

TEST_F(Messages, AreKeptWithTheirWholePathButItsToken) {
    const auto number =
        begin_reading({.path = "/rail/paybill/600000/secret-token/confirmation", .body = "{}"});
    const auto kept = book_.write([number](store::Tx& tx) { return find_message(tx, number); });
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->message.path, "/rail/paybill/600000/confirmation");
}

TEST_F(Messages, ThatCouldNotBeReadStayAndGoAloneNoMore) {
    static_cast<void>(start());
    const auto number = begin_reading(callback);
    book_.write([number](store::Tx& tx) { leave_message(tx, number); });
    EXPECT_EQ(left(), std::vector{number});
    EXPECT_EQ(start().died, std::nullopt);
    book_.write([number](store::Tx& tx) { begin_again(tx, number); });
    EXPECT_EQ(start().died, (Subject{.kind = Kind::message, .id = number}));
}

}  // namespace
}  // namespace lango::runs
