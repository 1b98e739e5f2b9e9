#include "rails/daraja/payout_results.hpp"

#include "rails/daraja/amount.hpp"
#include "rails/daraja/payout_codes.hpp"
#include "rails/daraja/result.hpp"
#include "rails/payout_id.hpp"
#include "rails/receipt.hpp"

namespace lango::rails::daraja {

namespace {

// Daraja puts an id of its own there at times, which says nothing.
std::string our_id(std::string originator) {
    return is_payout_id(originator) ? std::move(originator) : std::string{};
}

// "254705912645 - SOMEBODY". Nothing where it is masked, or no customer.
std::optional<Msisdn> recipient(const std::string& party) {
    return Msisdn::parse(party.substr(0, party.find_first_of(" -")));
}

}  // namespace

std::optional<PayoutSeen> read_payout_result(std::string_view body) {
    auto result = read_result(body);
    if (!result) return std::nullopt;
    PayoutSeen seen;
    seen.source = PayoutSource::result;
    seen.code = result->code;
    seen.description = std::move(result->description);
    seen.conversation_id = std::move(result->conversation_id);
    seen.originator_conversation_id = result->originator_conversation_id;
    seen.our_id = our_id(std::move(result->originator_conversation_id));
    seen.raw = std::string{body};
    const auto is = classify_payout(seen.code);
    seen.fate = result->complete ? is.fate : PayoutFate::pending;
    seen.halts = is.halts;
    if (seen.fate == PayoutFate::paid) {
        // The envelope's stands for one that is not told; not for one that cannot be read.
        constexpr std::string_view name = "TransactionReceipt";
        seen.receipt =
            read_receipt(result->has(name) ? result->parameter(name) : result->transaction_id);
        seen.amount = read_moved(result->parameter("TransactionAmount"));
        seen.recipient = recipient(result->parameter("ReceiverPartyPublicName"));
    }
    return seen;
}

PayoutSeen read_payout_timeout(std::string_view body) {
    PayoutSeen seen;
    seen.source = PayoutSource::timeout;
    seen.fate = PayoutFate::pending;
    if (const auto result = read_result(body)) {
        seen.code = result->code;
        seen.description = result->description;
        seen.conversation_id = result->conversation_id;
    }
    seen.raw = std::string{body};
    return seen;
}

std::optional<PayoutSeen> read_payout_status(std::string_view body) {
    auto result = read_result(body);
    if (!result) return std::nullopt;
    PayoutSeen seen;
    seen.source = PayoutSource::status;
    seen.code = result->code;
    seen.description = std::move(result->description);
    seen.raw = std::string{body};
    seen.question_id = std::move(result->conversation_id);
    const auto is = classify_question(seen.code);
    seen.halts = is.halts;
    seen.ours_to_mend = is.ours_to_mend;
    seen.fate = is.not_found ? PayoutFate::not_found : PayoutFate::pending;
    if (!is.answered || !result->complete) return seen;
    seen.originator_conversation_id = result->parameter("OriginatorConversationID");
    seen.our_id = our_id(seen.originator_conversation_id);
    // From here on the code is the payment's, not the question's.
    seen.code = result->parameter("TransactionStatus");
    seen.fate = classify_status(seen.code);
    seen.conversation_id = result->parameter("ConversationID");
    if (seen.fate == PayoutFate::paid) {
        seen.receipt = read_receipt(result->parameter("ReceiptNo"));
        seen.amount = read_moved(result->parameter("Amount"));
        seen.recipient = recipient(result->parameter("CreditPartyName"));
        seen.shortcode = organisation_in(result->parameter("DebitPartyName"));
    }
    return seen;
}

}  // namespace lango::rails::daraja
