// Whatever a person has in hand: an id of ours, a receipt, the merchant's own id, a paybill
// reference, a phone. All that it may be.
#include <map>
#include <set>

#include "api/envelope.hpp"
#include "backoffice/endpoints.hpp"
#include "base/json_writer.hpp"
#include "base/typed.hpp"
#include "deposits/deposit.hpp"
#include "ledger/ledger.hpp"
#include "paybill/reference.hpp"
#include "suspense/item.hpp"
#include "withdrawals/withdrawal.hpp"

namespace lango::backoffice {

namespace {

constexpr std::int64_t scanned_max = 20'000;  // rows, for a phone: some 10 ms

struct Looked {
    json::Writer& writer;
    store::Reader& reader;
    std::map<MerchantId, std::string> slugs;
    std::optional<MerchantId> scope;  // whose alone may be shown
    std::set<std::int64_t> shown{};   // a payment may be found in several ways
};

std::string slug_of(const Looked& looked, MerchantId merchant) {
    const auto found = looked.slugs.find(merchant);
    return found == looked.slugs.end() ? std::string{} : found->second;
}

bool is_hidden(const Looked& looked, MerchantId merchant) {
    return looked.scope && *looked.scope != merchant;
}

void show(Looked& looked, const deposits::Deposit& deposit, std::string_view by) {
    if (is_hidden(looked, deposit.merchant)) return;
    if (!looked.shown.insert(deposit.id.value()).second) return;
    looked.writer.begin_object()
        .member("kind", "deposit")
        .member("by", by)
        .member("id", hex16(deposit.id.value()))
        .member("state", deposits::name(deposit.state))
        .member("amount", deposit.amount.text())
        .member("merchant", slug_of(looked, deposit.merchant))
        .member("their_id", deposit.custom_transaction_id)
        .member("receipt", deposit.receipt)
        .member("created_at", format_rfc3339(deposit.created_at))
        .end_object();
}

void show(Looked& looked, const withdrawals::Withdrawal& withdrawal, std::string_view by) {
    if (is_hidden(looked, withdrawal.merchant)) return;
    if (!looked.shown.insert(withdrawal.id.value()).second) return;
    looked.writer.begin_object()
        .member("kind", withdrawals::name(withdrawal.kind) == "refund" ? "refund" : "withdrawal")
        .member("by", by)
        .member("id", hex16(withdrawal.id.value()))
        .member("state", withdrawals::name(withdrawal.state))
        .member("amount", withdrawal.amount.text())
        .member("merchant", slug_of(looked, withdrawal.merchant))
        .member("their_id", withdrawal.withdrawal_id)
        .member("receipt", withdrawal.receipt)
        .member("created_at", format_rfc3339(withdrawal.created_at))
        .end_object();
}

void by_id(Looked& looked, std::int64_t id, std::string_view by) {
    if (const auto deposit = deposits::find(looked.reader, DepositId{id})) {
        show(looked, *deposit, by);
    }
    if (const auto withdrawal = withdrawals::find(looked.reader, WithdrawalId{id})) {
        show(looked, *withdrawal, by);
    }
}

void by_postback(Looked& looked, std::string text) {
    if (text.starts_with("msg_")) text.erase(0, 4);
    const auto id = typed::id(text);
    if (!id) return;
    const auto subject = looked.reader.first(
        "SELECT subject_id FROM postbacks WHERE id = ?1",
        [](const store::Row& row) { return row.integer(0); }, *id);
    if (subject) by_id(looked, *subject, "postback");
}

void by_receipt(Looked& looked, const std::string& text) {
    const auto receipt = ledger::meant_receipt(looked.reader, text);
    const auto subject = looked.reader.first(
        "SELECT subject_id FROM receipts WHERE receipt = ?1",
        [](const store::Row& row) { return row.integer(0); }, receipt);
    if (subject) by_id(looked, *subject, "receipt");
    const auto item = suspense::find(looked.reader, receipt);
    if (!item) return;
    if (item->credited) by_id(looked, item->credited->value(), "receipt");
    // Whose it is nobody knows: it is the operator's to look at.
    if (looked.scope) return;
    looked.writer.begin_object()
        .member("kind", "suspense")
        .member("by", "receipt")
        .member("id", item->receipt)
        .member("state", suspense::name(item->reason))
        .member("amount", item->amount.text())
        .member("merchant", "")
        .member("their_id", item->reference)
        .member("receipt", item->receipt)
        .member("created_at", format_rfc3339(item->booked_at))
        .end_object();
}

void by_their_id(Looked& looked, const std::string& text) {
    for (const auto& [merchant, slug] : looked.slugs) {
        if (is_hidden(looked, merchant)) continue;
        for (const auto& attempt : deposits::attempts(looked.reader, merchant, text)) {
            show(looked, attempt, "their id");
        }
        if (const auto one = withdrawals::find(looked.reader, merchant, text)) {
            show(looked, *one, "their id");
        }
    }
}

void by_reference(Looked& looked, const std::string& text) {
    if (const auto deposit = paybill::find_by_reference(looked.reader, text)) {
        by_id(looked, deposit->value(), "paybill reference");
    }
}

// Among the latest: no index of phones is kept.
void by_phone(Looked& looked, const std::string& text) {
    const auto phone = typed::phone(text);
    if (!phone) return;
    std::vector<std::int64_t> ids;
    const auto keep = [&](const store::Row& row) { ids.push_back(row.integer(0)); };
    looked.reader.each(
        "SELECT id FROM (SELECT id, phone FROM deposits ORDER BY id DESC LIMIT ?1) s "
        "WHERE phone = ?2 LIMIT 50",
        keep, scanned_max, phone->number());
    looked.reader.each(
        "SELECT id FROM (SELECT id, phone FROM withdrawals ORDER BY id DESC LIMIT ?1) s "
        "WHERE phone = ?2 LIMIT 50",
        keep, scanned_max, phone->number());
    for (const auto id : ids) by_id(looked, id, "phone");
}

}  // namespace

Answer find_anything(SharedParts parts, Call call) {
    const auto query = http::Query::parse(call.request.query);
    const std::string text{query.find("text").value_or("")};
    if (text.empty()) co_return refuse(Refusal::field_missing, "text is missing: what you have.");
    auto out = co_await parts->store.read([text,
                                           scope = call.actor.merchant](store::Reader& reader) {
        std::string body;
        json::Writer writer{body};
        writer.begin_object().member("status", "ok").key("found").begin_array();
        Looked looked{
            .writer = writer, .reader = reader, .slugs = merchant_slugs(reader), .scope = scope};
        if (const auto id = typed::id(text)) by_id(looked, *id, "id");
        by_postback(looked, text);
        by_receipt(looked, text);
        by_their_id(looked, text);
        by_reference(looked, text);
        by_phone(looked, text);
        writer.end_array().end_object();
        return body;
    });
    co_return api::ok(std::move(out));
}

}  // namespace lango::backoffice
