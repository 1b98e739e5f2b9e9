#include "window/visit.hpp"

namespace lango::window {

std::string Visit::query_with(std::string_view name, std::string_view added,
                              std::string_view value) const {
    const bool is_signed = query.find("signature").has_value();
    const auto set = is_signed ? added : name;
    std::string text = "?" + std::string{set} + "=" + std::string{value};
    for (const auto& [key, kept] : query.fields()) {
        if (key == set) continue;
        text += "&" + http::percent_encode(key);
        if (!kept.empty()) text += "=" + http::percent_encode(kept);
    }
    return text;
}

std::string Visit::in_other_language() const {
    return query_with("lang", shown_in, code(other(language)));
}

}  // namespace lango::window
