// Replies, results and answers that are lost, late, doubled and out of order, from a seed: against
// a rail of a few lines that pays an id once. Whatever comes, the row ends where the rail's money
// is, and every law holds.
#include <map>

#include "withdrawals/withdrawals_fixture.hpp"

namespace lango::withdrawals::test {
namespace {

using rails::Submitted;

// What the rail knows of one id.
struct AtTheRail {
    bool paid = false;
    int submissions = 0;
};

class Storm : public Withdrawals, public testing::WithParamInterface<std::uint64_t> {
  protected:
    bool chance(std::uint64_t percent) { return dice_.below(100) < percent; }

    void submit(WithdrawalId id) {
        if (chance(20)) {  // never arrives
            answer(id, chance(50) ? Submitted::unknown : Submitted::not_submitted);
            return;
        }
        auto& known = known_[id.value()];
        if (known.submissions++ == 0) known.paid = chance(70);
        if (chance(30)) tell_result(id);  // before the reply
        if (chance(10)) return;           // killed before it was recorded
        answer(id, chance(25) ? Submitted::unknown : Submitted::accepted);
    }
    void tell_result(WithdrawalId id) { tell(id, PayoutSource::result); }
    void tell(WithdrawalId id, PayoutSource source) {
        const auto known = known_.find(id.value());
        if (known == known_.end()) {
            if (source == PayoutSource::status) see(id, PayoutFate::not_found, source, "", "25");
            return;
        }
        if (known->second.paid) {
            see(id, PayoutFate::paid, source,
                "R" + std::to_string(100'000'000 + id.value() % 900'000'000));
        } else {
            see(id, PayoutFate::failed, source, "", "2040");
        }
    }
    void step(const std::vector<WithdrawalId>& ids) {
        now_ += std::chrono::seconds{static_cast<std::int64_t>(dice_.below(90))};
        const auto taken =
            book_.write([&](store::Tx& tx) { return take_payouts(tx, rail_, 10, timing_, now_); });
        for (const auto& payout : taken.payouts) submit(payout.withdrawal);
        const auto asked = book_.write(
            [&](store::Tx& tx) { return take_questions(tx, rail_.goes, 10, timing_, now_); });
        for (const auto& question : asked.questions) {
            if (chance(60)) tell(question.withdrawal, PayoutSource::status);
        }
        const auto id = ids[dice_.below(ids.size())];
        if (!known_.contains(id.value())) return;
        if (chance(20)) see(id, PayoutFate::pending, PayoutSource::timeout);
        if (chance(20)) see(id, PayoutFate::unknown, PayoutSource::result, "", "100000000");
        if (chance(30)) tell_result(id);
    }

    SeededRandom dice_{GetParam()};
    std::map<std::int64_t, AtTheRail> known_;
};

TEST_P(Storm, EndsWhereTheMoneyIs) {
    std::vector<WithdrawalId> ids;
    for (int i = 0; i < 12; ++i) ids.push_back(*create(1000 + i));
    const auto open = [&] {
        for (const auto id : ids) {
            if (!is_closed(row(id).state) && row(id).due_at) return true;
        }
        return false;
    };
    for (int i = 0; i < 2000 && open(); ++i) step(ids);
    EXPECT_EQ(broken_laws(), "");
    auto expected = Money::kes(100'000);
    std::size_t told = 0;
    for (const auto id : ids) {
        const auto ended = row(id);
        const auto known = known_.find(id.value());
        const bool paid = known != known_.end() && known->second.paid;
        if (paid) expected = expected - ended.amount;
        if (is_closed(ended.state)) {
            ++told;
            EXPECT_EQ(ended.state == State::paid, paid) << hex16(id.value());
        } else {
            // Nobody could be asked: a person must look, and the money is still held.
            EXPECT_TRUE(ended.has(Flag::attention)) << name(ended.state);
            EXPECT_EQ(known, known_.end());
        }
    }
    EXPECT_EQ(told_.size(), told);
    EXPECT_EQ(balance().posted, expected);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Storm, testing::Range<std::uint64_t>(1, 101));

}  // namespace
}  // namespace lango::withdrawals::test
