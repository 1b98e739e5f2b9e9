#include "paybill/suggest.hpp"

#include <algorithm>

#include "paybill/reference.hpp"
#include "rails/payer_phone.hpp"
#include "store/words.hpp"

namespace lango::paybill {

namespace {

using namespace std::chrono_literals;

constexpr Duration before = 48h;  // the order may have been made that long before it was paid
constexpr Duration after = 10min;
constexpr std::int64_t orders_max = 5'000;  // looked at, the newest first
constexpr std::size_t slips_max = 2;
constexpr int points_min = 20;

struct Candidate {
    DepositId id{0};
    Msisdn phone;
    Money amount;
    std::string reference;  // "": it was never given one
};

void say(Suggestion& suggestion, int points, const std::string& why) {
    suggestion.points += points;
    suggestion.why += (suggestion.why.empty() ? "" : ", ") + why;
}

std::string plain(std::string_view text) {
    std::string out;
    for (char c : text) {
        if (c == ' ' || c == '-' || c == '.' || c == '\t') continue;
        out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return out;
}

std::vector<Candidate> unpaid_around(store::Reader& reader, Instant paid_at) {
    std::vector<Candidate> found;
    reader.each(
        "SELECT d.id, d.phone, d.amount, r.number FROM deposits d "
        "LEFT JOIN paybill_references r ON r.deposit_id = d.id "
        "WHERE d.id >= ?1 AND d.id < ?2 AND d.state <> " LANGO_DEPOSIT_PAID
        " AND NOT EXISTS (SELECT 1 FROM deposit_keys k JOIN deposits o ON o.id = k.deposit_id "
        "WHERE k.merchant_id = d.merchant_id AND k.custom_transaction_id = "
        "d.custom_transaction_id AND o.state = " LANGO_DEPOSIT_PAID ") ORDER BY d.id DESC LIMIT ?3",
        [&](const store::Row& row) {
            found.push_back(
                {.id = DepositId{row.integer(0)},
                 .phone = Msisdn::from_number(row.integer(1)),
                 .amount = Money{row.integer(2), Currency::kes()},
                 .reference = row.is_null(3) ? std::string{} : reference_text(row.integer(3))});
        },
        id_floor(paid_at - before), id_floor(paid_at + after), orders_max);
    return found;
}

// What speaks for it beside time; 0 points: nothing.
Suggestion weigh(const suspense::Item& item, const Candidate& candidate) {
    Suggestion suggestion{.order = candidate.id, .points = 0, .why = {}};
    if (item.about == candidate.id) say(suggestion, 60, "its reference was typed");
    if (!candidate.reference.empty() && item.about != candidate.id) {
        const auto slips = typing_distance(item.reference, candidate.reference, slips_max);
        if (slips == 0) say(suggestion, 60, "its reference was typed");
        if (slips == 1) say(suggestion, 40, "one slip from its reference");
        if (slips == 2) say(suggestion, 20, "two slips from its reference");
    }
    switch (rails::may_be(item.phone, candidate.phone) ? rails::phone_form(item.phone)
                                                       : rails::PhoneForm::none) {
        case rails::PhoneForm::whole:
        case rails::PhoneForm::hashed:
            say(suggestion, 40, "the same phone");
            break;
        case rails::PhoneForm::masked:
            say(suggestion, 25, "a phone that fits the mask");
            break;
        case rails::PhoneForm::none:
            break;
    }
    if (item.amount == candidate.amount) say(suggestion, 25, "the same amount");
    return suggestion;
}

void weigh_time(const suspense::Item& item, Suggestion& suggestion) {
    const auto made = id_time(suggestion.order.value());
    const auto apart = item.paid_at > made ? item.paid_at - made : made - item.paid_at;
    const auto minutes = std::chrono::floor<std::chrono::minutes>(apart).count();
    const int points = minutes < 10 ? 15 : minutes < 60 ? 10 : minutes < 24 * 60 ? 5 : 0;
    say(suggestion, points,
        "made " + std::to_string(minutes) + " min " + (item.paid_at < made ? "after" : "before"));
}

}  // namespace

std::size_t typing_distance(std::string_view typed, std::string_view right, std::size_t most) {
    const auto a = plain(typed);
    const auto b = plain(right);
    if (a.size() > b.size() + most || b.size() > a.size() + most) return most + 1;
    // Optimal string alignment, three rows at a time.
    std::vector<std::size_t> above_last(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t wrong = a[i - 1] == b[j - 1] ? 0 : 1;
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + wrong});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = std::min(row[j], above_last[j - 2] + 1);
            }
        }
        above_last.swap(last);
        last.swap(row);
    }
    return std::min(last[b.size()], most + 1);
}

std::vector<Suggestion> suggest(store::Reader& reader, const suspense::Item& item,
                                std::size_t limit) {
    std::vector<Suggestion> found;
    // What is left of money that paid an order can only go back.
    if (item.credited) return found;
    for (const auto& candidate : unpaid_around(reader, item.paid_at)) {
        auto suggestion = weigh(item, candidate);
        if (suggestion.points < points_min) continue;
        weigh_time(item, suggestion);
        found.push_back(std::move(suggestion));
    }
    // Of equals the newest first.
    std::ranges::sort(found, [](const Suggestion& a, const Suggestion& b) {
        return a.points != b.points ? a.points > b.points : a.order > b.order;
    });
    if (found.size() > limit) found.resize(limit);
    return found;
}

}  // namespace lango::paybill
