#include "rails/daraja/result.hpp"

#include <algorithm>
#include <charconv>

#include "base/json_repair.hpp"

namespace lango::rails::daraja {

namespace {

// False for one whose name cannot be read: which parameter that was, nobody knows.
bool read_parameter(const json::Value& item, ResultEnvelope& result) {
    if (json::is_unsound(item, {"Key"})) return false;
    auto key = json::sound_text(item, "Key");
    if (!key) return true;
    result.parameters.emplace_back(*std::move(key), json::sound_text(item, "Value").value_or(""));
    return true;
}

void read_parameters(const json::Value& told, ResultEnvelope& result) {
    const auto* outer = told.find("ResultParameters");
    const auto* items = outer == nullptr ? nullptr : outer->find("ResultParameter");
    if (items == nullptr) return;
    bool sound = !json::stands_twice(told, {"ResultParameters"}) &&
                 !json::stands_twice(*outer, {"ResultParameter"});
    if (items->array() == nullptr) {
        sound = sound && read_parameter(*items, result);
    } else {
        for (const auto& item : *items->array()) sound = sound && read_parameter(item, result);
    }
    if (!sound) result.parameters.clear();
}

}  // namespace

std::string ResultEnvelope::parameter(std::string_view key) const {
    std::string found;
    bool told = false;
    for (const auto& [name, value] : parameters) {
        if (name != key) continue;
        if (told) return {};
        told = true;
        found = value;
    }
    return found;
}

bool ResultEnvelope::has(std::string_view key) const {
    return std::ranges::find(parameters, key, &std::pair<std::string, std::string>::first) !=
           parameters.end();
}

std::optional<ResultEnvelope> read_result(std::string_view body) {
    const auto parsed = json::parse_leniently(body);
    if (!parsed || json::stands_twice(*parsed, {"Result"})) return std::nullopt;
    const auto* told = parsed->find("Result");
    if (told == nullptr || json::is_unsound(*told, {"ResultType", "OriginatorConversationID",
                                                    "ConversationID", "TransactionID"})) {
        return std::nullopt;
    }
    auto code = json::sound_text(*told, "ResultCode");
    if (!code) return std::nullopt;
    ResultEnvelope result{.complete = told->text_at("ResultType") != "1",
                          .code = *std::move(code),
                          .description = told->text_at("ResultDesc"),
                          .originator_conversation_id = told->text_at("OriginatorConversationID"),
                          .conversation_id = told->text_at("ConversationID"),
                          .transaction_id = told->text_at("TransactionID"),
                          .parameters = {}};
    read_parameters(*told, result);
    return result;
}

std::int64_t organisation_in(std::string_view party) {
    constexpr std::size_t digits_max = 7;
    const auto digits = party.substr(0, party.find_first_not_of("0123456789"));
    std::int64_t shortcode = 0;
    if (digits.size() > digits_max) return 0;  // a phone
    const auto rest = party.substr(digits.size());
    if (!rest.empty() && rest.front() != ' ') return 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), shortcode);
    return shortcode;
}

}  // namespace lango::rails::daraja
