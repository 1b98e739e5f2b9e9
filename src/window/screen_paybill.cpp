#include "window/qr.hpp"
#include "window/screens.hpp"
#include "window/shown.hpp"

namespace lango::window {

namespace {

std::string copied_fact(const Visit& visit, Key name, std::string_view id, std::string_view shown,
                        std::string_view copied) {
    return "<dt>" + say(visit, name) + "</dt><dd><span id=\"" + std::string{id} + "\">" +
           html(shown) +
           "</span><button type=\"button\" class=\"second\" hidden data-script data-copy=\"" +
           html(copied) + "\" data-done=\"" + say(visit, Key::copied) + "\" aria-label=\"" +
           say(visit, Key::copy) + ": " + say(visit, name) + "\">" + say(visit, Key::copy) +
           "</button></dd>";
}

}  // namespace

Page paybill(const Visit& visit, const Shown& shown, const PaybillWay& way) {
    const auto amount = shown.standing.deposit.amount;
    const auto number = std::to_string(way.number);
    Page page{.screen = Screen::paybill, .title = say(visit, Key::paybill_title), .body = {}};
    page.body = "<h1>" + page.title + "</h1>";
    if (shown.standing.screen != Screen::unpaid) {
        page.body += paragraph(say(visit, Key::paybill_prompt_open), "class=\"error\"");
    }
    page.body +=
        paragraph(say(visit, Key::paybill_text)) + paragraph(say(visit, Key::paybill_step_menu)) +
        "<dl class=\"panel\">" +
        copied_fact(visit, Key::paybill_number, "paybill-number", number, number) +
        copied_fact(visit, Key::paybill_reference, "paybill-reference", way.reference,
                    way.reference) +
        copied_fact(visit, Key::paybill_amount, "paybill-amount", lango::window::shown(amount),
                    std::to_string(amount.whole())) +
        "</dl>" + paragraph(say(visit, Key::paybill_exact), "class=\"quiet\"") +
        paragraph(say(visit, Key::paybill_step_pin)) +
        paragraph(say(visit, Key::paybill_wait), "class=\"quiet\"") +
        link("check-now", visit.order_path(shown.token, "&view=paybill"),
             say(visit, Key::check_now), "button second") +
        qr_picture(way.address, say(visit, Key::qr_text)) +
        link("back", visit.order_path(shown.token), say(visit, Key::back), "button second") +
        code_panel(visit, shown.order);
    page.refresh = 20;
    listen(visit, shown, page);
    return page;
}

}  // namespace lango::window
