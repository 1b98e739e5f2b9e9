// What an organisation asks: to be told of payments, and to have one simulated
// (daraja.md 4.1, 4.4).
#include "base/json_writer.hpp"
#include "simulator/c2b.hpp"
#include "simulator/c2b_fields.hpp"
#include "simulator/fields.hpp"
#include "simulator/journal_line.hpp"

namespace lango::simulator {

namespace {

http::Response taken(const Core& core, std::string_view description) {
    http::Response response;
    json::Writer{response.body}
        .begin_object()
        .member("OriginatorCoversationID", core.ids.merchant_request())
        .member("ResponseCode", "0")
        .member("ResponseDescription", description)
        .end_object();
    return response;
}

http::Response bad_request(const Core& core, std::string_view field) {
    return core.error(400, "400.003.02", "Bad Request - Invalid " + std::string{field});
}

}  // namespace

http::Response C2b::register_urls(const http::Request& request, int version) {
    const auto body = says_json(request) ? json::parse(request.body) : json::parse("{}");
    if (!body) return core_.error(400, "400.002.05", "Invalid Request Payload");
    if (const auto wrong = invalid_registration_field(*body); !wrong.empty()) {
        return bad_request(core_, wrong);
    }
    const auto* const shortcode = core_.shortcode(field(*body, "ShortCode"));
    if (shortcode == nullptr) return bad_request(core_, "ShortCode");
    if (core_.config.c2b_urls_once && registration(shortcode->number) != nullptr) {
        return core_.error(500, "500.003.1001", "Urls are already registered.");
    }
    Registration asked{.silence_pays = field(*body, "ResponseType") == "Completed",
                       .confirmation_url = body->text_at("ConfirmationURL"),
                       .validation_url = body->text_at("ValidationURL"),
                       .version = version};
    journal(shortcode->number, asked);
    registrations_[shortcode->number] = std::move(asked);
    return taken(core_, "Success");
}

http::Response C2b::simulate(const http::Request& request) {
    const auto body = says_json(request) ? json::parse(request.body) : json::parse("{}");
    if (!body) return core_.error(400, "400.002.05", "Invalid Request Payload");
    if (const auto wrong = invalid_simulation_field(*body); !wrong.empty()) {
        return bad_request(core_, wrong);
    }
    const auto* const shortcode = core_.shortcode(field(*body, "ShortCode"));
    if (shortcode == nullptr) return bad_request(core_, "ShortCode");
    const bool till = field(*body, "CommandID") == "CustomerBuyGoodsOnline";
    C2bOrder order{.shortcode = shortcode->number,
                   .phone = body->text_at("Msisdn"),
                   .amount_minor = *amount_minor(field(*body, "Amount")),
                   .reference = till ? std::string{} : body->text_at("BillRefNumber"),
                   .till = till};
    // After the reply, as with everything that Daraja does.
    core_.agenda.at(core_.clock.now(), [this, order = std::move(order)] { pay(order); });
    return taken(core_, "Accept the service request successfully.");
}

const C2b::Registration* C2b::registration(std::int64_t shortcode) const {
    const auto found = registrations_.find(shortcode);
    return found == registrations_.end() ? nullptr : &found->second;
}

void C2b::journal(std::int64_t shortcode, const Registration& registration) const {
    std::string line;
    json::Writer{line}
        .begin_object()
        .member("registered", shortcode)
        .member("response_type", registration.silence_pays ? "Completed" : "Cancelled")
        .member("confirmation_url", registration.confirmation_url)
        .member("validation_url", registration.validation_url)
        .member("version", static_cast<std::int64_t>(registration.version))
        .end_object();
    core_.journal(line);
}

bool C2b::replay(const json::Value& line) {
    if (line.find("c2b_refused") != nullptr) {
        // Its TransID was seen, and is nobody else's.
        core_.ids.receipts_made(1);
        return true;
    }
    if (line.find("registered") == nullptr) return false;
    registrations_[integer_at(line, "registered")] = {
        .silence_pays = line.text_at("response_type") == "Completed",
        .confirmation_url = line.text_at("confirmation_url"),
        .validation_url = line.text_at("validation_url"),
        .version = static_cast<int>(integer_at(line, "version"))};
    return true;
}

}  // namespace lango::simulator
