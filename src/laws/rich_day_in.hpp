// For tests: what comes in on a rich day (rich_day.hpp).
#pragma once
#include <gtest/gtest.h>

#include "deposits/create.hpp"
#include "deposits/deposit.hpp"
#include "deposits/observe.hpp"
#include "deposits/record_push.hpp"
#include "deposits/take.hpp"
#include "paybill/allocate.hpp"
#include "paybill/claim_by_hand.hpp"
#include "paybill/intake.hpp"
#include "paybill/reference.hpp"
#include "people/people.hpp"
#include "people/trail.hpp"
#include "postbacks/attempts.hpp"
#include "store/migrations.hpp"
#include "store/sqlite/schema.hpp"
#include "suspense/claims.hpp"

namespace lango::laws::test {

using namespace std::chrono_literals;
using rails::Fate;
using rails::Source;

inline constexpr std::int64_t paybill_number = 174'379;
inline const Instant morning =
    Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 9h};

class DayOfMoneyIn {
  public:
    explicit DayOfMoneyIn(store::sqlite::Connection& database) : tx_(database) {
        store::sqlite::migrate(tx_, store::migrations());
        tx_.script(std::string{store::volatile_schema()});
    }

  protected:
    void later(Duration by = 10s) { now_ += by; }
    std::int64_t fresh() { return ids_.next(now_); }
    Msisdn phone() { return *Msisdn::parse("2547" + std::to_string(20'000'000 + ++phones_)); }
    std::string receipt() { return "UKT" + std::to_string(1'000'001 + ++receipts_); }

    // Two that are in use, of which one is changed while somebody has it, and one that is gone.
    void roles() {
        using enum people::Permission;
        const std::vector<people::NewRole> made{
            {.name = "cashier", .permissions = {read, refunds_create}},
            {.name = "cashier", .permissions = {read, review}, .merchant = MerchantId{1}},
            {.name = "night", .permissions = {read}}};
        for (const auto& role : made) {
            EXPECT_TRUE(people::create_role(tx_, now_, role, "command line"));
            later();
        }
        const auto role = people::find_role(tx_, "cashier", std::nullopt);
        EXPECT_TRUE(people::add(tx_, master_, random_, now_, {.name = "eve", .role = role->role},
                                "command line"));
        later();
        EXPECT_TRUE(people::set_role(tx_, now_, {.name = "cashier", .permissions = {read}},
                                     "command line"));
        later();
        EXPECT_TRUE(people::remove_role(tx_, now_, "night", std::nullopt, "command line"));
        later();
    }

    void people_and_merchants() {
        for (const auto* name : {"amina", "brian", "carol"}) {
            EXPECT_TRUE(people::add(tx_, master_, random_, now_, {.name = name}, "command line"));
            later();
        }
        EXPECT_TRUE(people::remove(tx_, now_, "carol", "command line"));
        roles();
        EXPECT_TRUE(
            people::add(tx_, master_, random_, now_,
                        {.name = "dedan", .role = people::Role::support, .merchant = MerchantId{1}},
                        "command line"));
        later();
        for (const auto* slug : {"demo", "other"}) {
            EXPECT_TRUE(merchants::create(tx_, master_, random_, now_, slug, slug, "command line"));
            later();
        }
        EXPECT_TRUE(merchants::rotate_secret(tx_, master_, random_, now_, "other", "command line"));
        for (const auto* setting :
             {"name=Demo and Sons", "time-zone=Africa/Nairobi", "postback-url=http://shop/postback",
              "postback-schedule=10s,1m", "postback-give-up=48h", "deposit-min=10",
              "deposit-max=200000", "withdrawal-min=20", "withdrawal-max=200000",
              "ip-allow-list=10.0.0.1", "domain=demo.example", "balance-check=off",
              "approval-new-recipient=on", "approval-new-recipient=off", "paybill-amount=exact",
              "paybill-amount=at-least", "payout-fee-percent=1", "window-colours=dark",
              "success-url=https://demo.example/thanks"}) {
            set(setting);
        }
        auto table = rates::page_sample();
        for (const auto* source : {"an earlier day", "that day"}) {
            table.source = source;
            table.as_of = now_;
            table.imported_at = now_;
            table.id = rates::save(tx_, table);
            later();
        }
        rates_ = std::make_shared<const rates::Table>(table);
        refresh();
    }
    void set(std::string_view setting) {
        const auto at = setting.find('=');
        const auto outcome = merchants::set(tx_, now_, "demo", setting.substr(0, at),
                                            setting.substr(at + 1), "command line");
        EXPECT_TRUE(outcome) << setting << ": " << (outcome ? "" : outcome.error().message);
        later();
        refresh();
    }
    void refresh() { directory_.replace(merchants::list(tx_, master_)); }
    [[nodiscard]] const merchants::Merchant& demo() {
        demo_ = directory_.by_slug("demo");
        return *demo_;
    }

    // ---- money in

