// What people do about a batch once it is there.
#include <algorithm>

#include "api/envelope.hpp"
#include "backoffice/batch_text.hpp"
#include "backoffice/endpoints.hpp"
#include "base/crypto.hpp"
#include "base/typed.hpp"
#include "batches/approve.hpp"
#include "batches/release.hpp"

namespace lango::backoffice {

namespace {

using batches::Batch;
using batches::Released;

constexpr std::int64_t limit_max = 200;

// A batch with its merchant's settings.
struct FoundBatch {
    Batch batch;
    merchants::Merchant merchant;
};

std::optional<FoundBatch> find_batch(store::Reader& reader, const crypto::MasterKey& master,
                                     std::int64_t number) {
    auto batch = batches::find(reader, number);
    if (!batch) return std::nullopt;
    auto all = merchants::list(reader, master);
    const auto merchant = std::ranges::find(all, batch->file.merchant, &merchants::Merchant::id);
    if (merchant == all.end()) return std::nullopt;
    return FoundBatch{.batch = *std::move(batch), .merchant = std::move(*merchant)};
}

std::optional<Money> sum_of(const Call& call) {
    const auto sum = typed::amount(call.text("sum"));
    return sum ? std::optional{*sum} : std::nullopt;
}

http::asio::awaitable<std::optional<FoundBatch>> batch_at(SharedParts parts, std::string text) {
    const auto number = batch_number(text).value_or(0);
    co_return co_await parts->store.read([number, &master = parts->master](store::Reader& reader) {
        return find_batch(reader, master, number);
    });
}

std::string words(Released released, const Batch& batch) {
    switch (released) {
        case Released::yes:
        case Released::already:
        case Released::nothing_left:
            return {};
        case Released::unknown:
            return std::string{no_such_batch};
        case Released::not_whole:
            return "It was not stored whole: upload it again.";
        case Released::wrong_rows:
            return std::to_string(batch.wrong) + " of its rows are wrong: mend them in the sheet.";
        case Released::changed:
            return "It is not what you saw: look at it again.";
        case Released::other_sum:
            return "The batch pays out KES " + batch.total.text() + " in all.";
        case Released::cancelled:
            return "It was cancelled.";
    }
    return {};
}

std::string_view outcome_of(Released released) {
    switch (released) {
        case Released::already:
            return "already";
        case Released::nothing_left:
            return "nothing_left";
        default:
            return "released";
    }
}

http::Response told(const Batch& batch, std::string_view slug, std::string_view outcome) {
    std::string out;
    json::Writer writer{out};
    writer.begin_object().member("status", "ok").member("outcome", outcome).key("batch");
    write_batch(writer, batch, slug);
    writer.end_object();
    return api::ok(std::move(out));
}

std::int64_t number_in(const http::Query& query, std::string_view name, std::int64_t otherwise) {
    return batch_number(query.find(name).value_or("")).value_or(otherwise);
}

}  // namespace

Answer list_batches(SharedParts parts, Call call) {
    const auto query = http::Query::parse(call.request.query);
    const auto slug = std::string{query.find("merchant").value_or("")};
    const auto digest = crypto::unhex(query.find("digest").value_or(""));
    if (!digest) co_return refuse(Refusal::field_malformed, "digest: 64 hex digits");
    struct Found {
        std::vector<Batch> batches;
        std::map<MerchantId, std::string> slugs;
        bool is_known = true;
    };
    const batches::Search search{.digest = *digest,
                                 .before = number_in(query, "before", 0),
                                 .limit = std::min(number_in(query, "limit", 50), limit_max)};
    const auto found = co_await parts->store.read([slug, search](store::Reader& reader) {
        Found all{.batches = {}, .slugs = merchant_slugs(reader)};
        auto narrowed = search;
        if (!slug.empty()) {
            const auto known = std::ranges::find_if(
                all.slugs, [&](const auto& entry) { return entry.second == slug; });
            all.is_known = known != all.slugs.end();
            if (!all.is_known) return all;
            narrowed.merchant = known->first;
        }
        all.batches = batches::list(reader, narrowed);
        return all;
    });
    if (!found.is_known) co_return api::fail(200, "there is no merchant " + slug);
    std::string out;
    json::Writer writer{out};
    writer.begin_object().member("status", "ok").key("batches").begin_array();
    for (const auto& batch : found.batches) {
        const auto merchant = found.slugs.find(batch.file.merchant);
        write_batch(writer, batch,
                    merchant == found.slugs.end() ? std::string_view{} : merchant->second);
    }
    writer.end_array().end_object();
    co_return api::ok(std::move(out));
}

Answer show_batch(SharedParts parts, Call call) {
    const auto query = http::Query::parse(call.request.query);
    const auto wanted = query.find("state").value_or("");
    const auto state = batches::parse_row_state(wanted);
    if (!wanted.empty() && !state) {
        co_return refuse(Refusal::field_malformed, "state: open, made, there, refused or wrong");
    }
    const auto after = number_in(query, "after", 0);
    const auto limit = std::min(number_in(query, "limit", 50), limit_max);
    struct Shown {
        std::optional<FoundBatch> found;
        std::vector<batches::Row> rows;
    };
    const auto shown = co_await parts->store.read(
        [number = batch_number(call.path.at(0)).value_or(0), &master = parts->master, state, after,
         limit](store::Reader& reader) {
            Shown all{.found = find_batch(reader, master, number), .rows = {}};
            if (all.found && after < batches::places_max) {
                all.rows =
                    batches::rows(reader, number, after, static_cast<std::size_t>(limit), state);
            }
            return all;
        });
    if (!shown.found) co_return refuse(Refusal::refused, no_such_batch);
    std::string out;
    json::Writer writer{out};
    writer.begin_object()
        .member("status", "ok")
        .key("running")
        .boolean(parts->withdrawals != nullptr);
    writer.key("batch");
    write_batch(writer, shown.found->batch, shown.found->merchant.slug);
    writer.key("rows");
    write_batch_rows(writer, shown.rows);
    writer.end_object();
    co_return api::ok(std::move(out));
}

Answer check_batch(SharedParts parts, Call call) {
    struct Checked {
        std::optional<FoundBatch> found;
        batches::Check check;
    };
    const auto checked =
        co_await parts->store.read([number = batch_number(call.path.at(0)).value_or(0),
                                    &master = parts->master](store::Reader& reader) {
            Checked all{.found = find_batch(reader, master, number), .check = {}};
            if (!all.found) return all;
            auto rows = batches::rows(reader, number, 0, batches::places_max);
            all.check = batches::check(reader, all.found->merchant, number, rows);
            return all;
        });
    if (!checked.found) co_return refuse(Refusal::refused, no_such_batch);
    std::string out;
    json::Writer writer{out};
    writer.begin_object().member("status", "ok").key("batch");
    write_batch(writer, checked.found->batch, checked.found->merchant.slug);
    writer.key("check");
    write_check(writer, checked.check);
    writer.end_object();
    co_return api::ok(std::move(out));
}

Answer release_batch(SharedParts parts, Call call) {
    if (parts->withdrawals == nullptr) co_return payouts_off();
    auto found = co_await batch_at(parts, call.path.at(0));
    if (!found) co_return refuse(Refusal::refused, no_such_batch);
    const auto number = found->batch.number;
    const auto released = co_await parts->store.write([number, who = call.actor.name,
                                                       seen = call.text("seen"), sum = sum_of(call),
                                                       now = parts->clock.now()](store::Tx& tx) {
        return batches::release(tx, {.number = number, .who = who, .seen = seen, .sum = sum}, now);
    });
    if (const auto refused = words(released, found->batch); !refused.empty()) {
        co_return refuse(Refusal::refused, refused);
    }
    if (parts->wake_batches) parts->wake_batches();
    const auto after = co_await parts->store.read(
        [number](store::Reader& reader) { return batches::find(reader, number); });
    co_return told(after ? *after : found->batch, found->merchant.slug, outcome_of(released));
}

Answer cancel_batch(SharedParts parts, Call call) {
    auto found = co_await batch_at(parts, call.path.at(0));
    if (!found) co_return refuse(Refusal::refused, no_such_batch);
    const auto number = found->batch.number;
    const auto cancelled = co_await parts->store.write(
        [number, who = call.actor.name, now = parts->clock.now()](store::Tx& tx) {
            return batches::cancel(tx, number, who, now);
        });
    if (cancelled != batches::Cancelled::yes) {
        co_return refuse(Refusal::refused, "It has ended: there is nothing to cancel.");
    }
    const auto after = co_await parts->store.read(
        [number](store::Reader& reader) { return batches::find(reader, number); });
    co_return told(after ? *after : found->batch, found->merchant.slug, "cancelled");
}

Answer approve_batch(SharedParts parts, Call call) {
    if (parts->withdrawals == nullptr) co_return payouts_off();
    const auto found = co_await batch_at(parts, call.path.at(0));
    if (!found) co_return refuse(Refusal::refused, no_such_batch);
    const auto all = co_await parts->store.read(
        [batch = found->batch, who = call.actor.name, seen = call.text("seen"), sum = sum_of(call)](
            store::Reader& reader) { return batches::approvable(reader, batch, who, seen, sum); });
    if (!all.why_not.empty()) co_return refuse(Refusal::refused, all.why_not);
    batches::Outcomes outcomes;
    for (std::span left{all.open}; !left.empty();) {
        const auto group = left.first(std::min(left.size(), batches::approved_at_once));
        const auto decided = co_await parts->store.write(
            [group, who = call.actor.name, needed = found->merchant.payout_rules.needed,
             now = parts->clock.now()](store::Tx& tx) {
                return batches::approve(tx, group, who, needed, now);
            });
        for (const auto& [outcome, count] : decided) outcomes[outcome] += count;
        left = left.subspan(group.size());
    }
    parts->withdrawals->wake_worker();
    std::string out;
    json::Writer writer{out};
    writer.begin_object().member("status", "ok").key("outcomes").begin_object();
    for (const auto& [outcome, count] : outcomes) writer.member(outcome, count);
    writer.end_object().end_object();
    co_return api::ok(std::move(out));
}

}  // namespace lango::backoffice
