#include "window/leave.hpp"
#include "window/reasons.hpp"
#include "window/screens.hpp"
#include "window/shown.hpp"

namespace lango::window {

namespace {

std::string heading(std::string_view words, Screen screen) {
    return std::string{sign(screen)} + "<h1>" + std::string{words} + "</h1>";
}

std::string check_now(const Visit& visit, const Shown& shown, std::string_view kind) {
    return link("check-now", visit.order_path(shown.token), say(visit, Key::check_now), kind);
}

std::string shop_link(const Visit& visit, const Shown& shown,
                      std::string_view kind = "button second") {
    const auto url = way_out(shown.order, shown.standing);
    if (url.empty()) return {};
    return link("shop-link", url, say(visit, Key::back_to_shop), kind);
}

std::string to_paybill(const Visit& visit, const Shown& shown) {
    if (!shown.paybill || !shown.standing.may_use_paybill) return {};
    return link("to-paybill", visit.order_path(shown.token, "&view=paybill"),
                say(visit, Key::use_paybill), "button second");
}

// Counts down to `over`; without a script it says where it stood.
std::string countdown(const Visit& visit, Duration left, Key words, std::optional<Key> over) {
    const auto seconds = std::to_string(std::chrono::ceil<std::chrono::seconds>(left).count());
    std::string out = "<p id=\"countdown\" data-left=\"" + seconds + "\" data-text=\"" +
                      html(say(visit, words, {"%"})) + "\"";
    if (over) {
        out += " data-over=\"" + html(text(visit.language, *over)) + "\" data-say=\"" +
               html(say(visit, Key::say_left, {"%"})) + "\"";
    }
    return out + ">" + say(visit, words, {seconds}) + "</p>";
}

// What is left of the prompt's minute; then M-PESA has still to answer.
std::string time_of_prompt(const Visit& visit, const Standing& standing) {
    if (!standing.left) return paragraph(say(visit, Key::still_answering), "id=\"countdown\"");
    return countdown(visit, *standing.left, Key::countdown, Key::still_answering);
}

// What the payer will see on the phone.
std::string drawn_prompt(const Visit& visit, const Standing& standing) {
    return "<div class=\"phone\">" +
           paragraph(say(visit, Key::prompt_words,
                         {sum(standing.deposit.amount),
                          "<b>" + html(prompt_name(*visit.merchant)) + "</b>"})) +
           "<i aria-hidden=\"true\"></i></div>";
}

Page in_line(const Visit& visit, const Shown& shown) {
    const auto& standing = shown.standing;
    Page page{.screen = Screen::sent, .title = say(visit, Key::in_line_title), .body = {}};
    page.body = heading(page.title, Screen::sent) + paragraph(say(visit, Key::in_line_text));
    if (standing.left) {
        page.body += countdown(visit, *standing.left, Key::in_line_left, std::nullopt);
    }
    page.body += paragraph(say(visit, Key::sent_next), "class=\"quiet\"") +
                 check_now(visit, shown, "button second") + code_panel(visit, shown.order);
    return page;
}

Page sent(const Visit& visit, const Shown& shown) {
    const auto& standing = shown.standing;
    if (standing.in_line) return in_line(visit, shown);
    Page page{.screen = Screen::sent, .title = say(visit, Key::sent_title), .body = {}};
    page.body = drawn_prompt(visit, standing) + heading(page.title, Screen::sent);
    const auto amount = sum(standing.deposit.amount);
    const auto shop = html(visit.merchant->name);
    page.body +=
        shown.knows_phone
            ? paragraph(say(visit, Key::sent_text_phone,
                            {amount, shop,
                             "<span id=\"masked-phone\" class=\"n\">" +
                                 lango::window::shown(standing.deposit.phone) + "</span>"}))
            : paragraph(say(visit, Key::sent_text, {amount, shop}));
    page.body += paragraph(say(visit, Key::sent_cover)) + other_name(visit);
    page.data.emplace_back("start", say(visit, Key::say_start));
    if (standing.left) page.body += time_of_prompt(visit, standing);
    page.body += paragraph(say(visit, Key::sent_next), "class=\"quiet\"") +
                 check_now(visit, shown, "button second") + code_panel(visit, shown.order);
    return page;
}

// For who says that no request came: what may help, and the other way to pay.
Page saw_nothing(const Visit& visit, const Shown& shown) {
    const auto& standing = shown.standing;
    Page page{.screen = Screen::unseen, .title = say(visit, Key::nothing_title), .body = {}};
    page.body = heading(page.title, Screen::unseen) +
                paragraph(say(visit, Key::nothing_text, {sum(standing.deposit.amount)})) + "<ul>";
    for (const auto key : {Key::unseen_unlock, Key::unseen_signal, Key::unseen_menu}) {
        page.body += "<li>" + say(visit, key) + "</li>";
    }
    page.body +=
        "</ul>" + time_of_prompt(visit, standing) +
        paragraph(say(visit, Key::unseen_other_number), "class=\"quiet\"") +
        to_paybill(visit, shown) +
        link("back", visit.order_path(shown.token), say(visit, Key::back), "button second") +
        code_panel(visit, shown.order);
    return page;
}

// Who may have entered the PIN is told to wait, before anything else.
Page unseen(const Visit& visit, const Shown& shown) {
    if (shown.saw_nothing) return saw_nothing(visit, shown);
    Page page{.screen = Screen::unseen, .title = say(visit, Key::unseen_title), .body = {}};
    page.body = heading(page.title, Screen::unseen) +
                paragraph("<b>" + say(visit, Key::unseen_text) + "</b>") +
                time_of_prompt(visit, shown.standing) + check_now(visit, shown, "button") +
                link("saw-nothing", visit.order_path(shown.token, "&view=nothing"),
                     say(visit, Key::unseen_nothing), "button second") +
                code_panel(visit, shown.order);
    return page;
}

Page unknown(const Visit& visit, const Shown& shown) {
    Page page{.screen = Screen::unknown, .title = say(visit, Key::unknown_title), .body = {}};
    page.body = heading(page.title, Screen::unknown) +
                paragraph("<b>" + say(visit, Key::unknown_text) + "</b>") +
                paragraph(say(visit, Key::unknown_close)) + code_panel(visit, shown.order) +
                check_now(visit, shown, "button second") + shop_link(visit, shown);
    return page;
}

std::string fact(std::string_view name, std::string_view id, std::string_view value) {
    return "<dt>" + std::string{name} + "</dt><dd id=\"" + std::string{id} + "\">" +
           std::string{value} + "</dd>";
}

std::string by_script(const Visit& visit, std::string_view what, Key words) {
    return "<button type=\"button\" class=\"second\" hidden data-script " + std::string{what} +
           ">" + say(visit, words) + "</button>";
}

Page paid(const Visit& visit, const Shown& shown) {
    const auto& deposit = shown.standing.deposit;
    Page page{.screen = Screen::paid, .title = say(visit, Key::paid_title), .body = {}};
    const auto shop = html(visit.merchant->name);
    page.body =
        heading(page.title, Screen::paid) + paragraph(say(visit, Key::paid_text, {shop})) +
        "<dl class=\"slip\">" +
        fact(say(visit, Key::amount_paid), "paid-amount", lango::window::shown(deposit.amount)) +
        fact(say(visit, Key::receipt), "receipt", html(deposit.receipt)) +
        fact(say(visit, Key::paid_at), "paid-at",
             lango::window::shown(deposit.closed_at.value_or(deposit.created_at), visit.language)) +
        fact(say(visit, Key::paid_to), "paid-to", shop) + "</dl>";
    const auto out = way_out(shown.order, shown.standing);
    if (out.empty()) page.body += paragraph(say(visit, Key::paid_close), "id=\"may-close\"");
    if (!out.empty() && !shown.stay) {
        page.body += "<div id=\"leaving\">" + paragraph(say(visit, Key::leaving)) +
                     link("stay", visit.order_path(shown.token, "&stay=1"),
                          say(visit, Key::stay_here), "button second") +
                     "</div>";
        page.data.emplace_back("leave", out);
        page.refresh = 3;
        page.refresh_url = out;
    }
    page.body += shop_link(visit, shown, "button") + "<div class=\"row\">" +
                 by_script(visit, "data-print", Key::print) +
                 by_script(visit,
                           "data-share=\"" +
                               html(say(visit, Key::share_text,
                                        {visit.merchant->name, lango::window::shown(deposit.amount),
                                         deposit.receipt})) +
                               "\"",
                           Key::share) +
                 "</div>";
    return page;
}

// The one thing to do, where there is one.
std::string remedy(const Visit& visit, const Shown& shown) {
    const auto& standing = shown.standing;
    if (standing.may_try_again) {
        const bool other = standing.offer.remedy == Remedy::other_number;
        return link("try-again", visit.order_path(shown.token, "&view=again"),
                    say(visit, other ? Key::other_number : Key::try_again), "button");
    }
    if (standing.left) {
        return countdown(visit, *standing.left, Key::again_in, std::nullopt);
    }
    return {};
}

Page unpaid(const Visit& visit, const Shown& shown) {
    const auto& standing = shown.standing;
    const auto& code = standing.deposit.result_code;
    const auto why = reason(visit.language, code);
    Page page{.screen = Screen::unpaid, .title = say(visit, Key::unpaid_title), .body = {}};
    page.body = heading(page.title, Screen::unpaid) + paragraph(why.sentence, "id=\"reason\"");
    if (!standing.may_turn && !is_payers_no(code)) {
        page.body += paragraph(say(visit, Key::unpaid_not_charged));
    }
    const bool paybill = shown.paybill && standing.may_use_paybill;
    if (standing.deposit.has(deposits::Flag::gave_way)) {
        page.body += paragraph(say(visit, Key::begun_anew), "id=\"next-step\"");
    } else if (standing.no_more) {
        page.body += paragraph(say(visit, paybill ? Key::no_more_tries : Key::no_more_ways),
                               "id=\"no-more-tries\"");
    } else {
        page.body += paragraph(why.next_step, "id=\"next-step\"");
    }
    const auto first = remedy(visit, shown);
    const bool shop_first = first.empty() && !paybill;
    page.body += first + to_paybill(visit, shown) +
                 shop_link(visit, shown, shop_first ? "button" : "button second");
    if (standing.may_turn) {
        page.body += paragraph(say(visit, Key::unpaid_late), "class=\"note\"");
    }
    page.body += code_panel(visit, shown.order);
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
