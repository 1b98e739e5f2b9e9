#include "rails/daraja/query_answer.hpp"

#include "base/json_repair.hpp"
#include "rails/daraja/codes.hpp"

namespace lango::rails::daraja {

std::optional<Observation> read_query_answer(const http::ClientResponse& response,
                                             const std::string& asked) {
    Observation seen;
    seen.source = Source::query;
    if (response.status == 200) {
        const auto body = json::parse_leniently(response.body);
        auto code = body ? json::sound_text(*body, "ResultCode") : std::nullopt;
        if (code) {
            const auto about = body->text_at("CheckoutRequestID");
            if (json::is_unsound(*body, {"CheckoutRequestID"}) ||
                (!about.empty() && about != asked))
                return std::nullopt;
            seen.code = *std::move(code);
            const auto is = classify_result(seen.code);
            seen.fate = is.fate;
            seen.alert = is.alert;
            seen.raw = response.body;
            return seen;
        }
    }
    const auto fault = classify_fault(response);
    if (!fault.being_processed) return std::nullopt;
    seen.code = fault.code;
    seen.fate = Fate::pending;
    return seen;
}

}  // namespace lango::rails::daraja
