#include "postbacks/readable.hpp"

#include "base/terminal_text.hpp"

namespace lango::postbacks {

std::string readable(std::string_view answer) {
    std::string out;
    while (!answer.empty()) {
        const auto character = first_character(answer);
        const bool kept = character.is_shown || character.code == '\n' || character.code == '\t';
        const auto text = kept ? answer.substr(0, character.bytes) : std::string_view{"?"};
        if (out.size() + text.size() > answer_max) break;
        out += text;
        answer.remove_prefix(character.bytes);
    }
    return out;
}

}  // namespace lango::postbacks
