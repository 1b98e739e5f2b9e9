// Money that customers send by themselves, C2B (daraja.md 4): by paybill with a reference they
// type, or to a till. The organisation may be asked first (validation) and is told afterwards
// (confirmation), where it has registered URLs.
//
//   begun -> validated -> paid -> confirmed (once, twice, late or never, by scenario)
//     |          \-> refused: by the organisation, or by silence under ResponseType Cancelled
//     \-> failed: the wallet or M-PESA's limits say no
#pragma once
#include <map>
#include <string>

#include "base/json.hpp"
#include "simulator/c2b_body.hpp"
#include "simulator/c2b_scenario.hpp"
#include "simulator/chosen.hpp"
#include "simulator/core.hpp"
#include "simulator/inbox.hpp"

namespace lango::simulator {

struct C2bOrder {
    std::int64_t shortcode = 0;
    std::string phone;
    std::int64_t amount_minor = 0;
    std::string reference;  // as typed; "" for a till
    bool till = false;
    std::string receipt{};         // TransID, from the validation on
    std::string third_party_id{};  // as the validation was answered
};

class C2b {
  public:
    C2b(const Core& core, Inbox& inbox) : core_(core), inbox_(inbox) {}

    // version: 1 has the number hashed in validations and confirmations, 2 masked.
    [[nodiscard]] http::Response register_urls(const http::Request& request, int version);
    [[nodiscard]] http::Response simulate(const http::Request& request);
    // From a phone's menu, after the right PIN. What becomes of it arrives as an SMS.
    void pay(C2bOrder order);
    // Of a push that was paid, where Config::confirm_pushes says so.
    void confirm_push(const Payment& payment);
    [[nodiscard]] Chosen<C2bScenario>& chosen() { return chosen_; }

    // False: not a line of ours.
    [[nodiscard]] bool replay(const json::Value& line);

  private:
    struct Registration {
        bool silence_pays = false;  // ResponseType Completed
        std::string confirmation_url;
        std::string validation_url;
        int version = 1;
    };
    // Null: nobody registered.
    [[nodiscard]] const Registration* registration(std::int64_t shortcode) const;
    [[nodiscard]] std::string body(const C2bOrder& order, const Registration& to,
                                   bool confirmation) const;
    [[nodiscard]] bool stops(const C2bOrder& order);
    void validated(C2bOrder order, const std::string* answer);
    void refuse(const C2bOrder& order);
    void charge(const C2bOrder& order);
    void confirm(const C2bOrder& order, Duration after);
    void journal(std::int64_t shortcode, const Registration& registration) const;

    const Core& core_;
    Inbox& inbox_;
    Chosen<C2bScenario> chosen_;
    std::map<std::int64_t, Registration> registrations_;  // by shortcode
};

}  // namespace lango::simulator
