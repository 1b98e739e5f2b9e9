#include "backoffice/story_text.hpp"

#include <utility>
#include <vector>

#include "base/result.hpp"
#include "ledger/ledger.hpp"

namespace lango::backoffice {

namespace {

struct Line {
    ledger::Outcome outcome{};
    Instant at{};
    std::string account;
    std::string merchant;
    Money amount = Money::zero();
};

std::vector<Line> lines_of(store::Reader& reader, std::int64_t subject_id) {
    std::vector<Line> lines;
    reader.each(
        "SELECT p.outcome, t.booked_at, a.kind, a.currency, p.amount, m.slug FROM postings p "
        "CROSS JOIN ledger_transactions t ON t.subject_id = p.subject_id AND "
        "t.outcome = p.outcome CROSS JOIN accounts a ON a.id = p.account_id "
        "LEFT JOIN merchants m ON a.kind IN (" LANGO_ACCOUNT_MERCHANT ", " LANGO_ACCOUNT_RECEIVABLE
        ") AND m.id = a.owner WHERE p.subject_id = ?1 ORDER BY p.outcome, p.line",
        [&](const store::Row& row) {
            const auto currency = Currency::parse(row.text(3));
            LANGO_REQUIRE(currency);
            lines.push_back({.outcome = static_cast<ledger::Outcome>(row.integer(0)),
                             .at = row.instant(1),
                             .account = std::string{ledger::name(
                                 static_cast<ledger::AccountKind>(row.integer(2)))},
                             .merchant = row.is_null(5) ? std::string{} : row.string(5),
                             .amount = Money{row.integer(4), *currency}});
        },
        subject_id);
    return lines;
}

}  // namespace

json::Writer& write_time(json::Writer& writer, Instant at, const std::string& zone) {
    return writer.member("at", format_rfc3339(at)).member("local", format_in_zone(at, zone));
}

void write_told(json::Writer& writer, const postbacks::Told& told, const std::string& zone) {
    writer.begin_object()
        .member("id", "msg_" + hex16(told.id.value()))
        .member("state", postbacks::name(told.state))
        .member("due_at", told.due_at ? format_rfc3339(*told.due_at) : std::string{})
        .key("attempts")
        .begin_array();
    for (const auto& attempt : told.attempts) {
        write_time(writer.begin_object(), attempt.at, zone)
            .member("took_us", attempt.took.count())
            .member("outcome", postbacks::name(attempt.outcome))
            .member("status", attempt.status)
            .member("answer", attempt.answer)
            .end_object();
    }
    writer.end_array().end_object();
}

void write_ledger(json::Writer& writer, store::Reader& reader, std::int64_t subject_id) {
    writer.begin_array();
    const auto lines = lines_of(reader, subject_id);
    for (auto line = lines.begin(); line != lines.end();) {
        const auto outcome = line->outcome;
        writer.begin_object()
            .member("outcome", ledger::name(outcome))
            .member("at", format_rfc3339(line->at))
            .key("postings")
            .begin_array();
        for (; line != lines.end() && line->outcome == outcome; ++line) {
            writer.begin_object()
                .member("account", line->account)
                .member("merchant", line->merchant)
                .member("amount", line->amount.text())
                .member("currency", line->amount.currency().code())
                .end_object();
        }
        writer.end_array().end_object();
    }
    writer.end_array();
}

}  // namespace lango::backoffice
