#include "window/screens.hpp"
#include "window/shown.hpp"

namespace lango::window {

namespace {

// A field with its label, its help and, when it was wrong, what to do about it.
struct Field {
    Name name;
    Key label;
    Markup help;
    std::string_view type = {};
    std::string_view inputmode = {};
    std::string_view autocomplete;
    std::string_view maxlength;
    std::string_view value;
    std::optional<Markup> error;
};

Markup draw(const Visit& visit, const Field& field) {
    const std::string id{field.name.name()};
    const auto help = id + "-help";
    const auto error = id + "-error";
    return element("label", {{"for", id}}, say(visit, field.label)) +
           void_element("input", {{"id", id},
                                  {"name", id},
                                  {"required"},
                                  {"type", field.type, !field.type.empty()},
                                  {"inputmode", field.inputmode, !field.inputmode.empty()},
                                  {"autocomplete", field.autocomplete},
                                  {"maxlength", field.maxlength},
                                  {"value", field.value},
                                  {"aria-describedby", help + " " + error},
                                  {"aria-invalid", "true", field.error.has_value()}}) +
           element("p", {{"id", help}, {"class", "quiet"}}, field.help) +
           element("p",
                   {{"id", error}, {"class", "error"}, {"role", "alert", field.error.has_value()}},
                   field.error.value_or(Markup{}));
}

Markup phone_part(const Visit& visit, const EnterForm& form) {
    Field field{.name = "phone",
                .label = Key::phone,
                .help = say(visit, Key::phone_help),
                .type = "tel",
                .autocomplete = "tel",
                .maxlength = "30",
                .value = form.typed_phone,
                .error = {}};
    if (form.phone_error) field.error = say(visit, *form.phone_error);
    return draw(visit, field);
}

Markup amount_part(const Visit& visit, const EnterForm& form) {
    if (form.amount) {
        return paragraph(shown(*form.amount), {{"class", "sum"}, {"id", "amount-to-pay"}});
    }
    const auto least = element("span", {{"class", "n"}}, shown_whole(form.amount_min));
    const auto most = element("span", {{"class", "n"}}, shown_whole(form.amount_max));
    Field field{.name = "amount",
                .label = Key::amount,
                .help = say(visit, Key::amount_limits, {least, most}),
                .inputmode = "numeric",
                .autocomplete = "transaction-amount",
                .maxlength = "20",
                .value = form.typed_amount,
                .error = {}};
    if (form.amount_error) {
        const auto& limit = form.amount_error == Key::amount_most ? most : least;
        field.error = say(visit, *form.amount_error, {limit});
    }
    return draw(visit, field);
}

Markup form_part(const Visit& visit, const EnterForm& form) {
    const auto tick = void_element("input", {{"type", "checkbox"},
                                             {"id", "remember"},
                                             {"name", "remember"},
                                             Attribute::alone("checked", form.remember)});
    const auto key =
        void_element("input", {{"type", "hidden"}, {"name", "key"}, {"value", form.key}});
    const auto button =
        form.amount ? say(visit, form.again ? Key::again_button : Key::pay_sum, {sum(*form.amount)})
                    : say(visit, Key::pay_button);
    return element("form",
                   {{"id", form.again ? "again" : "pay"},
                    {"method", "post"},
                    {"action", form.action, !form.action.empty()},
                    {"novalidate"}},
                   amount_part(visit, form), phone_part(visit, form),
                   element("label", {{"class", "tick"}}, tick, say(visit, Key::remember)), key,
                   element("button", {{"id", "submit"}}, button));
}

}  // namespace

Page enter(const Visit& visit, const EnterForm& form) {
    const bool wrong = form.phone_error || form.amount_error || form.trouble;
    const auto title = say(visit, form.again ? Key::again_title : Key::pay_title);
    auto body = element("h1", {}, title);
    if (form.trouble) {
        body += paragraph(say(visit, *form.trouble),
                          {{"id", "trouble"}, {"class", "error"}, {"role", "alert"}});
    }
    body += paragraph(form.again ? say(visit, Key::again_text)
                                 : say(visit, Key::pay_to, {visit.merchant->name}));
    body += other_name(visit) + form_part(visit, form) +
            paragraph(say(visit, Key::no_fee), {{"class", "quiet"}});
    if (form.again) {
        body += link("back", form.back, say(visit, Key::back), "button second");
    } else {
        body += link("to-resume", visit.base + "/resume?lang=" + std::string{code(visit.language)},
                     say(visit, Key::have_code));
    }
    return {.status = wrong ? 422 : 200,
            .screen = Screen::enter,
            .title = title,
            .body = std::move(body)};
}

Page systems(const Visit& visit) {
    const auto title = say(visit, Key::systems_title);
    const auto with_system = visit.query_with("wallet_type", chosen_system, "mpesa");
    auto body = element("h1", {}, title) + paragraph(say(visit, Key::systems_text)) +
                element("a", {{"class", "button"}, {"data-system", "mpesa"}, {"href", with_system}},
                        "M-PESA (KES)");
    return {.screen = Screen::systems, .title = title, .body = std::move(body)};
}

}  // namespace lango::window
