// What status, balance and reversal have in common: fields, shortcode, initiator, the reply, and a
// result that comes a little later.
#pragma once
#include <functional>
#include <string>

#include "base/json.hpp"
#include "base/result.hpp"
#include "simulator/core.hpp"
#include "simulator/initiators.hpp"
#include "simulator/refusals.hpp"

namespace lango::simulator {

struct InitiatorRequest {
    json::Value body;
    const Shortcode* shortcode = nullptr;
    std::string code;  // of the initiator: "0", or the result's code that says why not
    std::string originator_conversation_id;  // Daraja's own
    std::string conversation_id;
};

// Or the refusal.
[[nodiscard]] Result<InitiatorRequest, http::Response> read_initiator_request(
    const Core& core, Initiators& initiators, const http::Request& request, const Product& product,
    std::string_view (*invalid_field)(const json::Value& body));

// The result's body is made when it goes out, unless Config::query_results_lost.
void tell_later(const Core& core, std::string url, std::function<std::string()> body);

}  // namespace lango::simulator
