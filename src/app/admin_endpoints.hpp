// Operators' endpoints (admin.hpp lists them), by what they are about; for the files admin*.cpp.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "app/admin.hpp"

namespace lango::app {

using http::Request;
using http::Response;
using Answer = http::asio::awaitable<Response>;
using SharedParts = std::shared_ptr<const AdminParts>;

// In the audit trail.
inline constexpr std::string_view operator_name = "command line";

Answer create_merchant(SharedParts parts, const Request& request);
Answer set_merchant(SharedParts parts, const Request& request, std::string slug);
Answer show_merchant(SharedParts parts, std::string slug);
Answer rotate_secret(SharedParts parts, const Request& request, std::string slug);
Answer rotate_keys(SharedParts parts, const Request& request, std::string slug);
Answer end_old_keys(SharedParts parts, std::string slug);
Answer list_merchants(SharedParts parts);

Answer import_rates(SharedParts parts, const Request& request);
Answer show_rates(SharedParts parts);

Answer verify(SharedParts parts);
Answer last_verified(SharedParts parts);
Answer acknowledge_breaches(SharedParts parts, const Request& request);
Answer receipts(SharedParts parts, const Request& request);
Answer balances(SharedParts parts);

Answer resend_postback(SharedParts parts, std::string payment);
Answer exhausted_postbacks(SharedParts parts, const Request& request);
Answer list_set_aside(SharedParts parts);
Answer retry_set_aside(SharedParts parts, std::string kind, std::string id);
Answer register_paybill(SharedParts parts);
Answer give_paybill_reference(SharedParts parts, const Request& request);
Answer list_unmatched(SharedParts parts, const Request& request);
Answer show_unmatched(SharedParts parts, std::string receipt);
Answer allocate_unmatched(SharedParts parts, const Request& request, std::string receipt);
Answer write_off_unmatched(SharedParts parts, const Request& request, std::string receipt);
Answer book_claim(SharedParts parts, const Request& request, std::string receipt);
Answer dismiss_claim(SharedParts parts, const Request& request, std::string receipt);

Answer list_unreadable(SharedParts parts, const Request& request);
Answer show_unreadable(SharedParts parts, std::string number);
Answer attend_unreadable(SharedParts parts, const Request& request, std::string number);

Answer settle_deposit(SharedParts parts, const Request& request, std::string order_id);
Answer show_deposit(SharedParts parts, std::string order_id);
Answer deposits_for_a_person(SharedParts parts, const Request& request);
Answer attend_deposit(SharedParts parts, std::string order_id);

Answer show_payouts(SharedParts parts);
Answer resume_payouts(SharedParts parts);
Answer ask_float(SharedParts parts);

Answer show_restored(SharedParts parts);
Answer renew_mark(SharedParts parts);
Answer lift_restored(SharedParts parts, const Request& request);
Answer book_lost_payout(SharedParts parts, const Request& request, std::string receipt);

Answer add_operator(SharedParts parts, const Request& request);
Answer remove_operator(SharedParts parts, std::string name);
Answer list_operators(SharedParts parts);

Answer export_person(SharedParts parts, const Request& request);
Answer mask_person(SharedParts parts, const Request& request);

Answer list_withdrawals(SharedParts parts, const Request& request);
Answer show_withdrawal(SharedParts parts, std::string hex);
Answer create_withdrawal(SharedParts parts, const Request& request);
Answer take_batch(SharedParts parts, const Request& request);
Answer approve_withdrawal(SharedParts parts, const Request& request, std::string hex);
Answer reject_withdrawal(SharedParts parts, const Request& request, std::string hex);
Answer settle_withdrawal(SharedParts parts, const Request& request, std::string hex);

Answer create_refund(SharedParts parts, const Request& request);
Answer list_refunds(SharedParts parts, const Request& request);
Answer show_refund(SharedParts parts, std::string hex);

}  // namespace lango::app
