#include "postbacks/answer.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include "postbacks/exchange.hpp"

namespace lango::postbacks {
namespace {

constexpr std::string_view says_ok = R"({"status":"ok"})";

// windowBits as zlib takes them: 31 gzip, 15 zlib, -15 raw.
std::string deflated(std::string_view text, int kind = 31) {
    z_stream stream{};
    EXPECT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, kind, 8, Z_DEFAULT_STRATEGY), Z_OK);
    std::string out(deflateBound(&stream, text.size()) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

AttemptOutcome outcome_of(std::string body) {
    return judge(PostbackId{1}, Instant{}, Instant{},
                 http::ClientResponse{.status = 200, .headers = {}, .body = std::move(body)})
        .outcome;
}

TEST(PlainAnswer, LosesTheMarkInFrontOfTheJson) {
    EXPECT_EQ(plain_answer("\xef\xbb\xbf{}"), "{}");
    EXPECT_EQ(plain_answer("{}"), "{}");
    EXPECT_EQ(plain_answer(""), "");
    EXPECT_EQ(outcome_of("\xef\xbb\xbf" + std::string{says_ok}), AttemptOutcome::delivered);
}

TEST(PlainAnswer, IsUnpackedThoughNobodyAskedForGzip) {
    EXPECT_EQ(plain_answer(deflated(says_ok)), says_ok);
    EXPECT_EQ(plain_answer(deflated("\xef\xbb\xbf{}")), "{}");
    EXPECT_EQ(outcome_of(deflated(says_ok)), AttemptOutcome::delivered);
    EXPECT_EQ(outcome_of(deflated(R"({"status":"fail"})")), AttemptOutcome::wrong_answer);
    const std::string most(unpacked_max, ' ');
    EXPECT_EQ(plain_answer(deflated(most)), most);
}

TEST(PlainAnswer, IsNotUnpackedBeyond64KiB) {
    EXPECT_FALSE(plain_answer(deflated(std::string(unpacked_max + 1, ' '))));
    // 60 KB that stand for 60 MB.
    const auto bomb = deflated(std::string(std::size_t{60} * 1024 * 1024, ' ') + "{}");
    ASSERT_LT(bomb.size(), 64U * 1024);
    EXPECT_FALSE(plain_answer(bomb));
    EXPECT_EQ(outcome_of(bomb), AttemptOutcome::wrong_answer);
}

TEST(PlainAnswer, RepairsNothingElse) {
    const auto gzip = deflated(says_ok);
    auto changed = gzip;
    changed[gzip.size() - 6] ^= 1;  // in the check
    for (const auto& body :
         {gzip.substr(0, gzip.size() - 1), gzip.substr(0, 2), gzip + "x", gzip + gzip, changed}) {
        EXPECT_FALSE(plain_answer(body)) << body.size();
        EXPECT_EQ(outcome_of(body), AttemptOutcome::wrong_answer);
    }
    for (const auto& body :
         {deflated(says_ok, 15), deflated(says_ok, -15),
          "\xef\xbb\xbf\xef\xbb\xbf" + std::string{says_ok}, " \xef\xbb\xbf" + std::string{says_ok},
          "\xfe\xff" + std::string{says_ok}, std::string{says_ok} + "\xef\xbb\xbf",
          ")]}'\n" + std::string{says_ok}}) {
        EXPECT_EQ(outcome_of(body), AttemptOutcome::wrong_answer) << body;
    }
}

}  // namespace
}  // namespace lango::postbacks
