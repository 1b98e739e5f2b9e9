// For tests: messages on the wire, with what a reader has to make of them. Each is read whole, in
// every cut in two and byte by byte (corpus_test.cpp), and they are what the fuzzers begin with.
#pragma once
#include <string>
#include <vector>

#include "http/request_reader.hpp"

namespace lango::http::corpus {

inline constexpr RequestReader::Limits limits{.header_max = 1024, .body_max = 100};

struct Message {
    std::string name;
    int status;  // that it is refused with; 0: it is none of those
    std::string bytes;
};

// What two readers could understand differently, and what is too long.
[[nodiscard]] std::vector<Message> refused_requests();
[[nodiscard]] std::vector<Message> requests();             // read whole
[[nodiscard]] std::vector<Message> unfinished_requests();  // more has to come
// Answers of all kinds; the status counts for nothing.
[[nodiscard]] std::vector<Message> answers();

// What a reader makes of bytes that come in pieces of these sizes, as text: two of them are the
// same if and only if the reader's owner cannot tell them apart.
using Pieces = std::vector<std::size_t>;
[[nodiscard]] std::string outcome_of_request(std::string_view bytes, const Pieces& pieces);
[[nodiscard]] std::string outcome_of_answer(std::string_view bytes, const Pieces& pieces,
                                            bool head);

}  // namespace lango::http::corpus
