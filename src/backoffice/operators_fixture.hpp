// For tests: operators with keys of their own, a shop with money, and the endpoints that they use.
#pragma once
#include <gmock/gmock.h>

#include "api/withdrawal_fixture.hpp"
#include "backoffice/routes.hpp"
#include "backoffice/withdrawal_text.hpp"
#include "base/json_writer.hpp"
#include "batches/releaser.hpp"
#include "deposits/create.hpp"

namespace lango::backoffice::test {

class Operators : public api::test::WithdrawalEndpoints {
  protected:
    Operators() {
        const auto made = store_.write([&](store::Tx& tx) {
            return merchants::create(tx, master_, random_, api::test::start, "shop", "", "test");
        });
        EXPECT_EQ(made->merchant.id, MerchantId{1});
        refresh();
        for (const auto* name : {"amina", "brian", "chebet"}) enrol(name);
    }
    // What somebody who says who they are is shown.
    std::string shown_to(const std::string& who, const std::string& target) {
        auto request = get(target, "");
        for (const auto& [name, value] : signed_by(who, {})) {
            request.headers.add(std::string{name == "as" ? name_header : key_header}, value);
        }
        return store_.wait_for(router_.handle(request)).body;
    }
    // A person with a key of their own.
    void enrol(const std::string& name, const std::string& role = "operator",
               const std::string& merchant = "") {
        const auto key_in = [](const std::string& answer) {
            return json::parse(answer)->text_at("key");
        };
        const auto first =
            key_in(ask("/admin/users", {{"name", name}, {"role", role}, {"merchant", merchant}}));
        keys_.emplace_back(name, key_in(ask("/admin/own-key", {{"as", name}, {"key", first}})));
    }
    void refresh() {
        directory_.replace(
            store_.write([&](store::Tx& tx) { return merchants::list(tx, master_); }));
    }
    void set(std::string_view setting, std::string_view value) {
        EXPECT_TRUE(store_.write([&](store::Tx& tx) {
            return merchants::set(tx, api::test::start, "shop", setting, value, "test");
        }));
        refresh();
    }
    using Members = std::vector<std::pair<std::string, std::string>>;
    static std::string object_of(const Members& members) {
        std::string body;
        json::Writer writer{body};
        writer.begin_object();
        for (const auto& [name, value] : members) writer.member(name, value);
        writer.end_object();
        return body;
    }
    static http::asio::awaitable<void> refreshed(Operators* self) {
        self->refresh();
        co_return;
    }
    // The answer's body.
    std::string ask(const std::string& target, const Members& members) {
        return act(target, object_of(members));
    }
    // By whoever is at the machine and has not said who they are.
    std::string nobody(const std::string& target, const Members& members) {
        return store_.wait_for(router_.handle(post(target, "", object_of(members)))).body;
    }
    // By the program itself, unless the body says who.
    std::string act(const std::string& target, const std::string& body) {
        auto request = post(target, "", body);
        request.acting_as = "test";
        return store_.wait_for(router_.handle(request)).body;
    }
    std::string show(const std::string& target, const std::string& query = "") {
        return store_.wait_for(router_.handle(get(target, query))).body;
    }
    [[nodiscard]] Members signed_by(const std::string& who, Members members) const {
        members.emplace_back("as", who);
        for (const auto& [name, key] : keys_) {
            if (name == who) members.emplace_back("key", key);
        }
        return members;
    }
    std::string as(const std::string& who, const std::string& target, Members members = {}) {
        return ask(target, signed_by(who, std::move(members)));
    }
    // Proposed by one and agreed to by another: what it came to.
    std::string agreed(const std::string& proposer, const std::string& other,
                       const std::string& target, Members members = {}) {
        const auto proposed = json::parse(as(proposer, target, std::move(members)));
        EXPECT_EQ(proposed->text_at("outcome"), "proposed");
        return as(other, "/admin/proposals/" + proposed->text_at("proposal") + "/agree",
                  {{"seen", proposed->text_at("code")}});
    }
    std::string code_of(const std::string& id) {
        return json::parse(show("/admin/withdrawals/" + id))
            ->find("withdrawal")
            ->text_at("approval_code");
    }
    std::string approve(const std::string& who, const std::string& id) {
        return as(who, "/admin/withdrawals/" + id + "/approve", {{"seen", code_of(id)}});
    }
    // An order of the shop's, which waits for its payer.
    std::string order(std::int64_t shillings = 1000) {
        const DepositId id{ids_.next(api::test::start)};
        EXPECT_TRUE(store_.write([&](store::Tx& tx) {
            return deposits::create(tx,
                                    {.id = id,
                                     .merchant = MerchantId{1},
                                     .custom_transaction_id = hex16(id.value()),
                                     .label = "user",
                                     .phone = *Msisdn::parse(payer),
                                     .amount = Money::kes(shillings)},
                                    {}, api::test::start);
        }));
        return hex16(id.value());
    }
    std::string paid(const std::string& receipt, std::int64_t shillings = 1000) {
        const auto id = order(shillings);
        EXPECT_EQ(arrives(id, receipt, shillings), deposits::Observed::paid);
        return id;
    }
    // The rail's own list names money of the order.
    deposits::Observed arrives(const std::string& id, const std::string& receipt,
                               std::int64_t shillings) {
        return store_.wait_for(
            booking_.observe(DepositId{*parse_hex16(id)}, {.source = rails::Source::pull,
                                                           .fate = rails::Fate::paid,
                                                           .code = "0",
                                                           .description = {},
                                                           .checkout_request_id = {},
                                                           .merchant_request_id = {},
                                                           .receipt = receipt,
                                                           .amount = Money::kes(shillings),
                                                           .raw = {}}));
    }

