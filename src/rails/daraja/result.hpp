// The envelope in which Daraja tells what became of a payout, a question or a reversal
// (daraja.md 5.3). Nothing in it proves who sent it: that is the token's and the addresses' part.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lango::rails::daraja {

struct ResultEnvelope {
    bool complete = true;  // ResultType 0; 1 says that more will come
    std::string code;      // number or text on the wire
    std::string description;
    std::string originator_conversation_id;
    std::string conversation_id;
    std::string transaction_id;  // proves nothing: failures carry real-looking ones (daraja.md 1.4)
    std::vector<std::pair<std::string, std::string>> parameters;  // "" for one without Value

    // "" when there is none, when it stands there twice, or when it was repaired.
    [[nodiscard]] std::string parameter(std::string_view key) const;
    // Whether it stands there at all.
    [[nodiscard]] bool has(std::string_view key) const;
};

// One parameter comes as an object, several as an array, in any order. Nothing for a body that is
// no result.
[[nodiscard]] std::optional<ResultEnvelope> read_result(std::string_view body);

// "600996 - SOMEBODY": the shortcode of an organisation that is named as a party. 0: none is.
[[nodiscard]] std::int64_t organisation_in(std::string_view party);

}  // namespace lango::rails::daraja
