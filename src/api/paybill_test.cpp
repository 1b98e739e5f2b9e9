// The paybill's door: who comes in, what is answered and when.
#include <gtest/gtest.h>

#include "api/endpoints.hpp"
#include "api/slow_store_fixture.hpp"
#include "base/manual_clock.hpp"
#include "deposits/deposits_fixture.hpp"
#include "paybill/reference.hpp"
#include "rails/daraja/daraja_fixture.hpp"
#include "rails/daraja/paybill.hpp"
#include "suspense/item.hpp"

namespace lango::api {
namespace {

using deposits::State;
using deposits::test::start;

// Keeps questions back, too.
class SilentStore final : public store::Store {
  public:
    explicit SilentStore(store::Store& real) : real_(real) {}
    bool silent = false;
    [[nodiscard]] std::optional<std::string> trouble() const override { return real_.trouble(); }
    [[nodiscard]] store::Stats stats() const override { return real_.stats(); }
    void stop() override { real_.stop(); }
    void submit(std::unique_ptr<store::Command> command) override {
        real_.submit(std::move(command));
    }
    void submit(std::unique_ptr<store::Query> query) override {
        if (silent)
            waiting_.push_back(std::move(query));
        else
            real_.submit(std::move(query));
    }
    void answer() {
        for (auto& query : std::exchange(waiting_, {})) real_.submit(std::move(query));
    }
    [[nodiscard]] asio::any_io_executor executor() const override { return real_.executor(); }

  private:
    store::Store& real_;
    std::vector<std::unique_ptr<store::Query>> waiting_;
};

class PaybillDoor : public deposits::test::Deposits {
  protected:
    std::shared_ptr<std::optional<http::Response>> post(const std::string& path,
                                                        const std::string& body,
                                                        const std::string& peer = "10.0.0.1") {
        auto request = std::make_shared<http::Request>();
        request->method = http::Method::post;
        request->path = path;
        request->body = body;
        request->peer = peer;
        auto answer = std::make_shared<std::optional<http::Response>>();
        asio::co_spawn(context_, service_(*request),
                       [request, answer](const std::exception_ptr& error, http::Response response) {
                           if (error) std::rethrow_exception(error);
                           *answer = std::move(response);
                       });
        clock_.settle();
        return answer;
    }
    std::string confirmation() { return rails::daraja::confirmation_path(master_, 174379); }
    std::string validation() { return rails::daraja::validation_path(master_, 174379); }
    static std::string body(const std::string& reference, const std::string& amount = "1000.00") {
        return R"({"TransactionType":"Pay Bill","TransID":"UKN7000001","TransTime":"20261123120000",)"
               R"("TransAmount":")" +
               amount + R"(","BusinessShortCode":"174379","BillRefNumber":")" + reference +
               R"(","MSISDN":"2547 ***** 149"})";
    }
    std::vector<unreadable::Kept> unread() {
        return write([](store::Tx& tx) { return unreadable::waiting(tx, 0, 99); });
    }
    std::string reference() {
        return write([&](store::Tx& tx) { return paybill::give_reference(tx, id_); });
    }

    ManualClock clock_{context_, start};
    test::SlowStore slow_{*store_};
    SilentStore silent_{slow_};
    rails::daraja::test::Safaricom safaricom_{clock_};
    rails::daraja::Daraja rail_{{.base_url = "https://rail.example",
                                 .callback_url = {},
                                 .shortcode = 174379,
                                 .till = {},
                                 .consumer_key = {},
                                 .consumer_secret = {},
                                 .passkey = {}},
                                safaricom_,
                                clock_,
                                master_};
    deposits::Observer observer_{{.store = silent_,
                                  .clock = clock_,
                                  .ids = ids_,
                                  .merchants = directory_,
                                  .rates = [this] { return rates_; },
                                  .shortcode = 174379,
                                  .hand_over = [this](postbacks::Message) { ++postbacks_; },
                                  .noticed = {},
                                  .wake_worker = {}},
                                 {}};
    paybill::Desk desk_{{.store = silent_,
                         .clock = clock_,
                         .merchants = directory_,
                         .observer = observer_,
                         .rules = {.numbers = {174379}},
                         .wake_sweep = {}}};
    std::vector<std::string> noticed_;
    MerchantRate creates_{0};
    Context door_{
        .store = silent_,
        .clock = clock_,
        .ids = ids_,
        .master = master_,
        .merchants = directory_,
        .rail = rail_,
        .observer = observer_,
        .wake_worker = [] {},
        .public_url = "https://pay.example",
        .callback_addresses = {},
        .callback_noticed = [this](std::string_view what) { noticed_.emplace_back(what); },
        .creates = creates_,
        .desk = &desk_};
    http::Router router_ = routes(door_);
    http::Service service_ = guarded(door_, router_);
    DepositId id_ = in(State::failed);
};

