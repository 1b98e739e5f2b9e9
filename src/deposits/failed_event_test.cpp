// A merchant who asks for it is told once of every deposit that ends unpaid, whichever way.
#include "base/json.hpp"
#include "deposits/deposits_fixture.hpp"
#include "merchants/merchants.hpp"

namespace lango::deposits::test {
namespace {

using enum State;

class FailedEvents : public Deposits {
  protected:
    FailedEvents() {
        SeededRandom random{3};
        const crypto::MasterKey master{{}};
        write([&](store::Tx& tx) {
            static_cast<void>(merchants::create(tx, master, random, now_, "shop", "", "test"));
            static_cast<void>(merchants::set(tx, now_, "shop", "failed-events", "on", "test"));
            return true;
        });
    }
    // "status code" of the one that was told of the deposit; "" when there is none.
    std::string told(DepositId id) {
        const auto body = write([id](store::Tx& tx) {
            return tx
                .first(
                    "SELECT body FROM webhook_events WHERE id = ?1",
                    [](const store::Row& row) { return row.string(0); }, id)
                .value_or("");
        });
        if (body.empty()) return {};
        const auto tree = json::parse(body);
        const auto* data = tree->find("data");
        EXPECT_FALSE(*data->find("final")->boolean());
        EXPECT_EQ(data->text_at("order_id"), hex16(id.value()));
        EXPECT_EQ(tree->text_at("type"), "payment." + data->text_at("status"));
        return data->text_at("status") + " " + data->text_at("result_code");
    }
};

TEST_F(FailedEvents, TellOfEveryWayToEndUnpaid) {
    const auto by_callback = in(prompted);
    observe(by_callback, failure("1032"));
    EXPECT_EQ(told(by_callback), "failed 1032");

    const auto refused = in(pushing);
    record(refused, answer(rails::Submitted::refused, "1025"));
    EXPECT_EQ(told(refused), "failed 1025");

    EXPECT_EQ(told(in(expired)), "expired ");

    const auto never_pushed = in(created);
    let_time_pass(timing_.push_retry_for + 1s);
    take();
    EXPECT_EQ(told(never_pushed), "expired ");

    for (const auto state : {pushing, prompted, unknown, verifying, paid, created}) {
        EXPECT_EQ(told(in(state)), "") << name(state);
    }
}

TEST_F(FailedEvents, AreFollowedByThePagesPostbackWhenMoneyComesAfterAll) {
    const auto id = in(expired);
    EXPECT_EQ(told(id), "expired ");
    EXPECT_EQ(name(observe(id, success())), name(Observed::paid_late));
    EXPECT_EQ(postbacks_, 1);
    EXPECT_EQ(told(id), "expired ");
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(FailedEvents, AreMadeForNobodyElse) {
    write([&](store::Tx& tx) {
        static_cast<void>(merchants::set(tx, now_, "shop", "failed-events", "off", "test"));
        return true;
    });
    EXPECT_EQ(told(in(failed)), "");
    EXPECT_EQ(told(in(expired)), "");
}

}  // namespace
}  // namespace lango::deposits::test
