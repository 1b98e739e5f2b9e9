// What the rail sends about money: callbacks, confirmations, results, its list, its replies. Each
// is read or not, never half; no amount is below zero; damage on the way makes no other payment.
#include <algorithm>

#include "base/json_repair.hpp"
#include "rails/daraja/callback.hpp"
#include "rails/daraja/codes.hpp"
#include "rails/daraja/float_result.hpp"
#include "rails/daraja/paybill.hpp"
#include "rails/daraja/payout_codes.hpp"
#include "rails/daraja/payout_reply.hpp"
#include "rails/daraja/payout_results.hpp"
#include "rails/daraja/pull_page.hpp"
#include "rails/daraja/push_reply.hpp"
#include "rails/daraja/query_answer.hpp"
#include "rails/daraja/reversal_results.hpp"
#include "rails/payer_phone.hpp"
#include "rails/receipt.hpp"
#include "tests/fuzz/damage.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace lango;
using namespace lango::rails;
using fuzz::must;

namespace {

using Reply = Result<http::ClientResponse, http::ClientError>;
constexpr const char* asked = "ws_CO_191220191020363925";

// Of what was damaged: the same, or nothing.
template <class T>
bool is_same_or_none(const std::optional<T>& damaged, const std::optional<T>& sent) {
    return !damaged || damaged == sent;
}
bool is_same_or_none(const std::string& damaged, const std::string& sent) {
    return damaged.empty() || damaged == sent;
}
bool is_below_zero(const std::optional<Money>& amount) { return amount && *amount < Money::zero(); }

// Whether one item alone of a list at this path has that name: of two nobody knows which counts.
bool stands_once(std::string_view body, std::initializer_list<std::string_view> path,
                 std::string_view key, std::string_view name) {
    const auto parsed = json::parse_leniently(body);
    const auto* at = parsed ? &*parsed : nullptr;
    for (const auto member : path) at = at == nullptr ? nullptr : at->find(member);
    if (at == nullptr) return false;
    const auto is_it = [&](const json::Value& item) { return item.text_at(key) == name; };
    return at->array() == nullptr ? is_it(*at) : std::ranges::count_if(*at->array(), is_it) == 1;
}
bool is_item(std::string_view body, std::string_view name) {
    return stands_once(body, {"Body", "stkCallback", "CallbackMetadata", "Item"}, "Name", name);
}
bool is_parameter(std::string_view body, std::string_view name) {
    return stands_once(body, {"Result", "ResultParameters", "ResultParameter"}, "Key", name);
}

void check_claim(const Observation& seen, std::string_view body) {
    must(!seen.amount || is_item(body, "Amount"), "an amount stands once");
    must(!seen.receipt || is_item(body, "MpesaReceiptNumber"), "a receipt stands once");
    must(seen.raw == body, "a claim keeps its bytes");
    must(!is_below_zero(seen.amount), "no amount is below zero");
    must(seen.fate == Fate::paid || (!seen.amount && !seen.receipt), "only a success has money");
    must(!seen.receipt || !json::is_repaired(*seen.receipt), "no receipt was repaired");
}
void compare(const Observation& damaged, const Observation& sent) {
    must(damaged.code == sent.code && damaged.fate == sent.fate, "a damaged claim ends alike");
    must(is_same_or_none(damaged.receipt, sent.receipt) &&
             is_same_or_none(damaged.amount, sent.amount) &&
             is_same_or_none(damaged.checkout_request_id, sent.checkout_request_id),
         "a damaged claim tells of no other money");
}

void check_payment(const PaybillPayment& payment, std::string_view body) {
    must(payment.raw == body, "a payment keeps its bytes");
    must(payment.amount > Money::zero(), "a payment is above zero");
    must(read_receipt(payment.receipt) == payment.receipt, "a payment's receipt is one");
    must(!json::is_repaired(payment.reference) && !json::is_repaired(payment.order),
         "no reference was repaired");
    if (payment.paid_at) must(!format_rfc3339(*payment.paid_at).empty(), "a time can be shown");
    static_cast<void>(phone_form(payment.phone));
    must(shown(payment.phone).size() <= payment.phone.size() + 6, "a phone is shown masked");
}
void compare(const PaybillPayment& damaged, const PaybillPayment& sent) {
    must(damaged.receipt == sent.receipt && damaged.amount == sent.amount &&
             damaged.reference == sent.reference && damaged.order == sent.order &&
             damaged.shortcode == sent.shortcode && is_same_or_none(damaged.phone, sent.phone),
         "a damaged payment is the same");
}

void check_payout(const PayoutSeen& seen, std::string_view body) {
    must(!seen.amount || is_parameter(body, "Amount") || is_parameter(body, "TransactionAmount"),
         "an amount stands once");
    must(seen.raw == body, "a claim keeps its bytes");
    must(!is_below_zero(seen.amount), "no amount is below zero");
    must(seen.fate == PayoutFate::paid || (!seen.amount && !seen.receipt && !seen.recipient),
         "only a success has money");
}
void compare(const PayoutSeen& damaged, const PayoutSeen& sent) {
    const auto is_end = [](const PayoutSeen& seen) {
        return seen.fate == PayoutFate::paid || seen.fate == PayoutFate::failed;
    };
    must(!is_end(damaged) || damaged.fate == sent.fate, "damage ends no payout");
    must(is_same_or_none(damaged.amount, sent.amount) &&
             is_same_or_none(damaged.receipt, sent.receipt) &&
             is_same_or_none(damaged.recipient, sent.recipient) &&
             is_same_or_none(damaged.our_id, sent.our_id) &&
             is_same_or_none(damaged.conversation_id, sent.conversation_id) &&
             is_same_or_none(damaged.reversed, sent.reversed),
         "a damaged claim tells of no other money");
}

// How many objects stand in the lists of a page; nothing where it has none or several.
std::optional<std::size_t> rows_of(std::string_view body) {
    const auto page = json::parse(body);
    const auto* lists = page ? page->find("Response") : nullptr;
    if (lists == nullptr || lists->array() == nullptr) return std::nullopt;
    std::size_t rows = 0;
    for (const auto& list : *lists->array()) {
        if (list.array() == nullptr) return std::nullopt;
        rows += static_cast<std::size_t>(std::ranges::count_if(
            *list.array(), [](const json::Value& item) { return item.object() != nullptr; }));
    }
    return rows;
}

void check_page(const daraja::PullPage& page, std::string_view body) {
    const auto rows = rows_of(body);
    if (rows && page.rows > 0) {
        must(page.payments.size() + page.others == *rows, "each row is read or for a person");
    }
    must(page.payments.size() + page.others <= page.rows, "nothing is a row that is none");
    for (const auto& payment : page.payments) {
        if (!payment.unreadable.empty()) {
            must(payment.receipt.empty() && payment.amount.is_zero() && !payment.raw.empty() &&
                     body.find(payment.raw) != std::string_view::npos,
                 "what cannot be read is kept byte for byte and no payment");
        } else {
            must(payment.amount > Money::zero() && payment.raw.empty() &&
                     read_receipt(payment.receipt) == payment.receipt &&
                     !json::is_repaired(payment.reference),
                 "a payment is one");
        }
    }
}
// A row that was damaged may need a person, and changes no other row.
void compare(const daraja::PullPage& damaged, const daraja::PullPage& sent) {
    must(damaged.rows == sent.rows &&
             damaged.payments.size() + damaged.others == sent.payments.size() + sent.others,
         "a damaged list has the same rows");
    const auto readable = [](const daraja::PullPage& page) {
        std::vector<std::string> found;
        for (const auto& payment : page.payments) {
            if (!payment.unreadable.empty()) continue;
            found.push_back(payment.receipt + " " + payment.amount.text() + " " +
                            payment.reference);
        }
        return found;
    };
    const auto all = readable(sent);
    auto next = all.begin();
    std::size_t missing = all.size();
    for (const auto& payment : readable(damaged)) {
        next = std::find(next, all.end(), payment);
        must(next != all.end(), "a damaged list has no other payment");
        ++next;
        --missing;
    }
    must(missing <= 1, "a damaged row hides no other");
}

void check_replies(std::string_view body, std::uint8_t seed) {
    static constexpr std::array statuses{200, 200, 200, 400, 401, 404, 429, 500, 503};
    const http::ClientResponse response{
        .status = statuses.at(seed % statuses.size()), .headers = {}, .body = std::string{body}};
    const auto fault = daraja::classify_fault(response);
    must(fault.outcome != Submitted::accepted, "a fault is no acceptance");
    const auto push = daraja::read_push_reply(response);
    must(push.outcome != Submitted::accepted ||
             (push.code == "0" && !push.checkout_request_id.empty()),
         "an accepted push has an id");
    const auto payout = daraja::read_payout_reply(Reply{response}).answer;
    must(payout.outcome != Submitted::accepted || payout.repeated ||
             (payout.code == "0" && !payout.conversation_id.empty()),
         "an accepted payout has an id");
    if (const auto seen = daraja::read_query_answer(response, asked)) {
        must(!seen->receipt && !seen->amount, "a query tells of no receipt and no amount");
    }
}

// Reads both bodies; what one is without damage, the other is, or nothing.
template <class Read, class Check>
void check(std::string_view body, const std::optional<std::string>& damaged, bool is_sound,
           const Read& read, const Check& check_one) {
    const auto sent = read(body);
    if (sent) check_one(*sent, body);
    if (!damaged) return;
    const auto other = read(*damaged);
    if (other) check_one(*other, *damaged);
    if (!is_sound || !other) return;
    must(sent.has_value(), "damage makes nothing readable");
    compare(*other, *sent);
}

void check_without_damage(std::string_view body, std::uint8_t status) {
    const auto timeout = daraja::read_payout_timeout(body);
    must(timeout.fate == PayoutFate::pending && !timeout.amount && !timeout.receipt,
         "a timeout ends nothing");
    if (const auto told = daraja::read_float_result(body)) {
        must(!told->reading || told->code == "0", "a refused question has no float");
    }
    check_replies(body, status);
}

}  // namespace

// The first byte: which kind of message, and how the second one's place is damaged.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto body = fuzz::text(data, size);
    const auto kind = fuzz::take(body);
    const fuzz::Damage damage{.kind = static_cast<std::uint8_t>(kind / 8),
                              .place = fuzz::take(body)};
    if (kind % 8 == 7) {
        check_without_damage(body, damage.place);
        return 0;
    }
    const bool is_sound = json::parse(body).has_value();
    const auto damaged = fuzz::damaged(body, damage);
    const auto check_as = [&](const auto& read, const auto& check_one) {
        check(body, damaged, is_sound, read, check_one);
    };
    switch (kind % 8) {
        case 0:
            check_as(daraja::read_stk_callback, check_claim);
            break;
        case 1:
            check_as(daraja::read_paybill, check_payment);
            break;
        case 2:
            check_as(daraja::read_payout_result, check_payout);
            break;
        case 3:
            check_as(daraja::read_payout_status, check_payout);
            break;
        case 4:
            check_as(daraja::read_reversal_result, check_payout);
            break;
        case 5:
            check_as(daraja::read_reversed_status, check_payout);
            break;
        default:
            check_as(daraja::read_pull_page, check_page);
    }
    return 0;
}