    // A sheet of the shop's; the answer's body.
    std::string upload(const std::string& who, const std::string& csv,
                       const std::string& query = "merchant=shop") {
        auto request = post("/admin/batches", query, csv);
        for (const auto& [name, value] : signed_by(who, {})) {
            request.headers.add(
                std::string{name == "as" ? std::string_view{"Lango-As"} : "Lango-Key"}, value);
        }
        return store_.wait_for(router_.handle(request)).body;
    }
    // By its code and this sum.
    std::string release(const std::string& who, const std::string& number, const std::string& sum,
                        const char* act = "/release") {
        const auto shown = json::parse(show("/admin/batches/" + number));
        return as(who, "/admin/batches/" + number + act,
                  {{"seen", shown->find("batch")->text_at("code")}, {"sum", sum}});
    }
    // The job makes what was released.
    void make_rows() {
        while (store_.wait_for(releaser_.go_on())) {
        }
    }

    static constexpr const char* payer = "254720000001";
    Members keys_;
    deposits::Observer booking_{{.store = store_.store(),
                                 .clock = clock_,
                                 .ids = ids_,
                                 .merchants = directory_,
                                 .rates = [this] { return rates_; },
                                 .shortcode = 174379,
                                 .hand_over = [](const postbacks::Message&) {},
                                 .noticed = {},
                                 .wake_worker = {}},
                                {}};
    paybill::Desk desk_{{.store = store_.store(),
                         .clock = clock_,
                         .merchants = directory_,
                         .observer = booking_,
                         .rules = {},
                         .wake_sweep = {}}};
    laws::Audit audit_{
        {.store = store_.store(), .clock = clock_, .executor = store_.store().executor()}, {}};
    batches::Releaser releaser_{{.store = store_.store(),
                                 .clock = clock_,
                                 .ids = ids_,
                                 .merchants = directory_,
                                 .executor = store_.context().get_executor(),
                                 .read = manual_withdrawal,
                                 .made = [this] { ++payout_wakes_; }},
                                {}};
    int batch_wakes_ = 0;
    std::shared_ptr<const AdminParts> admin_parts_ = std::make_shared<const AdminParts>(
        AdminParts{.store = store_.store(),
                   .clock = clock_,
                   .random = random_,
                   .master = master_,
                   .ids = ids_,
                   .refresh = [this] { return refreshed(this); },
                   .wake_postbacks = {},
                   .tried_again = {},
                   .read_again = {},
                   .settle =
                       [this](DepositId id, rails::Observation seen, store::Also also) {
                           return booking_.observe(id, std::move(seen), std::move(also));
                       },
                   .withdrawals = &payouts_,
                   .wake_batches = [this] { ++batch_wakes_; },
                   .merchants = &directory_,
                   .desk = &desk_,
                   .audit = &audit_,
                   .allocate_alone = Money::kes(10'000),
                   .console_url = "http://localhost:8084"});
    http::Router router_ = routes_of(admin_parts_, local_socket());
};

}  // namespace lango::backoffice::test
