#include "withdrawals/accept.hpp"

#include "rails/payout_id.hpp"

#include "withdrawals/approval_rules.hpp"

namespace lango::withdrawals {

Result<void, Refusal> accept(store::Tx& tx, const Wanted& wanted,
                             const merchants::Merchant& merchant, Instant now) {
    if (merchant.is_disabled) {
        return Unexpected<Refusal>{{"merchant", std::string{merchants::disabled_text}}};
    }
    const bool moves_money = wanted.kind != Kind::test;
    const bool by_hand_alone = wanted.kind == Kind::manual && !wanted.made_by_approver;
    const bool asks = moves_money && (by_hand_alone || needs_approval(tx, merchant, wanted.phone,
                                                                      wanted.amount, now));
    auto created =
        create(tx,
               {.id = wanted.id,
                .merchant = merchant.id,
                .withdrawal_id = wanted.withdrawal_id,
                .payout_id = wanted.withdrawal_id.empty()
                                 ? std::string{}
                                 : rails::payout_id(merchant.payout_key, wanted.withdrawal_id),
                .label = wanted.label,
                .phone = wanted.phone,
                .amount = wanted.amount,
                .fee = merchant.payout_fee(wanted.amount),
                .comment = wanted.comment,
                .kind = wanted.kind,
                .needs_approval = asks,
                .approvals_needed = merchant.payout_rules.needed,
                .may_wait_for_cover = !merchant.balance_check,
                .created_by = wanted.created_by,
                .signed_as = wanted.signed_as},
               now);
    if (created && moves_money) count_for_rules(tx, merchant, wanted.amount, now);
    return created;
}

}  // namespace lango::withdrawals