TEST_F(PaybillDoor, ThanksForAConfirmationOnlyWhenItIsOnDisk) {
    const auto told = body(reference());
    slow_.slow = true;
    const auto answer = post(confirmation(), told);
    EXPECT_FALSE(*answer);
    slow_.catch_up();
    clock_.settle();
    ASSERT_TRUE(*answer);
    EXPECT_EQ((*answer)->status, 200);
    EXPECT_EQ((*answer)->body, R"({"ResultCode":0,"ResultDesc":"Accepted"})");
    EXPECT_EQ(state_of(id_), State::paid);
    EXPECT_EQ(kept(id_).back().body, told);
    EXPECT_EQ(postbacks_, 1);
    EXPECT_EQ(noticed_.back(), "credited_late");
}

TEST_F(PaybillDoor, DoesNotThankWhenNothingCanBeStored) {
    const auto told = body(reference());
    store_->stop();
    const auto answer = post(confirmation(), told);
    ASSERT_TRUE(*answer);
    EXPECT_EQ((*answer)->status, 503);
}

TEST_F(PaybillDoor, KeepsWhatItCannotReadForAPerson) {
    const std::string odd{"\x00\xff<html>", 8};
    EXPECT_EQ((*post(confirmation(), odd))->status, 200);
    EXPECT_EQ((*post(confirmation(), odd))->status, 200);
    EXPECT_EQ(noticed_.back(), "unreadable");
    ASSERT_EQ(unread().size(), 1U);
    EXPECT_EQ(unread()[0].times, 2);
    EXPECT_EQ(write([](store::Tx& tx) { return unreadable::find(tx, 1); })->body, odd);
}

// It came to our address, and it is another organisation's money.
TEST_F(PaybillDoor, DoesNotBookAConfirmationThatNamesAnotherShortcode) {
    auto told = body(reference());
    told.replace(told.find("\"174379\""), 8, "\"999999\"");
    EXPECT_EQ((*post(confirmation(), told))->status, 200);
    EXPECT_EQ(state_of(id_), State::failed);
    EXPECT_EQ(credited() + in_suspense(), Money::zero());
    ASSERT_EQ(unread().size(), 1U);
    EXPECT_EQ(unread()[0].why, "it names shortcode 999999, not this address's");
}

