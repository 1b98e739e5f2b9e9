#include "http/body_reader.hpp"

#include <gtest/gtest.h>

namespace lango::http {
namespace {

using State = BodyReader::State;

struct Read {
    State state;
    std::string body;
    std::size_t consumed;
    friend bool operator==(const Read&, const Read&) = default;
    friend std::ostream& operator<<(std::ostream& out, const Read& read) {
        return out << static_cast<int>(read.state) << " '" << read.body << "' " << read.consumed;
    }
};

Read chunks(std::string_view bytes) {
    BodyReader reader(10, 20);
    reader.begin_chunked();
    Read read{State::reading, "", 0};
    read.consumed = reader.feed(bytes, read.body);
    read.state = reader.state();
    return read;
}

TEST(BodyReader, ReadsChunksUpToTheLastAndNoFurther) {
    EXPECT_EQ(chunks("3\r\nabc\r\n0\r\n\r\nmore"), (Read{State::complete, "abc", 13}));
    EXPECT_EQ(chunks("0\r\n\r"), (Read{State::reading, "", 4}));
    EXPECT_EQ(chunks("a\r\n0123456789\r\n0\r\n\r\n").state, State::complete);
    EXPECT_EQ(chunks("b\r\n0123456789a\r\n0\r\n\r\n"), (Read{State::overfull, "0123456789", 14}));
}

// RFC 9112 section 7.1.1: a quoted text may hold anything but a line's end.
TEST(BodyReader, AQuoteInAChunkExtensionEndsOnItsLine) {
    EXPECT_EQ(chunks("1;a=\"b;\\\"\"\r\nc\r\n0\r\n\r\n").body, "c");
    EXPECT_EQ(chunks("1;a=\"b").state, State::reading);
    EXPECT_EQ(chunks("1;a=\"b\r\nc\r\n").state, State::failed);
}

// Every chunk may carry some, so that what a sender says aside is counted in all.
TEST(BodyReader, ExtensionsAndTrailersTogetherHaveALimit) {
    const std::string ten = "1;" + std::string(9, 'x') + "\r\na\r\n";
    EXPECT_EQ(chunks(ten + ten).state, State::reading);
    EXPECT_EQ(chunks(ten + ten + "1;").state, State::failed);
    EXPECT_EQ(chunks(ten + ten + "0\r\nT").state, State::failed);
}

TEST(BodyReader, ABodyOfKnownSizeEndsWithIt) {
    BodyReader reader(10, 0);
    reader.begin_sized(3);
    std::string body;
    EXPECT_EQ(reader.feed("ab", body), 2U);
    EXPECT_EQ(reader.announced(), 1U);
    EXPECT_EQ(reader.feed("cd", body), 1U);
    EXPECT_EQ(reader.state(), State::complete);
    reader.begin_sized(0);
    EXPECT_EQ(reader.state(), State::complete);
}

TEST(BodyReader, OnlyAnOpenBodyEndsWithTheConnection) {
    std::string body;
    BodyReader open(10, 0);
    open.begin_open();
    open.feed("ab", body);
    open.end();
    EXPECT_EQ(open.state(), State::complete);
    BodyReader sized(10, 0);
    sized.begin_sized(3);
    sized.end();
    EXPECT_EQ(sized.state(), State::failed);
    BodyReader chunked(10, 0);
    chunked.begin_chunked();
    chunked.end();
    EXPECT_EQ(chunked.state(), State::failed);
}

}  // namespace
}  // namespace lango::http
