// GET and POST /simulator/scenarios.
#include "base/json_writer.hpp"
#include "simulator/admin_answers.hpp"
#include "simulator/daraja.hpp"
#include "simulator/fields.hpp"

namespace lango::simulator {

namespace {

template <class S>
void write_all(json::Writer& writer, std::span<const S> all,
               std::string_view (*text)(std::string_view code)) {
    writer.begin_array();
    for (const auto& scenario : all) {
        writer.begin_object()
            .member("scenario", scenario.name)
            .member("phone_ending", scenario.phone_ending)
            .member("result_code", scenario.code)
            .member("what", scenario.what.empty() ? text(scenario.code) : scenario.what)
            .end_object();
    }
    writer.end_array();
}

template <class S>
http::Response choose_for(Chosen<S>& chosen, const S& scenario, const json::Value& body) {
    const auto* const next = body.find("next");
    if (const auto phone = field(body, "phone"); !phone.empty()) {
        chosen.by_phone[std::string{phone}] = &scenario;
    } else if (const auto amount = amount_minor(field(body, "amount"))) {
        chosen.by_shillings[*amount / 100] = &scenario;
    } else if (next != nullptr && next->boolean() != nullptr && *next->boolean()) {
        chosen.next = &scenario;
    } else {
        return admin_refuse("say for which phone or amount, or \"next\":true");
    }
    return admin_ok();
}

}  // namespace

http::Response Daraja::admin_scenarios() {
    http::Response response;
    json::Writer writer{response.body};
    writer.begin_object().key("scenarios");
    write_all(writer, scenarios(), result_text);
    writer.key("payout_scenarios");
    write_all(writer, payout_scenarios(), payout_text);
    writer.key("reversal_scenarios");
    write_all(writer, reversal_scenarios(), payout_text);
    writer.key("c2b_scenarios");
    write_all(writer, c2b_scenarios(), result_text);
    writer
        .member("how",
                "a phone with that ending, or POST {\"phone\":..|\"amount\":..|\"next\":true, "
                "\"scenario\":..} here; \"paid\", \"payout_received\", \"reversal_done\" and "
                "\"c2b_confirmed\" take a choice back")
        .end_object();
    return response;
}

http::Response Daraja::admin_choose(const http::Request& request) {
    const auto body = json::parse(request.body);
    if (!body || body->object() == nullptr) return admin_refuse("send a JSON object");
    const auto name = field(*body, "scenario");
    if (const auto* const push = scenario_named(name)) return choose_for(chosen_, *push, *body);
    if (const auto* const payout = payout_scenario_named(name)) {
        return choose_for(payouts_.chosen(), *payout, *body);
    }
    if (const auto* const reversal = reversal_scenario_named(name)) {
        return choose_for(reversals_.chosen(), *reversal, *body);
    }
    if (const auto* const c2b = c2b_scenario_named(name)) {
        return choose_for(c2b_.chosen(), *c2b, *body);
    }
    return admin_refuse("there is no such scenario: GET lists them");
}

}  // namespace lango::simulator
