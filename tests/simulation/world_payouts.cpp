// What the world can do about money out.
#include <algorithm>

#include "api/request_signature.hpp"
#include "base/json.hpp"
#include "tests/simulation/world.hpp"

namespace lango::simulation {

using namespace std::chrono_literals;

void World::let_time_pass(Duration by) {
    if (!life_) {
        clock_.advance(by);
        return;
    }
    for (const auto end = clock_.now() + by; clock_.now() < end;) {
        clock_.advance(std::min<Duration>(1s, end - clock_.now()));
        if (life_->dead()) restart_gateway();
    }
}

void World::fund(std::int64_t shillings) {
    constexpr std::int64_t most = 250'000;
    for (auto left = shillings; left > 0; left -= most) {
        const auto number = std::to_string(++funders_);
        const auto order =
            create(std::min(left, most),
                   "2547000" + std::string(2 - std::min<std::size_t>(number.size(), 2), '0') +
                       number + "999",
                   "fund-" + number);
        if (order.empty()) throw std::runtime_error{last_answer.body};
        for (int i = 0; i < 100 && state_of(order) != "paid"; ++i) let_time_pass(10s);
    }
}

bool World::command(const std::function<void(store::Tx&, Instant now)>& run) {
    try {
        static_cast<void>(wait_for(store().write([&](store::Tx& tx) {
            run(tx, clock_.now());
            return true;
        })));
    } catch (const store::Unavailable&) {
        return false;
    }
    core_->payouts()->wake();
    return true;
}

std::optional<WithdrawalId> World::withdraw(std::int64_t shillings, const std::string& phone,
                                            const std::string& own_id) {
    const auto id = fresh_withdrawal();
    bool made = false;
    const bool lived = command([&](store::Tx& tx, Instant now) {
        made = withdrawals::create(tx,
                                   {.id = id,
                                    .merchant = MerchantId{1},
                                    .withdrawal_id = own_id,
                                    .label = "user",
                                    .phone = *Msisdn::parse(phone),
                                    .amount = Money::kes(shillings),
                                    .fee = Money::zero(),
                                    .comment = {}},
                                   now)
                   .has_value();
    });
    return lived && made ? std::optional{id} : std::nullopt;
}

http::Response World::request_withdrawal(std::string body) {
    const auto signature =
        api::request_signature(private_key_, api::signed_text(*json::parse(body)));
    body.pop_back();
    return call(http::Method::post, "/v2/withdrawal/create",
                body + R"(,"signature":")" + signature + R"("})");
}

withdrawals::Withdrawal World::withdrawal(WithdrawalId id) {
    return *wait_for(store_->write([id](store::Tx& tx) { return withdrawals::find(tx, id); }));
}

std::int64_t World::number(store::Sql sql) {
    return wait_for(store_->write([sql](store::Tx& tx) {
        return tx.first(sql, [](const store::Row& row) { return row.integer(0); }).value_or(0);
    }));
}

std::string World::text(store::Sql sql) {
    return wait_for(store_->write([sql](store::Tx& tx) {
        return tx.first(sql, [](const store::Row& row) { return row.string(0); }).value_or("");
    }));
}

withdrawals::Settled World::person_says_not_paid(WithdrawalId id) {
    rails::PayoutSeen seen;
    seen.source = rails::PayoutSource::person;
    seen.fate = rails::PayoutFate::failed;
    seen.code = "person";
    seen.raw = "asked Safaricom: nothing was paid";
    return wait_for(core_->payouts()->intake().settler.settle(id, std::move(seen)));
}

withdrawals::Decided World::person_rejects(WithdrawalId id) {
    return wait_for(core_->payouts()->intake().settler.reject(id, "amina", "", {})).what;
}

std::optional<withdrawals::Decided> World::person_approves(WithdrawalId id,
                                                           const std::string& who) {
    const auto seen = withdrawals::approval_code(withdrawal(id));
    try {
        return wait_for(core_->payouts()->intake().settler.approve(id, who, seen, {})).what;
    } catch (const store::Unavailable&) {
        return std::nullopt;
    }
}

withdrawals::Settled World::person_says_paid(WithdrawalId id, const std::string& receipt) {
    rails::PayoutSeen seen;
    seen.source = rails::PayoutSource::person;
    seen.fate = rails::PayoutFate::paid;
    seen.code = "0";
    seen.receipt = receipt;
    seen.raw = "asked Safaricom: it was paid";
    return wait_for(core_->payouts()->intake().settler.settle(id, std::move(seen)));
}

}  // namespace lango::simulation
