// XML documents of an XLSX file, as spreadsheet programs read them: an element counts by its
// namespace, not by the letters before its colon. Of the namespaces only that of spreadsheets is
// known here, in both its spellings (ECMA-376, transitional and strict).
#pragma once
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace lango::sheets {

// Elements, attributes and pieces of text of one document; each takes up to 64 bytes of memory. As
// many as half a million cells have.
inline constexpr std::size_t nodes_max = 3'000'000;
// Counted before anything is read, and not too low.
[[nodiscard]] std::size_t nodes_in(std::string_view bytes);

// False: it is no document, or has too many nodes. Entities that it declares itself are not
// expanded.
[[nodiscard]] bool parse(pugi::xml_document& document, const std::string& bytes);

[[nodiscard]] std::string_view local_name(std::string_view name);
// The letters before the colon; "" without one.
[[nodiscard]] std::string_view prefix(std::string_view name);

[[nodiscard]] inline bool is_element(const pugi::xml_node& node) {
    return node.type() == pugi::node_element;
}

struct Element {
    pugi::xml_node node;
    std::vector<std::string_view> prefixes;  // which mean the spreadsheets' namespace in it

    explicit operator bool() const { return static_cast<bool>(node); }
    // "" where it is not of the spreadsheets' namespace.
    [[nodiscard]] std::string_view name() const;
    // The attribute of that very name, which has no namespace.
    [[nodiscard]] std::string_view says(const char* attribute) const;
    [[nodiscard]] bool is_true(const char* attribute) const;
    [[nodiscard]] Element enter(const pugi::xml_node& inner) const;
    // The first one of that name, or none.
    [[nodiscard]] Element child(std::string_view name) const;
    [[nodiscard]] std::size_t count(std::string_view name) const;
    // All of that name, one after the other: there may be millions.
    template <class Do>
    void each(std::string_view name, const Do& on) const {
        for (const auto& inner : node.children()) {
            if (!is_element(inner) || local_name(inner.name()) != name) continue;
            if (const auto found = enter(inner); found.name() == name) on(found);
        }
    }
};
// None where it is another one.
[[nodiscard]] Element root(const pugi::xml_document& document, std::string_view name);

// Whether an element of a foreign namespace is, or has anywhere in it, one that is called like one
// of `names`. Programs read such a part in different ways: mc:AlternateContent, mc:ProcessContent.
[[nodiscard]] bool is_disguised(const Element& parent, const std::vector<std::string_view>& names);

// What an element says if it has one piece of text in it and nothing else; "" where it is empty.
// False where there is more.
[[nodiscard]] bool read_text(const pugi::xml_node& node, std::string_view& text);

}  // namespace lango::sheets
