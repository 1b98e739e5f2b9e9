#include <algorithm>
#include <array>
#include <boost/asio/ip/address.hpp>

#include "http/target.hpp"
#include "merchants/merchants.hpp"
#include "merchants/rows.hpp"
#include "merchants/settings_of.hpp"
#include "merchants/window_settings.hpp"

namespace lango::merchants {

namespace {

namespace ip = boost::asio::ip;

// What is wrong with a value; empty when nothing is. Changes the merchant.
using Apply = std::string (*)(Merchant& merchant, std::string_view value);

std::optional<Money> shillings(std::string_view text) {
    const auto number = Decimal::parse(text);
    return number ? Money::from_decimal(*number, Currency::kes()) : std::nullopt;
}

std::string set_name(Merchant& merchant, std::string_view value) {
    if (auto problem = name_problem(value); !problem.empty()) return problem;
    merchant.name = value;
    return {};
}

std::string set_postback_url(Merchant& merchant, std::string_view value) {
    // By the reader that postbacks are sent with.
    if (!value.empty() && !http::parse_target(value)) {
        return "postback-url is a whole http:// or https:// address";
    }
    merchant.postback_url = value;
    return {};
}

std::string set_postback_schedule(Merchant& merchant, std::string_view value) {
    auto pauses = value.empty() ? PostbackSchedule{}.pauses : parse_pauses(value);
    if (!pauses) {
        return "postback-schedule is a list of 1 to 50 pauses of at most 24h, such as "
               "10s,30s,2m,1h";
    }
    merchant.postback_schedule.pauses = std::move(*pauses);
    return {};
}

std::string set_postback_give_up(Merchant& merchant, std::string_view value) {
    using namespace std::chrono_literals;
    const auto after = value.empty() ? PostbackSchedule{}.give_up_after : parse_pause(value);
    if (!after || *after < 1min || *after > 720h) {
        return "postback-give-up is a time from 1m to 720h, such as 72h";
    }
    merchant.postback_schedule.give_up_after = *after;
    return {};
}

std::string set_time_zone(Merchant& merchant, std::string_view value) {
    if (!known_zone(std::string{value})) return "time-zone is an IANA name such as Africa/Nairobi";
    merchant.time_zone = value;
    return {};
}

std::string set_limit(Merchant& merchant, Money& limit, std::string_view value) {
    const auto amount = shillings(value);
    const bool fits =
        amount && amount->is_whole() && *amount >= Money::kes(1) && *amount <= Money::kes(250'000);
    if (!fits) return "a limit is a whole number of shillings from 1 to 250000";
    limit = *amount;
    if (merchant.deposit_min > merchant.deposit_max) return "deposit-min is above deposit-max";
    if (merchant.withdrawal_min > merchant.withdrawal_max) {
        return "withdrawal-min is above withdrawal-max";
    }
    return {};
}

std::string set_percent(Decimal& fee, std::string_view name, std::string_view value) {
    const auto percent = Decimal::parse(value);
    const bool fits = percent && percent->scale() <= 6 && percent->units() >= 0 &&
                      percent->units() <= 100 * power_of_ten(percent->scale());
    if (!fits) return std::string{name} + " is a number from 0 to 100 with at most 6 decimals";
    fee = *percent;
    return {};
}

std::string set_fixed(Money& fee, std::string_view name, std::string_view value) {
    const auto amount = shillings(value);
    if (!amount || amount->minor() < 0 || *amount > Money::kes(250'000)) {
        return std::string{name} + " is an amount in shillings up to 250000, such as 2.50";
    }
    fee = *amount;
    return {};
}

// As a caller's address is written: it is compared as text.
std::string canonical(const ip::address& address) {
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        return ip::make_address_v4(ip::v4_mapped, address.to_v6()).to_string();
    }
    return address.to_string();
}

std::string set_ip_allow_list(Merchant& merchant, std::string_view value) {
    auto list = split(value);
    for (auto& text : list) {
        boost::system::error_code error;
        const auto address = ip::make_address(text, error);
        if (error) return "ip-allow-list is a list of addresses joined by commas";
        text = canonical(address);
    }
    merchant.ip_allow_list = std::move(list);
    return {};
}

bool is_domain(std::string_view text) {
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    };
    return text.size() <= 200 && std::ranges::all_of(text, fits) && !text.starts_with('.') &&
           !text.ends_with('.') && text.find("..") == std::string_view::npos;
}

std::string set_domain(Merchant& merchant, std::string_view value) {
    if (!is_domain(value) || value.ends_with(".localhost") || value == "localhost") {
        return "domain is a host name in lower case such as pay.example.com, without api. before "
               "it";
    }
    merchant.domain = value;
    return {};
}

std::string set_switch(bool& flag, std::string_view name, std::string_view value) {
    if (value != "on" && value != "off") return std::string{name} + " is on or off";
    flag = value == "on";
    return {};
}

std::string set_rule(Money& rule, std::string_view name, std::string_view value) {
    const auto amount = shillings(value);
    const bool fits = amount && amount->is_whole() && amount->minor() >= 0 &&
                      *amount <= Money::kes(1'000'000'000);
    if (!fits) return std::string{name} + " is a whole number of shillings; 0 is no rule";
    rule = *amount;
    return {};
}

std::string set_withdrawal_id(Merchant& merchant, std::string_view value) {
    if (value != "required" && value != "optional") return "withdrawal-id is required or optional";
    merchant.needs_withdrawal_id = value == "required";
    return {};
}

std::string set_needed(Merchant& merchant, std::string_view value) {
    if (value.size() != 1 || value.front() < '1' || value.front() > '9') {
        return "approvals-needed is a number of people from 1 to 9";
    }
    merchant.payout_rules.needed = value.front() - '0';
    return {};
}

std::string paybill_amount_text(const Merchant& merchant) {
    return std::string{text(merchant.paybill_amount)};
}

std::string set_paybill_amount(Merchant& merchant, std::string_view value) {
    if (value != "exact" && value != "at-least") return "paybill-amount is exact or at-least";
    merchant.paybill_amount = value == "exact" ? PaybillAmount::exact : PaybillAmount::at_least;
    return {};
}

std::string switch_text(bool flag) { return flag ? "on" : "off"; }

struct Setting {
    std::string_view name;
    std::string (*read)(const Merchant&);
    Apply apply;
};

const std::array<Setting, 23> settings{{
    {"name", [](const Merchant& m) { return m.name; }, set_name},
    {"postback-url", [](const Merchant& m) { return m.postback_url; }, set_postback_url},
    {"postback-schedule", [](const Merchant& m) { return pauses_text(m.postback_schedule.pauses); },
     set_postback_schedule},
    {"postback-give-up",
     [](const Merchant& m) { return pause_text(m.postback_schedule.give_up_after); },
     set_postback_give_up},
    {"time-zone", [](const Merchant& m) { return m.time_zone; }, set_time_zone},
    {"deposit-min", [](const Merchant& m) { return m.deposit_min.text(); },
     [](Merchant& m, std::string_view value) { return set_limit(m, m.deposit_min, value); }},
    {"deposit-max", [](const Merchant& m) { return m.deposit_max.text(); },
     [](Merchant& m, std::string_view value) { return set_limit(m, m.deposit_max, value); }},
    {"fee-percent", [](const Merchant& m) { return m.fee_percent.text(); },
     [](Merchant& m, std::string_view value) {
         return set_percent(m.fee_percent, "fee-percent", value);
     }},
    {"fee-fixed", [](const Merchant& m) { return m.fee_fixed.text(); },
     [](Merchant& m, std::string_view value) {
         return set_fixed(m.fee_fixed, "fee-fixed", value);
     }},
    {"withdrawal-min", [](const Merchant& m) { return m.withdrawal_min.text(); },
     [](Merchant& m, std::string_view value) { return set_limit(m, m.withdrawal_min, value); }},
    {"withdrawal-max", [](const Merchant& m) { return m.withdrawal_max.text(); },
     [](Merchant& m, std::string_view value) { return set_limit(m, m.withdrawal_max, value); }},
    {"payout-fee-percent", [](const Merchant& m) { return m.payout_fee_percent.text(); },
     [](Merchant& m, std::string_view value) {
         return set_percent(m.payout_fee_percent, "payout-fee-percent", value);
     }},
    {"payout-fee-fixed", [](const Merchant& m) { return m.payout_fee_fixed.text(); },
     [](Merchant& m, std::string_view value) {
         return set_fixed(m.payout_fee_fixed, "payout-fee-fixed", value);
     }},
    {"ip-allow-list", [](const Merchant& m) { return joined(m.ip_allow_list); }, set_ip_allow_list},
    {"domain", [](const Merchant& m) { return m.domain; }, set_domain},
    {"balance-check", [](const Merchant& m) { return switch_text(m.balance_check); },
     [](Merchant& m, std::string_view value) {
         return set_switch(m.balance_check, "balance-check", value);
     }},
    {"withdrawal-id",
     [](const Merchant& m) { return std::string{m.needs_withdrawal_id ? "required" : "optional"}; },
     set_withdrawal_id},
    {"failed-events", [](const Merchant& m) { return switch_text(m.failed_events); },
     [](Merchant& m, std::string_view value) {
         return set_switch(m.failed_events, "failed-events", value);
     }},
    {"approval-from", [](const Merchant& m) { return m.payout_rules.from.text(); },
     [](Merchant& m, std::string_view value) {
         return set_rule(m.payout_rules.from, "approval-from", value);
     }},
    {"approval-day-total", [](const Merchant& m) { return m.payout_rules.day_total.text(); },
     [](Merchant& m, std::string_view value) {
         return set_rule(m.payout_rules.day_total, "approval-day-total", value);
     }},
    {"approval-new-recipient",
     [](const Merchant& m) { return switch_text(m.payout_rules.new_recipient); },
     [](Merchant& m, std::string_view value) {
         return set_switch(m.payout_rules.new_recipient, "approval-new-recipient", value);
     }},
    {"approvals-needed", [](const Merchant& m) { return std::to_string(m.payout_rules.needed); },
     set_needed},
    {"paybill-amount", paybill_amount_text, set_paybill_amount},
}};

bool domain_is_taken(store::Reader& reader, const Merchant& merchant) {
    if (merchant.domain.empty()) return false;
    return reader
        .first(
            "SELECT 1 FROM merchants WHERE domain = ?1 AND id <> ?2",
            [](const store::Row&) { return true; }, merchant.domain, merchant.id)
        .has_value();
}

std::string known_settings() {
    std::string names;
    for (const auto& setting : settings) {
        names += (names.empty() ? "" : ", ") + std::string{setting.name};
    }
    return names + ", " + window_setting_names();
}

}  // namespace

Result<void, SettingError> set(store::Tx& tx, Instant now, std::string_view slug,
                               std::string_view setting, std::string_view value,
                               std::string_view who) {
    auto merchant = find(tx, nullptr, slug);
    if (!merchant) return refuse("there is no merchant " + std::string{slug});
    if (setting == state_name) {
        return refuse("an operator changes it: lango merchant disable or enable " +
                      std::string{slug});
    }
    for (const auto& known : settings) {
        if (known.name != setting) continue;
        const auto before = known.read(*merchant);
        if (auto problem = known.apply(*merchant, value); !problem.empty()) {
            return refuse(std::move(problem));
        }
        if (domain_is_taken(tx, *merchant)) {
            return refuse("the domain " + merchant->domain + " is another merchant's");
        }
        save_settings(tx, *merchant);
        // What was asked for while the rule did not stand was not counted.
        if (setting == "approval-day-total") {
            tx.run("DELETE FROM payout_days WHERE merchant_id = ?1", merchant->id);
        }
        audit(tx, merchant->id, now, who, setting, before, known.read(*merchant));
        return {};
    }
    if (auto outcome = set_window(tx, now, merchant->id, setting, value, who)) return *outcome;
    return refuse("there is no setting " + std::string{setting} + "; there are " +
                  known_settings());
}

std::vector<std::string> setting_names() {
    std::vector<std::string> names;
    for (const auto& setting : settings) names.emplace_back(setting.name);
    for (const auto& [name, value] : settings_of(Window{})) names.emplace_back(name);
    return names;
}

ShownSettings settings_of(const Merchant& merchant) {
    ShownSettings shown{{state_name, std::string{state_text(merchant)}}};
    for (const auto& setting : settings) shown.emplace_back(setting.name, setting.read(merchant));
    for (auto& setting : settings_of(merchant.window)) shown.push_back(std::move(setting));
    return shown;
}

}  // namespace lango::merchants
