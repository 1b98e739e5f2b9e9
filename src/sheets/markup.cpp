#include "sheets/markup.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace lango::sheets {

namespace {

constexpr std::array<std::string_view, 2> main_namespace{
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main"};

bool is_called(const pugi::xml_node& node, const std::vector<std::string_view>& names) {
    return is_element(node) && std::ranges::find(names, local_name(node.name())) != names.end();
}

}  // namespace

std::size_t nodes_in(std::string_view bytes) {
    std::size_t nodes = 0;
    for (std::size_t i = 0; i + 1 < bytes.size(); ++i) {
        const char next = bytes[i + 1];
        // A tag that ends an element and an instruction are no nodes; what follows a tag may be
        // one.
        const bool begins = bytes[i] == '<' && next != '/' && next != '?';
        const bool precedes_text = bytes[i] == '>' && next != '<';
        if (begins || precedes_text || bytes[i] == '=') ++nodes;
    }
    return nodes;
}

bool parse(pugi::xml_document& document, const std::string& bytes) {
    if (nodes_in(bytes) > nodes_max) return false;
    return static_cast<bool>(document.load_buffer(
        bytes.data(), bytes.size(), pugi::parse_default | pugi::parse_ws_pcdata_single));
}

std::string_view local_name(std::string_view name) {
    const auto colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::string_view prefix(std::string_view name) {
    const auto colon = name.find(':');
    return colon == std::string_view::npos ? std::string_view{} : name.substr(0, colon);
}

std::string_view Element::name() const {
    const std::string_view whole = node.name();
    const bool is_ours = std::ranges::find(prefixes, prefix(whole)) != prefixes.end();
    return is_ours ? local_name(whole) : std::string_view{};
}

std::string_view Element::says(const char* attribute) const {
    return node.attribute(attribute).value();
}

bool Element::is_true(const char* attribute) const {
    const auto value = says(attribute);
    return value == "1" || value == "true";
}

Element Element::enter(const pugi::xml_node& inner) const {
    Element entered{.node = inner, .prefixes = prefixes};
    for (const auto& attribute : inner.attributes()) {
        const std::string_view name = attribute.name();
        if (name != "xmlns" && !name.starts_with("xmlns:")) continue;
        const auto bound = name == "xmlns" ? std::string_view{} : name.substr(6);
        std::erase(entered.prefixes, bound);
        if (std::ranges::find(main_namespace, attribute.value()) != main_namespace.end()) {
            entered.prefixes.push_back(bound);
        }
    }
    return entered;
}

Element Element::child(std::string_view name) const {
    for (const auto& inner : node.children()) {
        if (!is_element(inner) || local_name(inner.name()) != name) continue;
        if (auto found = enter(inner); found.name() == name) return found;
    }
    return {};
}

std::size_t Element::count(std::string_view name) const {
    std::size_t found = 0;
    each(name, [&](const Element&) { ++found; });
    return found;
}

Element root(const pugi::xml_document& document, std::string_view name) {
    const auto found = Element{}.enter(document.document_element());
    return found.name() == name ? found : Element{};
}

bool is_disguised(const Element& parent, const std::vector<std::string_view>& names) {
    return std::ranges::any_of(parent.node.children(), [&](const pugi::xml_node& inner) {
        if (!is_element(inner) || !parent.enter(inner).name().empty()) return false;
        return is_called(inner, names) ||
               inner.find_node([&](const pugi::xml_node& one) { return is_called(one, names); });
    });
}

bool read_text(const pugi::xml_node& node, std::string_view& text) {
    const auto only = node.first_child();
    text = only.value();
    return !only || (!is_element(only) && !only.next_sibling());
}

}  // namespace lango::sheets
