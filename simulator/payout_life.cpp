// What becomes of an accepted payout, and the money with it.
#include <algorithm>
#include <array>

#include "simulator/payouts.hpp"
#include "simulator/result.hpp"
#include "simulator/wire_text.hpp"

namespace lango::simulator {

using namespace std::chrono_literals;

namespace {

// daraja.md 8.1, in cents.
constexpr std::int64_t amount_min_minor = 10'00;
constexpr std::int64_t amount_max_minor = 250'000'00;
constexpr std::int64_t daily_limit_minor = 500'000'00;
constexpr std::int64_t wallet_max_minor = 500'000'00;

// What the queue says when it gives up. The real payload is documented nowhere (daraja.md 5.5); the
// result's envelope and a code of the core's for "too busy" are ours.
constexpr std::string_view queue_code = "26";

// The first table of daraja.md 8.2.
std::int64_t fee_minor(std::int64_t amount_minor) {
    struct Band {
        std::int64_t up_to_minor;
        std::int64_t fee_minor;
    };
    static constexpr std::array<Band, 4> bands{
        {{100'00, 0}, {1'500'00, 5'00}, {5'000'00, 9'00}, {20'000'00, 11'00}}};
    const auto* const band = std::ranges::find_if(
        bands, [&](const Band& known) { return amount_minor <= known.up_to_minor; });
    return band == bands.end() ? 13'00 : band->fee_minor;
}

}  // namespace

// The rules that hold whatever the scenario says.
std::string Payouts::natural_code(const PayoutOrder& order) const {
    const auto now = core_.clock.now();
    const auto* const shortcode = core_.shortcode(std::to_string(order.shortcode));
    if (shortcode == nullptr || !shortcode->b2c) return "2028";
    if (order.amount_minor < amount_min_minor) return "2";
    if (order.amount_minor > amount_max_minor) return "3";
    const auto& ledger = core_.ledger;
    if (ledger.received_on_day_of(now, order.phone) + order.amount_minor > daily_limit_minor) {
        return "4";
    }
    // The gift a wallet begins with is as much as it may hold; it does not count.
    if (ledger.gained(order.phone) + order.amount_minor > wallet_max_minor) return "8";
    if (ledger.organisation(order.shortcode).utility_minor < order.amount_minor) return "1";
    return "0";
}

void Payouts::decide(PayoutOrder& order) {
    const auto& scenario = *order.scenario;
    auto code = order.initiator_code;
    if (code == "0") code = scenario.code;
    if (code == "0") code = natural_code(order);
    if (code != "0") {
        fail(order, std::move(code));
        return;
    }
    if (scenario.queue_times_out) call_queue_timeout(order);
    if (scenario.expires) {
        end(order, std::string{expired}, core_.clock.now());
        journal_failure(order);
        return;
    }
    if (!scenario.first_code.empty()) {
        core_.agenda.tell(order.result_url, result(order, scenario.first_code));
    }
    if (scenario.waits == Duration{}) {
        finish(order);
        return;
    }
    order.waiting = true;
    core_.agenda.at(core_.clock.now() + scenario.waits, [this, &order] { finish(order); });
}

void Payouts::finish(PayoutOrder& order) {
    auto code = natural_code(order);
    if (code == "0")
        pay(order);
    else
        fail(order, std::move(code));
}

void Payouts::pay(PayoutOrder& order) {
    const auto now = core_.clock.now();
    Payout payout{.receipt = core_.ids.receipt(now),
                  .originator_conversation_id = order.originator_conversation_id,
                  .conversation_id = order.conversation_id,
                  .shortcode = order.shortcode,
                  .phone = order.phone,
                  .amount_minor = order.amount_minor,
                  .fee_minor = fee_minor(order.amount_minor),
                  .completed_at = to_micros(now)};
    order.receipt = payout.receipt;
    order.fee_minor = payout.fee_minor;
    // First: what a result tells must survive the death of this process.
    journal_payout(payout);
    core_.ledger.pay_out(std::move(payout));
    end(order, "0", now);
    tell_the_end(order);
}

void Payouts::fail(PayoutOrder& order, std::string code) {
    const auto now = core_.clock.now();
    if (core_.config.failed_with_receipt) order.receipt = core_.ids.receipt(now);
    end(order, std::move(code), now);
    journal_failure(order);
    tell_the_end(order);
}

void Payouts::end(PayoutOrder& order, std::string code, Instant at) {
    order.waiting = false;
    order.ended = true;
    order.code = std::move(code);
    order.ended_at = at;
    if (!order.receipt.empty()) by_receipt_[order.receipt] = &order;
}

void Payouts::tell_the_end(const PayoutOrder& order) {
    const auto& scenario = *order.scenario;
    const auto at = core_.clock.now() + (scenario.late ? core_.config.late_by : Duration{});
    const auto tell_at = [&](Instant when, std::string body) {
        core_.agenda.at(when, [this, url = order.result_url, body = std::move(body)] {
            core_.agenda.tell(url, body);
        });
    };
    const bool misled = order.code == "0" && !scenario.told_code.empty();
    const auto body = result(order, misled ? scenario.told_code : std::string_view{order.code});
    for (int i = 0; i < scenario.results; ++i) tell_at(at + i * Duration{20ms}, body);
    if (!scenario.later_code.empty() && order.code == "0") {
        tell_at(at + 1s, result(order, scenario.later_code));
    }
}

void Payouts::call_queue_timeout(const PayoutOrder& order) {
    core_.agenda.tell(order.queue_timeout_url, result(order, queue_code));
}

std::string Payouts::result(const PayoutOrder& order, std::string_view code) {
    const auto now = core_.clock.now();
    const auto foreign = order.scenario->foreign_id ? core_.ids.merchant_request() : std::string{};
    const bool paid = code == "0";
    const auto unmoved =
        !order.receipt.empty() && order.code != "0" ? order.receipt : Ids::no_receipt(now);
    ResultMessage message{.code = code,
                          .originator_conversation_id = order.scenario->foreign_id
                                                            ? foreign
                                                            : order.originator_conversation_id,
                          .conversation_id = order.conversation_id,
                          .transaction_id = paid ? order.receipt : unmoved};
    if (paid) {
        const auto& accounts = core_.ledger.organisation(order.shortcode);
        const auto amount = order.amount_minor + (order.scenario->wrong_amount ? 100 : 0);
        message.parameters = {
            {.key = "TransactionAmount", .json = short_shillings(amount)},
            {.key = "TransactionReceipt", .json = json_text(order.receipt)},
            {.key = "ReceiverPartyPublicName", .json = json_text(customer_name(order.phone))},
            {.key = "TransactionCompletedDateTime",
             .json = json_text(format_eat_day_first(order.ended_at))},
            {.key = "B2CUtilityAccountAvailableFunds", .json = shillings(accounts.utility_minor)},
            {.key = "B2CWorkingAccountAvailableFunds", .json = shillings(accounts.working_minor)},
            {.key = "B2CRecipientIsRegisteredCustomer", .json = json_text("Y")},
            {.key = "B2CChargesPaidAccountAvailableFunds",
             .json = shillings(accounts.charges_minor)}};
    }
    return result_body(core_, std::move(message));
}

}  // namespace lango::simulator
