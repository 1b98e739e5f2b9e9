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

std::string field(std::string_view name, const std::string& words, std::string_view value,
                  std::string_view attributes, bool wrong) {
    std::string out = "<label for=\"resume-" + std::string{name} + "\">" + words +
                      "</label><input id=\"resume-" + std::string{name} + "\" name=\"" +
                      std::string{name} + "\" " + std::string{attributes} + " value=\"" +
                      html(value) + "\" aria-describedby=\"code-error\"";
    return out + (wrong ? " aria-invalid=\"true\">" : ">");
}

std::string hidden(std::string_view name, std::string_view value) {
    return "<input type=\"hidden\" name=\"" + std::string{name} + "\" value=\"" + html(value) +
           "\">";
}

int status_of(const std::optional<Key>& error) {
    if (!error) return 200;
    if (*error == Key::resume_wrong) return 404;
    return *error == Key::too_many_here ? 429 : 403;
}

}  // namespace

Page resume(const Visit& visit, const ResumeForm& form) {
    const auto title = say(visit, heading_of(form));
    const bool about_digits =
        form.error == Key::resume_digits_wrong || form.error == Key::resume_digits_needed;
    std::string body = "<h1>" + title + "</h1>" +
                       paragraph(say(visit, form.stands ? Key::resume_more : Key::resume_text)) +
                       "<form id=\"resume\" action=\"" + html(visit.base + "/resume") + "\">" +
                       hidden("lang", code(visit.language));
    if (form.stands) {
        body += hidden("code", form.code);
    } else {
        body += field("code", say(visit, Key::resume_code), form.code,
                      "required maxlength=\"20\" autocomplete=\"off\" "
                      "autocapitalize=\"characters\"",
                      form.error == Key::resume_wrong);
    }
    body += field("digits", say(visit, Key::resume_digits), "",
                  "inputmode=\"numeric\" maxlength=\"5\" autocomplete=\"off\"", about_digits) +
            "<p id=\"code-error\" class=\"error\"" +
            (form.error ? " role=\"alert\">" + say(visit, *form.error) : ">") +
            "</p><button id=\"submit\">" + say(visit, Key::resume_button) + "</button></form>";
    return {.status = status_of(form.error),
            .screen = form.stands ? Screen::state : Screen::resume,
            .title = title,
            .body = std::move(body)};
}

}  // namespace lango::window
