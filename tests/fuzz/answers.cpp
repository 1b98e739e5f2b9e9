// An answer to a request of ours, whole and in pieces: one outcome.
#include "http/corpus.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace lango;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto input = fuzz::text(data, size);
    const auto seed = fuzz::take(input);
    const bool head = seed % 8 == 7;
    const auto whole = http::corpus::outcome_of_answer(input, {input.size()}, head);
    for (const auto& pieces : fuzz::pieces(input.size(), seed)) {
        fuzz::must(http::corpus::outcome_of_answer(input, pieces, head) == whole,
                   "an answer in pieces is the same answer");
    }
    return 0;
}