    DepositId ordered(std::int64_t shillings, MerchantId merchant = MerchantId{1}) {
        later();
        const DepositId id{fresh()};
        EXPECT_TRUE(deposits::create(tx_,
                                     {.id = id,
                                      .merchant = merchant,
                                      .custom_transaction_id = "order-" + std::to_string(++orders_),
                                      .label = "user " + std::to_string(orders_),
                                      .phone = phone(),
                                      .amount = Money::kes(shillings)},
                                     {}, now_));
        return id;
    }
    DepositId pushed(std::int64_t shillings, MerchantId merchant = MerchantId{1}) {
        const auto id = ordered(shillings, merchant);
        push(id);
        return id;
    }
    void push(DepositId id) {
        later();
        EXPECT_FALSE(deposits::take_pushes(tx_, 100, {}, 174379, now_).pushes.empty());
        deposits::record_push(tx_, id,
                              {.outcome = rails::Submitted::accepted,
                               .code = "0",
                               .message = {},
                               .checkout_request_id = "ws_CO_" + hex16(id.value()),
                               .merchant_request_id = "m-" + hex16(id.value()),
                               .raw = "{}"},
                              {}, now_);
        later();
    }
    deposits::ObserveContext context(std::optional<Money> confirm_above = std::nullopt) {
        return {.merchants = &directory_,
                .rates = rates_,
                .fresh_id = fresh(),
                .shortcode = paybill_number,
                .timing = {},
                .postback_lease = 30s,
                .confirm_above = confirm_above};
    }
    deposits::Observed told(DepositId id, Fate fate, const std::string& code,
                            std::optional<std::string> receipt, Source source = Source::callback) {
        later();
        auto deposit = deposits::find(tx_, id);
        auto outcome = deposits::observe(
            tx_, id,
            {.source = source,
             .fate = fate,
             .code = code,
             .description = {},
             .checkout_request_id =
                 source == Source::callback ? deposit->checkout_request_id : std::string{},
             .merchant_request_id = {},
             .receipt = receipt,
             .amount = receipt ? std::optional{deposit->amount} : std::nullopt,
             .raw = "callback of " + hex16(id.value()) + " " + code + receipt.value_or("")},
            context(), now_);
        deliver(outcome.postback);
        return outcome.what;
    }
    DepositId paid(std::int64_t shillings, MerchantId merchant = MerchantId{1}) {
        const auto id = pushed(shillings, merchant);
        EXPECT_EQ(told(id, Fate::paid, "0", receipt()), deposits::Observed::paid);
        return id;
    }
    // Once refused, then taken; every fourth waits for its next attempt.
    void deliver(const std::optional<postbacks::Message>& message) {
        if (!message) return;
        using enum postbacks::AttemptOutcome;
        attempt(message->id, wrong_answer, 500);
        if (++delivered_ % 4 != 0) attempt(message->id, delivered, 200);
    }
    void attempt(PostbackId id, postbacks::AttemptOutcome outcome, int status) {
        later();
        static_cast<void>(postbacks::record(tx_,
                                            {.id = id,
                                             .at = now_,
                                             .took = 5ms,
                                             .outcome = outcome,
                                             .status = status,
                                             .answer = "an answer"},
                                            {}, 0));
    }

