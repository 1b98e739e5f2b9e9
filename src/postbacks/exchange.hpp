// One HTTP try: the request with its headers, and what the answer means.
#pragma once
#include "http/client_message.hpp"
#include "merchants/merchant.hpp"
#include "postbacks/attempts.hpp"

namespace lango::postbacks {

// Standard Webhooks headers beside the page's body (decisions, Postbacks): id, timestamp and
// HMAC-SHA256 over "id.timestamp.body".
[[nodiscard]] http::ClientRequest request_for(const merchants::Merchant& merchant, PostbackId id,
                                              const std::string& body, Instant now,
                                              Duration timeout);

// Delivered: HTTP 200 and a JSON object whose status is "ok"; other members are ignored. The answer
// is read and kept as plain_answer() leaves it.
[[nodiscard]] Attempt judge(PostbackId id, Instant began, Instant ended,
                            const Result<http::ClientResponse, http::ClientError>& answer);

}  // namespace lango::postbacks
