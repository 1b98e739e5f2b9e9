#include "rails/daraja/pull_page.hpp"

#include <algorithm>
#include <array>

#include "base/json_repair.hpp"
#include "rails/daraja/amount.hpp"
#include "rails/daraja/prompt_reference.hpp"
#include "rails/receipt.hpp"

namespace lango::rails::daraja {

namespace {

// A customer's payment to a paybill or a till (daraja.md 6.4). What else begins like them may be
// one that nobody has documented: a person looks.
constexpr std::array<std::string_view, 2> customers{"c2b-pay-bill-debit", "c2b-buy-goods-debit"};
constexpr std::string_view like_customers = "c2b";

PulledPayment unreadable(std::string_view row, const char* why) {
    PulledPayment payment;
    payment.unreadable = why;
    payment.raw = std::string{row};
    return payment;
}

// Nothing for a row of something else than a customer's payment.
std::optional<PulledPayment> read_row(std::string_view row) {
    const auto parsed = json::parse_leniently(row);
    if (!parsed) return unreadable(row, "a row of the list that cannot be read");
    const auto kind = json::sound_text(*parsed, "transactiontype");
    const bool known = kind && std::ranges::find(customers, *kind) != customers.end();
    if (kind && !known && !kind->starts_with(like_customers)) return std::nullopt;
    const auto receipt = read_receipt(json::sound_text(*parsed, "transactionId"));
    const auto told = json::sound_text(*parsed, "amount");
    const auto amount = told ? read_amount(*told) : std::nullopt;
    // Only what came in: a row whose amount is not above zero is no payment to us.
    if (amount && *amount <= Money::zero() && receipt) return std::nullopt;
    if (!known) return unreadable(row, "a row of the list that is of no known kind");
    if (!receipt || !amount || json::is_unsound(*parsed, {"billreference"})) {
        return unreadable(row, "a row of the list without receipt, amount or reference to read");
    }
    PulledPayment payment;
    payment.receipt = *receipt;
    payment.reference = parsed->text_at("billreference");
    payment.amount = *amount;
    payment.prompted = read_prompt_reference(payment.reference);
    payment.phone = json::sound_text(*parsed, "msisdn").value_or("");
    return payment;
}

// A quotation mark that nobody escaped takes all that follows into its text. Then rows are told by
// how each begins; what stands between two beginnings is one row, whole or not.
constexpr std::string_view row_begins = R"({"transactionId")";
constexpr std::string_view blanks = " \t\r\n";
constexpr std::string_view between_rows = " \t\r\n,[]";

// Where the next row begins that another row or the list's bracket stands before; npos: none.
std::size_t next_row(std::string_view text, std::size_t from) {
    for (auto at = text.find(row_begins, from); at != text.npos;
         at = text.find(row_begins, at + 1)) {
        const auto before = text.substr(0, at).find_last_not_of(blanks);
        if (before != text.npos && (text[before] == ',' || text[before] == '[')) return at;
    }
    return text.npos;
}

// A row of a page that can be split, in pieces when it has swallowed others.
std::vector<std::string_view> cut(std::string_view row) {
    std::vector<std::string_view> pieces;
    if (!json::parse_leniently(row)) {
        for (auto at = next_row(row, 1); at != row.npos; at = next_row(row, 1)) {
            pieces.push_back(row.substr(0, row.find_last_not_of(between_rows, at - 1) + 1));
            row.remove_prefix(at);
        }
    }
    pieces.push_back(row);
    return pieces;
}

// A page that cannot be split: all that stands in the first list of lists, as one row.
std::optional<json::Rows> cut_page(std::string_view body) {
    const auto before = [&](std::size_t at) { return body.substr(0, at).find_last_not_of(blanks); };
    const auto is = [&](std::size_t at, char c) { return at != body.npos && body[at] == c; };
    auto begin = body.find('{', 1);
    while (begin != body.npos && !(is(before(begin), '[') && is(before(before(begin)), '['))) {
        begin = body.find('{', begin + 1);
    }
    auto end = body.rfind('}');  // of the page; of the last row: one that a bracket follows
    do {
        end = end == 0 || end == body.npos ? body.npos : body.rfind('}', end - 1);
    } while (end != body.npos && !is(body.find_first_not_of(blanks, end + 1), ']'));
    if (begin == body.npos || end == body.npos || end <= begin) return std::nullopt;
    json::Rows page{.rows = {body.substr(begin, end + 1 - begin)}, .rest{body.substr(0, begin)}};
    page.rest.append(json::row_mark).append(body.substr(end + 1));
    return page;
}

// Calls once for each place that a row was cut out of.
template <class Row>
void for_each_row(const json::Value& member, const Row& row) {
    if (member.array() == nullptr) return;
    for (const auto& list : *member.array()) {
        if (list.array() == nullptr) continue;
        for (const auto& item : *list.array()) {
            if (item.object() != nullptr) row();
        }
    }
}

}  // namespace

std::optional<PullPage> read_pull_page(std::string_view body) {
    auto split = json::split_rows(body, "{[[");
    if (!split) split = cut_page(body);
    const auto parsed =
        split ? json::parse_leniently(split->rest)
              : Result<json::Value, json::ParseError>{Unexpected<json::ParseError>({"no end", 0})};
    if (!parsed || json::stands_twice(*parsed, {"Response"})) return std::nullopt;
    const auto code = json::sound_text(*parsed, "ResponseCode");
    PullPage page;
    if (code == "1001") return page;  // none
    const auto* lists = parsed->find("Response");
    if (code != "1000" || lists == nullptr || lists->array() == nullptr) return std::nullopt;
    for (const auto& list : *lists->array()) {
        if (list.array() == nullptr) return std::nullopt;
        page.rows += list.array()->size();
    }
    // Other members may hold what looks like rows, and is no payment of the list.
    std::vector<std::string_view> rows;
    std::size_t places = 0;
    for (const auto& [name, member] : *parsed->object()) {
        for_each_row(member, [&] {
            if (name == "Response" && places < split->rows.size()) {
                rows.push_back(split->rows[places]);
            }
            ++places;
        });
    }
    // An object that no row was cut out of: nobody knows any more which row stood where.
    if (places != split->rows.size()) return std::nullopt;
    std::size_t found = 0;
    for (const auto whole : rows) {
        for (const auto row : cut(whole)) {
            ++found;
            if (auto payment = read_row(row))
                page.payments.push_back(*std::move(payment));
            else
                ++page.others;
        }
    }
    page.rows = std::max(page.rows, found);
    return page;
}

bool may_hold_rows(std::string_view body) {
    const auto begin = body.find_first_not_of(blanks);
    if (begin == body.npos || body[begin] == '<') return false;
    if (body.find("transactionId") != body.npos) return true;
    const auto parsed = json::parse_leniently(body);
    if (!parsed || parsed->object() == nullptr) return true;
    return std::ranges::any_of(*parsed->object(), [](const auto& member) {
        return member.first == "Response" && member.second.array() != nullptr;
    });
}

}  // namespace lango::rails::daraja
