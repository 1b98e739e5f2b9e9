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

}  // namespace

std::optional<PullPage> read_pull_page(std::string_view body) {
    const auto split = json::split_rows(body, "{[[");
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
    for (const auto row : split->rows) {
        if (auto payment = read_row(row))
            page.payments.push_back(*std::move(payment));
        else
            ++page.others;
    }
    return page;
}

}  // namespace lango::rails::daraja
