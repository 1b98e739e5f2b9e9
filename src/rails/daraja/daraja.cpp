#include "rails/daraja/daraja.hpp"

#include <array>

#include "rails/daraja/prompt_reference.hpp"

namespace lango::rails::daraja {

using namespace std::chrono_literals;

namespace {

// daraja.md 4.1: refused by the registration of URLs, so kept out of every URL of ours.
constexpr std::array<std::string_view, 8> forbidden_words{"m-pesa", "mpesa", "safaricom", "exe",
                                                          "exec",   "cmd",   "sql",       "query"};

std::string lower(std::string_view text) {
    std::string out{text};
    for (auto& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

// As far as its text tells; in lower case.
bool reachable_from_outside(std::string_view url) {
    constexpr std::string_view scheme = "https://";
    if (!url.starts_with(scheme)) return false;
    auto host = url.substr(scheme.size());
    host = host.substr(0, host.find_first_of(host.starts_with('[') ? "]/" : ":/"));
    const bool loopback = host == "localhost" || host.ends_with(".localhost") ||
                          host.starts_with("127.") || host.starts_with("[::1") ||
                          host == "0.0.0.0" || host == "[::";
    return !host.empty() && !loopback;
}

}  // namespace

std::string problem_of(const Options& options) {
    std::string problems;
    const auto add = [&](const std::string& problem) {
        problems += (problems.empty() ? "" : "\n") + problem;
    };
    if (options.shortcode < 10'000 || options.shortcode > 9'999'999) {
        add("rail.shortcode must have 5 to 7 digits");
    }
    if (options.consumer_key.empty() || options.consumer_secret.empty()) {
        add("rail.consumer_key and rail.consumer_secret must be set");
    }
    if (options.passkey.empty()) add("rail.passkey must be set");
    if (options.description.empty() || options.description.size() > 13) {
        add("rail.description must have 1 to 13 characters");
    }
    const auto url = lower(options.callback_url);
    if (options.base_url == production_url && !reachable_from_outside(url)) {
        add("http.public_url must be an https URL on a public host: Safaricom refuses pushes "
            "whose callback URL it cannot reach, and \"" +
            options.callback_url + "\" is none");
    }
    for (const auto word : forbidden_words) {
        if (url.find(word) != std::string::npos) {
            add("the public URL contains \"" + std::string{word} +
                "\", which Safaricom refuses in callback URLs");
        }
    }
    return problems;
}

Daraja::Daraja(Options options, http::Client& client, Clock& clock, const crypto::MasterKey& master,
               std::function<void(std::string_view, std::string_view, Duration)> noticed)
    : options_(std::move(options)),
      clock_(clock),
      master_(master),
      noticed_(std::move(noticed)),
      capabilities_{.query = true,
                    .pull = options_.till.empty(),
                    .prompt_life = 90s,
                    .phone_spacing = 60s,
                    .same_amount_spacing = 120s,
                    .push_max = App::post_max(options_.timeout) + 10s,
                    .shortcode = options_.shortcode},
      app_({.base_url = options_.base_url,
            .consumer_key = options_.consumer_key,
            .consumer_secret = options_.consumer_secret,
            .timeout = options_.timeout,
            .guard_address = options_.guard_address},
           client, clock),
      bucket_(options_.pushes_per_second),
      questions_(options_.queries_per_minute, 1min) {}

std::string Daraja::reference(DepositId deposit) const { return prompt_reference(deposit); }

Allowance Daraja::allowance(Instant now) {
    if (const auto retry_at = breaker_.retry_at(now)) return {.pushes = 0, .retry_at = *retry_at};
    const auto pushes = breaker_.allows(bucket_.available(now), now);
    return {.pushes = pushes, .retry_at = bucket_.next_at(now)};
}

void Daraja::spend(std::size_t pushes) {
    bucket_.spend(pushes);
    if (pushes > 0) breaker_.sent(clock_.now());
}

Allowance Daraja::question_allowance(Instant now) {
    if (options_.queries_per_minute == 0) return Rail::question_allowance(now);
    const auto questions = questions_.available(now);
    return {.pushes = questions, .retry_at = questions_.next_at(now)};
}

void Daraja::spend_questions(std::size_t questions) {
    if (options_.queries_per_minute != 0) questions_.spend(questions);
}

std::optional<Duration> Daraja::down_for(Instant now) const { return breaker_.open_for(now); }

void Daraja::notice(std::string_view operation, std::string_view outcome, Instant began) {
    if (noticed_) noticed_(operation, outcome, clock_.now() - began);
}

}  // namespace lango::rails::daraja
