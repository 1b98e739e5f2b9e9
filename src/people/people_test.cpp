#include "people/people.hpp"

#include <gtest/gtest.h>

#include "people/trail.hpp"
#include "store/store_fixture.hpp"

namespace lango::people {
namespace {

const Instant start =
    Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::hours{9}};

class People : public testing::Test {
  protected:
    Result<std::string, Refused> add(std::string_view name, Role role = Role::operator_,
                                     std::optional<MerchantId> merchant = std::nullopt) {
        return store_.write([&](store::Tx& tx) {
            return people::add(tx, master_, random_, start,
                               {.name = std::string{name}, .role = role, .merchant = merchant},
                               "test");
        });
    }
    std::optional<Person> with_key(std::string_view name, std::string_view key) {
        return store_.write(
            [&](store::Tx& tx) { return people::with_key(tx, master_, name, key); });
    }
    std::string remove(std::string_view name) {
        const auto done =
            store_.write([&](store::Tx& tx) { return people::remove(tx, start, name, "test"); });
        return done ? "" : done.error().message;
    }
    bool another(Permission permission, std::string_view but, Instant now = start) {
        return store_.write([&](store::Tx& tx) { return has_another(tx, permission, but, now); });
    }
    SeededRandom random_{7};
    crypto::MasterKey master_ = crypto::MasterKey::make(random_);
    store::test::MemoryStore store_;
};

TEST_F(People, AreKnownByTheirKeyAlone) {
    const auto amina = add("amina");
    const auto brian = add("brian.o", Role::support, MerchantId{7});
    ASSERT_TRUE(amina && brian);
    EXPECT_EQ(with_key("amina", *amina)->role, Role::operator_);
    EXPECT_EQ(with_key("brian.o", *brian)->merchant, MerchantId{7});
    EXPECT_FALSE(with_key("amina", *brian));
    EXPECT_FALSE(with_key("amina", ""));
    EXPECT_FALSE(with_key("nobody", *amina));
    // The key itself is nowhere.
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM operators WHERE length(key_hash) = 32"), 2);
}

TEST_F(People, WhoAreRemovedAreNobodyUntilTheyAreAddedAgain) {
    const auto old = add("amina");
    EXPECT_EQ(add("amina").error().message, "there is a person amina already");
    EXPECT_EQ(remove("amina"), "");
    EXPECT_EQ(remove("amina"), "there is no person amina");
    EXPECT_FALSE(with_key("amina", *old));
    const auto anew = add("amina");
    ASSERT_TRUE(anew);
    EXPECT_TRUE(with_key("amina", *anew));
    EXPECT_FALSE(with_key("amina", *old));
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM operator_acts"), 3);
}

TEST_F(People, TheLastAdministratorStays) {
    ASSERT_TRUE(add("root", Role::administrator));
    // A merchant's owner is nobody of the operator's.
    ASSERT_TRUE(add("shopkeeper", Role::owner, MerchantId{1}));
    EXPECT_EQ(remove("root"), "root is the last administrator: add another one first");
    ASSERT_TRUE(add("second", Role::administrator));
    EXPECT_EQ(remove("root"), "");
    EXPECT_EQ(remove("shopkeeper"), "");
    EXPECT_NE(remove("second"), "");
}

// Whoever removes the only other administrator would else act alone at once, and add them again.
TEST_F(People, WhoWereRemovedAreMissedForAWhile) {
    ASSERT_TRUE(add("root", Role::administrator));
    EXPECT_FALSE(another(Permission::people_write, "root"));
    ASSERT_TRUE(add("second", Role::administrator));
    EXPECT_TRUE(another(Permission::people_write, "root"));
    EXPECT_EQ(remove("second"), "");
    EXPECT_TRUE(another(Permission::people_write, "root"));
    // Whoever comes by that name may be somebody else.
    ASSERT_TRUE(add("second", Role::viewer));
    EXPECT_TRUE(another(Permission::people_write, "root"));
    EXPECT_EQ(remove("second"), "");
    EXPECT_TRUE(
        another(Permission::people_write, "root", start + missed_for - std::chrono::seconds{1}));
    EXPECT_FALSE(another(Permission::people_write, "root", start + missed_for));
    EXPECT_TRUE(another(Permission::people_write, "nobody", start + missed_for)) << "root";
}

TEST_F(People, AreNoOthersWhereTheirRoleOrTheirMerchantsIs) {
    ASSERT_TRUE(add("root", Role::administrator));
    ASSERT_TRUE(add("amina"));
    ASSERT_TRUE(add("shopkeeper", Role::owner, MerchantId{1}));
    EXPECT_FALSE(another(Permission::people_write, "root"));
    EXPECT_TRUE(another(Permission::payouts_steer, "root"));
    EXPECT_EQ(remove("shopkeeper"), "");
    EXPECT_FALSE(another(Permission::people_write, "root"));
    EXPECT_EQ(remove("amina"), "");
    EXPECT_TRUE(another(Permission::payouts_steer, "root"));
    EXPECT_FALSE(another(Permission::payouts_steer, "root", start + missed_for));
}

TEST_F(People, OfAMerchantHaveAnotherAmongTheirOwn) {
    ASSERT_TRUE(add("root", Role::administrator));
    ASSERT_TRUE(add("first", Role::owner, MerchantId{1}));
    ASSERT_TRUE(add("elsewhere", Role::owner, MerchantId{2}));
    const auto another_owner = [&](Instant now) {
        return store_.write([&](store::Tx& tx) {
            return has_another(tx, Permission::keys_write, "first", now, MerchantId{1});
        });
    };
    EXPECT_FALSE(another_owner(start));
    ASSERT_TRUE(add("second", Role::developer, MerchantId{1}));
    EXPECT_TRUE(another_owner(start));
    EXPECT_EQ(remove("second"), "");
    EXPECT_TRUE(another_owner(start)) << "they are missed";
    EXPECT_FALSE(another_owner(start + missed_for));
}

TEST_F(People, HaveTheRolesOfTheirSide) {
    EXPECT_EQ(add("a", Role::owner).error().message, "that is no role of these people");
    EXPECT_FALSE(add("a", Role::developer));
    EXPECT_FALSE(add("a", Role::administrator, MerchantId{1}));
    EXPECT_FALSE(add("a", Role::operator_, MerchantId{1}));
    EXPECT_FALSE(add("a", Role::treasury, MerchantId{1}));
    EXPECT_FALSE(add("a", Role{77}));
    EXPECT_FALSE(add("a", Role{}));
    EXPECT_TRUE(add("a", Role::treasury));
    EXPECT_TRUE(add("b", Role::finance, MerchantId{1}));
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM operators"), 2);
}

// Rows of before there were roles of merchants.
TEST_F(People, OfAMerchantFromBeforeKeepTheirRoleWithinTheirMerchant) {
    const auto key = add("shopkeeper", Role::viewer, MerchantId{1});
    for (const auto& [stored, name] : std::vector<std::pair<int, std::string>>{
             {1, "administrator"}, {2, "operator"}, {3, "support"}, {4, "viewer"}}) {
        store_.write([&, number = stored](store::Tx& tx) {
            tx.run("UPDATE operators SET role = ?1 WHERE name = 'shopkeeper'", number);
        });
        const auto person = with_key("shopkeeper", *key);
        EXPECT_EQ(person->role_name, name);
        EXPECT_TRUE(of_merchants.covers(person->permissions)) << name;
        EXPECT_EQ(person->permissions.has(Permission::withdrawals_approve), stored <= 2) << name;
        EXPECT_EQ(person->permissions.has(Permission::people_write), stored == 1) << name;
    }
    for (const int stored : {0, 5, 257, 1000, -1}) {
        store_.write([&](store::Tx& tx) {
            tx.run("UPDATE operators SET role = ?1 WHERE name = 'shopkeeper'", stored);
        });
        EXPECT_TRUE(with_key("shopkeeper", *key)->permissions.is_empty()) << stored;
    }
}

TEST_F(People, MakeTheirOwnKey) {
    const auto first = add("amina");
    EXPECT_FALSE(with_key("amina", *first)->key_is_own);
    const auto own = store_.write(
        [&](store::Tx& tx) { return make_own_key(tx, master_, random_, start, "amina"); });
    ASSERT_TRUE(own);
    EXPECT_FALSE(with_key("amina", *first)) << "it is worth nothing any more";
    EXPECT_TRUE(with_key("amina", *own)->key_is_own);
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM operator_acts WHERE act = 'own key made' AND "
                            "who = 'amina' AND subject = 'amina'"),
              1);
    EXPECT_EQ(remove("amina"), "");
    EXPECT_FALSE(store_.write(
        [&](store::Tx& tx) { return make_own_key(tx, master_, random_, start, "amina"); }));
    const auto anew = add("amina");
    EXPECT_FALSE(with_key("amina", *anew)->key_is_own) << "somebody has seen it";
}

