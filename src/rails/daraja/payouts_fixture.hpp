// For tests: the connector of payouts against a client that answers as told.
#pragma once
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "rails/daraja/credential_fixture.hpp"
#include "rails/daraja/daraja_fixture.hpp"
#include "rails/daraja/payouts.hpp"

namespace lango::rails::daraja::test {

inline constexpr WithdrawalId withdrawal{0x0123456789abcdef};

inline Reply taken() {
    return {.body = R"({"ConversationID":"AG_20240706_20106e9209f64bebd05b",)"
                    R"("OriginatorConversationID":"lango-0123456789abcdef","ResponseCode":"0",)"
                    R"("ResponseDescription":"Accept the service request successfully."})"};
}

class PayoutConnector : public Connector {
  protected:
    PayoutConnector() { make(payout_options()); }
    static PayoutOptions payout_options() {
        return {.callback_url = "https://pay.example.co.ke",
                .shortcode = 600996,
                .initiator = "testapi",
                .password = Secret{"Safaricom999!*!"},
                .certificate = safaricoms_key().certificate()};
    }
    void make(PayoutOptions with) {
        payouts_.emplace(
            std::move(with), rail_->app(), clock_, master_,
            [this](std::string_view operation, std::string_view outcome, Duration) {
                noticed_.push_back(std::string{operation} + " " + std::string{outcome});
            });
    }
    PayoutAnswer pay() {
        return wait_for(payouts_->pay({.withdrawal = withdrawal,
                                       .id = "lango-0123456789abcdef",
                                       .phone = *Msisdn::parse("254712344321"),
                                       .amount = Money::kes(1000),
                                       .route = payouts_->route()}));
    }
    PayoutAnswer answered(Reply reply) {
        safaricom_.says_in_turn({std::move(reply)});
        return pay();
    }
    bool ask(const std::string& originator = "1-2-1") {
        return wait_for(payouts_->ask({.withdrawal = withdrawal,
                                       .id = "lango-0123456789abcdef",
                                       .originator_conversation_id = originator,
                                       .route = payouts_->route()}));
    }
    std::string address(std::string_view about, const std::string& subject) {
        return "https://pay.example.co.ke/rail/" + std::string{about} + "/" + subject + "/" +
               master_.token(about, subject);
    }
    static std::vector<std::string> names(const json::Value& body) {
        std::vector<std::string> all;
        for (const auto& [name, value] : *body.object()) all.push_back(name);
        return all;
    }

    std::optional<Payouts> payouts_;
};

}  // namespace lango::rails::daraja::test
