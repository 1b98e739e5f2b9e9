#include "backoffice/proposed_call.hpp"

#include <algorithm>

#include "backoffice/checks.hpp"
#include "base/json_writer.hpp"

namespace lango::backoffice {

namespace {

void write_value(json::Writer& writer, const json::Value& value) {
    if (const auto* text = value.string()) {
        writer.string(*text);
    } else if (const auto* number = value.number()) {
        writer.raw(number->text);
    } else if (const auto* flag = value.boolean()) {
        writer.boolean(*flag);
    } else if (const auto* items = value.array()) {
        writer.begin_array();
        for (const auto& item : *items) write_value(writer, item);
        writer.end_array();
    } else if (const auto* members = value.object()) {
        writer.begin_object();
        for (const auto& [name, member] : *members) write_value(writer.key(name), member);
        writer.end_object();
    } else {
        writer.null();
    }
}

const UseCase* use_named(std::string_view name) {
    const auto all = use_cases();
    const auto found = std::ranges::find(all, name, &UseCase::name);
    return found == all.end() ? nullptr : &*found;
}

std::string_view take_segment(std::string_view& path) {
    const auto segment = path.substr(0, path.find('/'));
    path.remove_prefix(std::min(path.size(), segment.size() + 1));
    return segment;
}

// What stands in the braces of the pattern; nothing where the path is not of it.
std::optional<std::vector<std::string>> arguments_of(std::string_view pattern,
                                                     std::string_view path) {
    std::vector<std::string> all;
    while (!pattern.empty() && !path.empty()) {
        const auto expected = take_segment(pattern);
        const auto segment = take_segment(path);
        if (expected.starts_with('{')) {
            all.push_back(http::percent_decode(segment, false));
        } else if (expected != segment) {
            return std::nullopt;
        }
    }
    const bool is_whole = pattern.empty() && path.empty();
    return is_whole ? std::optional{std::move(all)} : std::nullopt;
}

}  // namespace

std::string canonical(const json::Value& body) {
    std::string out;
    json::Writer writer{out};
    write_value(writer, body);
    return out;
}

std::optional<ProposedCall> read(const approvals::Proposal& proposal) {
    const auto* const use = use_named(proposal.use_case);
    if (use == nullptr) return std::nullopt;
    auto path = arguments_of(use->path, proposal.path);
    auto body = json::parse(proposal.body);
    if (!path || !body || body->object() == nullptr || wrong_field(*use, *body)) {
        return std::nullopt;
    }
    return ProposedCall{.use = use, .body = *std::move(body), .path = *std::move(path)};
}

}  // namespace lango::backoffice
