// For tests: deposits in a store in memory, moved by the commands that the gateway uses.
#pragma once
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "deposits/create.hpp"
#include "deposits/observe.hpp"
#include "deposits/record_push.hpp"
#include "deposits/take.hpp"
#include "ledger/ledger.hpp"
#include "ledger/verify.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace lango::deposits::test {

using namespace std::chrono_literals;
namespace asio = boost::asio;

inline const Instant start = Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 9h};
inline constexpr std::int64_t shortcode = 174379;
inline const rails::Capabilities capabilities{.query = true,
                                              .pull = true,
                                              .prompt_life = 90s,
                                              .phone_spacing = 60s,
                                              .same_amount_spacing = 120s};
inline const std::vector<State> states{State::created, State::pushing,   State::prompted,
                                       State::unknown, State::verifying, State::paid,
                                       State::failed,  State::expired};

class Deposits : public testing::Test {
  protected:
    Deposits() {
        merchants::Merchant shop;
        shop.id = MerchantId{1};
        shop.slug = "shop";
        shop.webhook_secret = Secret{"abcdefghijklmnopqrstuvwx"};
        directory_.replace({shop});
        auto table = rates::page_sample();
        table.id = write([&](store::Tx& tx) { return rates::save(tx, table); });
        rates_ = std::make_shared<const rates::Table>(table);
    }

    template <class F>
    std::invoke_result_t<F&, store::Tx&> write(F command) {
        return wait_for(store_->write(std::move(command)));
    }
    template <class T>
    T wait_for(asio::awaitable<T> work) {
        std::optional<T> outcome;
        std::exception_ptr failed;
        asio::co_spawn(context_, std::move(work), [&](const std::exception_ptr& error, T value) {
            failed = error;
            outcome.emplace(std::move(value));
        });
        turn();
        if (failed) std::rethrow_exception(failed);
        if (!outcome) throw std::runtime_error{"it hangs"};
        return std::move(*outcome);
    }
    void wait_for(asio::awaitable<void> work) {
        bool done = false;
        std::exception_ptr failed;
        asio::co_spawn(context_, std::move(work), [&](const std::exception_ptr& error) {
            failed = error;
            done = true;
        });
        turn();
        if (failed) std::rethrow_exception(failed);
        if (!done) throw std::runtime_error{"it hangs"};
    }

    // The domain, at `now_`.
    void let_time_pass(Duration by) { now_ += by; }
    // Nothing when it was refused.
    std::optional<DepositId> create(std::int64_t shillings = 1000,
                                    const std::string& phone = "254712345678") {
        const DepositId id{ids_.next(now_)};
        const auto made = write([&](store::Tx& tx) {
            return deposits::create(tx,
                                    {.id = id,
                                     .merchant = MerchantId{1},
                                     .custom_transaction_id = hex16(id.value()),
                                     .label = "user",
                                     .phone = *Msisdn::parse(phone),
                                     .amount = Money::kes(shillings)},
                                    spacing(capabilities), now_);
        });
        return made ? std::optional{id} : std::nullopt;
    }
    std::vector<DepositId> take(std::size_t limit = 100) {
        const auto taken =
            write([&](store::Tx& tx) { return take_pushes(tx, limit, timing_, shortcode, now_); });
        std::vector<DepositId> ids;
        for (const auto& push : taken.pushes) ids.push_back(push.deposit);
        return ids;
    }
    TakenChecks check(std::size_t limit = 100) {
        return write(
            [&](store::Tx& tx) { return take_checks(tx, limit, timing_, capabilities, now_); });
    }
    void record(DepositId id, const rails::PushAnswer& answer) {
        write([&](store::Tx& tx) { record_push(tx, id, answer, timing_, now_); });
    }
    Observed observe(DepositId id, rails::Observation seen) {
        const auto outcome = write([&, fresh = ids_.next(now_)](store::Tx& tx) {
            return deposits::observe(tx, id, seen,
                                     {.merchants = &directory_,
                                      .rates = rates_,
                                      .fresh_id = fresh,
                                      .shortcode = shortcode,
                                      .timing = timing_,
                                      .postback_lease = 30s,
                                      .confirm_above = confirm_above_},
                                     now_);
        });
        postbacks_ += outcome.postback ? 1 : 0;
        return outcome.what;
    }

