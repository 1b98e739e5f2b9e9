#include "backoffice/checks.hpp"

#include <algorithm>

namespace lango::backoffice {

std::optional<Denial> why_not(store::Reader& reader, const UseCase& use, const Call& call) {
    const auto& actor = call.actor;
    if (!actor.permissions.has(use.permission)) {
        return Denial{.refusal = Refusal::not_permitted, .lacks = use.permission};
    }
    if (actor.merchant) {
        // What is another merchant's, and what is not there, look the same.
        const bool is_theirs = use.whose != nullptr && use.whose(reader, call) == actor.merchant;
        if (!is_theirs) return Denial{.refusal = Refusal::not_permitted};
    }
    if (use.step_up == StepUp::key && !actor.has_shown_a_key()) {
        return Denial{.refusal = Refusal::key_needed};
    }
    if (!actor.key_is_own && !use.is_question() && !use.with_first_key) {
        return Denial{.refusal = Refusal::first_key};
    }
    return std::nullopt;
}

namespace {

bool is_of_type(const json::Value& value, std::string_view type) {
    if (type == "list") return value.array() != nullptr;
    if (type == "yes or no") return value.boolean() != nullptr;
    return value.scalar_text() != nullptr;
}

std::string_view words(std::string_view type) {
    if (type == "list") return "a list";
    return type == "yes or no" ? "true or false" : "a text";
}

}  // namespace

std::optional<WrongField> wrong_field(const UseCase& use, const json::Value& body) {
    for (const auto& field : use.input) {
        if (field.required && body.find(field.name) == nullptr) {
            return WrongField{
                .refusal = Refusal::field_missing,
                .message = std::string{field.name} + " is missing: " + std::string{field.about}};
        }
    }
    if (body.object() == nullptr) return std::nullopt;
    // Of a name that stands twice each is looked at: whichever counts, it is of its type.
    for (const auto& [name, value] : *body.object()) {
        const auto* const field = std::ranges::find(
            use.input.data(), use.input.data() + use.input.size(), name, &Field::name);
        const bool is_known = field != use.input.data() + use.input.size();
        const auto type = is_known ? field->type : std::string_view{"text"};
        if (!is_of_type(value, type)) {
            return WrongField{.refusal = Refusal::field_malformed,
                              .message = name + " is " + std::string{words(type)}};
        }
    }
    return std::nullopt;
}

}  // namespace lango::backoffice
