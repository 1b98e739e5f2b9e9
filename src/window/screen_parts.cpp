#include "window/screens.hpp"
#include "window/shown.hpp"

namespace lango::window {

Markup say(const Visit& visit, Key key, Contents parts) {
    return fill(sentence(visit.language, key), parts);
}

std::string say_text(const Visit& visit, Key key, std::initializer_list<std::string_view> parts) {
    return fill_text(sentence(visit.language, key), parts);
}

Markup paragraph(const Content& words, Attributes attributes) {
    return element("p", attributes, words);
}

Markup link(std::string_view id, std::string_view href, const Content& words,
            std::string_view kind) {
    return element("a", {{"id", id}, {"href", href}, {"class", kind, !kind.empty()}}, words);
}

void listen(const Visit& visit, const Shown& shown, Page& page) {
    const auto here = visit.base + "/o/" + shown.token;
    const auto version = std::to_string(shown.version);
    page.data.push_back({"data-version", version});
    page.data.push_back({"data-events", here + "/events?v=" + version});
    page.data.push_back({"data-wait", here + "/wait?v=" + version});
    if (shown.standing.changes) {
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(*shown.standing.changes);
        page.data.push_back({"data-changes", std::to_string(seconds.count() + 1)});
    }
}

int patience(const Standing& standing, Instant now) {
    using namespace std::chrono_literals;
    if (standing.screen == Screen::unpaid) {
        if (!standing.left) return 60;
        const auto left = std::chrono::ceil<std::chrono::seconds>(*standing.left).count();
        return static_cast<int>(std::clamp<std::int64_t>(left + 1, 5, 120));
    }
    if (standing.screen == Screen::unknown) return 20;
    if (standing.in_line) {
        const auto left = std::chrono::ceil<std::chrono::seconds>(*standing.left).count();
        return static_cast<int>(std::clamp<std::int64_t>(left + 1, 5, 60));
    }
    const auto age = now - standing.deposit.pushed_at.value_or(now);
    return age < 8s ? 4 : age < 30s ? 11 : 15;
}

Markup sum(Money amount) { return element("b", {{"class", "n"}}, shown(amount)); }

Markup sign(Screen screen) {
    switch (screen) {
        case Screen::paid:
            return Markup{
                "<svg class=\"sign paid\" viewBox=\"0 0 84 84\" aria-hidden=\"true\">"
                "<circle cx=\"42\" cy=\"42\" r=\"42\"/><path d=\"M25 43l12 12 23-25\"/></svg>"};
        case Screen::unpaid:
            return Markup{
                "<svg class=\"sign unpaid\" viewBox=\"0 0 84 84\" aria-hidden=\"true\">"
                "<circle cx=\"42\" cy=\"42\" r=\"39\"/>"
                "<path d=\"M30 30l24 24M54 30L30 54\"/></svg>"};
        case Screen::unknown:
            return Markup{
                "<svg class=\"sign unknown\" viewBox=\"0 0 84 84\" aria-hidden=\"true\">"
                "<circle cx=\"42\" cy=\"42\" r=\"39\" stroke-dasharray=\"184 61\"/>"
                "<path d=\"M42 42h.1\"/></svg>"};
        default:
            return {};
    }
}

const std::string& prompt_name(const merchants::Merchant& merchant) {
    return merchant.window.organisation.empty() ? merchant.name : merchant.window.organisation;
}

Markup other_name(const Visit& visit) {
    const auto& name = prompt_name(*visit.merchant);
    if (name == visit.merchant->name) return {};
    return paragraph(say(visit, Key::prompt_name, {element("b", {}, name)}),
                     {{"id", "prompt-name"}, {"class", "quiet"}});
}

Markup code_panel(const Visit& visit, const Order& order) {
    const auto code = element("b", {{"id", "code"}}, shown_code(order.code));
    return element("div", {{"class", "panel"}},
                   element("p", {}, say(visit, Key::your_code), ": ", code),
                   paragraph(say(visit, Key::code_use), {{"class", "quiet"}}));
}

}  // namespace lango::window
