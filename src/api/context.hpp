// What the endpoints need, handed over by the composition root. Everything outlives the endpoints.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "api/merchant_rate.hpp"
#include "base/clock.hpp"
#include "base/crypto.hpp"
#include "base/ids.hpp"
#include "base/token_bucket.hpp"
#include "deposits/worker.hpp"
#include "http/router.hpp"
#include "merchants/merchants.hpp"
#include "paybill/desk.hpp"
#include "rails/rail.hpp"
#include "store/store.hpp"
#include "withdrawals/float_watch.hpp"
#include "withdrawals/worker.hpp"

namespace lango::ops {
class Metrics;
}

namespace lango::api {

namespace asio = boost::asio;

// What the endpoints about payouts need.
struct Payouts {
    withdrawals::Settler& settler;
    std::function<void()> wake_worker;  // a withdrawal is due
    withdrawals::FloatWatch* float_watch = nullptr;
    std::int64_t shortcode = 0;
};

struct Context {
    store::Store& store;
    Clock& clock;
    IdSource& ids;
    const crypto::MasterKey& master;
    const merchants::Directory& merchants;
    rails::Rail& rail;
    deposits::Observer& observer;
    std::function<void()> wake_worker;  // a deposit waits for its push
    std::string public_url;             // for links in answers, no slash at the end
    // Daraja's published addresses; empty: callbacks are taken from anywhere.
    std::vector<std::string> callback_addresses;
    std::function<void(std::string_view outcome)> callback_noticed;  // metrics
    MerchantRate& creates;                                           // per second and merchant
    std::size_t requests_in_flight_max = 2000;
    // None while no initiator is configured: no withdrawal can be paid out then.
    const Payouts* payouts = nullptr;
    paybill::Desk* desk = nullptr;  // none in tests of other endpoints
};

// All merchant and rail endpoints. The context outlives the router.
[[nodiscard]] http::Router routes(const Context& context);

// Around every endpoint: a store that cannot write answers 503 with Retry-After, and so does a
// gateway that has more requests in flight than it may.
[[nodiscard]] http::Service guarded(const Context& context, const http::Router& router,
                                    ops::Metrics* metrics = nullptr);

}  // namespace lango::api
