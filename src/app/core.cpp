#include "app/core.hpp"

#include <charconv>

#include "app/counted.hpp"
#include "app/standstill.hpp"
#include "backoffice/routes.hpp"
#include "deposits/deposit.hpp"
#include "merchants/payout_key.hpp"
#include "merchants/plain_outside.hpp"
#include "ops/logging.hpp"
#include "postbacks/attempts.hpp"
#include "rails/daraja/register_pull.hpp"
#include "recovery/lives.hpp"

namespace lango::app {

namespace {

std::function<void(std::string_view, std::string_view, Duration)> rail_metrics(
    ops::Metrics* metrics) {
    return [metrics](std::string_view operation, std::string_view outcome, Duration took) {
        if (outcome == rails::daraja::not_enabled) {
            log::warn("rail", "the app has no such product on the portal: not asked for an hour",
                      {{"operation", operation}});
        }
        if (metrics == nullptr) return;
        metrics->rail_outcomes.with(operation, outcome).add();
        metrics->rail_seconds.with(operation).observe(took);
    };
}

postbacks::Observe postback_metrics(ops::Metrics* metrics) {
    return [metrics](PostbackId id, postbacks::AttemptOutcome outcome, postbacks::State state,
                     Duration since_created) {
        if (state == postbacks::State::exhausted) {
            log::error("postbacks", "given up: only lango postback resend sends it again",
                       {{"postback", "msg_" + hex16(id.value())}});
        }
        if (outcome == postbacks::AttemptOutcome::bytes_changed) {
            log::error("postbacks", "rebuilt bytes differ from the signed ones: not sent",
                       {{"postback", "msg_" + hex16(id.value())}});
        }
        if (metrics == nullptr) return;
        metrics->postback_attempts.with(postbacks::name(outcome)).add();
        if (outcome == postbacks::AttemptOutcome::delivered) {
            metrics->created_to_delivered.observe(since_created);
        }
    };
}

void notice_registered(const rails::daraja::Registration& registered, std::string_view known,
                       std::string_view unknown) {
    const auto outcome = rails::daraja::name(registered.outcome);
    if (rails::daraja::is_known(registered)) {
        log::info("paybill", known, {{"outcome", outcome}});
    } else {
        log::error("paybill", unknown, {{"outcome", outcome}, {"message", registered.message}});
    }
}

}  // namespace

Core::Core(Ports ports, CoreOptions options)
    : ports_(ports),
      options_(std::move(options)),
      ids_(ports_.random),
      merchants_(ports_.master),
      rail_(options_.rail, ports_.rail_client, ports_.clock, ports_.master,
            rail_metrics(ports_.metrics)),
      delivery_(ports_.store, ports_.client, ports_.clock, ports_.random, merchants_,
                ports_.executor, options_.postbacks, postback_metrics(ports_.metrics),
                [](std::string_view operation, std::string_view error) {
                    log::error("postbacks", "a step could not be recorded",
                               {{"operation", operation}, {"error", error}});
                }),
      observer_(
          {.store = ports_.store,
           .clock = ports_.clock,
           .ids = ids_,
           .merchants = merchants_,
           .rates = [this] { return rates_; },
           .shortcode = options_.rail.shortcode,
           .hand_over = [this](postbacks::Message message) { hand_over(std::move(message)); },
           .noticed = [this](rails::Source source, deposits::Observed observed,
                             std::string_view about) { notice_observed(source, observed, about); },
           .wake_worker = [this] { worker_.wake_checks(); },
           .wake_sweep = [this] { sweep_.wake(); },
           .alert = [this](std::string_view operation,
                           std::string_view code) { notice_alert(operation, code); }},
          options_.deposits),
      worker_({.store = ports_.store,
               .rail = rail_,
               .clock = ports_.clock,
               .observer = observer_,
               .executor = ports_.executor,
               .trouble =
                   [](std::string_view operation, std::string_view error) {
                       log::error("deposits", "a step could not be recorded",
                                  {{"operation", operation}, {"error", error}});
                   },
               .alert = [this](std::string_view operation,
                               std::string_view code) { notice_alert(operation, code); }},
              options_.deposits),
      payouts_(make_payouts()),
      watch_(watch_parts()),
      careful_door_(careful_door_parts()),
      restored_(restored_parts()),
      late_results_(
          {.store = ports_.store,
           .clock = ports_.clock,
           .ids = ids_,
           .merchants = merchants_,
           .rates = [this] { return rates_; },
           .hand_over =
               [this](postbacks::Message message) { delivery_.hand_over(std::move(message)); },
           .shortcode = options_.rail.shortcode},
          {}),
      desk_({.store = ports_.store,
             .clock = ports_.clock,
             .merchants = merchants_,
             .observer = observer_,
             .rules = paybill_rules(),
             .wake_sweep = [this] { sweep_.wake(); }}),
      sweep_({.store = ports_.store,
              .rail = rail_,
              .clock = ports_.clock,
              .desk = desk_,
              .executor = ports_.executor,
              .trouble =
                  [](std::string_view error) {
                      log::error("paybill", "the rail's list could not be read or recorded",
                                 {{"error", error}});
                  }},
             options_.paybill.sweep),
      audit_({.store = ports_.store,
              .clock = ports_.clock,
              .executor = ports_.executor,
              .ended =
                  [metrics = ports_.metrics](const laws::AuditResult& result,
                                             const std::vector<laws::Breach>& fresh) {
                      notice_audit(result, fresh, metrics);
                  },
              .trouble =
                  [](std::string_view error) {
                      log::error("audit",
                                 "the laws could not be proved, or what was found not kept",
                                 {{"error", error}});
                  }},
             options_.audit),
      asked_at_start_({.executor = ports_.executor,
                       .clock = ports_.clock,
                       .escaped =
                           [](std::string_view what, std::string_view error) {
                               log::error("rail", what, {{"error", error}});
                           }}),
      creates_(options_.creates_per_second),
      refused_(ports_.metrics),
      context_{.store = ports_.store,
               .clock = ports_.clock,
               .ids = ids_,
               .master = ports_.master,
               .merchants = merchants_,
               .rail = rail_,
               .observer = observer_,
               .wake_worker = [this] { worker_.wake(); },
               .public_url = options_.public_url,
               .callback_addresses = options_.callback_addresses,
               .callback_noticed =
                   [this](std::string_view outcome) {
                       if (ports_.metrics) ports_.metrics->callbacks.with(outcome).add();
                   },
               .creates = creates_,
               .requests_in_flight_max = options_.requests_in_flight_max,
               .payouts = payouts_ ? &payouts_->intake() : nullptr,
               .settler = payouts_ ? &payouts_->intake().settler : &late_results_.settler(),
               .desk = &desk_,
               .restored = [this](std::string why) { return restored_.found(std::move(why)); },
               .caller_refused =
                   [this](const api::RefusedCaller& caller) {
                       refused_.note(caller.kind, caller.merchant, caller.peer, caller.request_id,
                                     ports_.clock.now());
                   }},
      router_(api::routes(context_)),
      window_({.store = ports_.store,
               .clock = ports_.clock,
               .random = ports_.random,
               .ids = ids_,
               .master = ports_.master,
               .merchants = merchants_,
               .rail = rail_,
               .wake_worker = [this] { worker_.wake(); },
               .wake_checks = [this] { worker_.wake_checks(); },
               .public_url = options_.public_url,
               .admit = [this](MerchantId merchant,
                               Instant now) { return wait_for_create(merchant, now); },
               .refused =
                   [this](std::string_view kind, const merchants::Merchant& merchant,
                          const http::Request& request) {
                       refused_.note(kind, merchant.slug, request.peer, request.request_id,
                                     ports_.clock.now());
                   }},
              window_options(), ports_.executor),
      service_(unless_stopped(
          audit_,
          window_.before(api::guarded(context_, careful_door_.before([this](const auto& request) {
              return router_.handle(request);
          }),
                                      ports_.metrics)))),
      admin_parts_(std::make_shared<const backoffice::AdminParts>(backoffice::AdminParts{
          .store = ports_.store,
          .clock = ports_.clock,
          .random = ports_.random,
          .master = ports_.master,
          .ids = ids_,
          .refresh = [this] { return refresh(); },
          .wake_postbacks = [this](MerchantId id) { delivery_.wake(id); },
          .tried_again =
              [this](std::optional<MerchantId> merchant) { return tried_again(merchant); },
          .read_again = [this](std::int64_t number) { return careful_door_.read_again(number); },
          .settle =
              [this](DepositId id, rails::Observation seen, store::Also also) {
                  return observer_.observe(id, std::move(seen), std::move(also));
              },
          .payouts = payouts_.get(),
          .withdrawals = payouts_ ? &payouts_->intake() : nullptr,
          .wake_batches =
              [this] {
                  if (payouts_) payouts_->wake_batches();
              },
          .merchants = &merchants_,
          .shortcode = options_.rail.shortcode,
          .register_paybill = [this] { return register_paybill(); },
          .desk = &desk_,
          .audit = &audit_,
          .restored = &restored_,
          .payout_shortcode = payouts_ ? payouts_->shortcode() : 0,
          .key_refused =
              [this](const http::Request& request) {
                  refused_.note("operator_key", "", request.peer, request.request_id,
                                ports_.clock.now());
              },
          .bookkeeping_for = options_.privacy.bookkeeping_for,
          .allocate_alone = options_.allocate_alone,
          .console_url = options_.console_url})),
      admin_(backoffice::routes_of(admin_parts_, backoffice::local_socket())),
      housekeeping_({.store = ports_.store,
                     .clock = ports_.clock,
                     .master = ports_.master,
                     .merchants = merchants_,
                     .executor = ports_.executor,
                     .each_minute = [this] { return window_.keep_counts(); }},
                    options_.privacy) {
    watch_rail();
}

Core::~Core() = default;

std::optional<Duration> Core::wait_for_create(MerchantId merchant, Instant now) {
    if (audit_.stops()) return std::chrono::minutes{1};
    return creates_.take(merchant, now);
}

void Core::watch_rail() {
    rail_.when_down([](std::string_view code, std::string_view message) {
        log::error("rail",
                   "no more pushes for now: five in a row failed, or one that all others will",
                   {{"code", code}, {"answer", message}});
    });
}

std::unique_ptr<Payouts> Core::make_payouts() {
    if (!options_.payouts) return nullptr;
    return std::make_unique<Payouts>(
        Payouts::Parts{
            .executor = ports_.executor,
            .store = ports_.store,
            .clock = ports_.clock,
            .ids = ids_,
            .master = ports_.master,
            .app = rail_.app(),
            .merchants = merchants_,
            .rates = [this] { return rates_; },
            .hand_over = [this](postbacks::Message message) { hand_over(std::move(message)); },
            .rail_noticed = rail_metrics(ports_.metrics),
            .metrics = ports_.metrics,
            .stops = [this] { return audit_.stops(); },
            .stops_batches = [this] { return batches_stop(); }},
        *options_.payouts);
}

recovery::Restored::Parts Core::restored_parts() {
    return {.executor = ports_.executor,
            .store = ports_.store,
            .clock = ports_.clock,
            .random = ports_.random,
            .mark = ports_.mark,
            .is_new = ports_.is_new,
            .route =
                [this] {
                    return payouts_ ? payouts_->route() : rails::PayoutRoute{.knows_repeats = true};
                },
            .begun =
                [this] {
                    sweep_.read_back();
                    if (payouts_) payouts_->wake();
                },
            .lifted =
                [this] {
                    if (payouts_) payouts_->wake();
                    for (const auto& merchant : merchants_.all()) delivery_.wake(merchant->id);
                },
            .metrics = ports_.metrics};
}

// Of a payment that stood in an older backup it waits in its row (postbacks::take_due).
void Core::hand_over(postbacks::Message message) {
    if (message.subject_id < restored_.held_below()) return;
    delivery_.hand_over(std::move(message));
}

asio::awaitable<void> Core::start() {
    co_await restored_.open();
    const auto begun =
        co_await ports_.store.write([&master = ports_.master, &random = ports_.random,
                                     now = ports_.clock.now()](store::Tx& tx) {
            static_cast<void>(merchants::ensure_payout_secret(tx, master, random));
            return recovery::begin_run(tx, now);
        });
    recovery::notice_run(begun, ports_.metrics);
    co_await refresh();
    co_await window_.recall_counts();
    co_await careful_door_.refresh();
    co_await delivery_.start();
    co_await worker_.start();
    co_await sweep_.start();
    co_await audit_.start();
    if (options_.paybill.register_at_start) register_at_start();
    if (payouts_) payouts_->start();
    restored_.start();
    housekeeping_.start();
    watch_.start(begun.run);
    co_await careful_door_.start();
    for (const auto& merchant : merchants_.all()) {
        if (merchants::is_plain_outside(merchant->postback_url)) {
            log::warn("postbacks", merchants::plain_postback_warning,
                      {{"merchant", merchant->slug}});
        }
    }
    told_to_ =
        co_await ports_.store.read([](store::Reader& reader) { return latest_postback(reader); });
}

void Core::check_credentials() {
    asked_at_start_.spawn(nullptr, "a token could not be asked for", ask_for_token());
}

asio::awaitable<void> Core::ask_for_token() {
    const bool is_given = co_await rail_.app().has_token();
    if (const auto refused = rail_.refused_credentials()) {
        log::error("rail", *refused);
        notice_alert("token", "refused");
    } else if (!is_given) {
        log::warn("rail", "no token could be had yet: it is asked for again with the first payment",
                  {{"answer", rail_.app().token().failure()}});
    } else {
        log::info("rail", "the app's credentials are good");
    }
}

void Core::register_at_start() {
    asked_at_start_.spawn(nullptr, "our URLs could not be registered", register_once());
}

asio::awaitable<void> Core::register_once() { static_cast<void>(co_await register_paybill()); }

asio::awaitable<void> Core::drain_pushes(Duration at_most) {
    window_.stop_waiting();
    static_cast<void>(co_await worker_.drain(at_most));
}

asio::awaitable<void> Core::stop() {
    co_await watch_.stop();
    co_await careful_door_.stop();
    co_await audit_.stop();
    co_await housekeeping_.stop();
    if (payouts_) co_await payouts_->stop();
    co_await asked_at_start_.join();
    co_await sweep_.stop();
    co_await worker_.stop();
    co_await delivery_.stop();
    co_await restored_.stop();
    co_await watch_.end();
}

asio::awaitable<void> Core::refresh() {
    struct Loaded {
        std::vector<merchants::Merchant> merchants;
        std::optional<rates::Table> rates;
    };
    // Through the writer, not a reader: after every change that was answered.
    auto loaded = co_await ports_.store.write([&master = ports_.master](store::Tx& tx) {
        return Loaded{.merchants = merchants::list(tx, master), .rates = rates::latest(tx)};
    });
    if (!loaded.rates) {
        loaded.rates = rates::page_sample();
        loaded.rates->imported_at = ports_.clock.now();
        loaded.rates->id = co_await ports_.store.write(
            [table = *loaded.rates](store::Tx& tx) { return rates::save(tx, table); });
    }
    rates_ = std::make_shared<const rates::Table>(std::move(*loaded.rates));
    merchants_.replace(std::move(loaded.merchants));
    for (const auto& merchant : merchants_.all()) delivery_.wake(merchant->id);
}

void Core::notice_alert(std::string_view operation, std::string_view code) {
    log::error("rail", "refused for a setting of ours, or a limit of our account: every payment is",
               {{"operation", operation}, {"code", code}});
    if (ports_.metrics != nullptr) ports_.metrics->rail_alerts.with(operation, code).add();
}

window::Options Core::window_options() const {
    auto options = options_.window;
    options.paybill = options_.rail.till.empty();
    return options;
}

paybill::Rules Core::paybill_rules() const {
    paybill::Rules rules{.numbers = {options_.rail.shortcode},
                         .takes_unknown = options_.paybill.takes_unknown};
    // A till's customers type no reference, and its payments may name either number.
    if (!options_.rail.till.empty()) {
        const auto& till = options_.rail.till;
        std::from_chars(till.data(), till.data() + till.size(), rules.numbers.emplace_back());
        rules.takes_unknown = true;
    }
    return rules;
}

asio::awaitable<rails::daraja::PaybillRegistration> Core::register_paybill() {
    const auto& rail = options_.rail;
    const auto& paybill = options_.paybill;
    rails::daraja::PaybillRegistration registered{
        .urls = co_await rails::daraja::register_urls(rail_.app(),
                                                      {.callback_url = rail.callback_url,
                                                       .shortcode = rail.shortcode,
                                                       .version = paybill.api_version,
                                                       .silence_pays = paybill.silence_pays},
                                                      ports_.master)};
    notice_registered(registered.urls, "the rail knows our URLs",
                      "the rail does not know our URLs: no confirmation will come");
    if (!paybill.nominated_number.empty()) {
        registered.list =
            co_await rails::daraja::register_pull(rail_.app(),
                                                  {.callback_url = rail.callback_url,
                                                   .shortcode = rail.shortcode,
                                                   .nominated_number = paybill.nominated_number},
                                                  ports_.master);
        notice_registered(*registered.list, "the rail lets us read its list of payments",
                          "the rail's list of payments is not for us: lost callbacks stay lost");
    }
    co_return registered;
}

void Core::notice_observed(rails::Source source, deposits::Observed observed,
                           std::string_view about) {
    if (observed == deposits::Observed::paid_late ||
        observed == deposits::Observed::amount_differs ||
        observed == deposits::Observed::second_receipt ||
        observed == deposits::Observed::claimed_again ||
        observed == deposits::Observed::other_push_paid ||
        observed == deposits::Observed::receipt_used ||
        observed == deposits::Observed::unknown_code ||
        observed == deposits::Observed::unknown_deposit) {
        log::warn("deposits", "an outcome that a person may want to look at",
                  {{"about", about},
                   {"source", static_cast<int>(source)},
                   {"outcome", deposits::name(observed)}});
    }
    if (ports_.metrics == nullptr) return;
    if (observed == deposits::Observed::paid || observed == deposits::Observed::paid_late) {
        ports_.metrics->deposits_closed.with("paid").add();
    } else if (observed == deposits::Observed::failed) {
        ports_.metrics->deposits_closed.with("failed").add();
        const auto id = parse_hex16(about);
        if (id && failed_.size() < failed_max) failed_.emplace_back(*id);
    }
}

std::optional<std::string> Core::rail_trouble() const {
    if (auto refused = rail_.refused_credentials()) return refused;
    if (!rail_.down_for(ports_.clock.now())) return std::nullopt;
    return "the rail's circuit breaker is open";
}

std::optional<std::string> Core::payouts_trouble() const {
    return payouts_ ? payouts_->trouble() : std::nullopt;
}

}  // namespace lango::app
