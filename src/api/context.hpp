// What the endpoints need, handed over by the composition root. Everything outlives the endpoints.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.hpp"
#include "base/ids.hpp"
#include "http/message.hpp"
#include "merchants/merchants.hpp"

namespace boost::asio {
class any_io_executor;
template <class T, class Executor>
class awaitable;
}  // namespace boost::asio

namespace lango {
class Clock;
namespace deposits {
class Observer;
}
namespace paybill {
class Desk;
}
namespace rails {
class Rail;
}
namespace store {
class Store;
}
namespace withdrawals {
class FloatWatch;
class Settler;
}  // namespace withdrawals
}  // namespace lango

namespace lango::api {

class MerchantRate;

// What the endpoints about payouts need.
struct Payouts {
    withdrawals::Settler& settler;
    std::function<void()> wake_worker;  // a withdrawal is due
    withdrawals::FloatWatch* float_watch = nullptr;
    std::int64_t shortcode = 0;
};

// Whoever tried to be somebody and was not: for metrics and a restrained line in the log.
struct RefusedCaller {
    std::string_view kind;      // ops::refused_kinds
    std::string_view merchant;  // his slug; "" where nobody is known by what was sent
    std::string_view peer;
    std::string_view request_id;
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
    // For what the rail tells of payouts: also of those that were under way when payouts were
    // switched off.
    withdrawals::Settler* settler = nullptr;
    paybill::Desk* desk = nullptr;  // none in tests of other endpoints
    // The rail told, with our token, of something whose row is not there: an older backup was put
    // back. Empty in tests.
    std::function<boost::asio::awaitable<void, boost::asio::any_io_executor>(std::string why)>
        restored{};
    std::function<void(const RefusedCaller&)> caller_refused = {};
};

}  // namespace lango::api
