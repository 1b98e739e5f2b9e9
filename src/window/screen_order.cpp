#include "window/leave.hpp"
#include "window/reasons.hpp"
#include "window/screens.hpp"
#include "window/shown.hpp"

namespace lango::window {

namespace {

Markup heading(const Markup& words, Screen screen) {
    return sign(screen) + element("h1", {}, words);
}

// What matters most of a screen.
Markup strong_paragraph(const Visit& visit, Key words) {
    return paragraph(element("b", {}, say(visit, words)));
}

Markup quiet_paragraph(const Visit& visit, Key words) {
    return paragraph(say(visit, words), {{"class", "quiet"}});
}

Markup check_now(const Visit& visit, const Shown& shown, std::string_view kind) {
    return link("check-now", visit.order_path(shown.token), say(visit, Key::check_now), kind);
}

Markup shop_link(const Visit& visit, const Shown& shown, std::string_view kind = "button second") {
    const auto url = way_out(shown.order, shown.standing);
    if (url.empty()) return {};
    return link("shop-link", url, say(visit, Key::back_to_shop), kind);
}

Markup to_paybill(const Visit& visit, const Shown& shown) {
    if (!shown.paybill || !shown.standing.may_use_paybill) return {};
    return link("to-paybill", visit.order_path(shown.token, "&view=paybill"),
                say(visit, Key::use_paybill), "button second");
}

// Counts down to `over`; without a script it says where it stood.
Markup countdown(const Visit& visit, Duration left, Key words, std::optional<Key> over) {
    const auto seconds = std::to_string(std::chrono::ceil<std::chrono::seconds>(left).count());
    return element("p",
                   {{"id", "countdown"},
                    {"data-left", seconds},
                    {"data-text", say_text(visit, words, {"%"})},
                    {"data-over", over ? say_text(visit, *over) : "", over.has_value()},
                    {"data-say", say_text(visit, Key::say_left, {"%"}), over.has_value()}},
                   say(visit, words, {seconds}));
}

// What is left of the prompt's minute; then M-PESA has still to answer.
Markup time_of_prompt(const Visit& visit, const Standing& standing) {
    if (!standing.left) return paragraph(say(visit, Key::still_answering), {{"id", "countdown"}});
    return countdown(visit, *standing.left, Key::countdown, Key::still_answering);
}

// What the payer will see on the phone.
Markup drawn_prompt(const Visit& visit, const Standing& standing) {
    const auto name = element("b", {}, prompt_name(*visit.merchant));
    return element("div", {{"class", "phone"}},
                   paragraph(say(visit, Key::prompt_words, {sum(standing.deposit.amount), name})),
                   element("i", {{"aria-hidden", "true"}}));
}

Page in_line(const Visit& visit, const Shown& shown) {
    const auto& standing = shown.standing;
    Page page{.screen = Screen::sent, .title = say(visit, Key::in_line_title), .body = {}};
    page.body = heading(page.title, Screen::sent) + paragraph(say(visit, Key::in_line_text));
    if (standing.left) {
        page.body += countdown(visit, *standing.left, Key::in_line_left, std::nullopt);
    }
    page.body += quiet_paragraph(visit, Key::sent_next) + check_now(visit, shown, "button second") +
                 code_panel(visit, shown.order);
    return page;
}

Page sent(const Visit& visit, const Shown& shown) {
    const auto& standing = shown.standing;
    if (standing.in_line) return in_line(visit, shown);
    Page page{.screen = Screen::sent, .title = say(visit, Key::sent_title), .body = {}};
    page.body = drawn_prompt(visit, standing) + heading(page.title, Screen::sent);
    const auto amount = sum(standing.deposit.amount);
    const auto& shop = visit.merchant->name;
    if (shown.knows_phone) {
        const auto phone = element("span", {{"id", "masked-phone"}, {"class", "n"}},
                                   lango::window::shown(standing.deposit.phone));
        page.body += paragraph(say(visit, Key::sent_text_phone, {amount, shop, phone}));
    } else {
        page.body += paragraph(say(visit, Key::sent_text, {amount, shop}));
    }
    page.body += paragraph(say(visit, Key::sent_cover)) + other_name(visit);
    page.data.push_back({"data-start", say_text(visit, Key::say_start)});
    if (standing.left) page.body += time_of_prompt(visit, standing);
    page.body += quiet_paragraph(visit, Key::sent_next) + check_now(visit, shown, "button second") +
                 code_panel(visit, shown.order);
    return page;
}

// For who says that no request came: what may help, and the other way to pay.
Page saw_nothing(const Visit& visit, const Shown& shown) {
    const auto& standing = shown.standing;
    Page page{.screen = Screen::unseen, .title = say(visit, Key::nothing_title), .body = {}};
    Markup hints;
    for (const auto key : {Key::unseen_unlock, Key::unseen_signal, Key::unseen_menu}) {
        hints += element("li", {}, say(visit, key));
    }
    page.body =
        heading(page.title, Screen::unseen) +
        paragraph(say(visit, Key::nothing_text, {sum(standing.deposit.amount)})) +
        element("ul", {}, hints) + time_of_prompt(visit, standing) +
        quiet_paragraph(visit, Key::unseen_other_number) + to_paybill(visit, shown) +
        link("back", visit.order_path(shown.token), say(visit, Key::back), "button second") +
        code_panel(visit, shown.order);
    return page;
}

// Who may have entered the PIN is told to wait, before anything else.
Page unseen(const Visit& visit, const Shown& shown) {
    if (shown.saw_nothing) return saw_nothing(visit, shown);
    Page page{.screen = Screen::unseen, .title = say(visit, Key::unseen_title), .body = {}};
    page.body = heading(page.title, Screen::unseen) + strong_paragraph(visit, Key::unseen_text) +
                time_of_prompt(visit, shown.standing) + check_now(visit, shown, "button") +
                link("saw-nothing", visit.order_path(shown.token, "&view=nothing"),
                     say(visit, Key::unseen_nothing), "button second") +
                code_panel(visit, shown.order);
    return page;
}

Page unknown(const Visit& visit, const Shown& shown) {
    Page page{.screen = Screen::unknown, .title = say(visit, Key::unknown_title), .body = {}};
    page.body = heading(page.title, Screen::unknown) + strong_paragraph(visit, Key::unknown_text) +
                paragraph(say(visit, Key::unknown_close)) + code_panel(visit, shown.order) +
                check_now(visit, shown, "button second") + shop_link(visit, shown);
    return page;
}

Markup fact(const Visit& visit, Key name, std::string_view id, const Content& value) {
    return element("dt", {}, say(visit, name)) + element("dd", {{"id", id}}, value);
}

Markup by_script(const Visit& visit, const Attribute& what, Key words) {
    return element("button",
                   {{"type", "button"}, {"class", "second"}, {"hidden"}, {"data-script"}, what},
                   say(visit, words));
}

Markup slip(const Visit& visit, const deposits::Deposit& deposit) {
    const auto at = deposit.closed_at.value_or(deposit.created_at);
    return element("dl", {{"class", "slip"}},
                   fact(visit, Key::amount_paid, "paid-amount", shown(deposit.amount)),
                   fact(visit, Key::receipt, "receipt", deposit.receipt),
                   fact(visit, Key::paid_at, "paid-at", shown(at, visit.language)),
                   fact(visit, Key::paid_to, "paid-to", visit.merchant->name));
}

// For the payer to keep, or to show to the shop.
Markup keepsakes(const Visit& visit, const deposits::Deposit& deposit) {
    const auto words = say_text(visit, Key::share_text,
                                {visit.merchant->name, shown(deposit.amount), deposit.receipt});
    return element("div", {{"class", "row"}}, by_script(visit, {"data-print"}, Key::print),
                   by_script(visit, {"data-share", words}, Key::share));
}

Page paid(const Visit& visit, const Shown& shown) {
    const auto& deposit = shown.standing.deposit;
    Page page{.screen = Screen::paid, .title = say(visit, Key::paid_title), .body = {}};
    page.body = heading(page.title, Screen::paid) +
                paragraph(say(visit, Key::paid_text, {visit.merchant->name})) +
                slip(visit, deposit);
    const auto out = way_out(shown.order, shown.standing);
    if (out.empty()) page.body += paragraph(say(visit, Key::paid_close), {{"id", "may-close"}});
    if (!out.empty() && !shown.stay) {
        page.body += element("div", {{"id", "leaving"}}, paragraph(say(visit, Key::leaving)),
                             link("stay", visit.order_path(shown.token, "&stay=1"),
                                  say(visit, Key::stay_here), "button second"));
        page.data.push_back({"data-leave", out});
        page.refresh = 3;
        page.refresh_url = out;
    }
    page.body += shop_link(visit, shown, "button") + keepsakes(visit, deposit);
    return page;
}

// The one thing to do, where there is one.
Markup remedy(const Visit& visit, const Shown& shown) {
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
    page.body = heading(page.title, Screen::unpaid) + paragraph(why.sentence, {{"id", "reason"}});
    if (!standing.may_turn && !is_payers_no(code)) {
        page.body += paragraph(say(visit, Key::unpaid_not_charged));
    }
    const bool paybill = shown.paybill && standing.may_use_paybill;
    if (standing.deposit.has(deposits::Flag::gave_way)) {
        page.body += paragraph(say(visit, Key::begun_anew), {{"id", "next-step"}});
    } else if (standing.closed) {
        page.body += paragraph(say(visit, Key::closed_text), {{"id", "next-step"}});
    } else if (standing.no_more) {
        page.body += paragraph(say(visit, paybill ? Key::no_more_tries : Key::no_more_ways),
                               {{"id", "no-more-tries"}});
    } else {
        page.body += paragraph(why.next_step, {{"id", "next-step"}});
    }
    const auto first = remedy(visit, shown);
    const bool shop_first = first.empty() && !paybill;
    page.body += first + to_paybill(visit, shown) +
                 shop_link(visit, shown, shop_first ? "button" : "button second");
    if (standing.may_turn) {
        page.body += paragraph(say(visit, Key::unpaid_late), {{"class", "note"}});
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
        page.data.push_back({"data-message", message(shown.order, shown.standing)});
        page.data.push_back({"data-origins", std::move(origins)});
    }
    return page;
}

}  // namespace lango::window
