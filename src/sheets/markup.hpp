// XML documents of an XLSX file, as spreadsheet programs read them: an element counts by its
// namespace, not by the letters before its colon. Of the namespaces only that of spreadsheets is
// known here, in both its spellings (ECMA-376, transitional and strict).
#pragma once
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace lango::sheets {

// False: it is no document. Entities that it declares itself are not expanded.
[[nodiscard]] bool parse(pugi::xml_document& document, const std::string& bytes);

[[nodiscard]] std::string_view local_name(std::string_view name);
// The letters before the colon; "" without one.
[[nodiscard]] std::string_view prefix(std::string_view name);

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
    // All of that name.
    [[nodiscard]] std::vector<Element> children(std::string_view name) const;
};
// None where it is another one.
[[nodiscard]] Element root(const pugi::xml_document& document, std::string_view name);

[[nodiscard]] inline bool is_element(const pugi::xml_node& node) {
    return node.type() == pugi::node_element;
}

// Whether an element of a foreign namespace is, or has anywhere in it, one that is called like one
// of `names`. Programs read such a part in different ways: mc:AlternateContent, mc:ProcessContent.
[[nodiscard]] bool is_disguised(const Element& parent, const std::vector<std::string_view>& names);

// What an element says if it has one piece of text in it and nothing else; "" where it is empty.
// False where there is more.
[[nodiscard]] bool read_text(const pugi::xml_node& node, std::string_view& text);

}  // namespace lango::sheets
