// English and Kiswahili: chosen by the link, then by the browser.
#pragma once
#include <cstdint>
#include <string_view>

namespace lango::window {

enum class Language : std::int8_t { en, sw };

// "en", "sw"; for lang attributes and links.
[[nodiscard]] std::string_view code(Language language);
[[nodiscard]] constexpr Language other(Language language) {
    return language == Language::en ? Language::sw : Language::en;
}
// lang: of the link, "" when it names none; accept: the browser's Accept-Language. A language that
// we do not have is as none.
[[nodiscard]] Language choose_language(std::string_view lang, std::string_view accept);

}  // namespace lango::window
