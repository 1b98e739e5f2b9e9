// The gauges of /metrics that are counted in the store, when somebody looks.
#include "app/core.hpp"
#include "app/counted.hpp"
#include "base/check.hpp"

namespace lango::app {

namespace {

using namespace std::chrono_literals;

// Zero: there is none, or it is not due yet.
std::int64_t seconds_since(std::optional<Instant> then, Instant now) {
    return then && *then < now ? (now - *then) / 1s : 0;
}

}  // namespace

std::string Core::owner_of(const CountedAccount& account) const {
    if (account.kind != ledger::AccountKind::merchant &&
        account.kind != ledger::AccountKind::receivable) {
        return std::to_string(account.owner);
    }
    const auto merchant = merchants_.by_id(MerchantId{account.owner});
    return merchant ? merchant->slug : std::to_string(account.owner);
}

asio::awaitable<void> Core::collect() {
    if (ports_.metrics == nullptr) co_return;
    ports_.metrics->failed_checks.set(static_cast<std::int64_t>(failed_checks()));
    const auto now = ports_.clock.now();
    const auto lost = std::make_shared<const std::vector<DepositId>>(std::exchange(failed_, {}));
    const auto counted =
        co_await ports_.store.read([now, after = told_to_, lost](store::Reader& reader) {
            return count(reader, now, after, *lost);
        });
    for (const auto& code : counted.codes) ports_.metrics->deposits_failed.with(code).add();
    // What nobody is in any more has no row: its gauge must not keep the last count.
    using enum deposits::State;
    for (const auto state : {created, pushing, prompted, unknown, verifying}) {
        ports_.metrics->deposits.with(deposits::name(state)).set(0);
    }
    for (const auto& count : counted.open) {
        ports_.metrics->deposits.with(deposits::name(count.state)).set(count.count);
    }
    ports_.metrics->deposits_attention.set(counted.attention);
    for (const auto age : ops::pending_ages) {
        const auto found = counted.ages.find(age);
        ports_.metrics->deposits_pending.with(age).set(found == counted.ages.end() ? 0
                                                                                   : found->second);
    }
    ports_.metrics->postbacks.with("waiting").set(counted.postbacks.waiting);
    ports_.metrics->postbacks.with("exhausted").set(counted.postbacks.exhausted);
    for (const auto& [kind, count] : counted.set_aside) {
        ports_.metrics->set_aside.with(runs::name(kind)).set(count);
    }
    ports_.metrics->postback_oldest_seconds.set(seconds_since(counted.postbacks.oldest_due, now));
    ports_.metrics->suspense_items.set(counted.suspense.items);
    ports_.metrics->suspense_kes.set_cents(counted.suspense.cents);
    ports_.metrics->suspense_oldest_seconds.set(seconds_since(counted.suspense.oldest, now));
    for (const auto& account : counted.accounts) {
        ports_.metrics->balances.with(ledger::name(account.kind), owner_of(account))
            .set_cents(account.cents);
    }
    for (const auto& told : counted.told) {
        if (told_to_ >= told.number) continue;  // by a scrape that ran beside this one
        const auto merchant = merchants_.by_id(told.merchant);
        ports_.metrics->told_kes.with(told.is_in ? "in" : "out", merchant ? merchant->slug : "?")
            .add_cents(told.cents);
        told_to_ = told.number;
    }
    ports_.metrics->store(ports_.store.stats());
    ports_.metrics->writes_stopped.set(audit_.stops() ? 1 : 0);
    ports_.metrics->breaker_open.set(rail_.down_for(ports_.clock.now()) ? 1 : 0);
    if (payouts_) co_await payouts_->collect();
}

}  // namespace lango::app
