// What a payer's browser sends to the window: a link, a form, a code, an order's address. Whatever
// is taken is the same when it is printed and read again, and no link leads where nobody signed.
#include <algorithm>

#include "base/typed.hpp"
#include "merchants/link_signature.hpp"
#include "merchants/redirect.hpp"
#include "rails/daraja/prompt_reference.hpp"
#include "rails/receipt.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "window/copied_link.hpp"
#include "window/form.hpp"
#include "window/markup.hpp"
#include "window/shown.hpp"

using namespace lango;
using fuzz::must;

namespace {

constexpr std::string_view one = "https://shop.example/one";
constexpr std::string_view home = "https://shop.example/default";
// Signed in a link of the corpus, with the shop's key.
constexpr std::string_view signed_address = "https://shop.example/signed";

const merchants::Merchant& shop() {
    static const auto made = [] {
        merchants::Merchant merchant;
        merchant.private_access_key = Secret{"key"};
        merchant.window.redirect_urls = {{1, std::string{one}}};
        merchant.window.success_url = home;
        return merchant;
    }();
    return made;
}
const crypto::MasterKey& master() {
    static const crypto::MasterKey key{{1, 2, 3}};
    return key;
}

void check_typed(std::string_view text) {
    if (const auto phone = typed::phone(text)) {
        must(Msisdn::parse(phone->raw()) == phone && typed::phone(phone->raw()) == phone &&
                 typed::phone("0" + phone->raw().substr(3)) == phone,
             "a phone that is printed is read again");
        std::string digits = typed::code(text);
        std::erase_if(digits, [](char c) { return c < '0' || c > '9'; });
        must(digits.ends_with(phone->raw().substr(3)), "a phone is what was typed");
    }
    if (const auto amount = typed::amount(text)) {
        must(*amount >= Money::zero(), "no amount is below zero");
        must(typed::amount(amount->text()) == *amount &&
                 typed::amount(window::shown(*amount)) == *amount,
             "an amount that is printed is read again");
    }
    const auto code = typed::code(text);
    must(typed::code(code) == code, "a code is plain");
    if (const auto id = typed::id(text)) must(typed::id(hex16(*id)) == id, "an id is read again");
    if (const auto known = window::read_code(text)) {
        must(window::read_code(window::shown_code(*known)) == known,
             "a code that is shown is read");
    }
    if (const auto receipt = rails::typed_receipt(text)) {
        must(rails::read_receipt(*receipt) == receipt, "a receipt is read again");
    }
    using namespace rails::daraja;
    if (const auto deposit = read_prompt_reference(text)) {
        must(read_prompt_reference(prompt_reference(*deposit)) == deposit,
             "a reference is read again");
    }
}

void check_address(std::string_view text, std::uint8_t seed) {
    std::int64_t number = 1;
    for (const char c : text.substr(0, 7)) number = number << 8 | static_cast<unsigned char>(c);
    auto address = window::token(master(), window::OrderId{number});
    must(window::read_token(master(), address) == window::OrderId{number}, "an address is read");
    auto& digit = address.at(seed % address.size());
    digit = digit == '0' ? '1' : '0';
    must(!window::read_token(master(), address), "no address leads to another order");
    if (const auto id = window::read_token(master(), text)) {
        must(window::token(master(), *id) == text, "nobody makes an order's address");
    }
}

void check_page_text(std::string_view text) {
    must(window::text(text).html().find_first_of("<>\"") == std::string::npos,
         "texts make no elements");
}

bool leads_home(const window::Target& target, std::string_view otherwise) {
    if (!target.named) return target.url == otherwise;
    return target.url == one || target.url == signed_address;
}

void check_link(const window::Link& link) {
    must(
        leads_home(link.success, home) && leads_home(link.fail, "") && leads_home(link.pending, ""),
        "no link leads where nobody signed");
    for (const auto& text : {link.label, link.custom_transaction_id}) {
        must(!text.empty() && window::is_plain_text(text), "a link's texts are plain");
        check_page_text(text);
    }
    if (link.fixed_amount) {
        must(link.fixed_amount->is_whole() && *link.fixed_amount >= shop().deposit_min &&
                 *link.fixed_amount <= shop().deposit_max,
             "an amount is within its limits");
    }
    auto written = "label=" + http::percent_encode(link.label) +
                   "&custom_transaction_id=" + http::percent_encode(link.custom_transaction_id) +
                   "&currency_code=KES";
    if (link.fixed_amount) written += "&fixed_amount=" + link.fixed_amount->text();
    const auto again = window::read_link(written, shop());
    must(again && again->label == link.label &&
             again->custom_transaction_id == link.custom_transaction_id &&
             again->fixed_amount == link.fixed_amount,
         "a link that is written is read again");
}

// A signature is good for what was signed and for nothing else.
void check_signature(std::string_view query, std::uint8_t seed) {
    auto strict = shop();
    strict.window.links = merchants::SignedLinks::demanded;
    const auto unsigned_link = window::read_link(query, strict);
    const auto meant = window::as_meant(query);
    const auto all = window::parameters(meant);
    const auto is_signature = [](const auto& field) { return field.first == "signature"; };
    if (std::ranges::any_of(http::Query::parse(meant).fields(), is_signature)) return;
    must(!unsigned_link, "a link without a signature is not signed");
    const auto key = strict.private_access_key;
    const auto query_signed = std::string{query} + "&signature=" + merchants::sign_link(key, all);
    const auto read = window::read_link(query_signed, strict);
    if (!read) {
        must(std::ranges::none_of(read.error(),
                                  [](const window::Fault& fault) {
                                      return fault.says == window::Key::problem_signature;
                                  }),
             "a signed link is not refused for its signature");
        return;
    }
    must(read->is_signed, "a signed link is signed");
    auto other = query_signed;
    other[seed * query.size() / 256] ^= static_cast<char>(1U << (seed % 7U));
    const auto changed = window::read_link(other, strict);
    must(!changed || merchants::link_text(window::parameters(window::as_meant(other))) ==
                         merchants::link_text(all),
         "a signature is good for nothing else");
}

void check_form(std::string_view body) {
    const http::Request request{.method = http::Method::post,
                                .path = "/",
                                .query = {},
                                .headers = {},
                                .body = std::string{body},
                                .host = {},
                                .peer = {},
                                .request_id = {}};
    window::EnterForm form;
    form.amount_min = shop().deposit_min;
    form.amount_max = shop().deposit_max;
    const auto typed = window::read_form(request, form);
    must(typed.phone.has_value() != form.phone_error.has_value(), "a phone is read or wrong");
    must(
        form.amount_error || (typed.amount && typed.amount->is_whole() &&
                              *typed.amount >= form.amount_min && *typed.amount <= form.amount_max),
        "an amount is within its limits or wrong");
    for (const auto& text : {form.typed_phone, form.typed_amount}) {
        must(window::is_plain_text(text) && text.size() <= 40, "what is shown again is plain");
    }
    window::EnterForm fixed;
    fixed.amount = Money::kes(500);
    must(window::read_form(request, fixed).amount == Money::kes(500), "a fixed amount stays");
}

}  // namespace

// The first byte: what the rest is taken for.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto input = fuzz::text(data, size);
    const auto seed = fuzz::take(input);
    if (seed % 4 == 0) {
        check_typed(input);
        check_address(input, seed / 4);
    } else if (seed % 4 == 1) {
        check_form(input);
        check_page_text(input);
        must(http::percent_decode(http::percent_encode(input), true) == input,
             "what is encoded is decoded");
    } else if (seed % 4 == 2) {
        const auto link = window::read_link(input, shop());
        if (link) check_link(*link);
        must(link || !link.error().empty(), "a refusal says why");
    } else {
        check_signature(input, seed);
    }
    return 0;
}
