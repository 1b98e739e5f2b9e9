// STK push (daraja.md 3.1 to 3.3): fields checked in order, as tolerant as the real one.
#include <algorithm>
#include <array>

#include "base/crypto.hpp"
#include "base/decimal.hpp"
#include "base/json.hpp"
#include "base/json_writer.hpp"
#include "base/msisdn.hpp"
#include "simulator/daraja.hpp"

namespace lango::simulator {

using namespace std::chrono_literals;

namespace {

std::string trimmed(std::string text) {
    while (text.ends_with(' ')) text.pop_back();
    return text;
}

bool is_digits(std::string_view text, std::size_t least, std::size_t most) {
    return text.size() >= least && text.size() <= most &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool has_forbidden_word(std::string url) {
    static constexpr std::array<std::string_view, 7> words{"mpesa", "m-pesa", "safaricom", "exec",
                                                           "cmd",   "sql",    "query"};
    std::ranges::transform(url, url.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return std::ranges::any_of(
        words, [&](std::string_view word) { return url.find(word) != std::string::npos; });
}

// The first field that is wrong; "" when all are right.
std::string_view invalid_field(const json::Value& body) {
    const auto amount = Decimal::parse(body.text_at("Amount"));
    const auto type = trimmed(body.text_at("TransactionType"));
    const auto url = body.text_at("CallBackURL");
    if (!is_digits(body.text_at("BusinessShortCode"), 5, 7)) return "BusinessShortCode";
    if (body.text_at("Password").empty()) return "Password";
    if (!is_digits(body.text_at("Timestamp"), 14, 14)) return "Timestamp";
    if (type != "CustomerPayBillOnline" && type != "CustomerBuyGoodsOnline") {
        return "TransactionType";
    }
    if (!amount || amount->scale() != 0) return "Amount";
    if (!Msisdn::parse(body.text_at("PartyA"))) return "PartyA";
    if (!is_digits(body.text_at("PartyB"), 5, 7)) return "PartyB";
    if (!Msisdn::parse(body.text_at("PhoneNumber"))) return "PhoneNumber";
    if (!url.starts_with("http") || has_forbidden_word(url)) return "CallBackURL";
    if (body.text_at("AccountReference").empty()) return "AccountReference";
    if (body.text_at("TransactionDesc").empty()) return "Remarks";
    return {};
}

http::Response with_body(int status, std::string type, std::string body) {
    http::Response response;
    response.status = status;
    response.content_type = std::move(type);
    response.body = std::move(body);
    return response;
}

// Replies that carry no acceptance; nothing was submitted.
http::Response refusal(Reply reply) {
    switch (reply) {
        case Reply::html_200: return with_body(200, "text/html", "<html><body>Service</body></html>");
        case Reply::html_403: return with_body(403, "text/html", "<html><body>Forbidden</body></html>");
        case Reply::empty_500: return with_body(500, "application/json", "");
        case Reply::soap_500:
            return with_body(500, "text/xml",
                             "<soapenv:Envelope><soapenv:Body><soapenv:Fault>"
                             "<faultstring>Internal</faultstring></soapenv:Fault>"
                             "</soapenv:Body></soapenv:Envelope>");
        case Reply::apigee_429:
            return with_body(429, "application/json",
                             R"({"fault":{"faultstring":"Spike arrest violation","detail":)"
                             R"({"errorcode":"policies.ratelimit.SpikeArrestViolation"}}})");
        case Reply::busy_500:
            return error(500, "500.003.02", "System is busy. Please try again in few minutes.");
        case Reply::quota_500:
            return error(500, "500.003.03", "Error Occurred: Quota Violation");
        case Reply::token_404: return error(404, "404.001.03", "Invalid Access Token");
        case Reply::field_400: return error(400, "400.002.02", "Bad Request - Invalid PhoneNumber");
        case Reply::accepted:
        case Reply::lost:
        case Reply::dropped: break;
    }
    return error(500, "500.003.1001", "Internal Server Error");
}

}  // namespace

Daraja::Answer Daraja::push(const http::Request& request) {
    if (!authorized(request)) co_return error(404, "404.001.03", "Invalid Access Token");
    const auto body = json::parse(request.body);
    if (!body) co_return error(400, "400.002.05", "Invalid Request Payload");
    if (const auto field = invalid_field(*body); !field.empty()) {
        co_return error(400, "400.002.02", "Bad Request - Invalid " + std::string{field});
    }
    const auto number = body->text_at("BusinessShortCode");
    const auto shortcode = std::ranges::find_if(config_.shortcodes, [&](const Shortcode& known) {
        return std::to_string(known.number) == number;
    });
    if (shortcode == config_.shortcodes.end()) {
        co_return error(500, "500.001.1001", "Merchant does not exist");
    }
    if (body->text_at("Password") !=
        crypto::base64(number + shortcode->passkey + body->text_at("Timestamp"))) {
        co_return error(500, "500.001.1001", "[MerchantValidate] - Wrong credentials");
    }
    const auto now = clock_.now();
    if (config_.pushes_per_second > 0) {
        if (pushes_.available(now) == 0) {
            co_return error(500, "500.003.02", "Error Occurred: Spike Arrest Violation");
        }
        pushes_.spend(1);
    }
    Prompt prompt;
    prompt.phone = body->text_at("PhoneNumber");
    prompt.amount_minor = Decimal::parse(body->text_at("Amount"))->units() * 100;
    prompt.shortcode = shortcode->number;
    prompt.callback_url = body->text_at("CallBackURL");
    prompt.reference = body->text_at("AccountReference");
    prompt.description = body->text_at("TransactionDesc");
    prompt.began = now;
    prompt.scenario = choose(prompt);
    if (open_by_phone_.contains(prompt.phone)) {
        co_return error(500, "500.001.1001",
                        "Unable to lock subscriber, a transaction is already in process for the "
                        "current subscriber");
    }
    const auto reply = prompt.scenario.reply;
    if (reply == Reply::dropped) {
        co_await clock_.sleep_until(now + 120s);
        co_return error(504, "504", "Gateway Timeout");
    }
    if (reply != Reply::accepted && reply != Reply::lost) co_return refusal(reply);
    const bool early = prompt.scenario.early;
    auto accepted = accept(std::move(prompt));
    if (early) co_await clock_.sleep_until(now + config_.auto_pay.value_or(0s) + 500ms);
    if (reply == Reply::lost) {
        co_await clock_.sleep_until(now + 120s);
        co_return error(504, "504", "Gateway Timeout");
    }
    co_return accepted;
}

http::Response Daraja::accept(Prompt prompt) {
    prompt.checkout_request_id = Ids::checkout(prompt.began, prompt.phone);
    prompt.merchant_request_id = ids_.merchant_request();
    http::Response response;
    json::Writer{response.body}
        .begin_object()
        .member("MerchantRequestID", prompt.merchant_request_id)
        .member("CheckoutRequestID", prompt.checkout_request_id)
        .member("ResponseCode", "0")
        .member("ResponseDescription", "Success. Request accepted for processing")
        .member("CustomerMessage", "Success. Request accepted for processing")
        .end_object();
    const auto id = prompt.checkout_request_id;
    open_by_phone_[prompt.phone] = id;
    journal_push(prompt);
    if (config_.auto_pay) {
        schedule(prompt.began + *config_.auto_pay, {.what = What::decide, .checkout_request_id = id, .code = {}});
    }
    schedule(prompt.began + 60s, {.what = What::give_up, .checkout_request_id = id, .code = {}});
    prompts_.insert_or_assign(id, std::move(prompt));
    return response;
}

}  // namespace lango::simulator