    void prompts() {
        for (int i = 0; i < 4; ++i) static_cast<void>(paid(50'000));  // without a fee
        set("fee-percent=1.5");
        set("fee-fixed=2");
        part_ = paid(1000);
        whole_ = paid(600);
        static_cast<void>(paid(900, MerchantId{2}));
        tries_again();
        EXPECT_EQ(told(pushed(310), Fate::failed, "2001", {}), deposits::Observed::failed);
        EXPECT_EQ(told(pushed(320), Fate::unknown, "TP99999", {}),
                  deposits::Observed::unknown_code);
        // Charged after it had been called failed.
        const auto late = pushed(330);
        told(late, Fate::failed, "1032", {});
        EXPECT_EQ(told(late, Fate::paid, "0", receipt(), Source::pull),
                  deposits::Observed::paid_late);
        // A query's word, then the callback's receipt.
        const auto proved = pushed(340);
        EXPECT_EQ(told(proved, Fate::paid, "0", {}, Source::query),
                  deposits::Observed::must_verify);
        told(proved, Fate::paid, "0", receipt());
        EXPECT_EQ(told(pushed(345), Fate::paid, "0", {}, Source::query),
                  deposits::Observed::must_verify);
        // Money that came twice; a person has looked at it.
        const auto twice = paid(350);
        EXPECT_EQ(told(twice, Fate::paid, "0", receipt(), Source::pull),
                  deposits::Observed::second_receipt);
        later();
        auto looked = *deposits::find(tx_, twice);
        EXPECT_TRUE(deposits::attended(tx_, looked, now_, "amina"));
        claimed_again(paid(355));
        static_cast<void>(pushed(360));  // nobody answers
        later(15min);
        static_cast<void>(deposits::take_checks(tx_, 100, {}, {.query = true, .pull = true}, now_));
    }
    // By a callback that tells no amount.
    void claimed_again(DepositId id) {
        later();
        const auto number = receipt();
        EXPECT_EQ(deposits::observe(tx_, id,
                                    {.source = Source::callback,
                                     .fate = Fate::paid,
                                     .code = "0",
                                     .description = {},
                                     .checkout_request_id = {},
                                     .merchant_request_id = {},
                                     .receipt = number,
                                     .amount = std::nullopt,
                                     .raw = "callback of " + number},
                                    context(), now_)
                      .what,
                  deposits::Observed::claimed_again);
    }
    // As the payment window does.
    void tries_again() {
        const auto first = pushed(370);
        told(first, Fate::failed, "1032", {});
        later();
        const DepositId id{fresh()};
        const auto before = *deposits::find(tx_, first);
        EXPECT_TRUE(deposits::create(tx_,
                                     {.id = id,
                                      .merchant = before.merchant,
                                      .custom_transaction_id = before.custom_transaction_id,
                                      .label = before.label,
                                      .phone = phone(),
                                      .amount = before.amount,
                                      .attempt = 2},
                                     {}, now_));
        tx_.run(
            "INSERT INTO window_orders (id, merchant_id, custom_transaction_id, label, "
            "fixed_amount, success_url, fail_url, pending_url, code, created_at) "
            "VALUES (?1, 1, ?2, ?3, ?4, '', '', '', '7K29F', ?5)",
            fresh(), before.custom_transaction_id, before.label, before.amount.minor(),
            before.created_at);
        push(id);
        EXPECT_EQ(told(id, Fate::paid, "0", receipt()), deposits::Observed::paid);
    }

    std::string pay(const std::string& reference, std::int64_t shillings, paybill::Taken wanted,
                    paybill::Told by = paybill::Told::confirmation, std::string number = {}) {
        later();
        if (number.empty()) number = receipt();
        auto outcome = paybill::take(tx_,
                                     {.receipt = number,
                                      .amount = Money::kes(shillings),
                                      .reference = reference,
                                      .prompted = {},
                                      .phone = "2547 ***** 149",
                                      .order = {},
                                      .shortcode = paybill_number,
                                      .paid_at = now_ - 5s,
                                      .raw = "confirmation of " + number},
                                     by, context(Money::kes(50'000)), now_);
        EXPECT_EQ(outcome.what, wanted) << reference;
        deliver(outcome.deposit.postback);
        return number;
    }
    std::string reference(DepositId id) { return paybill::give_reference(tx_, id); }
    void by_paybill() {
        using enum paybill::Taken;
        pay(reference(ordered(510)), 510, credited);
        pay(reference(ordered(520)), 600, rest_kept);
        pay(reference(ordered(530)), 400, kept);
        rent_ = pay("RENT", 1000, kept);
        const auto shoes = pay("SHOES", 540, kept);
        const auto order = ordered(540);
        later();
        const auto given = paybill::allocate(tx_, shoes, order, "amina", context(), now_);
        EXPECT_TRUE(given);
        if (given) deliver(given->postback);
        pay("LATER", 60'000, claimed);
        const auto proved = pay("PROVED", 70'000, claimed);
        pay("PROVED", 70'000, kept, paybill::Told::list, proved);
        const auto portal = [](std::string receipt) {
            return paybill::ClaimByHand{.receipt = std::move(receipt),
                                        .amount = {},
                                        .who = "amina",
                                        .note = "as the portal has it"};
        };
        const auto seen = pay("SEEN", 65'000, claimed);
        const auto gone = pay("GONE", 66'000, claimed);
        later();
        EXPECT_TRUE(paybill::book_claim(tx_, portal(seen), context(), now_));
        EXPECT_EQ(paybill::dismiss_claim(tx_, portal(gone), now_), "");
        // Of which nobody said how much.
        auto silent = portal(receipt());
        static_cast<void>(suspense::keep_claim(tx_,
                                               {.receipt = silent.receipt,
                                                .at = now_,
                                                .amount = Money::zero(),
                                                .reference = {},
                                                .phone = {},
                                                .about = {}},
                                               fresh()));
        silent.amount = Money::kes(700);
        EXPECT_TRUE(paybill::book_claim(tx_, silent, context(), now_));
    }

    store::sqlite::Connection& tx_;
    Instant now_ = morning;
    SeededRandom random_{1};
    IdSource ids_{random_};
    crypto::MasterKey master_{{}};
    merchants::Directory directory_{master_};
    std::shared_ptr<const merchants::Merchant> demo_;
    std::shared_ptr<const rates::Table> rates_;
    DepositId part_{0};
    DepositId whole_{0};
    std::string rent_;
    int phones_ = 0;
    int receipts_ = 0;
    int orders_ = 0;
    int delivered_ = 0;
};

}  // namespace lango::laws::test