    static rails::PushAnswer accepted() {
        return {.outcome = rails::Submitted::accepted,
                .code = "0",
                .message = {},
                .checkout_request_id = "ws_CO_1",
                .merchant_request_id = "m-1",
                .raw = "{}"};
    }
    static rails::PushAnswer answer(rails::Submitted outcome, const std::string& code = "x") {
        return {.outcome = outcome,
                .code = code,
                .message = {},
                .checkout_request_id = {},
                .merchant_request_id = {},
                .raw = "raw of " + code};
    }
    static rails::Observation success(const std::string& receipt = "UKN1234567",
                                      std::int64_t shillings = 1000) {
        return {.source = rails::Source::callback,
                .fate = rails::Fate::paid,
                .code = "0",
                .description = {},
                .checkout_request_id = "ws_CO_1",
                .merchant_request_id = "m-1",
                .receipt = receipt,
                .amount = Money::kes(shillings),
                .raw = "callback " + receipt};
    }
    static rails::Observation failure(const std::string& code = "2001", bool may_turn = false) {
        auto seen = success();
        seen.fate = rails::Fate::failed;
        seen.code = code;
        seen.receipt.reset();
        seen.amount.reset();
        seen.may_turn = may_turn;
        return seen;
    }
    static rails::Observation query(rails::Fate fate, const std::string& code = "0") {
        auto seen = failure(code);
        seen.source = rails::Source::query;
        seen.fate = fate;
        return seen;
    }
    static rails::Observation pulled(const std::string& receipt, std::int64_t shillings = 1000) {
        auto seen = success(receipt, shillings);
        seen.source = rails::Source::pull;
        seen.checkout_request_id.clear();
        return seen;
    }

    // Brought there as the gateway would; each on a phone of its own, its time not much older than
    // it must be.
    DepositId in(State state) {
        const auto id = *create(1000, "2547000" + std::to_string(10'000 + ++phones_));
        if (state == State::created) return id;
        EXPECT_EQ(take(), std::vector{id});
        if (state == State::pushing) return id;
        if (state == State::unknown) {
            record(id, answer(rails::Submitted::unknown));
            return id;
        }
        record(id, accepted());
        if (state == State::verifying) observe(id, query(rails::Fate::paid));
        if (state == State::paid) observe(id, success());
        if (state == State::failed) observe(id, failure());
        if (state == State::expired) {
            let_time_pass(timing_.expire_after);
            static_cast<void>(check());
        }
        EXPECT_EQ(state_of(id), state);
        return id;
    }

    Deposit the(DepositId id) {
        return *write([&](store::Tx& tx) { return find(tx, id); });
    }
    State state_of(DepositId id) { return the(id).state; }
    std::vector<EventKind> story(DepositId id) {
        std::vector<EventKind> kinds;
        for (const auto& event : write([&](store::Tx& tx) { return events(tx, id); })) {
            kinds.push_back(event.kind);
        }
        return kinds;
    }
    std::vector<RailMessage> kept(DepositId id) {
        return write([&](store::Tx& tx) { return rail_messages(tx, id); });
    }
    Money credited() { return balance({.kind = ledger::AccountKind::merchant, .owner = 1}); }
    Money in_suspense() { return balance({.kind = ledger::AccountKind::suspense, .owner = 0}); }
    Money balance(ledger::AccountRef account) {
        return *write(
            [&](store::Tx& tx) { return std::optional{ledger::balance(tx, account).posted}; });
    }
    // "" when every law holds.
    std::string broken_laws() {
        std::string broken;
        for (const auto& proof : write([](store::Tx& tx) { return ledger::prove_all(tx); })) {
            for (const auto& finding : proof.findings)
                broken += finding.law + ": " + finding.text + "\n";
        }
        return broken;
    }

    asio::io_context context_{1};
    SeededRandom random_{1};
    IdSource ids_{random_};
    crypto::MasterKey master_{{}};
    merchants::Directory directory_{master_};
    std::shared_ptr<const rates::Table> rates_;
    std::unique_ptr<store::Store> store_ = store::open_sqlite(
        {.path = ":memory:", .threading = store::Threading::inline_}, context_.get_executor());
    Instant now_ = start;
    Timing timing_;
    std::optional<Money> confirm_above_;
    int postbacks_ = 0;

  private:
    void turn() {
        context_.restart();
        while (context_.poll() > 0) context_.restart();
    }
    int phones_ = 0;
};

}  // namespace lango::deposits::test
