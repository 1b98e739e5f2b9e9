#include "window/copied_link.hpp"

#include <algorithm>
#include <optional>

#include "http/message.hpp"

namespace lango::window {

namespace {

constexpr std::string_view entity = "amp;";
constexpr std::string_view currency_mark = "\u00a4cy_code";
constexpr std::string_view currency = "currency_code";

struct Piece {
    std::string name;
    std::string value;
    bool bare = false;  // without "="
};

std::vector<Piece> pieces(std::string_view query) {
    std::vector<Piece> found;
    while (!query.empty()) {
        const auto text = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(query.size(), text.size() + 1));
        if (text.empty()) continue;
        const auto equals = std::min(text.find('='), text.size());
        found.push_back(
            {.name = http::percent_decode(text.substr(0, equals), true),
             .value = http::percent_decode(text.substr(std::min(equals + 1, text.size())), true),
             .bare = equals == text.size()});
    }
    return found;
}

// ASCII's blanks and the one that a web page's text is copied with.
void trim(std::string& text) {
    static constexpr std::string_view no_break = "\u00a0";
    const auto is_blank = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
    while (true) {
        if (!text.empty() && is_blank(text.back())) {
            text.pop_back();
        } else if (text.ends_with(no_break)) {
            text.resize(text.size() - no_break.size());
        } else {
            break;
        }
    }
    std::string_view rest = text;
    while (true) {
        if (!rest.empty() && is_blank(rest.front())) {
            rest.remove_prefix(1);
        } else if (rest.starts_with(no_break)) {
            rest.remove_prefix(no_break.size());
        } else {
            break;
        }
    }
    text = std::string{rest};
}

// Where "\u00a4cy_code", blanks and "=" stand in the text, and where that ends.
struct Mark {
    std::size_t begin = 0;
    std::size_t end = 0;
};
std::optional<Mark> find_mark(std::string_view text) {
    for (auto at = text.find(currency_mark); at != std::string_view::npos;
         at = text.find(currency_mark, at + 1)) {
        const auto equals = text.find_first_not_of(" \t", at + currency_mark.size());
        if (equals != std::string_view::npos && text[equals] == '=') {
            return Mark{.begin = at, .end = equals + 1};
        }
    }
    return std::nullopt;
}

bool names_currency(const Piece& piece) {
    auto name = piece.name;
    trim(name);
    return name == currency || name == "currency_code[]";
}

// Whether anything was found.
bool split_currency(std::vector<Piece>& all) {
    if (std::ranges::any_of(all, names_currency)) return false;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto mark = find_mark(all[i].value);
        if (!mark) continue;
        Piece code{.name = std::string{currency}, .value = all[i].value.substr(mark->end)};
        all[i].value.resize(mark->begin);
        all.insert(all.begin() + static_cast<std::ptrdiff_t>(i) + 1, std::move(code));
        return true;
    }
    return false;
}

}  // namespace

std::string_view without_entities(std::string_view name) {
    while (name.starts_with(entity)) name.remove_prefix(entity.size());
    return name;
}

std::string as_meant(std::string_view query) {
    auto all = pieces(query);
    bool copied = false;
    for (auto& piece : all) {
        const auto meant = without_entities(piece.name);
        if (meant.size() == piece.name.size()) continue;
        piece.name = std::string{meant};
        copied = true;
    }
    copied = split_currency(all) || copied;
    if (!copied) return std::string{query};
    std::string out;
    for (auto& piece : all) {
        trim(piece.name);
        trim(piece.value);
        if (!out.empty()) out += '&';
        out += http::percent_encode(piece.name);
        if (!piece.bare) out.append("=").append(http::percent_encode(piece.value));
    }
    return out;
}

std::vector<std::pair<std::string, std::string>> parameters(std::string_view query) {
    std::vector<std::pair<std::string, std::string>> found;
    for (auto& piece : pieces(query)) {
        if (!piece.bare) found.emplace_back(std::move(piece.name), std::move(piece.value));
    }
    return found;
}

}  // namespace lango::window
