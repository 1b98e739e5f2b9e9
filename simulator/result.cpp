#include "simulator/result.hpp"

#include "base/json_writer.hpp"
#include "simulator/payout_scenario.hpp"
#include "simulator/wire_text.hpp"

namespace lango::simulator {

namespace {

// "items" under "name": one alone as an object unless an array is wanted.
void append_items(json::Writer& writer, std::string_view name, const std::vector<Parameter>& items,
                  bool always_array) {
    const bool array = always_array || items.size() != 1;
    writer.key(name);
    if (array) writer.begin_array();
    for (const auto& item : items) {
        writer.begin_object().member("Key", item.key);
        if (!item.json.empty()) writer.key("Value").raw(item.json);
        writer.end_object();
    }
    if (array) writer.end_array();
}

void append_number(json::Writer& writer, std::string_view text, bool as_text) {
    if (is_number(text) && !as_text)
        writer.raw(text);
    else
        writer.string(text);
}

}  // namespace

std::string result_body(const Core& core, ResultMessage message) {
    auto& parameters = message.parameters;
    if (core.config.shuffled_items) {
        for (std::size_t left = parameters.size(); left > 1; --left) {
            std::swap(parameters[left - 1], parameters[core.random.below(left)]);
        }
    }
    if (core.config.one_parameter && !parameters.empty()) parameters.resize(1);
    std::string out;
    out.reserve(1024);
    json::Writer writer{out};
    writer.begin_object().key("Result").begin_object().key("ResultType");
    append_number(writer, "0", message.texts);
    writer.key("ResultCode");
    append_number(writer, message.code, message.texts || core.config.result_code_text);
    writer.member("ResultDesc", payout_text(message.code))
        .member("OriginatorConversationID", message.originator_conversation_id)
        .member("ConversationID", message.conversation_id)
        .member("TransactionID", message.transaction_id);
    if (!parameters.empty()) {
        writer.key("ResultParameters").begin_object();
        append_items(writer, "ResultParameter", parameters, false);
        writer.end_object();
    }
    // Safaricom's own, not the caller's.
    const auto url = "https://internalsandbox.safaricom.co.ke/mpesa/" +
                     std::string{message.product} + "results/v1/submit";
    writer.key("ReferenceData").begin_object();
    append_items(writer, "ReferenceItem", {{.key = "QueueTimeoutURL", .json = json_text(url)}},
                 core.config.reference_item_array);
    writer.end_object().end_object().end_object();
    return out;
}

http::Response accepted_reply(std::string_view conversation_id,
                              std::string_view originator_conversation_id) {
    http::Response response;
    json::Writer{response.body}
        .begin_object()
        .member("ConversationID", conversation_id)
        .member("OriginatorConversationID", originator_conversation_id)
        .member("ResponseCode", "0")
        .member("ResponseDescription", "Accept the service request successfully.")
        .end_object();
    return response;
}

}  // namespace lango::simulator
