#include "rails/daraja/reversal_results.hpp"

#include "rails/daraja/amount.hpp"
#include "rails/daraja/payout_codes.hpp"
#include "rails/daraja/result.hpp"
#include "rails/daraja/reversal_codes.hpp"

namespace lango::rails::daraja {

namespace {

PayoutSeen seen_in(ResultEnvelope& result, PayoutSource source, std::string_view body) {
    PayoutSeen seen;
    seen.source = source;
    seen.code = result.code;
    seen.description = std::move(result.description);
    seen.raw = std::string{body};
    return seen;
}

}  // namespace

std::optional<PayoutSeen> read_reversal_result(std::string_view body) {
    auto result = read_result(body);
    if (!result) return std::nullopt;
    auto seen = seen_in(*result, PayoutSource::result, body);
    seen.conversation_id = std::move(result->conversation_id);
    seen.originator_conversation_id = result->originator_conversation_id;
    const auto is = classify_reversal(seen.code);
    seen.fate = result->complete ? is.fate : PayoutFate::pending;
    seen.halts = is.halts;
    seen.done_before = is.done_before;
    // What was done before has a receipt of its own, which is not told here.
    if (seen.fate == PayoutFate::paid && !seen.done_before) {
        if (!result->transaction_id.empty()) seen.receipt = result->transaction_id;
        seen.amount = read_moved(result->parameter("Amount"));
        seen.reversed = result->parameter("OriginalTransactionID");
        seen.shortcode = organisation_in(result->parameter("DebitPartyPublicName"));
    }
    return seen;
}

std::optional<PayoutSeen> read_reversed_status(std::string_view body) {
    auto result = read_result(body);
    if (!result) return std::nullopt;
    auto seen = seen_in(*result, PayoutSource::status, body);
    seen.question_id = std::move(result->conversation_id);
    const auto is = classify_question(seen.code);
    seen.halts = is.halts;
    seen.ours_to_mend = is.ours_to_mend;
    // That the rail does not know the payment, which it told us of, is a matter of time.
    seen.fate = PayoutFate::pending;
    if (!is.answered || !result->complete) return seen;
    seen.code = result->parameter("TransactionStatus");
    seen.fate = classify_status(seen.code) == PayoutFate::paid ? PayoutFate::not_found
                                                               : PayoutFate::unknown;
    return seen;
}

}  // namespace lango::rails::daraja
