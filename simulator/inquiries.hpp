// What became of a payment, and what the accounts hold (daraja.md 6.1, 6.2). ResultCode 0 says that
// the question was understood; the fate stands in TransactionStatus.
#pragma once
#include <optional>

#include "simulator/initiator_request.hpp"
#include "simulator/payouts.hpp"
#include "simulator/result.hpp"
#include "simulator/reversals.hpp"

namespace lango::simulator {

class Inquiries {
  public:
    Inquiries(const Core& core, Initiators& initiators, const Payouts& payouts,
              const Reversals& reversals)
        : core_(core), initiators_(initiators), payouts_(payouts), reversals_(reversals) {}

    [[nodiscard]] http::Response status(const http::Request& request);
    [[nodiscard]] http::Response balance(const http::Request& request);

  private:
    struct Fate {
        std::string debit_party;
        std::string credit_party;
        std::string debit_account;
        std::string charges{};  // "": none
        std::string reason;
        std::string status;
        std::string originator_conversation_id{};
        std::string conversation_id{};
        std::string receipt{};  // "": none
        std::int64_t amount_minor = 0;
        Instant initiated{};
        Instant finalised{};  // of what is not: 1970
    };
    // A payout, a customer's payment or a reversal in which the party that is asked about took
    // part; nothing while Config::status_unknown has not passed.
    [[nodiscard]] std::optional<Fate> find(const InitiatorRequest& asked,
                                           const std::string& id) const;
    [[nodiscard]] const Shortcode& organisation(std::int64_t number) const;
    [[nodiscard]] static Fate fate_of(const Shortcode& shortcode, const PayoutOrder& order);
    [[nodiscard]] static Fate fate_of(const Shortcode& shortcode, const Payment& payment);
    [[nodiscard]] static Fate fate_of(const Shortcode& shortcode, const Reversal& reversal);
    // One that is not done.
    [[nodiscard]] static Fate fate_of(const Shortcode& shortcode, const ReversalOrder& order);
    [[nodiscard]] static std::vector<Parameter> parameters(const Fate& fate);
    [[nodiscard]] std::string status_result(const InitiatorRequest& asked) const;
    [[nodiscard]] std::string balance_result(const InitiatorRequest& asked) const;

    const Core& core_;
    Initiators& initiators_;
    const Payouts& payouts_;
    const Reversals& reversals_;
};

}  // namespace lango::simulator
