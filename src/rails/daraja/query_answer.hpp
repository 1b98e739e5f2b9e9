// Reads the answer to an STK query (daraja.md 3.7). Its ResultCode is a text, it knows neither
// receipt nor amount, and several of its errors mean "not yet".
#pragma once
#include <optional>
#include <string>

#include "http/client_message.hpp"
#include "rails/claims.hpp"

namespace lango::rails::daraja {

// Nothing for what says nothing of the push that was asked about.
[[nodiscard]] std::optional<Observation> read_query_answer(const http::ClientResponse& response,
                                                           const std::string& asked);

}  // namespace lango::rails::daraja
