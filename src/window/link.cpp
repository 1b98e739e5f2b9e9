#include "window/link.hpp"

#include <algorithm>
#include <charconv>

#include "base/trim.hpp"
#include "base/utf8.hpp"
#include "merchants/link_signature.hpp"
#include "merchants/redirect.hpp"
#include "window/copied_link.hpp"
#include "window/shown.hpp"
#include "window/visit.hpp"

namespace lango::window {

namespace {

constexpr std::size_t text_max = 190;  // the page: Max Length
constexpr std::size_t number_max = 30;

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

std::size_t characters(std::string_view utf8) {
    return utf8.size() - static_cast<std::size_t>(std::ranges::count_if(utf8, is_continuation));
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n\v\f") == std::string_view::npos;
}

class Reader {
  public:
    Reader(std::string query, const merchants::Merchant& merchant, Instant now)
        : text_(std::move(query)),
          query_(http::Query::parse(text_)),
          merchant_(merchant),
          now_(now) {}

    Result<Link, std::vector<Fault>> read() {
        link_.label = required_text("label");
        read_currency();
        read_system();
        link_.custom_transaction_id = required_text("custom_transaction_id");
        read_amount();
        const auto& window = merchant_.window;
        link_.success = redirect("success", window.success_url);
        link_.fail = redirect("fail", window.fail_url);
        link_.pending = redirect("pending", window.pending_url);
        read_signature();
        if (!faults_.empty()) return Unexpected<std::vector<Fault>>{std::move(faults_)};
        return std::move(link_);
    }

  private:
    void refuse(std::string_view name, Key says, std::vector<std::string> parts = {}) {
        faults_.push_back(
            {.parameter = std::string{name}, .says = says, .parts = std::move(parts)});
    }

    // The one value of a name; "" when it is not there. Two that differ would be read one way
    // here and another way there.
    std::string_view one(std::string_view name) {
        const auto values = query_.all(name);
        if (values.empty()) return {};
        if (std::ranges::any_of(values, [&](auto value) { return value != values.front(); })) {
            refuse(name, Key::problem_twice);
            return {};
        }
        return values.front();
    }

    std::string required_text(std::string_view name) {
        const auto before = faults_.size();
        const auto value = trimmed(one(name));
        if (faults_.size() != before) return {};
        if (value.empty()) {
            refuse(name, Key::problem_missing);
        } else if (!is_plain_text(value)) {
            refuse(name, Key::problem_bad_text);
        } else if (characters(value) > text_max) {
            refuse(name, Key::problem_too_long, {std::to_string(text_max)});
        }
        return std::string{value};
    }

    // One code or several: "KES", "USD,KES", or the parameter given again, with or without "[]".
    void read_currency() {
        bool any = false;
        bool kes = false;
        for (const std::string_view name : {"currency_code", "currency_code[]"}) {
            for (auto list : query_.all(name)) {
                any = any || !is_blank(list);
                while (!list.empty()) {
                    const auto end = std::min(list.find_first_of(",; |"), list.size());
                    const auto currency_code = http::lowercase(list.substr(0, end));
                    kes = kes || currency_code == "kes";
                    list.remove_prefix(std::min(list.size(), end + 1));
                }
            }
        }
        if (!any) return refuse("currency_code", Key::problem_missing);
        if (!kes) refuse("currency_code", Key::problem_currency);
    }

    void read_system() {
        const auto value = one("wallet_type");
        link_.names_system = query_.find(chosen_system).has_value() || !is_blank(value);
        if (is_blank(value)) return;
        if (http::lowercase(value) != "mpesa") refuse("wallet_type", Key::problem_wallet);
    }

    void read_amount() {
        const auto value = one("fixed_amount");
        if (is_blank(value)) return;
        const auto number = value.size() <= number_max ? Decimal::parse(value) : std::nullopt;
        const auto money = number ? Money::from_decimal(*number, Currency::kes()) : std::nullopt;
        if (!money || !money->is_whole()) return refuse("fixed_amount", Key::problem_amount);
        if (*money < merchant_.deposit_min || *money > merchant_.deposit_max) {
            return refuse("fixed_amount", Key::problem_amount_limits,
                          {shown(merchant_.deposit_min), shown(merchant_.deposit_max)});
        }
        link_.fixed_amount = money;
    }

    // Signed address, then id, then the merchant's default; what does not verify is left out.
    Target redirect(std::string_view which, const std::string& otherwise) {
        const auto name = std::string{which} + "_url";
        const auto id_name = "payment_url_" + std::string{which} + "_id";
        const auto given = one(name);
        const auto id = one(id_name);
        std::optional<std::string_view> registered;
        if (!is_blank(id)) {
            int number = 0;
            const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), number);
            if (error != std::errc{} || end != id.data() + id.size() || number < 1) {
                refuse(id_name, Key::problem_redirect_id);
            } else {
                registered = merchant_.window.redirect_url(number);
                if (!registered) link_.ignored.push_back(id_name);
            }
        }
        if (!is_blank(given)) {
            for (const auto& key : merchant_.link_keys(now_)) {
                if (auto url = merchants::read_redirect(key, given)) {
                    return {.url = *std::move(url), .named = true};
                }
            }
            link_.ignored.push_back(name);
        }
        if (registered) return {.url = std::string{*registered}, .named = true};
        return {.url = otherwise};
    }

    void read_signature() {
        using merchants::SignedLinks;
        if (merchant_.window.links == SignedLinks::off) return;
        const auto before = faults_.size();
        const auto given = one("signature");
        if (faults_.size() != before) return;
        if (is_blank(given)) {
            if (merchant_.window.links == SignedLinks::demanded) {
                refuse("signature", Key::problem_missing);
            }
            return;
        }
        const auto all = parameters(text_);
        for (auto other = all.begin(); other != all.end(); ++other) {
            const auto same = [&](const auto& one) { return one.first == other->first; };
            if (merchants::is_link_parameter(other->first) &&
                std::any_of(all.begin(), other, same)) {
                return refuse(other->first, Key::problem_twice);
            }
        }
        link_.is_signed = merchants::link_verifies(merchant_.link_keys(now_), all, given);
        if (!link_.is_signed) refuse("signature", Key::problem_signature);
    }

    std::string text_;
    http::Query query_;
    const merchants::Merchant& merchant_;
    Instant now_;
    Link link_;
    std::vector<Fault> faults_;
};

}  // namespace

bool is_plain_text(std::string_view text) {
    while (!text.empty()) {
        const auto next = utf8::first(text);
        if (next.bytes == 0 || next.code < 0x20 || next.code == 0x7F) return false;
        text.remove_prefix(next.bytes);
    }
    return true;
}

Result<Link, std::vector<Fault>> read_link(std::string_view query,
                                           const merchants::Merchant& merchant, Instant now) {
    return Reader{as_meant(query), merchant, now}.read();
}

}  // namespace lango::window
