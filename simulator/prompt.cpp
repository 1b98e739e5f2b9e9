#include "simulator/prompt.hpp"

#include <array>
#include <utility>

#include "base/json_writer.hpp"
#include "simulator/wire_text.hpp"

namespace lango::simulator {

namespace {

struct Item {
    std::string_view name;
    std::string json;  // "": no Value at all
};

void append_metadata(json::Writer& writer, const Prompt& prompt, bool masked, Random* shuffle) {
    const auto amount = prompt.amount_minor + (prompt.scenario->wrong_amount ? 100 : 0);
    std::array<Item, 5> items{{
        {.name = "Amount", .json = shillings(amount)},
        {.name = "MpesaReceiptNumber", .json = '"' + prompt.receipt + '"'},
        {.name = "Balance", .json = {}},
        {.name = "TransactionDate", .json = format_eat_compact(prompt.ended)},
        {.name = "PhoneNumber",
         .json = masked ? "\"2547*****" + prompt.phone.substr(9) + '"' : prompt.phone},
    }};
    if (shuffle != nullptr) {
        for (std::size_t left = items.size(); left > 1; --left) {
            std::swap(items[left - 1], items[shuffle->below(left)]);
        }
    }
    writer.key("CallbackMetadata").begin_object().key("Item").begin_array();
    for (const auto& item : items) {
        writer.begin_object().member("Name", item.name);
        if (!item.json.empty()) writer.key("Value").raw(item.json);
        writer.end_object();
    }
    writer.end_array().end_object();
}

}  // namespace

std::string callback_body(const Prompt& prompt, std::string_view code, bool masked_phone,
                          Random* shuffle) {
    std::string out;
    out.reserve(512);
    json::Writer writer{out};
    writer.begin_object().key("Body").begin_object().key("stkCallback").begin_object();
    writer.member("MerchantRequestID", prompt.merchant_request_id)
        .member("CheckoutRequestID", prompt.checkout_request_id)
        .key("ResultCode");
    if (is_number(code))
        writer.raw(code);
    else
        writer.string(code);
    writer.member("ResultDesc", result_text(code));
    if (code == "0") append_metadata(writer, prompt, masked_phone, shuffle);
    writer.end_object().end_object().end_object();
    return out;
}

std::string prompt_text(const Prompt& prompt, std::string_view organisation) {
    return "Do you want to pay Ksh. " + shillings(prompt.amount_minor) + " to " +
           std::string{organisation} + " Account no. " + prompt.reference + "? Enter M-PESA PIN:";
}

}  // namespace lango::simulator
