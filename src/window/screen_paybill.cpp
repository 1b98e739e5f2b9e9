#include "window/qr.hpp"
#include "window/screens.hpp"
#include "window/shown.hpp"

namespace lango::window {

namespace {

// A step that asks for a value: what the phone calls it, the value, and a button that copies it.
Markup step(const Visit& visit, Key name, std::string_view id, std::string_view value) {
    const auto copy_what = say_text(visit, Key::copy) + ": " + say_text(visit, name);
    return element("li", {}, element("span", {}, say(visit, name)),
                   element("b", {{"id", id}}, value),
                   element("button",
                           {{"type", "button"},
                            {"class", "second"},
                            {"hidden"},
                            {"data-script"},
                            {"data-copy", value},
                            {"data-done", say_text(visit, Key::copied)},
                            {"aria-label", copy_what}},
                           say(visit, Key::copy)));
}

Markup steps(const Visit& visit, const PaybillWay& way, Money amount) {
    return element(
        "ol", {{"class", "steps"}}, element("li", {}, say(visit, Key::paybill_step_menu)),
        step(visit, Key::paybill_number, "paybill-number", std::to_string(way.number)),
        step(visit, Key::paybill_reference, "paybill-reference", way.reference),
        step(visit, Key::paybill_amount, "paybill-amount", std::to_string(amount.whole())),
        element("li", {}, say(visit, Key::paybill_step_pin)));
}

}  // namespace

Page paybill(const Visit& visit, const Shown& shown, const PaybillWay& way) {
    const auto amount = shown.standing.deposit.amount;
    Page page{.screen = Screen::paybill, .title = say(visit, Key::paybill_title), .body = {}};
    page.body = element("h1", {}, page.title);
    if (shown.standing.screen != Screen::unpaid) {
        page.body += paragraph(say(visit, Key::paybill_prompt_open), {{"class", "warn"}});
    }
    page.body +=
        paragraph(say(visit, Key::paybill_text, {sum(amount)})) + steps(visit, way, amount) +
        paragraph(say(visit, Key::paybill_exact), {{"class", "quiet"}}) +
        paragraph(say(visit, Key::paybill_wait), {{"class", "quiet"}}) +
        link("check-now", visit.order_path(shown.token, "&view=paybill"),
             say(visit, Key::check_now), "button second") +
        link("back", visit.order_path(shown.token), say(visit, Key::back), "button second") +
        qr_picture(way.address, say(visit, Key::qr_text)) + code_panel(visit, shown.order);
    page.refresh = 20;
    listen(visit, shown, page);
    return page;
}

}  // namespace lango::window