TEST_F(People, AreRecoveredOnTheMachineAndTheTrailSaysSo) {
    const auto lost = add("root", Role::administrator);
    ASSERT_TRUE(add("shopkeeper", Role::viewer, MerchantId{1}));
    ASSERT_TRUE(add("amina"));
    const auto recovered = [&](std::string_view name) {
        return store_.write([&](store::Tx& tx) {
            return recover(tx, master_, random_, start, name, "this machine");
        });
    };
    const auto key = recovered("root");
    ASSERT_TRUE(key);
    EXPECT_FALSE(with_key("root", *lost));
    EXPECT_EQ(with_key("root", *key)->role, Role::administrator);
    EXPECT_FALSE(with_key("root", *key)->key_is_own);
    EXPECT_FALSE(another(Permission::people_write, "root")) << "it was their own name";
    const auto raised = recovered("amina");
    ASSERT_TRUE(raised);
    EXPECT_EQ(with_key("amina", *raised)->role, Role::administrator);
    const auto fresh = recovered("chebet");
    ASSERT_TRUE(fresh);
    EXPECT_EQ(with_key("chebet", *fresh)->role, Role::administrator);
    EXPECT_FALSE(recovered("shopkeeper")) << "a merchant's own";
    EXPECT_FALSE(recovered("Not A Name"));
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM operator_acts WHERE act = "
                            "'administrator recovered' AND who = 'this machine'"),
              3);
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM operator_acts WHERE act = "
                            "'administrator recovered' AND subject = 'amina' AND detail = "
                            "'was operator'"),
              1);
}

TEST_F(People, HaveNamesThatCanBeWrittenInATrail) {
    for (const auto* name : {"", "Amina", "a b", "-amina", ".a", "käthe", "a/b", "a\nb"}) {
        EXPECT_FALSE(add(name)) << name;
    }
    EXPECT_FALSE(add(std::string(41, 'a')));
    EXPECT_TRUE(add(std::string(40, 'a')));
}

TEST_F(People, LeaveATrailOfWhatTheyDid) {
    ASSERT_TRUE(add("amina"));
    store_.write([](store::Tx& tx) { record(tx, start, "amina", "approve", "0001", "queued"); });
    const auto acts = store_.write([](store::Tx& tx) { return trail(tx, 10); });
    ASSERT_EQ(acts.size(), 2U);
    EXPECT_EQ(acts[0].who, "amina");
    EXPECT_EQ(acts[0].number, 2);
    EXPECT_EQ(acts[1].act, "person added");
    EXPECT_EQ(acts[1].detail, "operator");
}

}  // namespace
}  // namespace lango::people
