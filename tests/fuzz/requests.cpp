// A request, whole and in pieces: one outcome.
#include "http/corpus.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace lango;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto input = fuzz::text(data, size);
    const auto seed = fuzz::take(input);
    const auto whole = http::corpus::outcome_of_request(input, {input.size()});
    for (const auto& pieces : fuzz::pieces(input.size(), seed)) {
        fuzz::must(http::corpus::outcome_of_request(input, pieces) == whole,
                   "a request in pieces is the same request");
    }
    return 0;
}
