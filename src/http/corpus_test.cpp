// Whatever way the bytes of a peer fall into pieces, a reader makes the same of them.
#include "http/corpus.hpp"

#include <gtest/gtest.h>

namespace lango::http {
namespace {

using corpus::outcome_of_answer;
using corpus::outcome_of_request;
using corpus::Pieces;

// Every cut in two, and byte by byte.
std::vector<Pieces> all_pieces(std::size_t size) {
    std::vector<Pieces> all{Pieces(size, 1)};
    for (std::size_t cut = 1; cut < size; ++cut) all.push_back({cut, size - cut});
    return all;
}

void expect_same_in_pieces(const corpus::Message& message) {
    const std::string whole = outcome_of_request(message.bytes, {message.bytes.size()});
    for (const Pieces& pieces : all_pieces(message.bytes.size())) {
        EXPECT_EQ(outcome_of_request(message.bytes, pieces), whole)
            << message.name << ", first piece " << pieces.front();
    }
}

TEST(Corpus, RefusedRequestsAreRefusedInPiecesToo) {
    for (const auto& message : corpus::refused_requests()) expect_same_in_pieces(message);
}

TEST(Corpus, RequestsAreReadInPieces) {
    for (const auto& message : corpus::requests()) {
        expect_same_in_pieces(message);
        const std::string whole = outcome_of_request(message.bytes, {message.bytes.size()});
        EXPECT_FALSE(whole.starts_with("refused")) << message.name << " " << whole;
        EXPECT_NE(whole, "more has to come") << message.name;
    }
}

TEST(Corpus, UnfinishedRequestsAreWaitedForInPiecesToo) {
    for (const auto& message : corpus::unfinished_requests()) {
        expect_same_in_pieces(message);
        EXPECT_EQ(outcome_of_request(message.bytes, {message.bytes.size()}), "more has to come")
            << message.name;
    }
}

TEST(Corpus, AnswersAreReadInPieces) {
    for (const auto& message : corpus::answers()) {
        for (const bool head : {false, true}) {
            const std::size_t size = message.bytes.size();
            const std::string whole = outcome_of_answer(message.bytes, {size}, head);
            for (const Pieces& pieces : all_pieces(size)) {
                // A long head is searched again at every byte by a test, not by a reader.
                if (size > 1000 && pieces.front() % 997 != 1) continue;
                EXPECT_EQ(outcome_of_answer(message.bytes, pieces, head), whole)
                    << message.name << ", first piece " << pieces.front();
            }
        }
    }
}

TEST(Corpus, NoAnswerIsTakenForWholeThatIsNot) {
    for (const auto& message : corpus::answers()) {
        const std::string whole = outcome_of_answer(message.bytes, {message.bytes.size()}, false);
        if (message.name == "ChunksButForOneByte" || message.name == "SizedHalf") {
            EXPECT_EQ(whole, "more has to come");
        } else if (message.name.starts_with("Chunks")) {
            EXPECT_TRUE(whole.starts_with("200")) << message.name << " " << whole;
        }
    }
}

}  // namespace
}  // namespace lango::http
