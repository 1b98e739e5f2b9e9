#include "refunds/approval.hpp"

#include "rails/payer_phone.hpp"
#include "withdrawals/approval_rules.hpp"

namespace lango::refunds {

bool is_the_payers(Msisdn phone, std::string_view payer,
                   const std::optional<deposits::Deposit>& deposit) {
    const bool is_orders = deposit && phone == deposit->phone;
    switch (rails::phone_form(payer)) {
        case rails::PhoneForm::none:
            return is_orders;
        case rails::PhoneForm::masked:
            return is_orders && rails::may_be(payer, phone);
        case rails::PhoneForm::whole:
        case rails::PhoneForm::hashed:
            return rails::may_be(payer, phone);
    }
    return false;
}

bool needs_approval(store::Tx& tx, const merchants::Merchant* merchant, Method method, Msisdn phone,
                    bool to_the_payer, Money amount, Instant now) {
    if (method == Method::payout && !to_the_payer) return true;
    if (merchant == nullptr) return false;
    // The payer is no new recipient: his money came from him.
    auto asked = *merchant;
    asked.payout_rules.new_recipient = false;
    return withdrawals::needs_approval(tx, asked, phone, amount, now);
}

void count_for_rules(store::Tx& tx, const merchants::Merchant* merchant, Money amount,
                     Instant now) {
    if (merchant != nullptr) withdrawals::count_for_rules(tx, *merchant, amount, now);
}

}  // namespace lango::refunds
