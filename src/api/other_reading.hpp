// Values are signed without their names (request_signature.hpp), so that one signed text may stand
// for several requests. A request is taken only when its text means nothing else
// (docs/formats/signatures.md, docs/decisions/0035).
#pragma once
#include <cstddef>
#include <string_view>

#include "base/money.hpp"
#include "base/msisdn.hpp"

namespace lango::api {

// What a withdrawal request does with money: two readings that agree in this are one.
struct Meaning {
    Msisdn recipient;
    Money amount;
    bool is_test = false;
    friend bool operator==(const Meaning&, const Meaning&) = default;
};

struct AmountLimits {
    Money min;
    Money max;
};

// Whether the text has a second valid reading that means something else. Fields that the page or
// its sister systems know are thought of first: where they make any reading, only those count.
// Otherwise fields of every name are. `work` counts the values looked at, each a bounded number of
// times.
[[nodiscard]] bool has_other_reading(std::string_view text, const Meaning& meaning,
                                     const AmountLimits& limits, std::size_t* work = nullptr);

}  // namespace lango::api
