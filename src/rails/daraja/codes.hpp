// Safaricom's answers as data (daraja.md, tables 1.2 and 3.5). What no row knows is unknown and
// stays pending: a code is never guessed to be a failure.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "http/client_message.hpp"
#include "rails/claims.hpp"

namespace lango::rails::daraja {

// A ResultCode of an STK callback or query. May be text.
struct ResultClass {
    Fate fate = Fate::unknown;
    bool may_turn = false;  // seen to be followed by a charge: confirm later
    bool alert = false;     // our settings or our account, not the payer: operators must know
};
[[nodiscard]] ResultClass classify_result(std::string_view result_code);

// Every code that tells of a failure, of a payment and of a request: whoever explains them to
// people can be asked whether he knows them all.
[[nodiscard]] std::vector<std::string_view> failing_codes();
[[nodiscard]] std::vector<std::string_view> fault_codes();

// A reply that is no acceptance.
struct Fault {
    Submitted outcome = Submitted::unknown;
    bool token_refused = false;    // refresh the token and repeat once
    bool being_processed = false;  // a query's "not yet"
    bool alarming = false;         // ours to mend: configuration; opens the breaker
    bool busy = false;             // rate limit or overload
    Duration pause_min{};          // the same request may not go again before
    bool alert = false;            // a field of ours is refused, whoever pays
    bool no_product = false;       // the app may not use this API
    std::string code;
    std::string message;  // redacted
};
// Any status, any body: JSON envelope, Apigee fault, SOAP, HTML, nothing.
[[nodiscard]] Fault classify_fault(const http::ClientResponse& response);

// "accepted", "not_submitted": for metrics.
[[nodiscard]] std::string_view name(Submitted outcome);

}  // namespace lango::rails::daraja
