// Replies that are not Daraja's JSON: what edges and gateways say instead.
#pragma once
#include "http/message.hpp"

namespace lango::simulator {

// 429 with Apigee's fault object, which has no errorCode at the top (daraja.md 1.2).
[[nodiscard]] http::Response apigee_fault();
[[nodiscard]] http::Response html(int status);
[[nodiscard]] http::Response soap_fault();
[[nodiscard]] http::Response empty(int status);

}  // namespace lango::simulator
