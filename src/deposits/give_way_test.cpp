// A name that is only a payer's word, and the merchant's own create that asks for it.
#include "deposits/give_way.hpp"

#include <gtest/gtest.h>

#include "deposits/deposits_fixture.hpp"

namespace lango::deposits {
using namespace std::chrono_literals;

namespace {

class Names : public test::Deposits {
  protected:
    // As the window's row of the order of this deposit would stand.
    void came_by_link(DepositId id, bool is_signed = false) {
        write([&, name = the(id).custom_transaction_id](store::Tx& tx) {
            tx.run(
                "INSERT INTO window_orders (id, merchant_id, custom_transaction_id, label, "
                "success_url, fail_url, pending_url, code, created_at, signed) "
                "VALUES (?1, 1, ?2, 'user', '', '', '', 'AAAAA', ?3, ?4)",
                id, name, now_, is_signed ? 1 : 0);
        });
    }
    DepositId unsigned_in(State state) {
        const auto id = in(state);
        came_by_link(id);
        return id;
    }
    // The merchant's own payment of that name; what is wrong with the name, or "".
    std::string create_own(DepositId named_so, DepositId id, const std::string& phone) {
        const auto made = write([&](store::Tx& tx) {
            return deposits::create(tx,
                                    {.id = id,
                                     .merchant = MerchantId{1},
                                     .custom_transaction_id = hex16(named_so.value()),
                                     .label = "user",
                                     .phone = *Msisdn::parse(phone),
                                     .amount = Money::kes(900),
                                     .merchants_own = true},
                                    spacing(test::capabilities), now_);
        });
        if (made) return "";
        EXPECT_EQ(made.error().back().first, "custom_transaction_id");
        return made.error().back().second;
    }
    std::string create_own(DepositId named_so) {
        return create_own(named_so, DepositId{ids_.next(now_)}, "254711000001");
    }
};

TEST_F(Names, OfUnsignedLinksThatFailedOrExpiredGiveWay) {
    for (const auto state : {State::failed, State::expired}) {
        const auto old = unsigned_in(state);
        const auto name = the(old).custom_transaction_id;
        const DepositId own{ids_.next(now_)};
        EXPECT_EQ(create_own(old, own, "25471100000" + std::to_string(static_cast<int>(state))),
                  "");
        EXPECT_EQ(the(own).custom_transaction_id, name);
        EXPECT_EQ(the(old).custom_transaction_id, name + "~" + hex16(own.value()));
        EXPECT_TRUE(the(old).has(Flag::gave_way));
        EXPECT_EQ(story(old).back(), EventKind::gave_way);
        EXPECT_EQ(state_of(old), state);
        EXPECT_EQ(write([&](store::Tx& tx) {
                      return tx.first(
                          "SELECT custom_transaction_id FROM window_orders WHERE id = ?1",
                          [](const store::Row& row) { return row.string(0); }, old);
                  }),
                  name + "~" + hex16(own.value()));
        EXPECT_EQ(create_own(old), id_taken) << "it is the merchant's own now";
        EXPECT_EQ(take(), std::vector{own});
        EXPECT_EQ(broken_laws(), "");
    }
}

// The payer learns his order's id, and the rule is public: neither what he was told nor a guess of
// what he was not keeps the shop from its name.
TEST_F(Names, GiveWayWhateverElseThePayerHasOpened) {
    const auto old = unsigned_in(State::failed);
    const auto name = the(old).custom_transaction_id;
    const DepositId own{ids_.next(now_)};
    for (const auto guessed : {old.value(), own.value(), own.value() + 1}) {
        const auto squatter = in(State::failed);
        write([&](store::Tx& tx) {
            tx.run("UPDATE deposits SET custom_transaction_id = ?2 WHERE id = ?1", squatter,
                   name + "~" + hex16(guessed));
            tx.run("UPDATE deposit_keys SET custom_transaction_id = ?2 WHERE deposit_id = ?1",
                   squatter, name + "~" + hex16(guessed));
        });
        came_by_link(squatter);
    }
    // One that an earlier version took with blanks around it.
    write([&](store::Tx& tx) {
        tx.run("INSERT INTO untrimmed_ids VALUES (1, 1, ?2, ?1)", old,
               name + "~" + hex16(own.value() + 2));
        tx.run("INSERT INTO deposit_keys VALUES (1, ?2, 1, ?1)", old,
               name + "~" + hex16(own.value() + 2));
    });
    EXPECT_EQ(create_own(old, own, "254711000001"), "");
    EXPECT_EQ(the(own).custom_transaction_id, name);
    EXPECT_EQ(the(old).custom_transaction_id, name + "~" + hex16(own.value() + 3));
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Names, OfUnsignedLinksStayWhileTheirMoneyMayCome) {
    for (const auto state :
         {State::created, State::pushing, State::prompted, State::unknown, State::verifying}) {
        const auto old = unsigned_in(state);
        for (const auto wait : {0s, 100s}) {
            let_time_pass(wait);
            const auto why = create_own(old);
            EXPECT_NE(why.find("Try again in "), why.npos) << name(state) << why;
            EXPECT_EQ(why.find("Try again in -"), why.npos) << why;
            EXPECT_EQ(why.find("Try again in 0"), why.npos) << why;
        }
        EXPECT_FALSE(the(old).has(Flag::gave_way)) << name(state);
        if (state == State::created) EXPECT_EQ(take().size(), 1U);
    }
}

TEST_F(Names, SayHowLongTheOpenPromptLives) {
    const auto old = unsigned_in(State::prompted);
    let_time_pass(20s);
    EXPECT_EQ(
        create_own(old),
        "A payer has opened a payment of this custom transaction id. Try again in 70 seconds.");
    observe(old, failure("1032"));
    EXPECT_EQ(create_own(old), "");
}

TEST_F(Names, ThatWerePaidSignedOrTheApisNeverGiveWay) {
    EXPECT_EQ(create_own(unsigned_in(State::paid)), id_taken);
    const auto by_signed_link = in(State::failed);
    came_by_link(by_signed_link, true);
    EXPECT_EQ(create_own(by_signed_link), id_taken);
    EXPECT_EQ(create_own(in(State::failed)), id_taken);
}

// Both stood in a database of before there was one reading of ids.
TEST_F(Names, OfBeforeWithBlanksAroundThemNeverGiveWay) {
    const auto old = unsigned_in(State::failed);
    const auto of_before = in(State::failed);
    write([&](store::Tx& tx) {
        tx.run("INSERT INTO untrimmed_ids VALUES (1, 1, ?2, ?1)", of_before, hex16(old.value()));
    });
    EXPECT_EQ(create_own(old), id_taken);
    EXPECT_FALSE(the(old).has(Flag::gave_way));
}

TEST_F(Names, OfUnsignedLinksAreTakenForEverybodyElse) {
    const auto old = unsigned_in(State::failed);
    const auto made = write([&](store::Tx& tx) {
        return deposits::create(tx,
                                {.id = DepositId{ids_.next(now_)},
                                 .merchant = MerchantId{1},
                                 .custom_transaction_id = hex16(old.value()),
                                 .label = "user",
                                 .phone = *Msisdn::parse("254711000001"),
                                 .amount = Money::kes(900)},
                                spacing(test::capabilities), now_);
    });
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().back().second, id_taken);
}

TEST_F(Names, ThatGaveWayKeepTheirLateMoneyInSuspense) {
    const auto old = unsigned_in(State::expired);
    ASSERT_EQ(create_own(old), "");
    EXPECT_EQ(observe(old, success()), Observed::second_receipt);
    EXPECT_EQ(in_suspense(), Money::kes(1000));
    EXPECT_EQ(credited(), Money::zero());
    EXPECT_EQ(postbacks_, 0);
    EXPECT_EQ(story(old).back(), EventKind::money_too_late);
    EXPECT_TRUE(the(old).has(Flag::attention));
    EXPECT_EQ(observe(old, success()), Observed::duplicate);
    EXPECT_EQ(broken_laws(), "");
}

// Claimed first and proved after the name was gone: by the rail's list, without a receipt before.
TEST_F(Names, ThatGaveWayKeepMoneyThatIsProvedLaterInSuspense) {
    const auto old = unsigned_in(State::failed);
    ASSERT_EQ(create_own(old), "");
    EXPECT_EQ(observe(old, query(rails::Fate::paid)), Observed::must_verify);
    EXPECT_EQ(observe(old, pulled("UKN1234567")), Observed::second_receipt);
    EXPECT_EQ(in_suspense(), Money::kes(1000));
    EXPECT_EQ(postbacks_, 0);
    EXPECT_EQ(broken_laws(), "");
}

}  // namespace
}  // namespace lango::deposits
