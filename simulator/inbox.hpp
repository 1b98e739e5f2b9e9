// The SMS that M-PESA sends to customers, in words of ours. Kept in memory only: the last ones of
// all phones together.
#pragma once
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "simulator/movements.hpp"

namespace lango::simulator {

struct Sms {
    std::int64_t seq = 0;  // counts from 1 over all phones
    std::string phone;
    Instant at;
    std::string text;
};

class Inbox {
  public:
    void add(std::string phone, Instant at, std::string text);
    // Newest first.
    [[nodiscard]] std::vector<Sms> of(const std::string& phone) const;

  private:
    std::int64_t last_ = 0;
    std::deque<Sms> messages_;
};

// "Ksh1,000.00"
[[nodiscard]] std::string ksh(std::int64_t minor);
// After the money moved: balance is what is left.
[[nodiscard]] std::string receipt_text(const Payment& payment, std::string_view organisation,
                                       std::int64_t balance_minor);
// Why a payment did not happen, by ResultCode; "" where M-PESA sends no message.
[[nodiscard]] std::string failure_text(std::string_view code, std::int64_t amount_minor,
                                       std::string_view organisation, std::int64_t balance_minor);
// An organisation does not take the payment: its validation said no, or said nothing.
[[nodiscard]] std::string refused_text(std::int64_t amount_minor, std::string_view organisation,
                                       std::string_view reference);

}  // namespace lango::simulator
