// The result that is POSTed to ResultURL or QueueTimeOutURL (daraja.md 5.3), as the switches of
// Config want it: code as number or text, parameters shuffled, one alone as an object.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "simulator/core.hpp"

namespace lango::simulator {

struct Parameter {
    std::string_view key;
    std::string json;  // "": no Value at all
};

struct ResultMessage {
    std::string_view code = "0";
    std::string_view originator_conversation_id;
    std::string_view conversation_id;
    std::string_view transaction_id;
    std::vector<Parameter> parameters{};  // none: the member is left out
    std::string_view product = "b2c";     // in the internal URL that ReferenceData tells
    bool texts = false;                   // type and code as texts, as a reversal's result has them
};

[[nodiscard]] std::string result_body(const Core& core, ResultMessage message);

// The reply that says a request was taken.
[[nodiscard]] http::Response accepted_reply(std::string_view conversation_id,
                                            std::string_view originator_conversation_id);

}  // namespace lango::simulator
