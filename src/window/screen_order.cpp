#include "window/leave.hpp"
#include "window/reasons.hpp"
#include "window/screens.hpp"
#include "window/shown.hpp"

namespace lango::window {

namespace {

std::string heading(const std::string& words) { return "<h1>" + words + "</h1>"; }

std::string check_now(const Visit& visit, const Shown& shown) {
    return link("check-now", visit.order_path(shown.token), say(visit, Key::check_now),
                "button second");
}

std::string shop_link(const Visit& visit, const Shown& shown) {
    const auto url = way_out(shown.order, shown.standing);
    if (url.empty()) return {};
    return link("shop-link", url, say(visit, Key::back_to_shop), "button second");
}

std::string to_paybill(const Visit& visit, const Shown& shown) {
    if (!shown.paybill || !shown.standing.may_use_paybill) return {};
    return link("to-paybill", visit.order_path(shown.token, "&view=paybill"),
                say(visit, Key::use_paybill), "button second");
}

std::string countdown(const Visit& visit, const Standing& standing) {
    const auto key = standing.in_line ? Key::in_line_left : Key::countdown;
    const auto seconds =
        std::to_string(std::chrono::ceil<std::chrono::seconds>(*standing.left).count());
    std::string out = "<p id=\"countdown\" data-left=\"" + seconds + "\" data-text=\"" +
                      html(say(visit, key, {"%"})) + "\"";
    if (!standing.in_line) {
        out += " data-over=\"" + html(text(visit.language, Key::time_is_up)) + "\" data-say=\"" +
               html(say(visit, Key::say_left, {"%"})) + "\"";
    }
    return out + ">" + say(visit, key, {seconds}) + "</p>";
}

Page sent(const Visit& visit, const Shown& shown) {
    const auto& standing = shown.standing;
    Page page{.screen = Screen::sent,
              .title = say(visit, standing.in_line ? Key::in_line_title : Key::sent_title),
              .body = {}};
    page.body = heading(page.title);
    const auto sum = "<b>" + lango::window::shown(standing.deposit.amount) + "</b>";
    const auto shop = html(visit.merchant->name);
    page.body += shown.knows_phone
                     ? paragraph(say(visit, Key::sent_text_phone,
                                     {sum, shop,
                                      "<span id=\"masked-phone\">" +
                                          standing.deposit.phone.masked() + "</span>"}))
                     : paragraph(say(visit, Key::sent_text, {sum, shop}));
    if (standing.in_line) {
        page.body += paragraph(say(visit, Key::in_line_text));
    } else {
        page.body += paragraph(say(visit, Key::sent_cover));
        page.data.emplace_back("start", say(visit, Key::say_start));
    }
    if (standing.left) page.body += countdown(visit, standing);
    page.body += paragraph(say(visit, Key::sent_next), "class=\"quiet\"") +
                 check_now(visit, shown) + code_panel(visit, shown.order);
    return page;
}

Page unseen(const Visit& visit, const Shown& shown) {
    const auto& standing = shown.standing;
    Page page{.screen = Screen::unseen, .title = say(visit, Key::unseen_title), .body = {}};
    page.body =
        heading(page.title) +
        paragraph(say(visit, Key::unseen_text, {lango::window::shown(standing.deposit.amount)})) +
        "<ul>";
    for (const auto key : {Key::unseen_unlock, Key::unseen_signal, Key::unseen_menu}) {
        page.body += "<li>" + say(visit, key) + "</li>";
    }
    page.body += "</ul>" + countdown(visit, standing) +
                 paragraph(say(visit, Key::unseen_other_number), "class=\"quiet\"") +
                 check_now(visit, shown) + to_paybill(visit, shown) +
                 code_panel(visit, shown.order);
    return page;
}

Page unknown(const Visit& visit, const Shown& shown) {
    Page page{.screen = Screen::unknown, .title = say(visit, Key::unknown_title), .body = {}};
    page.body = heading(page.title) + paragraph("<b>" + say(visit, Key::unknown_text) + "</b>") +
                paragraph(say(visit, Key::unknown_close)) + code_panel(visit, shown.order) +
                check_now(visit, shown) + shop_link(visit, shown);
    return page;
}

std::string fact(std::string_view name, std::string_view id, std::string_view value) {
    return "<dt>" + std::string{name} + "</dt><dd id=\"" + std::string{id} + "\">" +
           std::string{value} + "</dd>";
}

Page paid(const Visit& visit, const Shown& shown) {
    const auto& deposit = shown.standing.deposit;
    Page page{.screen = Screen::paid, .title = say(visit, Key::paid_title), .body = {}};
    const auto shop = html(visit.merchant->name);
    page.body =
        heading(page.title) + paragraph(say(visit, Key::paid_text, {shop})) + "<dl>" +
        fact(say(visit, Key::amount_paid), "paid-amount", lango::window::shown(deposit.amount)) +
        fact(say(visit, Key::receipt), "receipt", html(deposit.receipt)) +
        fact(say(visit, Key::paid_at), "paid-at",
             lango::window::shown(deposit.closed_at.value_or(deposit.created_at))) +
        fact(say(visit, Key::paid_to), "paid-to", shop) + "</dl>";
    const auto out = way_out(shown.order, shown.standing);
    if (!out.empty() && !shown.stay) {
        page.body += "<div id=\"leaving\">" + paragraph(say(visit, Key::leaving)) +
                     link("stay", visit.order_path(shown.token, "&stay=1"),
                          say(visit, Key::stay_here), "button second") +
                     "</div>";
        page.data.emplace_back("leave", out);
        page.refresh = 3;
        page.refresh_url = out;
    }
    page.body += shop_link(visit, shown) + code_panel(visit, shown.order);
    return page;
}

Page unpaid(const Visit& visit, const Shown& shown) {
    const auto& standing = shown.standing;
    const auto why = reason(visit.language, standing.deposit.result_code);
    Page page{.screen = Screen::unpaid, .title = say(visit, Key::unpaid_title), .body = {}};
    page.body =
        heading(page.title) + paragraph(why.sentence, "id=\"reason\"") +
        paragraph(say(visit, standing.may_turn ? Key::unpaid_late : Key::unpaid_not_charged)) +
        "<h2>" + say(visit, Key::next_step) + "</h2>" +
        paragraph(why.next_step, "id=\"next-step\"");
    if (standing.may_try_again) {
        page.body += link("try-again", visit.order_path(shown.token, "&view=again"),
                          say(visit, Key::try_again), "button");
    } else {
        page.body += paragraph(say(visit, Key::no_more_tries), "id=\"no-more-tries\"");
    }
    page.body +=
        to_paybill(visit, shown) + shop_link(visit, shown) + code_panel(visit, shown.order);
    return page;
}

}  // namespace

Page order(const Visit& visit, const Shown& shown) {
    auto page = [&] {
        switch (shown.standing.screen) {
            case Screen::sent:
                return sent(visit, shown);
            case Screen::unseen:
                return unseen(visit, shown);
            case Screen::paid:
                return paid(visit, shown);
            case Screen::unpaid:
                return unpaid(visit, shown);
            default:
                return unknown(visit, shown);
        }
    }();
    if (page.screen != Screen::paid) {
        page.refresh = patience(shown.standing, shown.now);
        listen(visit, shown, page);
    }
    const bool told = page.screen == Screen::paid || page.screen == Screen::unpaid ||
                      page.screen == Screen::unknown;
    if (auto origins = told_origins(*visit.merchant); told && !origins.empty()) {
        page.data.emplace_back("message", message(shown.order, shown.standing));
        page.data.emplace_back("origins", std::move(origins));
    }
    return page;
}

}  // namespace lango::window