// The gateway has another shortcode by now; this address was registered for the one before.
TEST_F(PaybillDoor, BooksAConfirmationToTheShortcodeOfItsAddress) {
    auto told = body(reference());
    told.replace(told.find("\"174379\""), 8, "\"600123\"");
    EXPECT_EQ((*post(rails::daraja::confirmation_path(master_, 600123), told))->status, 200);
    EXPECT_EQ(state_of(id_), State::paid);
    EXPECT_EQ(balance({.kind = ledger::AccountKind::rail, .owner = 600123}), Money::kes(-1000));
    EXPECT_EQ(balance({.kind = ledger::AccountKind::rail, .owner = 174379}), Money::zero());
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(PaybillDoor, AcceptsAQuestionThatItCannotRead) {
    for (const auto& odd : {std::string{"<html>"}, body("chips", "1,00"), body("A\xE9")}) {
        EXPECT_EQ((*post(validation(), odd))->body, rails::daraja::accept_payment("")) << odd;
    }
    clock_.settle();
    EXPECT_EQ(unread().size(), 3U) << "and a person reads it";
    EXPECT_EQ(unread()[0].door, unreadable::Door::validation);
}

// A name in another encoding hides no money.
TEST_F(PaybillDoor, ReadsAConfirmationWhoseNameIsDamaged) {
    auto told = body(reference(), "1,000.00");
    told.insert(told.size() - 1, R"(,"FirstName":"NG\'ANG\'A)"
                                 "\xE9\t\"");
    EXPECT_EQ((*post(validation(), told))->body, rails::daraja::accept_payment(hex16(id_.value())));
    EXPECT_EQ((*post(confirmation(), told))->status, 200);
    EXPECT_EQ(state_of(id_), State::paid);
    EXPECT_EQ(kept(id_).back().body, told);
}

TEST_F(PaybillDoor, OpensToTheShortcodesSecretAndTheListedAddressesOnly) {
    const auto told = body(reference());
    const auto wrong = "/rail/paybill/174379/" + std::string(32, '0') + "/confirmation";
    const auto others = rails::daraja::confirmation_path(master_, 600966);
    auto moved = others;
    moved.replace(moved.find("600966"), 6, "174379");
    for (const auto& path : {wrong, moved}) EXPECT_EQ((*post(path, told))->status, 404);
    std::vector<std::string> refused;
    door_.caller_refused = [&](const RefusedCaller& caller) {
        refused.push_back(std::string{caller.kind} + " " + std::string{caller.peer});
    };
    door_.callback_addresses = {"196.201.214.200"};
    EXPECT_EQ((*post(confirmation(), told))->status, 404);
    EXPECT_EQ((*post(validation(), told))->status, 404);
    EXPECT_EQ(refused, (std::vector<std::string>(2, "callback_address 10.0.0.1")));
    EXPECT_EQ(state_of(id_), State::failed);
    EXPECT_EQ(credited(), Money::zero());
    EXPECT_EQ((*post(confirmation(), told, "196.201.214.200"))->status, 200);
    EXPECT_EQ(state_of(id_), State::paid);
}

TEST_F(PaybillDoor, AnswersAQuestionByTheRules) {
    EXPECT_EQ((*post(validation(), body(reference())))->body,
              rails::daraja::accept_payment(hex16(id_.value())));
    EXPECT_EQ((*post(validation(), body("chips")))->body,
              R"({"ResultCode":"C2B00012","ResultDesc":"Rejected"})");
    EXPECT_EQ((*post(validation(), body(reference(), "999.00")))->body,
              R"({"ResultCode":"C2B00013","ResultDesc":"Rejected"})");
    static_cast<void>(post(confirmation(), body(reference())));
    EXPECT_EQ((*post(validation(), body(reference())))->body,
              R"({"ResultCode":"C2B00016","ResultDesc":"Rejected"})");
    EXPECT_EQ(credited(), Money::kes(1000)) << "a question moves no money";
}

TEST_F(PaybillDoor, AnswersAQuestionBeforeTheRailsEightSecondsAreOver) {
    const auto asked = body("chips");
    silent_.silent = true;
    const auto answer = post(validation(), asked);
    clock_.advance(std::chrono::milliseconds{4999});
    EXPECT_FALSE(*answer);
    clock_.advance(std::chrono::seconds{1});
    ASSERT_TRUE(*answer) << "after 6 s";
    EXPECT_EQ((*answer)->body, rails::daraja::accept_payment(""));
    silent_.answer();
    clock_.settle();
}

}  // namespace
}  // namespace lango::api
