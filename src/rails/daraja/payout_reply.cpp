#include "rails/daraja/payout_reply.hpp"

#include <algorithm>
#include <array>

#include "base/json_repair.hpp"
#include "base/redact.hpp"
#include "rails/daraja/codes.hpp"

namespace lango::rails::daraja {

namespace {

// Where a payout's fault means something else than a push's (codes.cpp). The first row that fits
// counts.
struct Row {
    std::string_view code;
    std::string_view message_has;  // "": any
    Submitted outcome;
    Halts halts = Halts::nothing;
    bool repeated = false;
};
constexpr auto rows = std::to_array<Row>({
    // The rail has seen this id: an earlier request was received, whatever stood in it.
    {"500.002.1001", "Duplicate", Submitted::accepted, Halts::nothing, true},
    {"500.002.1001", "", Submitted::unknown},
    // A field of this payout, or one that is the same in every payout and ours to mend.
    {"400.002.02", "PartyB", Submitted::refused},
    {"400.002.02", "Amount", Submitted::refused},
    {"400.002.02", "TransactionID", Submitted::refused},
    {"400.002.02", "", Submitted::not_submitted, Halts::payouts},
    {"400.002.05", "", Submitted::not_submitted, Halts::payouts},
    {"400.003.02", "", Submitted::not_submitted, Halts::payouts},
    // Busy: not submitted, but believed only with a status check (daraja.md 1.2).
    {"500.003.02", "", Submitted::unknown},
    {"500.003.03", "", Submitted::unknown},
    {"500.001.1001", "", Submitted::unknown},
});

PayoutReply read_fault(const http::ClientResponse& response) {
    const auto fault = classify_fault(response);
    const auto* const row = std::ranges::find_if(rows, [&](const Row& known) {
        return known.code == fault.code &&
               fault.message.find(known.message_has) != std::string::npos;
    });
    PayoutReply reply;
    reply.answer.outcome = row == rows.end() ? fault.outcome : row->outcome;
    reply.answer.halts = row == rows.end() ? Halts::nothing : row->halts;
    reply.answer.repeated = row != rows.end() && row->repeated;
    reply.answer.code = fault.code;
    reply.answer.message = fault.message;
    reply.alarm = fault.alarming || reply.answer.halts != Halts::nothing;
    reply.answer.ours_to_mend = reply.alarm;
    return reply;
}

PayoutReply read_response(const http::ClientResponse& response) {
    const auto body = json::parse_leniently(response.body);
    auto code = body ? json::sound_text(*body, "ResponseCode").value_or("") : std::string{};
    // A 200 can carry an error envelope or a page of HTML.
    if (response.status != 200 || code.empty()) return read_fault(response);
    PayoutReply reply;
    reply.answer.code = std::move(code);
    reply.answer.message = redact(body->text_at("ResponseDescription"));
    reply.answer.conversation_id = json::sound_text(*body, "ConversationID").value_or("");
    reply.answer.originator_conversation_id =
        json::sound_text(*body, "OriginatorConversationID").value_or("");
    const bool accepted = reply.answer.code == "0" && !reply.answer.conversation_id.empty();
    reply.answer.outcome = accepted ? Submitted::accepted : Submitted::unknown;
    return reply;
}

}  // namespace

PayoutReply read_payout_reply(
    const std::optional<Result<http::ClientResponse, http::ClientError>>& reply) {
    PayoutReply read;
    if (!reply) {
        read.answer.outcome = Submitted::not_submitted;
        read.answer.code = "no token";
    } else if (!*reply) {
        const auto& error = reply->error();
        read.answer.outcome = error.reached == http::Reached::not_sent ? Submitted::not_submitted
                                                                       : Submitted::unknown;
        read.answer.code = "no answer";
        read.answer.message = redact(error.message);
    } else {
        read = read_response(**reply);
        read.answer.raw = redact((*reply)->body);
    }
    // A wrong recipient is one payout's matter, not the rail's.
    read.trouble =
        read.answer.outcome != Submitted::accepted && read.answer.outcome != Submitted::refused;
    return read;
}

}  // namespace lango::rails::daraja
