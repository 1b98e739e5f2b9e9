#include "postbacks/body.hpp"

#include "base/check.hpp"
#include "base/crypto.hpp"
#include "base/json_writer.hpp"

namespace lango::postbacks {

namespace {

// Signed as it stands, so written once and never built again.
std::string deposit_data(const merchants::Merchant& merchant, const DepositFacts& facts,
                         std::int64_t stockpiling_id) {
    std::string out;
    out.reserve(512);
    json::Writer writer{out};
    writer.begin_array().begin_object();
    writer.member("activated_datetime", format_in_zone(facts.paid_at, merchant.time_zone));
    writer.key("exchanger_identifier").null();
    writer.member("comment", "")
        .member("amount", facts.amount.text())
        .member("currency_code", facts.amount.currency().code())
        .member("wallet_type", "mpesa")
        .member("stockpiling_id", stockpiling_id)
        .member("transaction_id", facts.receipt)
        .member("transaction_type", std::int64_t{0})
        .member("plugin_custom_order_id", facts.custom_transaction_id);
    writer.key("withdrawal_id").null().key("withdrawal_status").null();
    writer.member("account_number", "").member("account_name", "").member("account_email", "");
    writer.key("bank_details")
        .begin_object()
        .member("bank_code", "")
        .member("branch_code", "")
        .end_object();
    writer.end_object().end_array();
    return out;
}

// Where a deposit has "", a withdrawal has null, and the other way round (merchant-api 4.8).
std::string withdrawal_data(const WithdrawalFacts& facts) {
    std::string out;
    out.reserve(512);
    json::Writer writer{out};
    writer.begin_array().begin_object();
    writer.member("activated_datetime", "")
        .member("exchanger_identifier", "")
        .member("comment", facts.comment)
        .member("amount", facts.amount.text())
        .member("currency_code", facts.amount.currency().code())
        .member("wallet_type", "mpesa");
    writer.key("stockpiling_id").null();
    writer.member("transaction_id", "");
    writer.key("transaction_type").null();
    writer.member("plugin_custom_order_id", "")
        .member("withdrawal_id", facts.withdrawal_id)
        .member("withdrawal_status", static_cast<std::int64_t>(facts.status))
        .member("account_number", facts.phone.raw())
        .member("account_name", "")
        .member("account_email", "");
    writer.key("bank_details").begin_object();
    writer.key("bank_code").null().key("branch_code").null();
    writer.end_object().end_object().end_array();
    return out;
}

struct Outside {
    std::string_view direction;
    std::string_view label;
    Money amount;
};

BodyParts around(const merchants::Merchant& merchant, const std::string& signed_part,
                 const Outside& outside, Instant created_at) {
    BodyParts parts;
    json::Writer head{parts.head};
    head.begin_object()
        .member("signature", page_signature(merchant.access_key,
                                            merchant.private_access_key.reveal(), signed_part))
        .member("wallet_type", "mpesa");
    // A number here, a string in additional_data (merchant-api 8).
    head.key("amount").raw(outside.amount.text());
    head.member("currency_code", outside.amount.currency().code())
        .member("label", outside.label)
        .key("converted_amount");
    parts.tail = ",\"direction\":\"" + std::string{outside.direction} +
                 "\",\"created_datetime\":\"" + format_utc(created_at) + "\",\"access_key\":";
    json::append_string(parts.tail, merchant.access_key);
    parts.tail += ",\"additional_data\":" + signed_part + "}";
    return parts;
}

}  // namespace

std::string page_signature(std::string_view access_key, std::string_view private_access_key,
                           std::string_view additional_data) {
    std::string text{access_key};
    text += private_access_key;
    text += crypto::md5_hex(additional_data);
    return crypto::sha1_hex(text);
}

BodyParts deposit_body(const merchants::Merchant& merchant, const DepositFacts& facts,
                       Instant created_at, std::int64_t stockpiling_id) {
    return around(merchant, deposit_data(merchant, facts, stockpiling_id),
                  {.direction = "ingoing", .label = facts.label, .amount = facts.amount},
                  created_at);
}

BodyParts withdrawal_body(const merchants::Merchant& merchant, const WithdrawalFacts& facts,
                          Instant created_at) {
    return around(merchant, withdrawal_data(facts),
                  {.direction = "outgoing", .label = facts.label, .amount = facts.amount},
                  created_at);
}

std::string whole_body(const BodyParts& parts, const rates::Table& rates, Money amount) {
    LANGO_CHECK(!parts.head.empty(), "a body has a beginning");
    std::string body;
    body.reserve(parts.head.size() + parts.tail.size() + 3900);
    body += parts.head;
    rates::append_converted(body, rates, amount);
    body += parts.tail;
    return body;
}

}  // namespace lango::postbacks
