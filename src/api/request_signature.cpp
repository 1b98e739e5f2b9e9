#include "api/request_signature.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/crypto.hpp"
#include "base/json_members.hpp"

namespace lango::api {

namespace {

constexpr std::string_view signature_field = "signature";

void append(std::string& text, const json::Value& value);

void append_all(std::string& text, const std::vector<const json::Member*>& list) {
    bool first = true;
    for (const auto* member : list) {
        if (!first) text += ':';
        first = false;
        append(text, member->second);
    }
}

void append(std::string& text, const json::Value& value) {
    if (value.string() != nullptr) {
        text += *value.string();
    } else if (value.number() != nullptr) {
        text += php_number(value.number()->text);
    } else if (value.boolean() != nullptr) {
        text += *value.boolean() ? "1" : "";
    } else if (value.array() != nullptr) {
        bool first = true;
        for (const auto& item : *value.array()) {
            if (!first) text += ':';
            first = false;
            append(text, item);
        }
    } else if (value.object() != nullptr) {
        append_all(text, json::counting_members(*value.object()));
    }
}

// 62 bits of a digest; never 0.
std::int64_t number_of(std::string_view text) {
    const auto digest = crypto::sha256(text);
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < 8; ++i) number = (number << 8U) | digest.at(i);
    return static_cast<std::int64_t>((number >> 1U) | 1U);
}

}  // namespace

std::string signed_text(const json::Value& body) {
    std::string text;
    if (body.object() == nullptr) return text;
    auto fields = json::counting_members(*body.object());
    std::erase_if(fields,
                  [](const json::Member* field) { return field->first == signature_field; });
    std::ranges::sort(fields, {},
                      [](const json::Member* field) -> std::string_view { return field->first; });
    append_all(text, fields);
    return text;
}

std::string signed_text(std::string_view path, const http::Query& query) {
    auto fields = query.fields();
    std::erase_if(fields, [](const auto& field) { return field.first == signature_field; });
    std::ranges::sort(fields);
    std::string text{path};
    for (const auto& field : fields) text += ":" + field.second;
    return text;
}

std::string request_signature(std::string_view private_key, std::string_view text) {
    return crypto::sha1_hex(std::string{private_key} + crypto::md5_hex(text));
}

withdrawals::SignedAs signed_as(const json::Value& body, MerchantId merchant, bool has_id) {
    withdrawals::SignedAs made{
        .signature = number_of(std::to_string(merchant.value()) + ":" + body.text_at("signature")),
        .form = 0};
    if (has_id) return made;
    std::vector<std::string_view> names;
    for (const auto& member : *body.object()) names.push_back(member.first);
    std::ranges::sort(names);
    std::string joined;
    for (const auto name : names) joined.append(name).append(1, '\0');
    made.form = number_of(joined);
    return made;
}

}  // namespace lango::api
