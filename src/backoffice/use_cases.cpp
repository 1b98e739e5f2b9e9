#include "backoffice/batch_text.hpp"
#include "backoffice/endpoints.hpp"
#include "base/typed.hpp"
#include "sheets/sheet.hpp"

namespace lango::backoffice {

namespace {

using http::Method;
using people::Permission;

// Whose it is, of what the path or the body names.
std::optional<MerchantId> owner(store::Reader& reader, store::Sql sql, const std::string& text) {
    const auto id = typed::id(text);
    if (!id) return std::nullopt;
    return reader.first(sql, [](const store::Row& row) { return MerchantId{row.integer(0)}; }, *id);
}
std::optional<MerchantId> by_slug(store::Reader& reader, const Call& call) {
    return merchant_named(reader, call.path.at(0));
}
std::optional<MerchantId> by_merchant_field(store::Reader& reader, const Call& call) {
    return merchant_named(reader, call.text("merchant"));
}
std::optional<MerchantId> by_merchant_asked(store::Reader& reader, const Call& call) {
    const auto query = http::Query::parse(call.request.query);
    return merchant_named(reader, std::string{query.find("merchant").value_or("")});
}
std::optional<MerchantId> by_batch(store::Reader& reader, const Call& call) {
    return reader.first(
        "SELECT merchant_id FROM batches WHERE number = ?1",
        [](const store::Row& row) { return MerchantId{row.integer(0)}; },
        batch_number(call.path.at(0)).value_or(0));
}
std::optional<MerchantId> by_deposit(store::Reader& reader, const Call& call) {
    return owner(reader, "SELECT merchant_id FROM deposits WHERE id = ?1", call.path.at(0));
}
std::optional<MerchantId> by_withdrawal(store::Reader& reader, const Call& call) {
    return owner(reader, "SELECT merchant_id FROM withdrawals WHERE id = ?1", call.path.at(0));
}
std::optional<MerchantId> by_person(store::Reader& reader, const Call& call) {
    return reader.first(
        "SELECT merchant_id FROM operators WHERE name = ?1 AND removed_at IS NULL AND "
        "merchant_id IS NOT NULL",
        [](const store::Row& row) { return MerchantId{row.integer(0)}; }, call.path.at(0));
}
// Whose person proposed it.
std::optional<MerchantId> by_proposal(store::Reader& reader, const Call& call) {
    return reader.first(
        "SELECT merchant_id FROM proposals WHERE number = ?1 AND merchant_id IS NOT NULL",
        [](const store::Row& row) { return MerchantId{row.integer(0)}; },
        batch_number(call.path.at(0)).value_or(0));
}
// By its order alone: money that has none is the operator's until it is somebody's, whatever
// receipt is named beside it.
std::optional<MerchantId> by_refunded_order(store::Reader& reader, const Call& call) {
    if (!call.text("receipt").empty()) return std::nullopt;
    return owner(reader, "SELECT merchant_id FROM deposits WHERE id = ?1", call.text("order_id"));
}
// One's own: a session, and of a list the rows that are one's merchant's (lists/page.hpp).
std::optional<MerchantId> by_caller(store::Reader& /*reader*/, const Call& call) {
    return call.actor.merchant;
}
std::optional<MerchantId> by_payment(store::Reader& reader, const Call& call) {
    const auto of_deposit = by_deposit(reader, call);
    return of_deposit ? of_deposit : by_withdrawal(reader, call);
}

constexpr std::array new_merchant{
    Field{"slug", "text", true, "its short name, a-z, 0-9 and dashes"},
    Field{"name", "text", false, "as payers see it; every setting may stand beside it"}};
constexpr std::array overlap{Field{"overlap", "text", false,
                                   "how long old keys stay good: 24h unless said, 0s: not at all"}};
constexpr std::array for_order{Field{"order_id", "id", true, "16 hex digits"}};
constexpr std::array reason{Field{"reason", "text", false, "why"}};
constexpr std::array by_receipt{Field{"receipt", "text", true, "as M-PESA wrote it"}};
constexpr std::array note{Field{"note", "text", true, "what was looked at"},
                          Field{"amount", "amount", false, "in shillings, where it is not known"}};
constexpr std::array seen{Field{"seen", "text", true, "the code of what was shown"}};
constexpr std::array lost{Field{"merchant", "text", true, "its slug"},
                          Field{"amount", "amount", false, "in shillings, where it is not known"}};
constexpr std::array new_withdrawal{
    Field{"merchant", "text", true, "its slug"},
    Field{"account_number", "phone", true, "of the recipient"},
    Field{"amount", "amount", true, "in shillings"},
    Field{"currency_code", "text", false, "KES"},
    Field{"withdrawal_id", "text", false, "the merchant's own; told twice it is one withdrawal"},
    Field{"label", "text", false, "the merchant's word for the recipient"},
    Field{"comment", "text", false, "for whoever approves it"}};
constexpr std::array batch_seen{
    Field{"seen", "text", true, "the code of what was shown"},
    Field{"sum", "amount", true, "what it pays out in all, in shillings, as the person says it"}};
constexpr std::array verdict{
    Field{"verdict", "text", true, "paid or failed"},
    Field{"receipt", "text", false, "of what was paid, as M-PESA wrote it"},
    Field{"reason", "text", false, "what was looked at"}};
constexpr std::array new_refund{
    Field{"order_id", "id", false, "of the deposit; this or the receipt"},
    Field{"receipt", "text", false, "of the money that goes back"},
    Field{"amount", "amount", false, "in shillings; all of it unless said"},
    Field{"method", "text", false, "reversal or payout"},
    Field{"phone", "phone", false, "another than the payer's: then somebody must approve"},
    Field{"reason", "text", false, "why"},
    Field{"retry_key", "text", false, "told twice it is one refund"}};
constexpr std::array for_totals{
    Field{"by", "text", true, "day or reason"}, Field{"merchant", "text", false, "its slug"},
    Field{"since", "time", false, "seven days with this one, unless said"},
    Field{"until", "time", false, "now, unless said"},
    Field{"from", "id", false, "as the last answer's `next` said: go on there"}};
constexpr std::array for_find{Field{"text", "text", true, "what somebody has in hand"}};
constexpr std::array one_phone{Field{"phone", "phone", true, "of the person"}};
constexpr std::array new_person{
    Field{"name", "text", true, "1 to 40 of a-z, 0-9, . and -"},
    Field{"role", "text", false,
          "one of role.list that is for these people; unless said operator, of a merchant viewer"},
    Field{"merchant", "text", false, "the slug of whose person it is; none: the operator's own"}};

constexpr std::array new_role{
    Field{"name", "text", true, "1 to 40 of a-z, 0-9, . and -"},
    Field{"permissions", "list", true, "names as role.list tells them; none that you have not"},
    Field{"merchant", "text", false, "the slug of whose people may have it; none: the operator's"}};

constexpr UseCase question(std::string_view name, std::string_view path,
                           Answer (*handler)(SharedParts, Call), std::string_view about,
                           Whose whose = nullptr, std::span<const Field> input = {}) {
    return {.name = name,
            .path = path,
            .handler = handler,
            .about = about,
            .input = input,
            .body = Body::none,
            .whose = whose};
}

struct Act {
    std::span<const Field> input{};
    StepUp step_up = StepUp::none;
    Body body = Body::object;
    std::size_t body_max = usual_body_max;
    Agreement agreement = Agreement::none;
    Whose whose = nullptr;
    bool by_machine = false;
    bool bootstrap = false;
    Alone alone = nullptr;
    bool with_first_key = false;
};
constexpr UseCase act(std::string_view name, std::string_view path, Permission permission,
                      Answer (*handler)(SharedParts, Call), std::string_view about,
                      const Act& more = {}) {
    return {.name = name,
            .method = Method::post,
            .path = path,
            .permission = permission,
            .handler = handler,
            .about = about,
            .input = more.input,
            .step_up = more.step_up,
            .body = more.body,
            .body_max = more.body_max,
            .agreement = more.agreement,
            .whose = more.whose,
            .by_machine = more.by_machine,
            .bootstrap = more.bootstrap,
            .alone = more.alone,
            .with_first_key = more.with_first_key};
}

constexpr std::array table{
    // Merchants
    question("merchant.list", "/admin/merchants", list_merchants, "All merchants, or one's own",
             by_caller),
    question("merchant.show", "/admin/merchants/{slug}", show_merchant,
             "One merchant's settings, keys, and when those were used", by_slug),
    act("merchant.create", "/admin/merchants", Permission::merchants_write, create_merchant,
        "A new merchant; its keys are shown once",
        {.input = new_merchant, .step_up = StepUp::key, .agreement = Agreement::another}),
    act("merchant.set", "/admin/merchants/{slug}/settings", Permission::merchants_write,
        set_merchant,
        "Changes settings, each by its name; a merchant's own people those that are its own",
        {.step_up = StepUp::key, .agreement = Agreement::another, .whose = by_slug}),
    act("merchant.disable", "/admin/merchants/{slug}/disable", Permission::merchants_stop,
        disable_merchant, "Nothing new is taken; what is open goes on",
        {.input = reason, .step_up = StepUp::key}),
    act("merchant.enable", "/admin/merchants/{slug}/enable", Permission::merchants_stop,
        enable_merchant, "What is new is taken again", {.input = reason, .step_up = StepUp::key}),
    act("merchant.rotate_secret", "/admin/merchants/{slug}/rotate-secret", Permission::keys_write,
        rotate_secret, "A new API secret",
        {.input = overlap,
         .step_up = StepUp::key,
         .agreement = Agreement::another,
         .whose = by_slug}),
    act("merchant.rotate_keys", "/admin/merchants/{slug}/rotate-keys", Permission::keys_write,
        rotate_keys, "Every key anew",
        {.input = overlap,
         .step_up = StepUp::key,
         .agreement = Agreement::another,
         .whose = by_slug}),
    act("merchant.end_old_keys", "/admin/merchants/{slug}/end-old-keys", Permission::keys_write,
        end_old_keys, "Old keys that are still good end now",
        {.step_up = StepUp::key, .whose = by_slug}),
    // Rates
    question("rates.show", "/admin/rates", show_rates, "The latest table of rates"),
    act("rates.import", "/admin/rates", Permission::rates_write, import_rates,
        "A rate service's JSON becomes the latest table; ?source= names it", {.body = Body::raw}),
    // Proofs
    question("verify.run", "/admin/verify", verify, "Proves every law on the whole database"),
    question("verify.last", "/admin/verify/last", last_verified,
             "When that was done last, and what was found"),
    act("verify.acknowledge", "/admin/verify/acknowledge", Permission::system_steer,
        acknowledge_breaches, "All that is found is known, and stops nothing any more",
        {.input = seen, .step_up = StepUp::key, .agreement = Agreement::another}),
    question("receipt.list", "/admin/receipts", receipts,
             "What is booked, for comparing with the rail: after, limit"),
    question("balance.list", "/admin/balances", balances,
             "Every account's balance, or one's own merchant's", by_caller),
    // Money out as a whole
    question("payouts.show", "/admin/payouts", show_payouts, "Halt, float, what is under way"),
    act("payouts.resume", "/admin/payouts/resume", Permission::payouts_steer, resume_payouts,
        "Ends the halt that was seen: one payout tries, then the others",
        {.input = seen, .step_up = StepUp::key, .agreement = Agreement::another}),
    act("payouts.ask_float", "/admin/payouts/float", Permission::payouts_steer, ask_float,
        "Asks the rail what it holds"),
    // An older backup in the place of the database
    question("restore.show", "/admin/restore", show_restored,
             "Whether an older backup stands here, and what it lacks"),
    act("restore.mark", "/admin/restore/mark", Permission::system_steer, renew_mark,
        "A copy made before now is an older one", {.by_machine = true}),
    act("restore.lift", "/admin/restore/lift", Permission::system_steer, lift_restored,
        "What was held goes out",
        {.input = seen, .step_up = StepUp::key, .agreement = Agreement::another}),
    act("restore.book_lost", "/admin/restore/lost/{receipt}", Permission::withdrawals_resolve,
        book_lost_payout, "A payout without a row was this merchant's",
        {.input = lost, .step_up = StepUp::key, .agreement = Agreement::another}),
    // Paybill
    act("paybill.register", "/admin/paybill/register", Permission::system_steer, register_paybill,
        "Tells the rail where it reaches us"),
    act("paybill.give_reference", "/admin/paybill/references", Permission::review,
        give_paybill_reference, "What the payer of an order is to type", {.input = for_order}),
    question("suspense.list", "/admin/suspense", list_suspense,
             "Money that came without an order, or not for this one: the latest first", by_caller),
    question("suspense.review_list", "/admin/paybill/unmatched", list_unmatched,
             "Of it what is left, oldest first, and claims that wait for proof: after, limit"),
    question("suspense.show", "/admin/paybill/unmatched/{receipt}", show_unmatched,
             "One of it, with orders that it may be for"),
    act("suspense.allocate", "/admin/paybill/unmatched/{receipt}/allocate",
        Permission::suspense_allocate, allocate_unmatched,
        "It is for this order; of much of it another person must agree",
        {.input = for_order,
         .step_up = StepUp::key,
         .agreement = Agreement::another,
         .alone = is_small_allocation}),
    act("suspense.write_off", "/admin/paybill/unmatched/{receipt}/write-off",
        Permission::suspense_write_off, write_off_unmatched,
        "Cents that cannot go back are given up", {.step_up = StepUp::key}),
    act("claim.book", "/admin/paybill/claims/{receipt}/book", Permission::suspense_allocate,
        book_claim, "The claimed money came",
        {.input = note, .step_up = StepUp::key, .agreement = Agreement::another}),
    act("claim.dismiss", "/admin/paybill/claims/{receipt}/dismiss", Permission::suspense_allocate,
        dismiss_claim, "It did not", {.input = std::span{note}.first(1), .step_up = StepUp::key}),
    // Deposits
    question("find", "/admin/find", find_anything,
             "All that a text may be: an id, a receipt, their id, a reference, a phone", by_caller,
             for_find),
    question("totals", "/admin/totals", show_totals,
             "How many came, were paid and failed, by day or by reason", by_caller, for_totals),
    question("deposit.list", "/admin/deposits", list_deposits, "The latest first", by_caller),
    question("deposit.review_list", "/admin/deposits/attention", deposits_for_a_person,
             "Deposits that need review, oldest first: limit"),
    question("deposit.show", "/admin/deposits/{order_id}", show_deposit,
             "Its story: events, what the rail said, the postback", by_deposit),
    act("deposit.resolve", "/admin/deposits/{order_id}/settle", Permission::deposits_resolve,
        settle_deposit, "The money was seen, with this receipt",
        {.input = by_receipt, .step_up = StepUp::key, .agreement = Agreement::another}),
    act("deposit.reviewed", "/admin/deposits/{order_id}/attended", Permission::review,
        attend_deposit, "It was looked after: off that list"),
    // Postbacks, and what a run died of
    question("postback.exhausted_list", "/admin/postbacks/exhausted", exhausted_postbacks,
             "Postbacks that are given up, oldest first: limit"),
    question("postback.list", "/admin/postbacks", list_postbacks, "The latest first", by_caller),
    question("postback.event_list", "/admin/postbacks/events", list_events,
             "Events of failed deposits, the latest first", by_caller),
    act("postback.resend", "/admin/postbacks/{payment}/resend", Permission::postbacks_resend,
        resend_postback, "At once, whatever became of it", {.whose = by_payment}),
    question("set_aside.list", "/admin/set-aside", list_set_aside,
             "What a run died of: nothing tries it again"),
    act("set_aside.retry", "/admin/set-aside/{kind}/{id}/retry", Permission::postbacks_resend,
        retry_set_aside, "Tries it again"),
    question("unreadable.list", "/admin/unreadable", list_unreadable,
             "What the rail sent and cannot be read: after, limit"),
    question("unreadable.show", "/admin/unreadable/{number}", show_unreadable,
             "One of it, byte for byte"),
    act("unreadable.reviewed", "/admin/unreadable/{number}/attended", Permission::review,
        attend_unreadable, "It was looked after"),
    // Withdrawals and refunds
    question("withdrawal.list", "/admin/withdrawals", list_withdrawals,
             "The latest first, refunds among them", by_caller),
    question("withdrawal.show", "/admin/withdrawals/{id}", show_withdrawal,
             "Its story, and the code that an approval is given for", by_withdrawal),
    act("withdrawal.create", "/admin/withdrawals", Permission::withdrawals_create,
        create_withdrawal, "A withdrawal by hand; of who may not approve it waits for who may",
        {.input = new_withdrawal, .step_up = StepUp::key, .whose = by_merchant_field}),
    act("withdrawal.approve", "/admin/withdrawals/{id}/approve", Permission::withdrawals_approve,
        approve_withdrawal, "For the recipient and amount as seen; never one's own",
        {.input = seen, .step_up = StepUp::key, .whose = by_withdrawal}),
    act("withdrawal.reject", "/admin/withdrawals/{id}/reject", Permission::withdrawals_approve,
        reject_withdrawal, "It does not go out",
        {.input = reason, .step_up = StepUp::key, .whose = by_withdrawal}),
    act("withdrawal.resolve", "/admin/withdrawals/{id}/settle", Permission::withdrawals_resolve,
        settle_withdrawal, "How it ended; two must say the same",
        {.input = verdict, .step_up = StepUp::key}),
    // Batches of withdrawals
    question("batch.list", "/admin/batches", list_batches,
             "The latest: merchant, digest, before, limit", by_merchant_asked),
    question("batch.show", "/admin/batches/{number}", show_batch,
             "How far it has come, and its rows: state, after, limit", by_batch),
    question("batch.check", "/admin/batches/{number}/check", check_batch,
             "What releasing it would come to now", by_batch),
    act("batch.upload", "/admin/batches", Permission::withdrawals_create, upload_batch,
        "A CSV or XLSX sheet, which is looked at: nothing is paid yet. ?merchant= names whose it "
        "is; ?include_hidden=yes reads what a spreadsheet program does not show; ?again=yes makes "
        "another batch of a file that was released or cancelled",
        {.body = Body::raw, .body_max = sheets::bytes_max, .whose = by_merchant_asked}),
    act("batch.release", "/admin/batches/{number}/release", Permission::withdrawals_create,
        release_batch, "Its rows become withdrawals, which wait as their merchant's rules ask",
        {.input = batch_seen, .step_up = StepUp::key, .whose = by_batch}),
    act("batch.approve", "/admin/batches/{number}/approve", Permission::withdrawals_approve,
        approve_batch, "An approval for each of its withdrawals, as they were seen",
        {.input = batch_seen, .step_up = StepUp::key, .whose = by_batch}),
    act("batch.cancel", "/admin/batches/{number}/cancel", Permission::withdrawals_create,
        cancel_batch, "Nothing more is made of it; what was made stays", {.whose = by_batch}),
    question("refund.list", "/admin/refunds", list_refunds, "The latest first", by_caller),
    question("refund.show", "/admin/refunds/{id}", show_refund, "Its story", by_withdrawal),
    act("refund.create", "/admin/refunds", Permission::refunds_create, create_refund,
        "Money goes back, by reversal or payout; a merchant's own people name the order",
        {.input = new_refund, .step_up = StepUp::key, .whose = by_refunded_order}),
    // What needs a second person
    question("proposal.list", "/admin/proposals", list_proposals,
             "What needed another person's agreement: the latest first", by_caller),
    question("proposal.show", "/admin/proposals/{number}", show_proposal, "One of it", by_proposal),
    // Whoever may do what is proposed: the handlers ask.
    act("proposal.agree", "/admin/proposals/{number}/agree", Permission::read, agree_to_proposal,
        "It is carried out as it was seen; never one's own",
        {.input = seen, .step_up = StepUp::key, .whose = by_proposal}),
    act("proposal.reject", "/admin/proposals/{number}/reject", Permission::read, reject_proposal,
        "It is not carried out; the proposer's own is withdrawn", {.whose = by_proposal}),
    // Persons who pay or are paid
    act("person.export", "/admin/person/export", Permission::persons_read, export_person,
        "All that names one payer or recipient", {.input = one_phone, .step_up = StepUp::key}),
    act("person.mask", "/admin/person/mask", Permission::persons_mask, mask_person,
        "Takes them out of what is over", {.input = one_phone, .step_up = StepUp::key}),
    // People who use this
    question("user.list", "/admin/users", list_people,
             "Who they are, and what was done last; of a merchant who they are", by_caller),
    question("trail.list", "/admin/trail", list_trail,
             "What people did, the latest first; of settings from what to what"),
    act("user.add", "/admin/users", Permission::people_write, add_person,
        "A new person; their first key is shown once, and makes their own",
        {.input = new_person,
         .step_up = StepUp::key,
         .agreement = Agreement::another,
         .whose = by_merchant_field,
         .bootstrap = true}),
    act("user.remove", "/admin/users/{name}/remove", Permission::people_write, remove_person,
        "They do nothing any more", {.step_up = StepUp::key, .whose = by_person}),
    question("role.list", "/admin/roles", list_roles,
             "Roles, what they hold, and all permissions there are", by_caller),
    act("role.create", "/admin/roles", Permission::people_write, create_role,
        "A role of a name and a set of permissions",
        {.input = new_role,
         .step_up = StepUp::key,
         .agreement = Agreement::another,
         .whose = by_merchant_field}),
    act("role.set", "/admin/roles/{name}/set", Permission::people_write, set_role,
        "It holds these permissions from here on, of whoever has it",
        {.input = std::span{new_role}.last(2),
         .step_up = StepUp::key,
         .agreement = Agreement::another,
         .whose = by_merchant_field}),
    act("role.remove", "/admin/roles/{name}/remove", Permission::people_write, remove_role,
        "Nobody has it, and nobody will",
        {.input = std::span{new_role}.last(1), .step_up = StepUp::key, .whose = by_merchant_field}),
    act("user.new_key", "/admin/own-key", Permission::read, make_own_key,
        "Another key in the place of one's own; it is shown once",
        {.step_up = StepUp::key, .whose = by_caller, .with_first_key = true}),
    act("user.invite", "/admin/users/{name}/invite", Permission::people_write, invite_person,
        "A link with which somebody who has shown nothing of their own yet makes their password",
        {.step_up = StepUp::key}),
    act("user.own_invitation", "/admin/own-invitation", Permission::read, invite_oneself,
        "A link with which one makes one's own password, in the place of the one before",
        {.step_up = StepUp::key, .whose = by_caller, .with_first_key = true}),
    act("user.log_in", "/admin/sessions", Permission::read, log_in,
        "A session instead of the key, for a working day",
        {.step_up = StepUp::key, .whose = by_caller}),
    act("user.log_out", "/admin/sessions/end", Permission::read, log_out, "Ends it",
        {.whose = by_caller}),
};

}  // namespace

std::span<const UseCase> use_cases() { return table; }

}  // namespace lango::backoffice
