// Tells Safaricom where to ask and to tell of payments to our paybill (daraja.md 4.1). In
// production that is done once: it refuses a second time, which is as good.
#pragma once
#include <string>

#include "base/crypto.hpp"
#include "rails/daraja/app.hpp"

namespace lango::rails::daraja {

struct PaybillUrls {
    std::string callback_url;  // where Safaricom reaches us, no slash at the end
    std::int64_t shortcode = 0;
    int version = 2;           // of the API: 1 has the payer's number hashed, 2 masked
    bool silence_pays = true;  // what the rail does when our validation does not answer in time
};

enum class Registered : std::int8_t { now, already, refused, no_answer };
struct Registration {
    Registered outcome = Registered::no_answer;
    std::string message;  // of a refusal: for people; redacted
};
[[nodiscard]] std::string_view name(Registered outcome);

[[nodiscard]] asio::awaitable<Registration> register_urls(App& app, const PaybillUrls& urls,
                                                          const crypto::MasterKey& master);

}  // namespace lango::rails::daraja
