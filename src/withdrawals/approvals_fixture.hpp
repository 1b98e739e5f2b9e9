// For tests: withdrawals that wait for people.
#pragma once
#include "withdrawals/accept.hpp"
#include "withdrawals/approve.hpp"
#include "withdrawals/judge.hpp"
#include "withdrawals/withdrawals_fixture.hpp"

namespace lango::withdrawals::test {

class People : public Withdrawals {
  protected:
    People() {
        merchant_.id = shop;
        merchant_.slug = "shop";
        merchant_.webhook_secret = Secret{"abcdefghijklmnopqrstuvwx"};
        merchant_.payout_key = Secret{"the shop's"};
    }
    // The shop's settings count from here on.
    void rules(const merchants::PayoutRules& rules) {
        merchant_.payout_rules = rules;
        directory().replace({merchant_});
    }
    std::optional<WithdrawalId> accept(std::int64_t shillings,
                                       const std::string& phone = "254712345678",
                                       const std::string& created_by = "",
                                       const std::string& own_id = "") {
        const WithdrawalId id{next_id()};
        const auto taken = book_.write([&](store::Tx& tx) {
            return withdrawals::accept(tx,
                                       {.id = id,
                                        .withdrawal_id = own_id,
                                        .label = "user",
                                        .phone = *Msisdn::parse(phone),
                                        .amount = Money::kes(shillings),
                                        .comment = "",
                                        .kind = created_by.empty() ? Kind::api : Kind::manual,
                                        .created_by = created_by,
                                        .made_by_approver = approves_},
                                       merchant_, now_);
        });
        if (!taken) refusal_ = taken.error();
        return taken ? std::optional{id} : std::nullopt;
    }
    State state_of_new(std::int64_t shillings, const std::string& phone = "254712345678") {
        return row(*accept(shillings, phone)).state;
    }
    Decided approve(WithdrawalId id, const std::string& who, const std::string& seen = "") {
        const auto code = seen.empty() ? approval_code(row(id)) : seen;
        return book_
            .write([&](store::Tx& tx) {
                return withdrawals::approve(tx, id, who, code, merchant_.payout_rules.needed, now_);
            })
            .what;
    }
    Decided reject(WithdrawalId id, const std::string& who) {
        auto decision = book_.write([&](store::Tx& tx) {
            return withdrawals::reject(tx, id, who, "wrong phone", context(), now_);
        });
        if (decision.postback) told_.push_back(std::move(*decision.postback));
        return decision.what;
    }
    Judgement judge(WithdrawalId id, const std::string& who, bool paid,
                    const std::string& receipt = "") {
        auto judgement = book_.write([&](store::Tx& tx) {
            return withdrawals::judge(tx, id,
                                      {.who = who, .paid = paid, .receipt = receipt, .reason = ""},
                                      context(), now_);
        });
        if (judgement.outcome.postback) told_.push_back(*judgement.outcome.postback);
        return judgement;
    }
    void paid(WithdrawalId id, const std::string& receipt) {
        EXPECT_EQ(take(), 1U);
        answer(id, rails::Submitted::accepted);
        EXPECT_EQ(see(id, PayoutFate::paid, PayoutSource::result, receipt), Settled::paid);
    }
    std::string last_event(WithdrawalId id) {
        const auto all = book_.write([&](store::Tx& tx) { return events(tx, id); });
        return std::string{name(all.back().kind)} + ": " + all.back().detail;
    }

    merchants::Merchant merchant_;
    bool approves_ = true;  // whoever makes withdrawals by hand may approve them, too
};

}  // namespace lango::withdrawals::test
