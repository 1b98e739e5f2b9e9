#include "simulator/prompt.hpp"

#include <algorithm>

#include "base/json_writer.hpp"

namespace lango::simulator {

namespace {

bool is_number(std::string_view code) {
    return !code.empty() && std::ranges::all_of(code, [](char c) { return c >= '0' && c <= '9'; });
}

std::string cents(std::int64_t minor) {
    const auto rest = std::to_string(minor % 100);
    return std::to_string(minor / 100) + "." + (rest.size() < 2 ? "0" : "") + rest;
}

std::string item(std::string_view name, std::string_view raw_value) {
    std::string out = R"({"Name":")" + std::string{name} + '"';
    if (!raw_value.empty()) out += ",\"Value\":" + std::string{raw_value};
    return out + "}";
}

std::string metadata(const Prompt& prompt, bool masked_phone, bool shuffled) {
    const auto amount = prompt.amount_minor + (prompt.scenario.wrong_amount ? 100 : 0);
    std::vector<std::string> items{
        item("Amount", cents(amount)), item("MpesaReceiptNumber", '"' + prompt.receipt + '"'),
        item("Balance", ""), item("TransactionDate", format_eat_compact(prompt.ended)),
        item("PhoneNumber", masked_phone ? "\"2547*****" + prompt.phone.substr(9) + '"' : prompt.phone)};
    if (shuffled) std::ranges::reverse(items);
    std::string out = R"(,"CallbackMetadata":{"Item":[)";
    for (std::size_t i = 0; i < items.size(); ++i) out += (i > 0 ? "," : "") + items[i];
    return out + "]}";
}

}  // namespace

std::string callback_body(const Prompt& prompt, std::string_view code, bool masked_phone,
                          bool shuffled_items) {
    std::string out = R"({"Body":{"stkCallback":{"MerchantRequestID":")" +
                      prompt.merchant_request_id + R"(","CheckoutRequestID":")" +
                      prompt.checkout_request_id + R"(","ResultCode":)";
    if (is_number(code)) out += code;
    else json::append_string(out, code);
    out += ",\"ResultDesc\":";
    json::append_string(out, result_text(code));
    if (code == "0") out += metadata(prompt, masked_phone, shuffled_items);
    return out + "}}}";
}

std::string prompt_text(const Prompt& prompt) {
    return "Do you want to pay KES " + cents(prompt.amount_minor) + " to " +
           std::to_string(prompt.shortcode) + " account no. " + prompt.reference + "?";
}

}  // namespace lango::simulator
