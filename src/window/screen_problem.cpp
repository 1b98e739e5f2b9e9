#include <algorithm>

#include "window/screens.hpp"
#include "window/shown.hpp"

namespace lango::window {

namespace {

// What a person reads to support: what is wrong, and which request's lines in the log tell more.
std::string support_code(const Visit& visit, std::string_view what) {
    std::string out{what};
    std::ranges::replace(out, '_', '-');
    return html(out + " " + visit.request.request_id.substr(0, 8));
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

}  // namespace

Page faulty_link(const Visit& visit, const std::vector<Fault>& faults) {
    std::string body = "<h1>" + say(visit, Key::problem_title) + "</h1>" +
                       paragraph(say(visit, Key::problem_text)) + "<h2>" +
                       say(visit, Key::problem_shop) + "</h2><ul id=\"faults\">";
    bool taken = false;
    for (const auto& fault : faults) {
        taken = taken || fault.says == Key::problem_taken;
        const auto name = "<code>" + html(fault.parameter) + "</code>";
        std::vector<std::string> parts = fault.parts;
        parts.resize(2);
        body += "<li data-parameter=\"" + html(fault.parameter) + "\">" +
                say(visit, fault.says, {name, parts[0], parts[1]}) + "</li>";
    }
    body += "</ul>" + paragraph(say(visit, Key::problem_code) + ": <b id=\"support-code\">" +
                                support_code(visit, faults.front().parameter + "-" +
                                                        code_of(faults.front().says)) +
                                "</b>");
    return {.status = taken ? 409 : 400,
            .screen = Screen::problem,
            .title = say(visit, Key::problem_title),
            .body = std::move(body)};
}

Page dead_end(const Visit& visit, int status, Key title, Key says) {
    std::string body = "<h1>" + say(visit, title) + "</h1>" + paragraph(say(visit, says));
    if (status == 404 && visit.merchant) {
        body += link("to-resume", visit.base + "/resume?lang=" + std::string{code(visit.language)},
                     say(visit, Key::have_code), "button second");
    }
    body += paragraph(say(visit, Key::problem_code) + ": <b id=\"support-code\">" +
                      support_code(visit, std::to_string(status)) + "</b>");
    return {.status = status, .screen = Screen::problem, .title = say(visit, title), .body = body};
}

}  // namespace lango::window
