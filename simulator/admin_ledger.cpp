// The simulator's ledger as evidence, and transfers by hand.
#include <algorithm>
#include <charconv>

#include "base/json_writer.hpp"
#include "simulator/admin_answers.hpp"
#include "simulator/daraja.hpp"
#include "simulator/fields.hpp"
#include "simulator/journal_line.hpp"

namespace lango::simulator {

namespace {

std::int64_t query_integer(const http::Query& query, std::string_view name,
                           std::int64_t otherwise) {
    const auto text = query.find(name).value_or("");
    std::int64_t value = otherwise;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

// ?after=SEQ&limit=N of a list whose entries count from 1.
template <class T>
http::Response page(std::string_view name, const std::vector<T>& all, const http::Request& request,
                    void (*write)(json::Writer&, const T&)) {
    const auto query = http::Query::parse(request.query);
    const auto count = static_cast<std::int64_t>(all.size());
    const auto after = std::clamp<std::int64_t>(query_integer(query, "after", 0), 0, count);
    const auto limit = std::clamp<std::int64_t>(query_integer(query, "limit", 1000), 1, 10'000);
    http::Response response;
    json::Writer writer{response.body};
    writer.begin_object().key(name).begin_array();
    for (auto i = after; i < std::min(after + limit, count); ++i) {
        const auto& one = all[static_cast<std::size_t>(i)];
        writer.begin_object().member("seq", one.seq).member("receipt", one.receipt);
        write(writer, one);
        writer.end_object();
    }
    writer.end_array().end_object();
    return response;
}

std::string_view channel_of(const Payment& payment) {
    if (!payment.checkout_request_id.empty()) return "push";
    return payment.till ? "till" : "paybill";
}

void write_payment(json::Writer& writer, const Payment& payment) {
    writer.member("channel", channel_of(payment))
        .member("shortcode", payment.shortcode)
        .member("phone", payment.phone)
        .member("amount_minor", payment.amount_minor)
        .member("checkout_request_id", payment.checkout_request_id)
        .member("account_reference", payment.account_reference)
        .member("completed_at", payment.completed_at);
}

void write_payout(json::Writer& writer, const Payout& payout) {
    writer.member("originator_conversation_id", payout.originator_conversation_id)
        .member("conversation_id", payout.conversation_id)
        .member("shortcode", payout.shortcode)
        .member("phone", payout.phone)
        .member("amount_minor", payout.amount_minor)
        .member("fee_minor", payout.fee_minor)
        .member("at", payout.completed_at);
}

void write_reversal(json::Writer& writer, const Reversal& reversal) {
    writer.member("payment_receipt", reversal.payment_receipt)
        .member("originator_conversation_id", reversal.originator_conversation_id)
        .member("conversation_id", reversal.conversation_id)
        .member("shortcode", reversal.shortcode)
        .member("phone", reversal.phone)
        .member("amount_minor", reversal.amount_minor)
        .member("at", reversal.completed_at);
}

}  // namespace

http::Response Daraja::admin_ledger(const http::Request& request) const {
    http::Response response;
    json::Writer writer{response.body};
    writer.begin_object().key("shortcodes").begin_array();
    for (const auto& [shortcode, accounts] : ledger_.organisations()) {
        writer.begin_object()
            .member("shortcode", shortcode)
            .member("working_minor", accounts.working_minor)
            .member("utility_minor", accounts.utility_minor)
            .member("charges_paid_minor", accounts.charges_minor)
            .member("payments", accounts.payments)
            .member("payouts", accounts.payouts)
            .member("reversals", accounts.reversals)
            .end_object();
    }
    writer.end_array();
    if (http::Query::parse(request.query).find("wallets") == "true") {
        writer.key("wallets").begin_object();
        for (const auto& [phone, balance] : ledger_.wallets()) writer.member(phone, balance);
        writer.end_object();
    }
    writer.member("payments", static_cast<std::int64_t>(ledger_.payments().size()))
        .member("payouts", static_cast<std::int64_t>(ledger_.payouts().size()))
        .member("reversals", static_cast<std::int64_t>(ledger_.reversals().size()))
        .member("wallets_total_minor", ledger_.wallets_total())
        .member("fees_minor", ledger_.fees())
        .member("bank_minor", ledger_.bank())
        .member("sum_minor", ledger_.sum())
        .key("balanced")
        .boolean(ledger_.balanced())
        .end_object();
    return response;
}

http::Response Daraja::admin_payments(const http::Request& request) const {
    return page("payments", ledger_.payments(), request, write_payment);
}

http::Response Daraja::admin_payouts(const http::Request& request) const {
    return page("payouts", ledger_.payouts(), request, write_payout);
}

http::Response Daraja::admin_reversals(const http::Request& request) const {
    return page("reversals", ledger_.reversals(), request, write_reversal);
}

http::Response Daraja::admin_transfer(const http::Request& request) {
    const auto body = json::parse(request.body);
    const auto amount = body ? amount_minor(field(*body, "amount")) : std::nullopt;
    if (!amount) return admin_refuse("say \"from\", \"to\" and \"amount\" in whole shillings");
    const Transfer transfer{.from = body->text_at("from"),
                            .to = body->text_at("to"),
                            .amount_minor = *amount,
                            .completed_at = to_micros(clock_.now())};
    const auto why_not = ledger_.transfer(transfer);
    if (!why_not.empty()) return admin_refuse(why_not);
    std::string line;
    json::Writer{line}
        .begin_object()
        .member("transferred_from", transfer.from)
        .member("to", transfer.to)
        .member("amount_minor", transfer.amount_minor)
        .member("completed_at", transfer.completed_at)
        .end_object();
    core_.journal(line);
    return admin_ok();
}

bool Daraja::replay_transfer(const json::Value& line) {
    if (line.find("transferred_from") == nullptr) return false;
    if (!ledger_.replay(Transfer{.from = line.text_at("transferred_from"),
                                 .to = line.text_at("to"),
                                 .amount_minor = integer_at(line, "amount_minor"),
                                 .completed_at = integer_at(line, "completed_at")})) {
        throw std::runtime_error{"the journal has a transfer between accounts nobody knows"};
    }
    return true;
}

}  // namespace lango::simulator
