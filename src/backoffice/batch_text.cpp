#include "backoffice/batch_text.hpp"

#include <charconv>

#include "base/crypto.hpp"

namespace lango::backoffice {

namespace {

std::string time_text(const std::optional<Instant>& at) {
    return at ? format_rfc3339(*at) : std::string{};
}

void write_row(json::Writer& writer, const batches::Row& row) {
    writer.begin_object()
        .member("place", row.place)
        .member("row", row.line)
        .member("withdrawal_id", row.withdrawal_id)
        .member("account_number", row.phone ? row.phone->raw() : std::string{})
        .member("amount", row.amount ? row.amount->text() : std::string{})
        .member("label", row.label)
        .member("comment", row.comment)
        .member("state", batches::name(row.state))
        .member("reason", row.reason)
        .end_object();
}

}  // namespace

std::optional<std::int64_t> batch_number(std::string_view text) {
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = read.ec == std::errc{} && read.ptr == text.data() + text.size();
    return whole && value > 0 ? std::optional{value} : std::nullopt;
}

void write_batch(json::Writer& writer, const batches::Batch& batch, std::string_view slug) {
    writer.begin_object()
        .member("number", batch.number)
        .member("merchant", slug)
        .member("digest", crypto::hex(batch.file.digest))
        .key("include_hidden")
        .boolean(batch.file.with_hidden)
        .member("edition", batch.edition)
        .member("state", batches::name(batch.state))
        .member("uploaded_by", batch.uploaded_by)
        .member("uploaded_at", format_rfc3339(batch.uploaded_at))
        .member("rows", batch.rows)
        .member("sum", batch.total.text())
        .member("currency_code", batch.total.currency().code())
        .member("code", batches::code(batch))
        .member("wrong", batch.wrong)
        .member("released_by", batch.released_by)
        .member("released_at", time_text(batch.released_at))
        .member("made", batch.made)
        .member("there", batch.found)
        .member("refused", batch.refused)
        .member("left", batch.left())
        .member("why", batch.why)
        .member("ended_at", time_text(batch.ended_at))
        .member("ended_by", batch.ended_by)
        .end_object();
}

void write_batch_rows(json::Writer& writer, const std::vector<batches::Row>& rows) {
    writer.begin_array();
    for (const auto& row : rows) write_row(writer, row);
    writer.end_array();
}

void write_check(json::Writer& writer, const batches::Check& check) {
    writer.begin_object()
        .member("taken", check.taken)
        .member("there", check.there)
        .member("wrong", check.wrong)
        .member("waiting_for_approval", check.waiting)
        .member("short_of", check.short_of)
        .member("left", check.left)
        .key("largest");
    write_batch_rows(writer, check.largest);
    writer.member("new_recipients", check.new_recipients).key("to_new");
    write_batch_rows(writer, check.to_new);
    writer.member("repeats", check.repeats).key("repeated").begin_array();
    for (const auto& group : check.repeated) write_batch_rows(writer, group);
    writer.end_array().key("since_last");
    if (check.since_last) {
        writer.begin_object()
            .member("batch", check.since_last->number)
            .member("same", check.since_last->same)
            .member("other_amount", check.since_last->other_amount)
            .member("added", check.since_last->added)
            .member("gone", check.since_last->gone)
            .end_object();
    } else {
        writer.null();
    }
    writer.end_object();
}

}  // namespace lango::backoffice
