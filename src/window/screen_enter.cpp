#include "window/screens.hpp"
#include "window/shown.hpp"

namespace lango::window {

namespace {

// A field with its label, its help and, when it was wrong, what to do about it.
std::string field(const Visit& visit, std::string_view name, Key label, std::string_view help,
                  std::string_view attributes, std::string_view value, std::optional<Key> error,
                  std::initializer_list<std::string_view> parts) {
    const std::string id{name};
    std::string out = "<label for=\"" + id + "\">" + say(visit, label) + "</label><input id=\"" +
                      id + "\" name=\"" + id + "\" required " + std::string{attributes} +
                      " value=\"" + html(value) + "\" aria-describedby=\"" + id + "-help " + id +
                      "-error\"";
    if (error) out += " aria-invalid=\"true\"";
    out += "><p id=\"" + id + "-help\" class=\"quiet\">" + std::string{help} + "</p>";
    out += "<p id=\"" + id + "-error\" class=\"error\"";
    if (error)
        out += " role=\"alert\">" + say(visit, *error, parts);
    else
        out += ">";
    return out + "</p>";
}

std::string amount_part(const Visit& visit, const EnterForm& form) {
    if (form.amount) {
        return paragraph(shown(*form.amount), "class=\"sum\" id=\"amount-to-pay\"");
    }
    const auto least = "<span class=\"n\">" + shown_whole(form.amount_min) + "</span>";
    const auto most = "<span class=\"n\">" + shown_whole(form.amount_max) + "</span>";
    const auto limit = form.amount_error == Key::amount_most ? most : least;
    return field(visit, "amount", Key::amount, say(visit, Key::amount_limits, {least, most}),
                 "inputmode=\"numeric\" autocomplete=\"transaction-amount\" maxlength=\"20\"",
                 form.typed_amount, form.amount_error, {limit});
}

}  // namespace

Page enter(const Visit& visit, const EnterForm& form) {
    const bool wrong = form.phone_error || form.amount_error || form.trouble;
    std::string body =
        "<h1>" + say(visit, form.again ? Key::again_title : Key::pay_title) + "</h1>";
    if (form.trouble) {
        body +=
            paragraph(say(visit, *form.trouble), "id=\"trouble\" class=\"error\" role=\"alert\"");
    }
    body += paragraph(form.again ? say(visit, Key::again_text)
                                 : say(visit, Key::pay_to, {html(visit.merchant->name)}));
    body += other_name(visit) + "<form id=\"" + std::string{form.again ? "again" : "pay"} +
            "\" method=\"post\"";
    if (!form.action.empty()) body += " action=\"" + html(form.action) + "\"";
    body += " novalidate>" + amount_part(visit, form);
    body += field(visit, "phone", Key::phone, say(visit, Key::phone_help),
                  "type=\"tel\" autocomplete=\"tel\" maxlength=\"30\"", form.typed_phone,
                  form.phone_error, {});
    body += "<label class=\"tick\"><input type=\"checkbox\" id=\"remember\" name=\"remember\"";
    if (form.remember) body += " checked";
    body += ">" + say(visit, Key::remember) +
            "</label><input type=\"hidden\" name=\"key\" value=\"" + html(form.key) +
            "\"><button id=\"submit\">" +
            (form.amount
                 ? say(visit, form.again ? Key::again_button : Key::pay_sum, {sum(*form.amount)})
                 : say(visit, Key::pay_button));
    body += "</button></form>" + paragraph(say(visit, Key::no_fee), "class=\"quiet\"");
    if (form.again) {
        body += link("back", form.back, say(visit, Key::back), "button second");
    } else {
        body += link("to-resume", visit.base + "/resume?lang=" + std::string{code(visit.language)},
                     say(visit, Key::have_code));
    }
    return {.status = wrong ? 422 : 200,
            .screen = Screen::enter,
            .title = say(visit, form.again ? Key::again_title : Key::pay_title),
            .body = std::move(body)};
}

Page systems(const Visit& visit) {
    const auto with_system = visit.query_with("wallet_type", chosen_system, "mpesa");
    std::string body = "<h1>" + say(visit, Key::systems_title) + "</h1>" +
                       paragraph(say(visit, Key::systems_text)) +
                       "<a class=\"button\" data-system=\"mpesa\" href=\"" + html(with_system) +
                       "\">M-PESA (KES)</a>";
    return {.screen = Screen::systems,
            .title = say(visit, Key::systems_title),
            .body = std::move(body)};
}

}  // namespace lango::window
