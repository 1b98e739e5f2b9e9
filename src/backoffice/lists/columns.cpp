#include "backoffice/lists/columns.hpp"

#include "base/json.hpp"
#include "base/money.hpp"
#include "base/msisdn.hpp"
#include "postbacks/readable.hpp"

namespace lango::backoffice::lists {

namespace {

const std::string& zone_of(const Cell& cell) {
    if (cell.owner < 0 || cell.row.is_null(cell.owner)) return cell.shown.zone;
    const auto found = cell.shown.zones.find(MerchantId{cell.row.integer(cell.owner)});
    return found == cell.shown.zones.end() ? cell.shown.zone : found->second;
}

// "" for NULL.
template <class Make>
void write_if_there(const Cell& cell, const Make& make) {
    cell.writer.string(cell.row.is_null(cell.at) ? std::string{} : make());
}

}  // namespace

bool is_time(Instant at) {
    using namespace std::chrono;
    return at >= Instant{sys_days{year{2000} / 1 / 1}} &&
           at < Instant{sys_days{year{3000} / 1 / 1}};
}

void write_text(const Cell& cell) {
    write_if_there(cell, [&] { return postbacks::readable(cell.row.text(cell.at)); });
}

void write_number(const Cell& cell) {
    if (cell.row.is_null(cell.at)) {
        cell.writer.string("");
    } else {
        cell.writer.integer(cell.row.integer(cell.at));
    }
}

void write_id(const Cell& cell) {
    write_if_there(cell, [&] { return hex16(cell.row.integer(cell.at)); });
}

void write_message_id(const Cell& cell) {
    write_if_there(cell, [&] { return "msg_" + hex16(cell.row.integer(cell.at)); });
}

void write_amount(const Cell& cell) {
    write_if_there(cell, [&] { return Money{cell.row.integer(cell.at), Currency::kes()}.text(); });
}

void write_phone(const Cell& cell) {
    write_if_there(cell, [&] { return Msisdn::from_number(cell.row.integer(cell.at)).masked(); });
}

void write_time(const Cell& cell) {
    write_if_there(cell, [&] {
        const auto at = cell.row.instant(cell.at);
        return is_time(at) ? format_rfc3339(at) : std::string{};
    });
}

void write_local(const Cell& cell) {
    write_if_there(cell, [&] {
        const auto at = cell.row.instant(cell.at);
        return is_time(at) ? format_in_zone(at, zone_of(cell)) : std::string{};
    });
}

void write_slug(const Cell& cell) {
    write_if_there(cell, [&] {
        const auto found = cell.shown.slugs.find(MerchantId{cell.row.integer(cell.at)});
        return found == cell.shown.slugs.end() ? std::string{} : found->second;
    });
}

void write_raw(const Cell& cell) {
    const auto text = cell.row.text(cell.at);
    json::parse(text) ? cell.writer.raw(text) : cell.writer.null();
}

}  // namespace lango::backoffice::lists
