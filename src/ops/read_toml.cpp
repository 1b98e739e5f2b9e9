#include <toml++/toml.h>

#include "ops/settings.hpp"

namespace lango::ops {
namespace {

std::string at_line(const std::string& file, const toml::source_region& source) {
    return "in " + file + " line " + std::to_string(source.begin.line);
}

void read_list(const toml::array& list, Given& given) {
    given.type = Given::Type::list;
    for (const toml::node& item : list) {
        if (const auto* text = item.as_string()) {
            given.items.push_back(text->get());
        } else {
            given.type = Given::Type::other;
        }
    }
}

Given read_value(std::string name, const toml::node& node, const std::string& file) {
    Given given;
    given.name = std::move(name);
    given.where = at_line(file, node.source());
    given.type = Given::Type::other;
    if (const auto* text = node.as_string()) {
        given.type = Given::Type::text;
        given.text = text->get();
    } else if (const auto* number = node.as_integer()) {
        given.type = Given::Type::number;
        given.text = std::to_string(number->get());
    } else if (const auto* yes = node.as_boolean()) {
        given.type = Given::Type::boolean;
        given.text = yes->get() ? "true" : "false";
    } else if (const auto* list = node.as_array()) {
        read_list(*list, given);
    }
    return given;
}

void read_table(const toml::table& table, const std::string& prefix, const std::string& file,
                std::vector<Given>& out) {
    for (const auto& [key, node] : table) {
        std::string name = prefix + std::string(key.str());
        if (const auto* inner = node.as_table()) {
            read_table(*inner, name + ".", file, out);
        } else {
            out.push_back(read_value(std::move(name), node, file));
        }
    }
}

}  // namespace

std::vector<Given> read_toml(std::string_view text, const std::string& file, std::string& faults) {
    std::vector<Given> given;
    try {
        read_table(toml::parse(text, file), "", file, given);
    } catch (const toml::parse_error& error) {
        faults = at_line(file, error.source()) + ": " + std::string(error.description());
    }
    return given;
}

}  // namespace lango::ops
