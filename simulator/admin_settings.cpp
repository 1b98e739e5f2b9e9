// GET and POST /simulator/settings: what can change while it runs.
#include <array>

#include "base/decimal.hpp"
#include "base/json_writer.hpp"
#include "simulator/admin_answers.hpp"
#include "simulator/daraja.hpp"
#include "simulator/fields.hpp"

namespace lango::simulator {

namespace {

using std::chrono::milliseconds;

constexpr std::int64_t number_max = 1'000'000'000;

struct Switch {
    std::string_view name;
    bool Config::* member;
};
constexpr std::array<Switch, 16> switches{{
    {.name = "token_kills_old", .member = &Config::token_kills_old},
    {.name = "expires_in_number", .member = &Config::expires_in_number},
    {.name = "masked_phone", .member = &Config::masked_phone},
    {.name = "shuffled_items", .member = &Config::shuffled_items},
    {.name = "strict_urls", .member = &Config::strict_urls},
    {.name = "c2b_validation", .member = &Config::c2b_validation},
    {.name = "c2b_urls_once", .member = &Config::c2b_urls_once},
    {.name = "c2b_whole_phone", .member = &Config::c2b_whole_phone},
    {.name = "pull_needs_registration", .member = &Config::pull_needs_registration},
    {.name = "confirm_pushes", .member = &Config::confirm_pushes},
    {.name = "confirm_pushes_first", .member = &Config::confirm_pushes_first},
    {.name = "result_code_text", .member = &Config::result_code_text},
    {.name = "reference_item_array", .member = &Config::reference_item_array},
    {.name = "one_parameter", .member = &Config::one_parameter},
    {.name = "failed_with_receipt", .member = &Config::failed_with_receipt},
    {.name = "query_results_lost", .member = &Config::query_results_lost},
}};

struct Count {
    std::string_view name;
    int Config::* member;
};
constexpr std::array<Count, 4> counts{{
    {.name = "pushes_per_second", .member = &Config::pushes_per_second},
    {.name = "queries_per_minute", .member = &Config::queries_per_minute},
    {.name = "payouts_per_second", .member = &Config::payouts_per_second},
    {.name = "callback_retries", .member = &Config::callback_retries},
}};

struct Delay {
    std::string_view name;
    Duration Config::* member;
};
constexpr std::array<Delay, 6> delays{{
    {.name = "late_by_ms", .member = &Config::late_by},
    {.name = "query_too_early_ms", .member = &Config::query_too_early},
    {.name = "processing_ms", .member = &Config::processing},
    {.name = "payout_after_ms", .member = &Config::payout_after},
    {.name = "status_unknown_ms", .member = &Config::status_unknown},
    {.name = "timestamp_max_age_ms", .member = &Config::timestamp_max_age},
}};

std::optional<std::int64_t> number_of(const json::Value& value) {
    if (value.number() == nullptr) return std::nullopt;
    const auto number = Decimal::parse(value.number()->text);
    if (!number || number->scale() != 0) return std::nullopt;
    if (number->units() < 0 || number->units() > number_max) return std::nullopt;
    return number->units();
}

// False for a name nobody knows or a value of the wrong kind.
bool set(Config& config, std::string_view name, const json::Value& value) {
    const auto number = number_of(value);
    if (name == "auto_pay_ms") {
        const bool off = value.string() != nullptr && *value.string() == "off";
        if (off)
            config.auto_pay.reset();
        else if (number)
            config.auto_pay = milliseconds{*number};
        return off || number;
    }
    for (const auto& known : switches) {
        if (known.name != name || value.boolean() == nullptr) continue;
        config.*known.member = *value.boolean();
        return true;
    }
    if (!number) return false;
    for (const auto& known : counts) {
        if (known.name != name) continue;
        config.*known.member = static_cast<int>(*number);
        return true;
    }
    for (const auto& known : delays) {
        if (known.name != name) continue;
        config.*known.member = milliseconds{*number};
        return true;
    }
    return false;
}

}  // namespace

http::Response Daraja::admin_settings(const http::Request& request) {
    const auto body = json::parse(request.body);
    if (!body || body->object() == nullptr) return admin_refuse("send a JSON object");
    auto changed = config_;  // all or nothing
    for (const auto& [name, value] : *body->object()) {
        if (!set(changed, name, value))
            return admin_refuse("unknown setting or wrong value: " + name);
    }
    config_ = std::move(changed);
    return admin_show_settings();
}

http::Response Daraja::admin_show_settings() const {
    http::Response response;
    json::Writer writer{response.body};
    writer.begin_object().key("auto_pay_ms");
    if (config_.auto_pay)
        writer.integer(*config_.auto_pay / milliseconds{1});
    else
        writer.string("off");
    for (const auto& known : switches) writer.key(known.name).boolean(config_.*known.member);
    for (const auto& known : counts) writer.key(known.name).integer(config_.*known.member);
    for (const auto& known : delays) {
        writer.key(known.name).integer((config_.*known.member) / milliseconds{1});
    }
    writer.end_object();
    return response;
}

}  // namespace lango::simulator
