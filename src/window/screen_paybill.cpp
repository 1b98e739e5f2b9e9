#include "window/qr.hpp"
#include "window/screens.hpp"
#include "window/shown.hpp"

namespace lango::window {

namespace {

// A step that asks for a value: what the phone calls it, the value, and a button that copies it.
std::string step(const Visit& visit, Key name, std::string_view id, std::string_view value) {
    return "<li><span>" + say(visit, name) + "</span><b id=\"" + std::string{id} + "\">" +
           html(value) +
           "</b><button type=\"button\" class=\"second\" hidden data-script data-copy=\"" +
           html(value) + "\" data-done=\"" + say(visit, Key::copied) + "\" aria-label=\"" +
           say(visit, Key::copy) + ": " + say(visit, name) + "\">" + say(visit, Key::copy) +
           "</button></li>";
}

}  // namespace

Page paybill(const Visit& visit, const Shown& shown, const PaybillWay& way) {
    const auto amount = shown.standing.deposit.amount;
    Page page{.screen = Screen::paybill, .title = say(visit, Key::paybill_title), .body = {}};
    page.body = "<h1>" + page.title + "</h1>";
    if (shown.standing.screen != Screen::unpaid) {
        page.body += paragraph(say(visit, Key::paybill_prompt_open), "class=\"warn\"");
    }
    page.body +=
        paragraph(say(visit, Key::paybill_text, {sum(amount)})) + "<ol class=\"steps\"><li>" +
        say(visit, Key::paybill_step_menu) + "</li>" +
        step(visit, Key::paybill_number, "paybill-number", std::to_string(way.number)) +
        step(visit, Key::paybill_reference, "paybill-reference", way.reference) +
        step(visit, Key::paybill_amount, "paybill-amount", std::to_string(amount.whole())) +
        "<li>" + say(visit, Key::paybill_step_pin) + "</li></ol>" +
        paragraph(say(visit, Key::paybill_exact), "class=\"quiet\"") +
        paragraph(say(visit, Key::paybill_wait), "class=\"quiet\"") +
        link("check-now", visit.order_path(shown.token, "&view=paybill"),
             say(visit, Key::check_now), "button second") +
        link("back", visit.order_path(shown.token), say(visit, Key::back), "button second") +
        qr_picture(way.address, say(visit, Key::qr_text)) + code_panel(visit, shown.order);
    page.refresh = 20;
    listen(visit, shown, page);
    return page;
}

}  // namespace lango::window
