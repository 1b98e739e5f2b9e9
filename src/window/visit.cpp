#include "window/visit.hpp"

namespace lango::window {

std::string Visit::in_other_language() const {
    std::string path = "?lang=" + std::string{code(other(language))};
    for (const auto& [name, value] : query.fields()) {
        if (name == "lang") continue;
        path += "&" + http::percent_encode(name);
        if (!value.empty()) path += "=" + http::percent_encode(value);
    }
    return path;
}

}  // namespace lango::window
