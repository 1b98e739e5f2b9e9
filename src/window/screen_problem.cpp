#include <algorithm>

#include "window/screens.hpp"
#include "window/shown.hpp"

namespace lango::window {

namespace {

// What a person reads to support: what is wrong, and which request's lines in the log tell more.
std::string support_code(const Visit& visit, std::string_view what) {
    std::string out{what};
    std::ranges::replace(out, '_', '-');
    return out + " " + visit.request.request_id.substr(0, 8);
}

std::string code_of(Key key) {
    switch (key) {
        case Key::problem_missing:
            return "missing";
        case Key::problem_too_long:
            return "too-long";
        case Key::problem_bad_text:
            return "bad-text";
        case Key::problem_twice:
            return "twice";
        case Key::problem_taken:
            return "taken";
        default:
            return "wrong";
    }
}

Markup support_code_line(const Visit& visit, std::string_view what) {
    const auto support = element("b", {{"id", "support-code"}}, support_code(visit, what));
    return element("p", {}, say(visit, Key::problem_code), ": ", support);
}

}  // namespace

Page faulty_link(const Visit& visit, const std::vector<Fault>& faults) {
    Markup items;
    bool taken = false;
    for (const auto& fault : faults) {
        taken = taken || fault.says == Key::problem_taken;
        std::vector<std::string> parts = fault.parts;
        parts.resize(2);
        const auto name = element("code", {}, fault.parameter);
        items += element("li", {{"data-parameter", fault.parameter}},
                         say(visit, fault.says, {name, parts[0], parts[1]}));
    }
    const auto& first = faults.front();
    const auto title = say(visit, Key::problem_title);
    auto body = element("h1", {}, title) + paragraph(say(visit, Key::problem_text)) +
                element("h2", {}, say(visit, Key::problem_shop)) +
                element("ul", {{"id", "faults"}}, items) +
                support_code_line(visit, first.parameter + "-" + code_of(first.says));
    return {.status = taken ? 409 : 400,
            .screen = Screen::problem,
            .title = title,
            .body = std::move(body)};
}

Page dead_end(const Visit& visit, int status, Key title, Key says) {
    auto body = element("h1", {}, say(visit, title)) + paragraph(say(visit, says));
    if (status == 404 && visit.merchant) {
        body += link("to-resume", visit.base + "/resume?lang=" + std::string{code(visit.language)},
                     say(visit, Key::have_code), "button second");
    }
    body += support_code_line(visit, std::to_string(status));
    return {.status = status,
            .screen = Screen::problem,
            .title = say(visit, title),
            .body = std::move(body)};
}

}  // namespace lango::window
