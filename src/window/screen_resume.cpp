#include "window/screens.hpp"
#include "window/shown.hpp"

namespace lango::window {

namespace {

Key heading_of(const ResumeForm& form) {
    if (!form.stands) return Key::resume_title;
    switch (*form.stands) {
        case Screen::paid:
            return Key::paid_title;
        case Screen::unpaid:
            return Key::unpaid_title;
        case Screen::sent:
        case Screen::unseen:
            return Key::sent_title;
        default:
            return Key::unknown_title;
    }
}

struct Field {
    std::string_view name;
    Key label;
    std::string_view value = {};
    bool required = false;
    std::string_view inputmode = {};
    std::string_view maxlength;
    std::string_view autocapitalize = {};
    bool wrong = false;
};

Markup draw(const Visit& visit, const Field& field) {
    const auto id = "resume-" + std::string{field.name};
    return element("label", {{"for", id}}, say(visit, field.label)) +
           void_element("input",
                        {{"id", id},
                         {"name", field.name},
                         Attribute::alone("required", field.required),
                         {"inputmode", field.inputmode, !field.inputmode.empty()},
                         {"maxlength", field.maxlength},
                         {"autocomplete", "off"},
                         {"autocapitalize", field.autocapitalize, !field.autocapitalize.empty()},
                         {"value", field.value},
                         {"aria-describedby", "code-error"},
                         {"aria-invalid", "true", field.wrong}});
}

Markup hidden(std::string_view name, std::string_view value) {
    return void_element("input", {{"type", "hidden"}, {"name", name}, {"value", value}});
}

Markup code_part(const Visit& visit, const ResumeForm& form) {
    if (form.stands) return hidden("code", form.code);
    return draw(visit, {.name = "code",
                        .label = Key::resume_code,
                        .value = form.code,
                        .required = true,
                        .maxlength = "20",
                        .autocapitalize = "characters",
                        .wrong = form.error == Key::resume_wrong});
}

Markup digits_part(const Visit& visit, const ResumeForm& form) {
    return draw(visit, {.name = "digits",
                        .label = Key::resume_digits,
                        .inputmode = "numeric",
                        .maxlength = "5",
                        .wrong = form.error == Key::resume_digits_wrong ||
                                 form.error == Key::resume_digits_needed});
}

int status_of(const std::optional<Key>& error) {
    if (!error) return 200;
    if (*error == Key::resume_wrong) return 404;
    return *error == Key::too_many_here ? 429 : 403;
}

}  // namespace

Page resume(const Visit& visit, const ResumeForm& form) {
    const auto title = say(visit, heading_of(form));
    const auto error = element(
        "p", {{"id", "code-error"}, {"class", "error"}, {"role", "alert", form.error.has_value()}},
        form.error ? say(visit, *form.error) : Markup{});
    auto body = element("h1", {}, title) +
                paragraph(say(visit, form.stands ? Key::resume_more : Key::resume_text)) +
                element("form", {{"id", "resume"}, {"action", visit.base + "/resume"}},
                        hidden("lang", code(visit.language)), code_part(visit, form),
                        digits_part(visit, form), error,
                        element("button", {{"id", "submit"}}, say(visit, Key::resume_button)));
    return {.status = status_of(form.error),
            .screen = form.stands ? Screen::state : Screen::resume,
            .title = title,
            .body = std::move(body)};
}

}  // namespace lango::window
