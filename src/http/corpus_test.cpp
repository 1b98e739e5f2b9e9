// Whatever way the bytes of a peer fall into pieces, a reader makes the same of them.
#include "http/corpus.hpp"

#include <gtest/gtest.h>

#include "http/response_reader.hpp"

namespace lango::http {
namespace {

using Pieces = std::vector<std::size_t>;  // their sizes

// Every cut in two, and byte by byte.
std::vector<Pieces> all_pieces(std::size_t size) {
    std::vector<Pieces> all{Pieces(size, 1)};
    for (std::size_t cut = 1; cut < size; ++cut) all.push_back({cut, size - cut});
    return all;
}

std::string all_fields(const Headers& headers) {
    std::string text;
    for (const auto& [name, value] : headers.all()) text += name + "=" + value + "\n";
    return text;
}

// As a connection does: what was not consumed is offered again with more behind.
template <class Reader, class ReadingOn>
std::string left_over(Reader& reader, ReadingOn reading_on, std::string_view bytes,
                      const Pieces& pieces) {
    std::string waiting;
    std::size_t given = 0;
    for (const std::size_t size : pieces) {
        waiting += bytes.substr(given, size);
        given += size;
        if (reading_on()) waiting.erase(0, reader.feed(waiting));
    }
    return waiting;
}

std::string outcome_of_request(std::string_view bytes, const Pieces& pieces) {
    using State = RequestReader::State;
    RequestReader reader(corpus::limits);
    const auto reading_on = [&] {
        return reader.state() == State::header || reader.state() == State::body;
    };
    const std::string rest = left_over(reader, reading_on, bytes, pieces);
    if (reader.state() == State::refused) return "refused " + std::to_string(reader.refusal());
    if (reader.state() != State::complete) return "more has to come";
    const Request& request = reader.request();
    return std::to_string(static_cast<int>(request.method)) + request.path + "?" + request.query +
           "\n" + request.host + "\n" + all_fields(request.headers) + request.body +
           (reader.keep_alive() ? "\nkept " : "\nends ") + rest;
}

std::string outcome_of_answer(std::string_view bytes, const Pieces& pieces, bool head) {
    using State = ResponseReader::State;
    ResponseReader reader(100, head);
    const auto reading_on = [&] { return reader.state() == State::reading; };
    std::string rest = left_over(reader, reading_on, bytes, pieces);
    const bool at_end = reading_on();
    reader.end();
    if (reader.state() == State::failed) return at_end ? "more has to come" : "failed";
    const bool kept = reader.keep_alive();
    const bool truncated = reader.state() == State::truncated;
    if (truncated) rest.clear();  // nobody reads on there
    const ClientResponse answer = reader.take();
    return std::to_string(answer.status) + "\n" + all_fields(answer.headers) + answer.body +
           (kept ? "\nkept " : "\nends ") + (truncated ? "cut " : "") + (at_end ? "at end " : "") +
           rest;
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
