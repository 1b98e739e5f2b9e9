// A sheet of withdrawals is uploaded: the file itself, which is read and looked at beside the loop,
// by a reader of the store, and stored in groups.
#include <map>
#include <span>

#include "api/envelope.hpp"
#include "backoffice/batch_text.hpp"
#include "backoffice/endpoints.hpp"
#include "backoffice/withdrawal_text.hpp"
#include "base/crypto.hpp"
#include "batches/sheet_rows.hpp"
#include "batches/upload.hpp"

namespace lango::backoffice {

namespace {

constexpr std::size_t wrong_shown = 200;

struct Wish {
    merchants::Merchant merchant;
    std::string who;
    bool with_hidden = false;
    bool again = false;
};

struct Looked {
    std::string error;
    batches::File file;
    std::vector<batches::Row> rows;
    batches::Check check;
    bool is_over = false;  // the same file was released before, or its batch is over
};

Looked look(store::Reader& reader, const std::string& bytes, const Wish& wish) {
    Looked looked{.error = {},
                  .file = {.merchant = wish.merchant.id,
                           .digest = std::string{crypto::view(crypto::sha256(bytes))},
                           .with_hidden = wish.with_hidden},
                  .rows = {},
                  .check = {}};
    // Before the first statement: it needs no snapshot.
    auto rows =
        batches::read_rows(bytes, wish.with_hidden ? sheets::Hidden::read : sheets::Hidden::refused,
                           [&](const json::Value& fields) {
                               return manual_withdrawal(fields, wish.merchant, wish.who);
                           });
    if (!rows) {
        looked.error = rows.error();
        return looked;
    }
    const auto before = batches::find(reader, looked.file);
    looked.is_over = before && !before->is_unreleased() && !wish.again;
    looked.rows = looked.is_over ? batches::rows(reader, before->number, 0, batches::places_max)
                                 : *std::move(rows);
    const bool is_same = before && (before->is_unreleased() || !wish.again);
    looked.check = batches::check(reader, wish.merchant, is_same ? before->number : 0, looked.rows);
    return looked;
}

// Those that are not stored as they were read and looked at.
std::vector<batches::Row> unstored(store::Reader& reader, std::int64_t number,
                                   const std::vector<batches::Row>& rows) {
    std::map<std::int64_t, std::pair<batches::RowState, std::string>> stored;
    for (auto& row : batches::rows(reader, number, 0, batches::places_max)) {
        stored.emplace(row.place, std::pair{row.state, std::move(row.reason)});
    }
    std::vector<batches::Row> all;
    for (const auto& row : rows) {
        const auto found = stored.find(row.place);
        if (found == stored.end() || found->second != std::pair{row.state, row.reason}) {
            all.push_back(row);
        }
    }
    return all;
}

// The batch's number; nothing where it was not stored whole.
http::asio::awaitable<std::optional<std::int64_t>> keep(SharedParts parts, const Looked& looked,
                                                        const Wish& wish) {
    const auto now = parts->clock.now();
    const auto begun = co_await parts->store.write([&looked, &wish, now](store::Tx& tx) {
        return batches::begin(tx, looked.file, wish.again, wish.who, now);
    });
    if (looked.is_over || !begun.is_open) co_return begun.number;
    const auto number = begun.number;
    const auto rows = co_await parts->store.read(
        [&looked, number](store::Reader& reader) { return unstored(reader, number, looked.rows); });
    std::span<const batches::Row> left{rows};
    while (!left.empty()) {
        const auto group = left.first(std::min(left.size(), batches::rows_stored_at_once));
        const bool stored = co_await parts->store.write(
            [number, group](store::Tx& tx) { return batches::store_rows(tx, number, group); });
        if (!stored) co_return number;
        left = left.subspan(group.size());
    }
    const batches::Whole whole{.rows = static_cast<std::int64_t>(looked.rows.size()),
                               .total = batches::total_of(looked.rows)};
    const bool finished = co_await parts->store.write([number, whole, &wish, now](store::Tx& tx) {
        return batches::finish(tx, number, whole, wish.who, now);
    });
    if (finished) co_return number;
    const auto batch = co_await parts->store.read(
        [number](store::Reader& reader) { return batches::find(reader, number); });
    co_return batch && !batch->is_unreleased() ? std::optional{number} : std::nullopt;
}

bool says_yes(const http::Query& query, std::string_view name) {
    return query.find(name).value_or("") == "yes";
}

}  // namespace

Answer upload_batch(SharedParts parts, Call call) {
    if (parts->withdrawals == nullptr) co_return payouts_off();
    const auto query = http::Query::parse(call.request.query);
    const auto slug = std::string{query.find("merchant").value_or("")};
    auto merchant = co_await merchant_of(parts, slug);
    if (!merchant) co_return api::fail(200, "there is no merchant " + slug);
    const Wish wish{.merchant = *std::move(merchant),
                    .who = call.actor.name,
                    .with_hidden = says_yes(query, "include_hidden"),
                    .again = says_yes(query, "again")};
    const auto looked =
        co_await parts->store.read([&bytes = call.request.body, &wish](store::Reader& reader) {
            return look(reader, bytes, wish);
        });
    if (!looked.error.empty()) co_return refuse(Refusal::refused, looked.error);
    const auto number = co_await keep(parts, looked, wish);
    if (!number) {
        co_return refuse(Refusal::refused, "The batch was not stored whole: upload it again.");
    }
    struct Stored {
        std::optional<batches::Batch> batch;
        std::vector<batches::Row> wrong;
    };
    const auto stored = co_await parts->store.read([number = *number](store::Reader& reader) {
        return Stored{
            .batch = batches::find(reader, number),
            .wrong = batches::rows(reader, number, 0, wrong_shown, batches::RowState::wrong)};
    });
    if (!stored.batch) co_return refuse(Refusal::refused, no_such_batch);
    std::string out;
    json::Writer writer{out};
    writer.begin_object().member("status", "ok").key("batch");
    write_batch(writer, *stored.batch, slug);
    writer.key("check");
    write_check(writer, looked.check);
    writer.key("wrong_rows");
    write_batch_rows(writer, stored.wrong);
    writer.end_object();
    co_return api::ok(std::move(out));
}

}  // namespace lango::backoffice
