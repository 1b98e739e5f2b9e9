#include "backoffice/lists/totals.hpp"

#include <algorithm>
#include <charconv>

#include "backoffice/lists/filters.hpp"
#include "backoffice/lists/page.hpp"
#include "backoffice/lists/words_of_codes.hpp"
#include "base/typed.hpp"
#include "deposits/state.hpp"
#include "withdrawals/state.hpp"

namespace lango::backoffice::lists {

namespace {

using std::chrono::days;
using std::chrono::sys_days;
constexpr std::int64_t days_usual = 7;

std::string day_of(Instant at, const std::string& zone) {
    return format_in_zone(at, zone).substr(0, 10);
}

unsigned number_in(std::string_view text) {
    unsigned value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

// Midnight where the zone is, so many days after the day of `at`.
Instant midnight(Instant at, const std::string& zone, std::int64_t after) {
    const auto text = day_of(at, zone);
    const std::chrono::year_month_day day{
        std::chrono::year{static_cast<int>(number_in(text.substr(0, 4)))},
        std::chrono::month{number_in(text.substr(5, 2))},
        std::chrono::day{number_in(text.substr(8, 2))}};
    return time_in_zone(sys_days{day} + days{after}, std::chrono::seconds{0}, zone);
}

// The least that is there from `from` on.
std::optional<std::int64_t> first_from(store::Reader& reader, const TotalsQuestion& question,
                                       std::int64_t from) {
    std::optional<std::int64_t> first;
    const auto keep = [&](const store::Row& row) {
        if (!first || row.integer(0) < *first) first = row.integer(0);
    };
    reader.each("SELECT id FROM deposits WHERE id >= ?1 AND id < ?2 ORDER BY id LIMIT 1", keep,
                from, question.before);
    reader.each("SELECT id FROM withdrawals WHERE id >= ?1 AND id < ?2 ORDER BY id LIMIT 1", keep,
                from, question.before);
    return first;
}

// Where so many rows of each kind have been looked at, if that is before `end`.
std::int64_t cut(store::Reader& reader, std::int64_t from, std::int64_t end) {
    const auto keep = [&](const store::Row& row) { end = std::min(end, row.integer(0)); };
    reader.each("SELECT id FROM deposits WHERE id >= ?1 AND id < ?2 ORDER BY id LIMIT 1 OFFSET ?3",
                keep, from, end, slice_max);
    reader.each(
        "SELECT id FROM withdrawals WHERE id >= ?1 AND id < ?2 ORDER BY id LIMIT 1 OFFSET ?3", keep,
        from, end, slice_max);
    return end;
}

Money minor(std::int64_t amount) { return Money{amount, Currency::kes()}; }

void add_deposits(const store::Row& row, const TotalsQuestion& question, const std::string& day,
                  Totals& totals) {
    using lango::deposits::State;
    const auto state = static_cast<State>(row.integer(0));
    totals.looked_at += row.integer(2);
    const auto count = row.integer(3);
    const auto amount = minor(row.integer(4));
    const bool is_open = !lango::deposits::is_closed(state);
    if (count == 0) return;  // all of them another merchant's
    if (question.by == By::reason) {
        const std::string word{is_open ? "open" : name(state)};
        totals.reasons[{word, is_open ? std::string{} : row.string(1)}].add(count, amount);
        return;
    }
    auto& of_day = totals.days[day];
    if (is_open) of_day.open += count;
    if (state == State::paid) of_day.paid.add(count, amount);
    if (state == State::failed) of_day.failed += count;
    if (state == State::expired) of_day.expired += count;
}

void count_deposits(store::Reader& reader, const TotalsQuestion& question, std::int64_t from,
                    std::int64_t end, const std::string& day, Totals& totals) {
    const auto add = [&](const store::Row& row) { add_deposits(row, question, day, totals); };
    reader.each(
        "SELECT state, COALESCE(result_code, ''), COUNT(*), "
        "SUM(CASE WHEN ?3 IS NULL OR merchant_id = ?3 THEN 1 ELSE 0 END), "
        "SUM(CASE WHEN ?3 IS NULL OR merchant_id = ?3 THEN amount ELSE 0 END) FROM deposits "
        "WHERE id >= ?1 AND id < ?2 GROUP BY 1, 2",
        add, from, end, question.merchant);
}

void count_withdrawals(store::Reader& reader, const TotalsQuestion& question, std::int64_t from,
                       std::int64_t end, const std::string& day, Totals& totals) {
    using lango::withdrawals::Kind;
    reader.each(
        "SELECT kind, COUNT(*), SUM(CASE WHEN state = " LANGO_WITHDRAWAL_PAID
        " AND (?3 IS NULL OR merchant_id = ?3) THEN 1 ELSE 0 END), SUM(CASE WHEN state "
        "= " LANGO_WITHDRAWAL_PAID
        " AND (?3 IS NULL OR merchant_id = ?3) THEN amount ELSE 0 END) FROM withdrawals "
        "WHERE id >= ?1 AND id < ?2 GROUP BY kind",
        [&](const store::Row& row) {
            const auto kind = static_cast<Kind>(row.integer(0));
            totals.looked_at += row.integer(1);
            if (kind == Kind::test || row.integer(2) == 0) return;
            auto& of_day = totals.days[day];
            (kind == Kind::refund ? of_day.refunds : of_day.withdrawals)
                .add(row.integer(2), minor(row.integer(3)));
        },
        from, end, question.merchant);
}

void write_day(json::Writer& writer, const std::string& name, const Day& day) {
    const auto closed = day.paid.count + day.failed + day.expired;
    writer.begin_object()
        .member("day", name)
        .member("deposits", closed + day.open)
        .member("paid", day.paid.count)
        .member("failed", day.failed)
        .member("expired", day.expired)
        .member("open", day.open)
        .member("success", percent(day.paid.count, closed))
        .member("in", day.paid.amount.text())
        .member("withdrawals", day.withdrawals.count)
        .member("out", day.withdrawals.amount.text())
        .member("refunds", day.refunds.count)
        .member("refunded", day.refunds.amount.text())
        .end_object();
}

void write_reason(json::Writer& writer, const std::string& state, const std::string& code,
                  const Sum& sum) {
    writer.begin_object()
        .member("state", state)
        .member("result_code", code)
        .member("result_text", words_of_payment(code))
        .member("deposits", sum.count)
        .member("amount_minor", sum.amount.minor())
        .end_object();
}

}  // namespace

Result<TotalsQuestion, std::string> read_totals(store::Reader& reader, const http::Query& query,
                                                Instant now, std::optional<MerchantId> scope) {
    using Wrong = Unexpected<std::string>;
    Asked asked = begun(reader, now, Key::id, scope);
    for (const auto& filter : {by_merchant, by_since, by_until}) {
        const std::string text{query.find(filter.name).value_or("")};
        if (!text.empty() && !filter.read(asked, text)) {
            return Wrong{std::string{filter.name} + " is not " + std::string{filter.about}};
        }
    }
    const auto by = query.find("by").value_or("");
    if (by != "day" && by != "reason") return Wrong{"by is not day or reason"};
    const auto& read = asked.question;
    TotalsQuestion question{.by = by == "day" ? By::day : By::reason,
                            .merchant = asked.whose(),
                            .zone = read.zone,
                            .from = read.from,
                            .before = std::min(read.before, id_floor(now + clock_step))};
    if (question.from == 0) {
        question.from = id_floor(midnight(now, question.zone, 1 - days_usual));
    }
    if (const auto from = query.find("from").value_or(""); !from.empty()) {
        const auto id = typed::id(from);
        if (!id) return Wrong{"from is not what the last answer said"};
        question.from = std::max(question.from, *id);
    }
    return question;
}

std::optional<std::int64_t> count_slice(store::Reader& reader, const TotalsQuestion& question,
                                        std::int64_t from, Totals& totals) {
    const auto first = first_from(reader, question, from);
    if (!first) return std::nullopt;
    const auto at = id_time(*first);
    const auto end_of_day = id_floor(midnight(at, question.zone, 1));
    auto end = std::min(question.before, std::max(end_of_day, *first + 1));
    end = cut(reader, *first, end);
    const auto day = day_of(at, question.zone);
    count_deposits(reader, question, *first, end, day, totals);
    if (question.by == By::day) {
        count_withdrawals(reader, question, *first, end, day, totals);
    }
    return end < question.before ? std::optional{end} : std::nullopt;
}

bool is_full(const TotalsQuestion& question, const Totals& totals, std::int64_t next) {
    if (totals.looked_at < counted_max) return false;
    // What was counted of a day stands in one answer.
    return question.by == By::reason || totals.days.empty() ||
           day_of(id_time(next), question.zone) != totals.days.rbegin()->first;
}

std::string totals_json(const TotalsQuestion& question, const Totals& totals,
                        std::optional<std::int64_t> next) {
    std::string out;
    json::Writer writer{out};
    writer.begin_object()
        .member("status", "ok")
        .member("by", question.by == By::day ? "day" : "reason")
        .member("zone", question.zone)
        .key("totals")
        .begin_array();
    for (const auto& [name, day] : totals.days) write_day(writer, name, day);
    for (const auto& [key, sum] : totals.reasons) write_reason(writer, key.first, key.second, sum);
    writer.end_array().member("next", next ? hex16(*next) : std::string{}).end_object();
    return out;
}

std::string percent(std::int64_t part, std::int64_t whole) {
    if (whole == 0) return {};
    const auto tenths = (part * 2'000 + whole) / (2 * whole);
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

}  // namespace lango::backoffice::lists
