// The whole gateway behind its ports: given a store, a clock, randomness and an HTTP client, it
// builds the parts in order and serves requests. No socket, file or thread is named here, so that
// the same code runs in production and, on a virtual clock in one thread, in tests/simulation.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/merchant_rate.hpp"
#include "api/service.hpp"
#include "app/housekeeping.hpp"
#include "app/late_results.hpp"
#include "app/payouts.hpp"
#include "base/clock.hpp"
#include "base/crypto.hpp"
#include "base/random.hpp"
#include "deposits/worker.hpp"
#include "http/client.hpp"
#include "http/router.hpp"
#include "laws/audit.hpp"
#include "merchants/merchants.hpp"
#include "ops/metrics.hpp"
#include "ops/refused_callers.hpp"
#include "paybill/sweep.hpp"
#include "postbacks/delivery.hpp"
#include "rails/daraja/daraja.hpp"
#include "rails/daraja/paybill_registration.hpp"
#include "rates/rates.hpp"
#include "recovery/careful_door.hpp"
#include "recovery/restored.hpp"
#include "runs/watch.hpp"
#include "runtime/task_group.hpp"
#include "store/store.hpp"
#include "window/window.hpp"

namespace lango::backoffice {
struct AdminParts;
}

namespace lango::app {

namespace asio = boost::asio;

struct CoreOptions {
    rails::daraja::Options rail;
    deposits::WorkerOptions deposits;
    postbacks::DeliveryOptions postbacks;
    std::optional<PayoutSetup> payouts;  // none: payouts are off
    privacy::JobOptions privacy = {};
    struct Paybill {
        bool register_at_start = false;
        std::string nominated_number{};  // whom the rail asks about its list; "": nobody
        int api_version = 2;
        bool silence_pays = true;    // what the rail does when validation does not answer
        bool takes_unknown = false;  // validation lets money with nobody's reference pass
        paybill::SweepOptions sweep{};
    } paybill{};
    std::string public_url;
    std::vector<std::string> callback_addresses;
    window::Options window{};
    laws::AuditOptions audit{};
    Money allocate_alone = Money::kes(10'000);  // money in suspense that one person may allocate
    int creates_per_second = 0;                 // of one merchant; 0: no limit
    std::size_t requests_in_flight_max = 2000;
    std::string console_url{};  // where people reach the console; "": there is none
};

// What the outside gives. Outlives the core.
struct Ports {
    asio::any_io_executor executor;
    store::Store& store;
    Clock& clock;
    Random& random;
    http::Client& client;  // to merchants
    http::Client& rail_client;
    const crypto::MasterKey& master;
    ops::Metrics* metrics = nullptr;     // none in simulation
    restore::MarkPlace* mark = nullptr;  // none in most tests
    bool is_new = false;                 // the database is meant to be empty (lango serve --new)
};

struct CountedAccount;

class Core {
  public:
    Core(Ports ports, CoreOptions options);
    ~Core();
    // Loads merchants and rates, ends what an earlier run left open, starts the workers.
    [[nodiscard]] asio::awaitable<void> start();
    // Lets go of the windows that wait for news, and sends no more pushes; waits that long at most
    // for those in flight: their callbacks may come while they are.
    [[nodiscard]] asio::awaitable<void> drain_pushes(Duration at_most);
    // Ends the workers; what they had begun is recorded. The store stays open.
    [[nodiscard]] asio::awaitable<void> stop();

    // Merchants' and the rail's requests.
    [[nodiscard]] const http::Service& service() const { return service_; }
    // Operators' requests: the local socket, and the command line when no server runs
    // (backoffice/use_cases.cpp).
    [[nodiscard]] const http::Router& admin() const { return admin_; }
    // What use cases work with: for another door to them.
    [[nodiscard]] std::shared_ptr<const backoffice::AdminParts> admin_parts() const {
        return admin_parts_;
    }
    // Brings caches up to date after a change of merchants or rates.
    [[nodiscard]] asio::awaitable<void> refresh();
    // Asks the rail for a token at once: wrong credentials are seen at the start and not with the
    // first payment. In the log, in rail_trouble() and in lango_rail_alerts_total.
    void check_credentials();
    // Sets the gauges that are counted in the store.
    [[nodiscard]] asio::awaitable<void> collect();
    [[nodiscard]] std::optional<std::string> rail_trouble() const;
    [[nodiscard]] std::optional<std::string> payouts_trouble() const;
    // Proofs of every law, and what they stop.
    [[nodiscard]] const laws::Audit& audit() const { return audit_; }
    // Why what goes out of an older backup is halted; nothing when none stands here.
    [[nodiscard]] std::optional<std::string> restored_trouble() const {
        return restored_.trouble();
    }
    [[nodiscard]] asio::awaitable<void> renew_mark() { return restored_.renew_mark(); }
    // None while payouts are off.
    [[nodiscard]] Payouts* payouts() { return payouts_.get(); }
    [[nodiscard]] postbacks::DeliveryStats delivery_stats() const { return delivery_.stats(); }

  private:
    [[nodiscard]] std::unique_ptr<Payouts> make_payouts();
    // Why no batch goes on by itself.
    [[nodiscard]] std::optional<std::string> batches_stop() const;
    // Where the rail reaches us, told to the rail, and that its list is read.
    [[nodiscard]] asio::awaitable<rails::daraja::PaybillRegistration> register_paybill();
    [[nodiscard]] recovery::Restored::Parts restored_parts();
    [[nodiscard]] runs::Watch::Parts watch_parts();
    [[nodiscard]] recovery::CarefulDoor::Parts careful_door_parts();
    [[nodiscard]] asio::awaitable<void> tried_again(std::optional<MerchantId> merchant);
    void hand_over(postbacks::Message message);
    void register_at_start();
    [[nodiscard]] asio::awaitable<void> register_once();
    [[nodiscard]] asio::awaitable<void> ask_for_token();
    [[nodiscard]] paybill::Rules paybill_rules() const;
    [[nodiscard]] window::Options window_options() const;
    void watch_rail();
    // How long a create by the payment window must wait; nothing: it may be made.
    [[nodiscard]] std::optional<Duration> wait_for_create(MerchantId merchant, Instant now);
    [[nodiscard]] std::string owner_of(const CountedAccount& account) const;
    void notice_observed(rails::Source source, deposits::Observed observed, std::string_view about);
    void notice_alert(std::string_view operation, std::string_view code);

    Ports ports_;
    CoreOptions options_;
    IdSource ids_;
    merchants::Directory merchants_;
    std::shared_ptr<const rates::Table> rates_;
    rails::daraja::Daraja rail_;
    postbacks::Delivery delivery_;
    deposits::Observer observer_;
    deposits::Worker worker_;
    std::unique_ptr<Payouts> payouts_;
    runs::Watch watch_;
    recovery::CarefulDoor careful_door_;
    recovery::Restored restored_;
    LateResults late_results_;
    paybill::Desk desk_;
    paybill::Sweep sweep_;
    laws::Audit audit_;
    runtime::TaskGroup asked_at_start_;
    std::int64_t told_to_ = 0;  // the last postback that the metrics have counted
    // Failed since somebody looked at the metrics, whose codes are still to be counted.
    std::vector<DepositId> failed_;
    api::MerchantRate creates_;
    ops::RefusedCallers refused_;
    api::Context context_;
    http::Router router_;
    window::Window window_;
    http::Service service_;
    std::shared_ptr<const backoffice::AdminParts> admin_parts_;
    http::Router admin_;
    Housekeeping housekeeping_;
};

}  // namespace lango::app
