#include <algorithm>
#include <set>

#include "api/envelope.hpp"
#include "backoffice/endpoints.hpp"
#include "backoffice/withdrawal_text.hpp"
#include "base/json_writer.hpp"
#include "withdrawals/batch.hpp"

namespace lango::backoffice {

namespace {

using withdrawals::RowOutcome;
using withdrawals::RowResult;

constexpr std::size_t rows_at_once = 500;

// Rows that can be read, and what to say of each one; the readable ones have no word yet.
struct Sheet {
    std::vector<withdrawals::Wanted> wanted;
    std::vector<std::size_t> places;  // of the wanted ones among the rows
    std::vector<RowResult> results;
};

Sheet read_rows(const json::Array& rows, const merchants::Merchant& merchant, const Actor& maker,
                IdSource& ids, Instant now) {
    Sheet sheet;
    sheet.results.resize(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto wanted = manual_withdrawal(rows[i], merchant, maker);
        if (wanted && wanted->withdrawal_id.empty()) {
            wanted = Unexpected<std::string>{"withdrawal_id: The withdrawal id field is required."};
        }
        if (!wanted) {
            sheet.results[i] = {.outcome = RowOutcome::wrong, .text = wanted.error()};
            continue;
        }
        wanted->id = WithdrawalId{ids.next(now)};
        sheet.wanted.push_back(std::move(*wanted));
        sheet.places.push_back(i);
    }
    return sheet;
}

// Whom the merchant never paid: phones among the wanted ones.
std::set<std::int64_t> new_recipients(store::Reader& reader, MerchantId merchant,
                                      const std::vector<withdrawals::Wanted>& wanted) {
    std::set<std::int64_t> unknown;
    for (const auto& row : wanted) unknown.insert(row.phone.number());
    reader.each(
        "SELECT phone FROM withdrawals WHERE merchant_id = ?1 AND state = ?2",
        [&](const store::Row& row) { unknown.erase(row.integer(0)); }, merchant,
        withdrawals::State::paid);
    return unknown;
}

Response told(const std::vector<RowResult>& results) {
    std::string out;
    json::Writer writer{out};
    writer.begin_object().member("status", "ok").key("rows").begin_array();
    for (const auto& result : results) {
        writer.begin_object()
            .member("outcome", withdrawals::name(result.outcome))
            .member("text", result.text)
            .key("new_recipient")
            .boolean(result.new_recipient)
            .member("to_approve", result.to_approve ? hex16(result.to_approve->value()) : "")
            .member("approval_code", result.approval_code)
            .end_object();
    }
    writer.end_array().end_object();
    return api::ok(std::move(out));
}

}  // namespace

Answer take_batch(SharedParts parts, Call call) {
    if (parts->withdrawals == nullptr) co_return payouts_off();
    const auto* rows = call.body.find("rows");
    if (rows == nullptr || rows->array() == nullptr || rows->array()->size() > rows_at_once) {
        co_return api::fail(400, "Send at most 500 rows.");
    }
    const auto slug = call.text("merchant");
    const auto merchant = co_await merchant_of(parts, slug);
    if (!merchant) co_return api::fail(200, "there is no merchant " + slug);
    const auto* dry = call.body.find("dry_run");
    const bool dry_run = dry == nullptr || dry->boolean() == nullptr || *dry->boolean();
    const auto now = parts->clock.now();
    auto sheet = read_rows(*rows->array(), *merchant, call.actor, parts->ids, now);
    // A row that cannot be read stops nothing here: whoever sends it has seen the dry run.
    const auto taken =
        co_await parts->store.write([wanted = sheet.wanted, merchant = *merchant, dry_run, now,
                                     slug, who = call.actor.name](store::Tx& tx) {
            auto rows = withdrawals::take_batch(tx, wanted, merchant, dry_run, now);
            const auto came = std::ranges::count(rows, RowOutcome::taken, &RowResult::outcome);
            if (!dry_run && came > 0) {
                people::record(tx, now, who, "batch taken", slug, std::to_string(came) + " rows");
            }
            return rows;
        });
    for (std::size_t i = 0; i < taken.size(); ++i) sheet.results[sheet.places[i]] = taken[i];
    if (dry_run) {
        const auto unknown = co_await parts->store.read(
            [id = merchant->id, wanted = sheet.wanted](store::Reader& reader) {
                return new_recipients(reader, id, wanted);
            });
        for (std::size_t i = 0; i < sheet.wanted.size(); ++i) {
            sheet.results[sheet.places[i]].new_recipient =
                unknown.contains(sheet.wanted[i].phone.number());
        }
    }
    const auto count = std::ranges::count(taken, RowOutcome::taken, &RowResult::outcome);
    if (!dry_run && count > 0) parts->withdrawals->wake_worker();
    co_return told(sheet.results);
}

}  // namespace lango::backoffice
