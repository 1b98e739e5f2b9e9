#include "window/screens.hpp"
#include "window/shown.hpp"

namespace lango::window {

std::string say(const Visit& visit, Key key, std::initializer_list<std::string_view> parts) {
    return fill(text(visit.language, key), parts);
}

std::string paragraph(std::string_view words, std::string_view attributes) {
    std::string out = "<p";
    if (!attributes.empty()) out.append(" ").append(attributes);
    return out.append(">").append(words).append("</p>");
}

std::string link(std::string_view id, std::string_view href, std::string_view words,
                 std::string_view kind) {
    std::string out = "<a id=\"" + std::string{id} + "\" href=\"" + html(href) + "\"";
    if (!kind.empty()) out.append(" class=\"").append(kind).append("\"");
    return out.append(">").append(words).append("</a>");
}

void listen(const Visit& visit, const Shown& shown, Page& page) {
    const auto here = visit.base + "/o/" + shown.token;
    const auto version = std::to_string(shown.version);
    page.data.emplace_back("version", version);
    page.data.emplace_back("events", here + "/events?v=" + version);
    page.data.emplace_back("wait", here + "/wait?v=" + version);
    if (shown.standing.changes) {
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(*shown.standing.changes);
        page.data.emplace_back("changes", std::to_string(seconds.count() + 1));
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

std::string sum(Money amount) { return "<b class=\"n\">" + shown(amount) + "</b>"; }

std::string_view sign(Screen screen) {
    switch (screen) {
        case Screen::paid:
            return "<svg class=\"sign paid\" viewBox=\"0 0 84 84\" aria-hidden=\"true\">"
                   "<circle cx=\"42\" cy=\"42\" r=\"42\"/><path d=\"M25 43l12 12 23-25\"/></svg>";
        case Screen::unpaid:
            return "<svg class=\"sign unpaid\" viewBox=\"0 0 84 84\" aria-hidden=\"true\">"
                   "<circle cx=\"42\" cy=\"42\" r=\"39\"/><path d=\"M30 30l24 24M54 30L30 "
                   "54\"/></svg>";
        case Screen::unknown:
            return "<svg class=\"sign unknown\" viewBox=\"0 0 84 84\" aria-hidden=\"true\">"
                   "<circle cx=\"42\" cy=\"42\" r=\"39\" stroke-dasharray=\"184 61\"/>"
                   "<path d=\"M42 42h.1\"/></svg>";
        default:
            return "";
    }
}

const std::string& prompt_name(const merchants::Merchant& merchant) {
    return merchant.window.organisation.empty() ? merchant.name : merchant.window.organisation;
}

std::string other_name(const Visit& visit) {
    const auto& name = prompt_name(*visit.merchant);
    if (name == visit.merchant->name) return {};
    return paragraph(say(visit, Key::prompt_name, {"<b>" + html(name) + "</b>"}),
                     "id=\"prompt-name\" class=\"quiet\"");
}

std::string code_panel(const Visit& visit, const Order& order) {
    return "<div class=\"panel\">" +
           paragraph(say(visit, Key::your_code) + ": <b id=\"code\">" + shown_code(order.code) +
                     "</b>") +
           paragraph(say(visit, Key::code_use), "class=\"quiet\"") + "</div>";
}

}  // namespace lango::window
