// Who tried to be somebody and was not: counted by kind and merchant, and a line in the log now and
// then. docs/operating/alerts.md has the rule to watch them by.
#pragma once
#include <array>
#include <cstdint>
#include <mutex>
#include <string_view>

#include "base/time.hpp"
#include "ops/metrics.hpp"

namespace lango::ops {

// secret: of the deposit API. address: not on the merchant's list. withdrawal_signature and
// signed_read: of the withdrawal API. callback_address and callback_token: whoever spoke as the
// rail. operator_key: a person who decides. link_signature: of a window's link. resume_digits: a
// payer's phone, by which an older payment is seen.
inline constexpr std::array<std::string_view, 9> refused_kinds{
    "secret",         "address",      "withdrawal_signature", "signed_read",  "callback_address",
    "callback_token", "operator_key", "link_signature",       "resume_digits"};

class RefusedCallers {
  public:
    // metrics: may be null, else outlives this.
    explicit RefusedCallers(Metrics* metrics) : metrics_(metrics) {}
    // kind: of those above. merchant: his slug, or "". At most a line of each kind in ten seconds,
    // which tells how many there were since the one before.
    void note(std::string_view kind, std::string_view merchant, std::string_view peer,
              std::string_view request_id, Instant now);

  private:
    struct Told {
        bool any = false;
        Instant at{};
        std::int64_t since = 0;
    };
    Metrics* metrics_;
    std::mutex mutex_;
    std::array<Told, refused_kinds.size()> told_;
};

}  // namespace lango::ops
