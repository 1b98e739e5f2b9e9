// Ids as Safaricom makes them (daraja.md 1.4).
#pragma once
#include <string>

#include "base/random.hpp"
#include "base/time.hpp"

namespace lango::simulator {

class Ids {
  public:
    explicit Ids(Random& random) : random_(random) {}
    // "ws_CO_" DDMMYYYYHHmmss, milliseconds unpadded, the nine-digit national number. The same for
    // one phone within one millisecond.
    [[nodiscard]] static std::string checkout(Instant now, const std::string& phone);
    // Four hex groups and a counter: MerchantRequestID, requestId.
    [[nodiscard]] std::string merchant_request();
    // Letters of the year, month and day, then seven that never repeat.
    [[nodiscard]] std::string receipt(Instant now);
    // What stands where a receipt would when no money moved: a date and zeros.
    [[nodiscard]] static std::string no_receipt(Instant now);
    // "AG_" YYYYMMDD "_2010" and sixteen hex digits.
    [[nodiscard]] std::string conversation(Instant now);
    // So many more were made before this process began.
    void receipts_made(std::uint64_t count) { receipts_ += count; }

  private:
    Random& random_;
    std::uint64_t requests_ = 0;
    std::uint64_t receipts_ = 0;
};

}  // namespace lango::simulator
