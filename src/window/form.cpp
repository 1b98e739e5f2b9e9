#include "window/form.hpp"

#include <algorithm>

#include "base/crypto.hpp"
#include "base/typed.hpp"

namespace lango::window {

namespace {

constexpr std::string_view own_name = "lango_own";
constexpr std::string_view phone_name = "lango_phone";
constexpr std::size_t typed_max = 40;

// By https a name that browsers take from nobody else: not by http, and not by a script's document
// without Secure. (__Host- would ask for the path "/"; ours are those of one order or merchant.)
std::string full_name(const Visit& visit, std::string_view name) {
    return (visit.tls ? "__Secure-" : "") + std::string{name};
}

std::optional<std::string_view> cookie(const Visit& visit, std::string_view bare_name) {
    const auto wanted = full_name(visit, bare_name);
    for (const auto& [name, value] : visit.request.headers.all()) {
        if (!http::same_name(name, "Cookie")) continue;
        std::string_view rest = value;
        while (!rest.empty()) {
            auto piece = rest.substr(0, rest.find(';'));
            rest.remove_prefix(std::min(rest.size(), piece.size() + 1));
            piece.remove_prefix(std::min(piece.size(), piece.find_first_not_of(' ')));
            if (piece.starts_with(wanted) && piece.substr(wanted.size()).starts_with('=')) {
                return piece.substr(wanted.size() + 1);
            }
        }
    }
    return std::nullopt;
}

// In a shop's frame only a cookie of its own partition is kept, and only with TLS.
std::string set_cookie(const Visit& visit, std::string_view name, std::string_view value,
                       std::string_view path, std::string_view age) {
    auto out = full_name(visit, name);
    out.append("=").append(value).append("; Path=").append(path).append("; Max-Age=").append(age);
    return out + (visit.tls ? "; HttpOnly; Secure; SameSite=None; Partitioned"
                            : "; HttpOnly; SameSite=Lax");
}

std::string own_token(const Context& context, DepositId attempt) {
    return context.master.token("window-phone", hex16(attempt.value()));
}

}  // namespace

std::string form_key(const crypto::MasterKey& master, MerchantId merchant,
                     std::string_view custom_transaction_id, std::size_t attempt) {
    return master.token("window-form", hex16(merchant.value()) + std::to_string(attempt) + " " +
                                           std::string{custom_transaction_id});
}

bool is_foreign(const http::Request& request) {
    const auto site = request.headers.find("Sec-Fetch-Site").value_or("");
    return site == "cross-site" || site == "same-site";
}

namespace {

// A whole number of shillings; else what is wrong with the text.
Result<Money, Key> read_amount(std::string_view text) {
    const auto money = typed::amount(text);
    if (!money) {
        const bool unclear = money.error() == typed::NoAmount::unclear;
        return Unexpected<Key>{unclear ? Key::amount_unclear : Key::amount_wrong};
    }
    if (!money->is_whole() || money->is_zero()) return Unexpected<Key>{Key::amount_wrong};
    return *money;
}

}  // namespace

Typed read_form(const http::Request& request, EnterForm& form) {
    const auto fields = http::Query::parse(request.body);
    Typed typed{.phone = {},
                .amount = form.amount,
                .remember = fields.find("remember").has_value(),
                .key = std::string{fields.find("key").value_or("")}};
    const auto shown_again = [](std::string_view text) {
        const bool fits = text.size() <= typed_max && is_plain_text(text);
        return fits ? std::string{text} : std::string{};
    };
    const auto phone = fields.find("phone").value_or("");
    typed.phone = typed::phone(phone);
    form.typed_phone = shown_again(phone);
    form.remember = typed.remember;
    if (!typed.phone) form.phone_error = Key::phone_wrong;
    if (form.amount) return typed;
    const auto amount = fields.find("amount").value_or("");
    form.typed_amount = shown_again(amount);
    const auto money = read_amount(amount);
    if (!money) {
        form.amount_error = money.error();
        return typed;
    }
    typed.amount = *money;
    if (*money < form.amount_min) form.amount_error = Key::amount_least;
    if (*money > form.amount_max) form.amount_error = Key::amount_most;
    return typed;
}

std::string own_cookie(const Context& context, const Visit& visit, const std::string& token,
                       DepositId attempt) {
    return set_cookie(visit, own_name, own_token(context, attempt), visit.base + "/o/" + token,
                      "86400");
}

bool is_own(const Context& context, const Visit& visit, DepositId attempt) {
    const auto given = cookie(visit, own_name);
    return given && crypto::equal_in_constant_time(*given, own_token(context, attempt));
}

std::string phone_cookie(const Context& context, const Visit& visit,
                         const std::optional<Msisdn>& phone) {
    const auto path = visit.base + "/";
    if (!phone) return set_cookie(visit, phone_name, "", path, "0");
    const auto sealed =
        crypto::hex(context.master.seal("window phone", phone->raw(), context.random));
    return set_cookie(visit, phone_name, sealed, path, "15552000");
}

std::optional<Msisdn> remembered_phone(const Context& context, const Visit& visit) {
    const auto given = cookie(visit, phone_name);
    const auto sealed = given ? crypto::unhex(*given) : std::nullopt;
    const auto plain = sealed ? context.master.open("window phone", *sealed) : std::nullopt;
    return plain ? Msisdn::parse(plain->reveal()) : std::nullopt;
}

}  // namespace lango::window
