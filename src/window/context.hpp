// What the window needs, handed over by the composition root. Everything outlives it.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/crypto.hpp"
#include "base/ids.hpp"
#include "base/random.hpp"
#include "http/router.hpp"
#include "merchants/merchants.hpp"
#include "rails/rail.hpp"
#include "store/store.hpp"

namespace lango::window {

namespace asio = boost::asio;

struct Options {
    int prompts_per_phone_hour = 10;        // to one phone, of all merchants; 0: no limit
    int requests_per_address_minute = 120;  // forms and codes from one address: many share one
    std::size_t waiting_max = 10'000;       // windows that wait for events at a time
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
    std::function<void()> wake_worker;  // a deposit waits for its push
    std::string public_url;             // no slash at the end
    // A merchant's own limit on new payments: nothing, or how long to wait.
    std::function<std::optional<Duration>(MerchantId, Instant)> admit;
};

class Window {
  public:
    Window(Context context, Options options, asio::any_io_executor executor);
    ~Window();
    // Pages at plugin.{merchant's domain} and under /plugin/{slug}/; everything else goes on to
    // `others`.
    [[nodiscard]] http::Service before(http::Service others);
    // Lets go of every window that waits; those that come later are answered at once.
    void stop_waiting();
    [[nodiscard]] std::size_t waiting() const;

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace lango::window
