#include "window/language.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "http/message.hpp"

namespace lango::window {

namespace {

// "sw", "sw-KE", "EN_us".
std::optional<Language> known(std::string_view tag) {
    const auto first =
        http::lowercase(tag.substr(0, std::min(tag.size(), tag.find_first_of("-_"))));
    if (first == "en") return Language::en;
    if (first == "sw") return Language::sw;
    return std::nullopt;
}

}  // namespace

std::string_view code(Language language) { return language == Language::en ? "en" : "sw"; }

Language choose_language(std::string_view lang, std::string_view accept) {
    if (const auto named = known(lang)) return *named;
    // Browsers list what they like best first; weights only say the same again.
    while (!accept.empty()) {
        auto piece = accept.substr(0, accept.find(','));
        accept.remove_prefix(std::min(accept.size(), piece.size() + 1));
        piece.remove_prefix(std::min(piece.size(), piece.find_first_not_of(' ')));
        if (const auto named = known(piece.substr(0, piece.find(';')))) return *named;
    }
    return Language::en;
}

}  // namespace lango::window
