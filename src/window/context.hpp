// What the window needs, handed over by the composition root. Everything outlives it.
#pragma once
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/crypto.hpp"
#include "base/ids.hpp"
#include "base/random.hpp"
#include "http/message.hpp"
#include "merchants/merchants.hpp"

namespace lango {
class Clock;
namespace rails {
class Rail;
}
namespace store {
class Store;
}
}  // namespace lango

namespace lango::window {

struct Options {
    int prompts_per_phone_hour = 10;        // to one phone, of all merchants; 0: no limit
    int requests_per_address_minute = 120;  // forms and codes from one address: many share one
    std::size_t waiting_max = 10'000;       // windows that wait for events at a time
    std::size_t waiting_per_address = 256;  // of them from one address, as above; 0: no limit
    bool paybill = true;                    // a till's menu asks for no reference
};

struct Context {
    store::Store& store;
    Clock& clock;
    Random& random;
    IdSource& ids;
    const crypto::MasterKey& master;
    const merchants::Directory& merchants;
    rails::Rail& rail;
    std::function<void()> wake_worker;       // a deposit waits for its push
    std::function<void()> wake_checks = {};  // a question is due sooner than it was
    std::string public_url;                  // no slash at the end
    // A merchant's own limit on new payments: nothing, or how long to wait.
    std::function<std::optional<Duration>(MerchantId, Instant)> admit;
    // Whoever tried to be somebody and was not; kind: of ops::refused_kinds. Empty in tests.
    std::function<void(std::string_view kind, const merchants::Merchant& merchant,
                       const http::Request& request)>
        refused = {};
};

}  // namespace lango::window
