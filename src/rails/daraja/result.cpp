#include "rails/daraja/result.hpp"

#include "base/json.hpp"

namespace lango::rails::daraja {

namespace {

void read_parameter(const json::Value& item, ResultEnvelope& result) {
    auto key = item.text_at("Key");
    if (!key.empty()) result.parameters.emplace_back(std::move(key), item.text_at("Value"));
}

}  // namespace

std::string ResultEnvelope::parameter(std::string_view key) const {
    for (const auto& [name, value] : parameters) {
        if (name == key) return value;
    }
    return {};
}

std::optional<ResultEnvelope> read_result(std::string_view body) {
    const auto parsed = json::parse(body);
    const auto* told = parsed ? parsed->find("Result") : nullptr;
    const auto* code = told == nullptr ? nullptr : told->find("ResultCode");
    if (code == nullptr || code->scalar_text() == nullptr) return std::nullopt;
    ResultEnvelope result{.complete = told->text_at("ResultType") != "1",
                          .code = *code->scalar_text(),
                          .description = told->text_at("ResultDesc"),
                          .originator_conversation_id = told->text_at("OriginatorConversationID"),
                          .conversation_id = told->text_at("ConversationID"),
                          .transaction_id = told->text_at("TransactionID"),
                          .parameters = {}};
    const auto* outer = told->find("ResultParameters");
    const auto* items = outer == nullptr ? nullptr : outer->find("ResultParameter");
    if (items == nullptr) return result;
    if (items->array() == nullptr) {
        read_parameter(*items, result);
        return result;
    }
    for (const auto& item : *items->array()) read_parameter(item, result);
    return result;
}

}  // namespace lango::rails::daraja
