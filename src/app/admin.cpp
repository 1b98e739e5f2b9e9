#include "app/admin.hpp"

#include "app/admin_endpoints.hpp"

namespace lango::app {

namespace {

using http::Method;
using http::PathArguments;

void add_withdrawals(http::Router& router, const SharedParts& parts) {
    router.add(Method::get, "/admin/withdrawals", [parts](const Request& r, const PathArguments&) {
        return list_withdrawals(parts, r);
    });
    router.add(Method::post, "/admin/withdrawals", [parts](const Request& r, const PathArguments&) {
        return create_withdrawal(parts, r);
    });
    router.add(Method::post, "/admin/withdrawals/batch",
               [parts](const Request& r, const PathArguments&) { return take_batch(parts, r); });
    router.add(Method::get, "/admin/withdrawals/{id}",
               [parts](const Request&, const PathArguments& p) {
                   return show_withdrawal(parts, p.at(0));
               });
    router.add(Method::post, "/admin/withdrawals/{id}/approve",
               [parts](const Request& r, const PathArguments& p) {
                   return approve_withdrawal(parts, r, p.at(0));
               });
    router.add(Method::post, "/admin/withdrawals/{id}/reject",
               [parts](const Request& r, const PathArguments& p) {
                   return reject_withdrawal(parts, r, p.at(0));
               });
    router.add(Method::post, "/admin/withdrawals/{id}/settle",
               [parts](const Request& r, const PathArguments& p) {
                   return settle_withdrawal(parts, r, p.at(0));
               });
}

void add_restored(http::Router& router, const SharedParts& parts) {
    router.add(Method::get, "/admin/restore",
               [parts](const Request&, const PathArguments&) { return show_restored(parts); });
    router.add(Method::post, "/admin/restore/mark",
               [parts](const Request&, const PathArguments&) { return renew_mark(parts); });
    router.add(Method::post, "/admin/restore/lift",
               [parts](const Request& r, const PathArguments&) { return lift_restored(parts, r); });
    router.add(Method::post, "/admin/restore/lost/{receipt}",
               [parts](const Request& r, const PathArguments& p) {
                   return book_lost_payout(parts, r, p.at(0));
               });
}

void add_keys(http::Router& router, const SharedParts& parts) {
    router.add(
        Method::get, "/admin/merchants/{slug}",
        [parts](const Request&, const PathArguments& p) { return show_merchant(parts, p.at(0)); });
    router.add(Method::post, "/admin/merchants/{slug}/rotate-secret",
               [parts](const Request& r, const PathArguments& p) {
                   return rotate_secret(parts, r, p.at(0));
               });
    router.add(Method::post, "/admin/merchants/{slug}/rotate-keys",
               [parts](const Request& r, const PathArguments& p) {
                   return rotate_keys(parts, r, p.at(0));
               });
    router.add(
        Method::post, "/admin/merchants/{slug}/end-old-keys",
        [parts](const Request&, const PathArguments& p) { return end_old_keys(parts, p.at(0)); });
}

void add_unreadable(http::Router& router, const SharedParts& parts) {
    router.add(Method::get, "/admin/unreadable", [parts](const Request& r, const PathArguments&) {
        return list_unreadable(parts, r);
    });
    router.add(Method::get, "/admin/unreadable/{number}",
               [parts](const Request&, const PathArguments& p) {
                   return show_unreadable(parts, p.at(0));
               });
    router.add(Method::post, "/admin/unreadable/{number}/attended",
               [parts](const Request& r, const PathArguments& p) {
                   return attend_unreadable(parts, r, p.at(0));
               });
}

void add_operators(http::Router& router, const SharedParts& parts) {
    router.add(Method::get, "/admin/operators",
               [parts](const Request&, const PathArguments&) { return list_operators(parts); });
    router.add(Method::post, "/admin/operators",
               [parts](const Request& r, const PathArguments&) { return add_operator(parts, r); });
    router.add(Method::post, "/admin/operators/{name}/remove",
               [parts](const Request&, const PathArguments& p) {
                   return remove_operator(parts, p.at(0));
               });
}

void add_refunds(http::Router& router, const SharedParts& parts) {
    router.add(Method::get, "/admin/refunds",
               [parts](const Request& r, const PathArguments&) { return list_refunds(parts, r); });
    router.add(Method::post, "/admin/refunds",
               [parts](const Request& r, const PathArguments&) { return create_refund(parts, r); });
    router.add(Method::get, "/admin/refunds/{id}", [parts](const Request&, const PathArguments& p) {
        return show_refund(parts, p.at(0));
    });
}

}  // namespace

http::Router admin_routes(AdminParts given) {
    const auto parts = std::make_shared<const AdminParts>(std::move(given));
    http::Router router;
    router.add(Method::post, "/admin/merchants", [parts](const Request& r, const PathArguments&) {
        return create_merchant(parts, r);
    });
    router.add(Method::get, "/admin/merchants",
               [parts](const Request&, const PathArguments&) { return list_merchants(parts); });
    router.add(Method::post, "/admin/merchants/{slug}/settings",
               [parts](const Request& r, const PathArguments& p) {
                   return set_merchant(parts, r, p.at(0));
               });
    router.add(Method::post, "/admin/rates",
               [parts](const Request& r, const PathArguments&) { return import_rates(parts, r); });
    router.add(Method::get, "/admin/rates",
               [parts](const Request&, const PathArguments&) { return show_rates(parts); });
    router.add(Method::get, "/admin/verify",
               [parts](const Request&, const PathArguments&) { return verify(parts); });
    router.add(Method::get, "/admin/verify/last",
               [parts](const Request&, const PathArguments&) { return last_verified(parts); });
    router.add(
        Method::post, "/admin/verify/acknowledge",
        [parts](const Request& r, const PathArguments&) { return acknowledge_breaches(parts, r); });
    router.add(Method::get, "/admin/receipts",
               [parts](const Request& r, const PathArguments&) { return receipts(parts, r); });
    router.add(Method::get, "/admin/balances",
               [parts](const Request&, const PathArguments&) { return balances(parts); });
    router.add(Method::post, "/admin/paybill/register",
               [parts](const Request&, const PathArguments&) { return register_paybill(parts); });
    router.add(Method::post, "/admin/paybill/references",
               [parts](const Request& r, const PathArguments&) {
                   return give_paybill_reference(parts, r);
               });
    router.add(
        Method::get, "/admin/paybill/unmatched",
        [parts](const Request& r, const PathArguments&) { return list_unmatched(parts, r); });
    router.add(
        Method::get, "/admin/paybill/unmatched/{receipt}",
        [parts](const Request&, const PathArguments& p) { return show_unmatched(parts, p.at(0)); });
    router.add(Method::post, "/admin/paybill/unmatched/{receipt}/allocate",
               [parts](const Request& r, const PathArguments& p) {
                   return allocate_unmatched(parts, r, p.at(0));
               });
    router.add(Method::post, "/admin/paybill/unmatched/{receipt}/write-off",
               [parts](const Request& r, const PathArguments& p) {
                   return write_off_unmatched(parts, r, p.at(0));
               });
    router.add(Method::post, "/admin/paybill/claims/{receipt}/book",
               [parts](const Request& r, const PathArguments& p) {
                   return book_claim(parts, r, p.at(0));
               });
    router.add(Method::post, "/admin/paybill/claims/{receipt}/dismiss",
               [parts](const Request& r, const PathArguments& p) {
                   return dismiss_claim(parts, r, p.at(0));
               });
    router.add(Method::post, "/admin/deposits/{order_id}/settle",
               [parts](const Request& r, const PathArguments& p) {
                   return settle_deposit(parts, r, p.at(0));
               });
    router.add(Method::get, "/admin/deposits/attention",
               [parts](const Request& r, const PathArguments&) {
                   return deposits_for_a_person(parts, r);
               });
    router.add(
        Method::get, "/admin/deposits/{order_id}",
        [parts](const Request&, const PathArguments& p) { return show_deposit(parts, p.at(0)); });
    router.add(
        Method::post, "/admin/deposits/{order_id}/attended",
        [parts](const Request&, const PathArguments& p) { return attend_deposit(parts, p.at(0)); });
    router.add(Method::get, "/admin/payouts",
               [parts](const Request&, const PathArguments&) { return show_payouts(parts); });
    router.add(Method::post, "/admin/payouts/resume",
               [parts](const Request&, const PathArguments&) { return resume_payouts(parts); });
    router.add(Method::post, "/admin/payouts/float",
               [parts](const Request&, const PathArguments&) { return ask_float(parts); });
    router.add(Method::post, "/admin/postbacks/{payment}/resend",
               [parts](const Request&, const PathArguments& p) {
                   return resend_postback(parts, p.at(0));
               });
    router.add(
        Method::get, "/admin/postbacks/exhausted",
        [parts](const Request& r, const PathArguments&) { return exhausted_postbacks(parts, r); });
    router.add(Method::get, "/admin/set-aside",
               [parts](const Request&, const PathArguments&) { return list_set_aside(parts); });
    router.add(Method::post, "/admin/set-aside/{kind}/{id}/retry",
               [parts](const Request&, const PathArguments& p) {
                   return retry_set_aside(parts, p.at(0), p.at(1));
               });
    add_restored(router, parts);
    add_keys(router, parts);
    add_unreadable(router, parts);
    add_operators(router, parts);
    add_withdrawals(router, parts);
    add_refunds(router, parts);
    router.add(Method::post, "/admin/person/export",
               [parts](const Request& r, const PathArguments&) { return export_person(parts, r); });
    router.add(Method::post, "/admin/person/mask",
               [parts](const Request& r, const PathArguments&) { return mask_person(parts, r); });
    return router;
}

}  // namespace lango::app
