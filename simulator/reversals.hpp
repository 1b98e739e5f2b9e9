// A customer's payment back to the customer (daraja.md 6.3): whole, once, and only what came in.
// The money moves when the request is taken; the result comes a little later.
#pragma once
#include "simulator/initiator_request.hpp"

namespace lango::simulator {

class Reversals {
  public:
    Reversals(const Core& core, Initiators& initiators) : core_(core), initiators_(initiators) {}

    [[nodiscard]] http::Response request(const http::Request& request);
    // False: not a line of ours.
    [[nodiscard]] bool replay(const json::Value& line);

  private:
    [[nodiscard]] std::string code_for(const InitiatorRequest& asked) const;
    [[nodiscard]] Reversal reverse(const InitiatorRequest& asked);
    void journal(const Reversal& reversal) const;
    [[nodiscard]] std::string failure(const InitiatorRequest& asked) const;
    [[nodiscard]] std::string success(const Shortcode& shortcode, const Reversal& reversal) const;

    const Core& core_;
    Initiators& initiators_;
};

}  // namespace lango::simulator
