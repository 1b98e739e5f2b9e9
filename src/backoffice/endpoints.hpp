// The handlers of the use cases (use_cases.cpp), by what they are about.
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "backoffice/refusals.hpp"
#include "backoffice/use_case.hpp"
#include "people/trail.hpp"

namespace lango::backoffice {

using http::Request;
using http::Response;

// The merchant of this short name.
[[nodiscard]] std::optional<MerchantId> merchant_named(store::Reader& reader,
                                                       std::string_view slug);
// Every merchant's short name.
[[nodiscard]] std::map<MerchantId, std::string> merchant_slugs(store::Reader& reader);

[[nodiscard]] inline Response payouts_off() {
    return refuse(Refusal::not_running,
                  "Payouts are off, or the gateway does not run: nothing can be decided.");
}

Answer create_merchant(SharedParts parts, Call call);
Answer set_merchant(SharedParts parts, Call call);
Answer show_merchant(SharedParts parts, Call call);
Answer rotate_secret(SharedParts parts, Call call);
Answer rotate_keys(SharedParts parts, Call call);
Answer end_old_keys(SharedParts parts, Call call);
Answer list_merchants(SharedParts parts, Call call);
Answer disable_merchant(SharedParts parts, Call call);
Answer enable_merchant(SharedParts parts, Call call);

Answer find_anything(SharedParts parts, Call call);
Answer show_totals(SharedParts parts, Call call);

Answer list_proposals(SharedParts parts, Call call);
Answer show_proposal(SharedParts parts, Call call);
Answer agree_to_proposal(SharedParts parts, Call call);
Answer reject_proposal(SharedParts parts, Call call);

Answer import_rates(SharedParts parts, Call call);
Answer show_rates(SharedParts parts, Call call);

Answer verify(SharedParts parts, Call call);
Answer last_verified(SharedParts parts, Call call);
Answer acknowledge_breaches(SharedParts parts, Call call);
Answer receipts(SharedParts parts, Call call);
Answer balances(SharedParts parts, Call call);

Answer resend_postback(SharedParts parts, Call call);
Answer exhausted_postbacks(SharedParts parts, Call call);
Answer list_postbacks(SharedParts parts, Call call);
Answer list_events(SharedParts parts, Call call);
Answer list_set_aside(SharedParts parts, Call call);
Answer retry_set_aside(SharedParts parts, Call call);
Answer register_paybill(SharedParts parts, Call call);
Answer give_paybill_reference(SharedParts parts, Call call);
Answer list_suspense(SharedParts parts, Call call);
Answer list_unmatched(SharedParts parts, Call call);
Answer show_unmatched(SharedParts parts, Call call);
Answer allocate_unmatched(SharedParts parts, Call call);
// Of no more than one person may give away alone.
[[nodiscard]] bool is_small_allocation(store::Reader& reader, const AdminParts& parts,
                                       const Call& call);
Answer write_off_unmatched(SharedParts parts, Call call);
Answer book_claim(SharedParts parts, Call call);
Answer dismiss_claim(SharedParts parts, Call call);

Answer list_unreadable(SharedParts parts, Call call);
Answer show_unreadable(SharedParts parts, Call call);
Answer attend_unreadable(SharedParts parts, Call call);

Answer settle_deposit(SharedParts parts, Call call);
Answer list_deposits(SharedParts parts, Call call);
Answer show_deposit(SharedParts parts, Call call);
Answer deposits_for_a_person(SharedParts parts, Call call);
Answer attend_deposit(SharedParts parts, Call call);

Answer show_payouts(SharedParts parts, Call call);
Answer resume_payouts(SharedParts parts, Call call);
Answer ask_float(SharedParts parts, Call call);

Answer show_restored(SharedParts parts, Call call);
Answer renew_mark(SharedParts parts, Call call);
Answer lift_restored(SharedParts parts, Call call);
Answer book_lost_payout(SharedParts parts, Call call);

Answer add_person(SharedParts parts, Call call);
Answer remove_person(SharedParts parts, Call call);
Answer make_own_key(SharedParts parts, Call call);
Answer list_people(SharedParts parts, Call call);
Answer list_roles(SharedParts parts, Call call);
Answer create_role(SharedParts parts, Call call);
Answer set_role(SharedParts parts, Call call);
Answer remove_role(SharedParts parts, Call call);
Answer list_trail(SharedParts parts, Call call);
Answer invite_person(SharedParts parts, Call call);
Answer invite_oneself(SharedParts parts, Call call);
Answer log_in(SharedParts parts, Call call);
Answer log_out(SharedParts parts, Call call);

Answer export_person(SharedParts parts, Call call);
Answer mask_person(SharedParts parts, Call call);

Answer list_withdrawals(SharedParts parts, Call call);
Answer show_withdrawal(SharedParts parts, Call call);
Answer create_withdrawal(SharedParts parts, Call call);
Answer approve_withdrawal(SharedParts parts, Call call);
Answer reject_withdrawal(SharedParts parts, Call call);
Answer settle_withdrawal(SharedParts parts, Call call);

Answer upload_batch(SharedParts parts, Call call);
Answer list_batches(SharedParts parts, Call call);
Answer show_batch(SharedParts parts, Call call);
Answer check_batch(SharedParts parts, Call call);
Answer release_batch(SharedParts parts, Call call);
Answer approve_batch(SharedParts parts, Call call);
Answer cancel_batch(SharedParts parts, Call call);

Answer create_refund(SharedParts parts, Call call);
Answer list_refunds(SharedParts parts, Call call);
Answer show_refund(SharedParts parts, Call call);

}  // namespace lango::backoffice
