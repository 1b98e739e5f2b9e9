// What is said to a B2C request (daraja.md 5.1).
#include "simulator/fields.hpp"
#include "simulator/initiator_fields.hpp"
#include "simulator/payouts.hpp"
#include "simulator/refusals.hpp"
#include "simulator/result.hpp"

namespace lango::simulator {

using namespace std::chrono_literals;

asio::awaitable<http::Response> Payouts::request(const http::Request& request, bool with_id) {
    if (!says_json(request)) co_return core_.invalid(product::b2c.first_field);
    const auto body = json::parse(request.body);
    if (!body) co_return core_.error(400, "400.002.05", "Invalid Request Payload");
    if (const auto wrong = invalid_payout_field(*body, with_id); !wrong.empty()) {
        co_return core_.invalid(wrong);
    }
    const auto forbidden = core_.forbidden_url(*body, {"QueueTimeOutURL", "ResultURL"});
    if (!forbidden.empty()) co_return core_.invalid(forbidden);
    const auto* const shortcode = core_.shortcode(field(*body, "PartyA"));
    if (shortcode == nullptr) co_return core_.invalid("PartyA");
    if (too_many(shortcode->number)) {
        co_return core_.error(500, "500.003.02", "Error Occurred: Spike Arrest Violation");
    }
    const auto now = core_.clock.now();
    PayoutOrder order{.conversation_id = {},
                      .originator_conversation_id =
                          with_id ? std::string{field(*body, "OriginatorConversationID")}
                                  : core_.ids.merchant_request(),
                      .shortcode = shortcode->number,
                      .phone = std::string{field(*body, "PartyB")},
                      .amount_minor = *amount_minor(field(*body, "Amount")),
                      .command = std::string{field(*body, "CommandID")},
                      .result_url = std::string{field(*body, "ResultURL")},
                      .queue_timeout_url = std::string{field(*body, "QueueTimeOutURL")},
                      .began = now,
                      .initiator_code = {}};
    if (by_originator_.contains(order.originator_conversation_id)) {
        co_return core_.error(500, "500.002.1001", "Duplicate OriginatorConversationID.");
    }
    const auto& scenario =
        chosen_.choose(order.phone, order.amount_minor, payout_scenario_for_phone(order.phone));
    if (drops(scenario, order.originator_conversation_id)) {
        co_return co_await core_.agenda.hold(now + reply_held_for, gateway_timeout());
    }
    if (scenario.limited_once && first_with(order.originator_conversation_id)) {
        co_return refusal(core_, product::b2c, Reply::apigee_429);
    }
    if (refuses(scenario.reply)) co_return refusal(core_, product::b2c, scenario.reply);
    order.scenario = &scenario;
    order.initiator_code = initiators_.check(*shortcode, field(*body, "InitiatorName"),
                                             field(*body, "SecurityCredential"));
    auto accepted = accept(std::move(order));
    if (scenario.reply == Reply::lost) {
        co_return co_await core_.agenda.hold(now + reply_held_for, gateway_timeout());
    }
    if (scenario.reply != Reply::accepted) co_return refusal(core_, product::b2c, scenario.reply);
    if (scenario.early) {
        co_return co_await core_.agenda.hold(now + core_.config.payout_after + 500ms,
                                             std::move(accepted));
    }
    co_return accepted;
}

bool Payouts::too_many(std::int64_t shortcode) {
    const int per_second = core_.config.payouts_per_second;
    if (per_second == 0) return false;
    if (per_second != bucket_size_) buckets_.clear();
    bucket_size_ = per_second;
    auto& bucket = buckets_.try_emplace(shortcode, per_second).first->second;
    if (bucket.available(core_.clock.now()) == 0) return true;
    bucket.spend(1);
    return false;
}

bool Payouts::drops(const PayoutScenario& scenario, const std::string& originator_id) {
    if (scenario.reply == Reply::dropped) return true;
    return scenario.dropped_once && first_with(originator_id);
}

bool Payouts::first_with(const std::string& originator_id) {
    return not_taken_.insert(originator_id).second;
}

http::Response Payouts::accept(PayoutOrder order) {
    do {
        order.conversation_id = core_.ids.conversation(order.began);
    } while (orders_.contains(order.conversation_id));
    // First: an id that was said to be taken stays taken when this process dies.
    journal_accepted(order);
    auto response = accepted_reply(order.conversation_id, order.originator_conversation_id);
    auto& kept = orders_.emplace(order.conversation_id, std::move(order)).first->second;
    by_originator_.emplace(kept.originator_conversation_id, &kept);
    core_.agenda.at(kept.began + core_.config.payout_after, [this, &kept] { decide(kept); });
    return response;
}

const PayoutOrder* Payouts::find(const std::string& id) const {
    if (const auto found = by_originator_.find(id); found != by_originator_.end()) {
        return found->second;
    }
    const auto found = by_receipt_.find(id);
    return found == by_receipt_.end() ? nullptr : found->second;
}

}  // namespace lango::simulator
