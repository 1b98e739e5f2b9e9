#include "backoffice/lists/filters.hpp"

#include <algorithm>
#include <charconv>

#include "base/typed.hpp"

namespace lango::backoffice::lists {

namespace {

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = read.ec == std::errc{} && read.ptr == text.data() + text.size();
    return whole ? std::optional{value} : std::nullopt;
}

struct MerchantRow {
    MerchantId id{0};
    std::string zone;
};
std::optional<MerchantRow> row_of(store::Reader& reader, const std::string& slug) {
    return reader.first(
        "SELECT id, time_zone FROM merchants WHERE slug = ?1",
        [](const store::Row& row) {
            return MerchantRow{.id = MerchantId{row.integer(0)}, .zone = row.string(1)};
        },
        slug);
}

// The key of what was made then.
std::int64_t key_at(Key key, Instant at) { return key == Key::id ? id_floor(at) : to_micros(at); }

std::optional<std::int64_t> minor_of(std::string_view text) {
    const auto amount = typed::amount(text);
    return amount ? std::optional{amount->minor()} : std::nullopt;
}

}  // namespace

void Asked::only(std::vector<std::int64_t> keys, bool is_cut) {
    std::ranges::sort(keys, std::ranges::greater{});
    const auto twice = std::ranges::unique(keys);
    keys.erase(twice.begin(), twice.end());
    if (question.keys) {
        std::erase_if(keys, [&](std::int64_t one) {
            return !std::ranges::binary_search(*question.keys, one, std::ranges::greater{});
        });
        // What one of them names whole, the other cannot add to.
        is_cut = is_cut && question.is_cut;
    }
    question.keys = std::move(keys);
    question.is_cut = is_cut;
}

bool read_merchant(Asked& asked, const std::string& text) {
    const auto row = row_of(asked.reader, text);
    // What is another merchant's, and what is not there, look the same.
    if (!row || (asked.scope && *asked.scope != row->id)) return false;
    asked.question.merchant = row->id;
    if (known_zone(row->zone)) asked.question.zone = row->zone;
    return true;
}

bool read_since(Asked& asked, const std::string& text) {
    const auto at = typed::instant(text, asked.now, asked.question.zone);
    if (at) asked.question.from = std::max(asked.question.from, key_at(asked.key, *at));
    return at.has_value();
}

bool read_until(Asked& asked, const std::string& text) {
    const auto at = typed::instant(text, asked.now, asked.question.zone);
    if (!at) return false;
    // Where there is a tie, `before` is the greatest key and not the first that is too great.
    const auto before = key_at(asked.key, *at) - (asked.key == Key::time ? 1 : 0);
    if (before < asked.question.before) {
        asked.question.before = before;
        asked.question.tie = key_max;
    }
    return true;
}

bool bind_time(Asked& asked, const std::string& text) {
    const auto at = typed::instant(text, asked.now, asked.question.zone);
    if (at) asked.bind(to_micros(*at));
    return at.has_value();
}

bool bind_amount(Asked& asked, const std::string& text) {
    const auto between = text.find("..");
    const bool is_range = between != std::string::npos;
    const auto least = minor_of(text.substr(0, between));
    const auto most = is_range ? minor_of(text.substr(between + 2)) : least;
    if (!least || !most) return false;
    asked.bind(*least);
    asked.bind(*most);
    return true;
}

bool bind_phone(Asked& asked, const std::string& text) {
    const auto phone = typed::phone(text);
    if (phone) asked.bind(phone->number());
    return phone.has_value();
}

bool bind_phone_text(Asked& asked, const std::string& text) {
    const auto phone = typed::phone(text);
    if (phone) asked.bind(phone->raw());
    return phone.has_value();
}

bool bind_text(Asked& asked, const std::string& text) {
    asked.bind(text);
    return true;
}

bool bind_number(Asked& asked, const std::string& text) {
    const auto number = whole_number(text);
    if (number) asked.bind(*number);
    return number.has_value();
}

bool bind_id(Asked& asked, const std::string& text) {
    const auto id = typed::id(text);
    if (id) asked.bind(*id);
    return id.has_value();
}

bool bind_tie(Asked& asked, const std::string& /*text*/) {
    asked.bind(asked.question.tie);
    return true;
}

bool bind_now(Asked& asked, const std::string& /*text*/) {
    asked.bind(to_micros(asked.now));
    return true;
}

bool is_id(Asked& asked, const std::string& text) {
    const auto id = typed::id(text);
    if (id) asked.only({*id});
    return id.has_value();
}

}  // namespace lango::backoffice::lists
