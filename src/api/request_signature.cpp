#include "api/request_signature.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/crypto.hpp"

namespace lango::api {

namespace {

constexpr std::string_view signature_field = "signature";

// The members that count, each once: where its name stood first, with its last value, which is how
// PHP fills an array.
std::vector<const json::Member*> members(const json::Object& object) {
    std::vector<const json::Member*> found;
    for (const auto& member : object) {
        const auto same = std::ranges::find(found, member.first, &json::Member::first);
        if (same == found.end()) {
            found.push_back(&member);
        } else {
            *same = &member;
        }
    }
    return found;
}

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
        append_all(text, members(*value.object()));
    }
}

}  // namespace

std::string signed_text(const json::Value& body) {
    std::string text;
    if (body.object() == nullptr) return text;
    auto fields = members(*body.object());
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

}  // namespace lango::api
