// Refunds in a storm, from a seed: replies, results and answers lost, late, doubled and out of
// order, against a rail of a few lines that reverses a payment once and pays an id once. Whatever
// comes, nobody gets more back than he paid, and our ledger says what the rail's does.
#include <map>

#include "refunds/refunds_fixture.hpp"

namespace lango::refunds::test {
namespace {

class RefundStorm : public Refunds, public testing::WithParamInterface<std::uint64_t> {
  protected:
    bool chance(std::uint64_t percent) { return dice_.below(100) < percent; }

    struct AtTheRail {
        rails::Payout order;
        bool done = false;         // the money has left for this id, or this receipt
        bool done_before = false;  // refused, because it had left already
        std::string receipt{};
    };

    // What the rail does with what arrives.
    void arrive(const rails::Payout& order) {
        auto [at, fresh] = known_.try_emplace(order.withdrawal.value(), AtTheRail{.order = order});
        auto& known = at->second;
        if (!order.reverses) {
            if (fresh && chance(80)) leave(known, payout_account);
            return;
        }
        if (known.done) return;
        if (reversed_.contains(order.reverses->receipt)) {
            known.done_before = true;
        } else if (chance(80)) {
            reversed_.insert({order.reverses->receipt, true});
            leave(known, paybill_account);
        }
    }
    void leave(AtTheRail& known, ledger::AccountRef from) {
        known.done = true;
        known.receipt = "OUT" + std::to_string(1'000'000 + ++receipts_);
        back_ = back_ + known.order.amount;
        auto& account = left_.try_emplace(from.owner, Money::zero()).first->second;
        account = account + known.order.amount;
    }
    void submit(const rails::Payout& order) {
        const auto id = order.withdrawal;
        if (chance(20)) {
            answer(id, chance(50) ? Submitted::unknown : Submitted::not_submitted);
            return;
        }
        arrive(order);
        if (chance(30)) tell(id);
        if (chance(10)) return;  // killed before it was recorded
        answer(id, chance(25) ? Submitted::unknown : Submitted::accepted);
    }
    // A result.
    void tell(WithdrawalId id) {
        const auto found = known_.find(id.value());
        if (found == known_.end()) return;
        const auto& known = found->second;
        if (known.done_before) {
            auto before = done_before();
            before.reversed = known.order.reverses->receipt;
            claim(id, before);
        } else if (known.done) {
            see(id, PayoutFate::paid, PayoutSource::result, known.receipt);
        } else {
            see(id, PayoutFate::failed, PayoutSource::result, "", "1");
        }
    }
    // The answer to a question: of a reversal whose reply was lost it only says that the payment
    // stands, as the rail's does.
    void reply(const rails::PayoutQuestion& question) {
        const auto id = question.withdrawal;
        const auto found = known_.find(id.value());
        const bool blind = question.reverses && question.originator_conversation_id.empty();
        if (blind || found == known_.end()) {
            see(id, PayoutFate::not_found, PayoutSource::status, "", "25");
        } else if (found->second.done) {
            see(id, PayoutFate::paid, PayoutSource::status, found->second.receipt);
        } else {
            see(id, PayoutFate::failed, PayoutSource::status, "", "Declined");
        }
    }
    void step(const std::vector<WithdrawalId>& ids) {
        now_ += std::chrono::seconds{static_cast<std::int64_t>(dice_.below(600))};
        const auto taken = book_.write(
            [&](store::Tx& tx) { return withdrawals::take_payouts(tx, rail_, 10, timing_, now_); });
        for (const auto& order : taken.payouts) submit(order);
        const auto asked = book_.write([&](store::Tx& tx) {
            return withdrawals::take_questions(tx, rail_.goes, 10, timing_, now_);
        });
        for (const auto& question : asked.questions) {
            if (chance(60)) reply(question);
        }
        const auto id = ids[dice_.below(ids.size())];
        if (!known_.contains(id.value())) return;
        if (chance(20)) see(id, PayoutFate::pending, PayoutSource::timeout);
        if (chance(20)) see(id, PayoutFate::unknown, PayoutSource::result, "", "100000000");
        if (chance(30)) tell(id);
    }

    SeededRandom dice_{GetParam()};
    std::map<std::int64_t, AtTheRail> known_;
    std::map<std::string, bool> reversed_;
    std::map<std::int64_t, Money> left_;
    Money back_ = Money::zero();
    int receipts_ = 0;
};

TEST_P(RefundStorm, EndsWhereTheMoneyIs) {
    std::vector<WithdrawalId> ids;
    auto came = Money::zero();
    for (int i = 0; i < 6; ++i) {
        const auto deposit = paid(1000 + i, "UKN" + std::to_string(1'000'001 + i));
        came = came + Money::kes(1000 + i);
        if (chance(50)) {
            ids.push_back(made(of(deposit)));
        } else {
            ids.push_back(made(of(deposit, 400)));
            ids.push_back(made(of(deposit)));
        }
    }
    const auto open = [&] {
        for (const auto id : ids) {
            if (!withdrawals::is_closed(row(id).state) && row(id).due_at) return true;
        }
        return false;
    };
    for (int i = 0; i < 2000 && open(); ++i) step(ids);
    EXPECT_EQ(broken_laws(), "");
    auto gone = Money::zero();
    for (const auto id : ids) {
        const auto ended = row(id);
        const auto known = known_.find(id.value());
        const bool left = known != known_.end() && known->second.done;
        if (ended.state == State::paid) gone = gone + ended.amount;
        if (withdrawals::is_closed(ended.state)) {
            EXPECT_EQ(ended.state == State::paid, left) << hex16(id.value());
        } else {
            EXPECT_TRUE(ended.has(Flag::attention)) << name(ended.state);
            EXPECT_EQ(balance().held >= ended.amount, true) << "what nobody settled is held";
        }
    }
    EXPECT_LE(back_, came);
    EXPECT_EQ(balance().posted, Money::kes(100'000) + came - gone);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RefundStorm, testing::Range<std::uint64_t>(1, 41));

}  // namespace
}  // namespace lango::refunds::test
