// Roles that people make, and what a merchant's own people do with their merchant.
#include "backoffice/operators_fixture.hpp"
#include "people/people.hpp"

namespace lango::backoffice {
namespace {

using testing::HasSubstr;
using testing::Not;

class Roles : public test::Operators {
  protected:
    Roles() {
        enrol("root", "administrator");
        store_.write([&](store::Tx& tx) {
            EXPECT_TRUE(
                merchants::create(tx, master_, random_, api::test::start, "other", "", "t"));
        });
        refresh();
    }
    // A body with a list.
    std::string role(const std::string& who, const std::string& target, const std::string& name,
                     const std::vector<std::string>& permissions,
                     const std::string& merchant = "") {
        std::string body;
        json::Writer writer{body};
        writer.begin_object().member("name", name).member("merchant", merchant);
        writer.key("permissions").begin_array();
        for (const auto& one : permissions) writer.string(one);
        writer.end_array();
        for (const auto& [member, value] : signed_by(who, {})) writer.member(member, value);
        writer.end_object();
        return act(target, body);
    }
    std::string make(const std::string& who, const std::string& name,
                     const std::vector<std::string>& permissions,
                     const std::string& merchant = "") {
        return role(who, "/admin/roles", name, permissions, merchant);
    }
    std::string agree(const std::string& who, const std::string& proposed) {
        const auto answer = json::parse(proposed);
        EXPECT_EQ(answer->text_at("outcome"), "proposed") << proposed;
        return as(who, "/admin/proposals/" + answer->text_at("proposal") + "/agree",
                  {{"seen", answer->text_at("code")}});
    }
    std::string settings_of(const std::string& slug, const std::string& name) {
        return json::parse(show("/admin/merchants/" + slug))->find("settings")->text_at(name);
    }
    static constexpr const char* done = R"({"status":"ok"})";
};

TEST_F(Roles, AreMadeByTwoAndHoldWhatTheySay) {
    EXPECT_EQ(make("root", "cashier", {"read", "refunds_create"}), done) << "nobody else is there";
    enrol("second", "administrator");
    const auto proposed = make("root", "till", {"read", "review"});
    EXPECT_THAT(show("/admin/roles"), Not(HasSubstr("till")));
    EXPECT_EQ(agree("second", proposed), done);
    EXPECT_THAT(show("/admin/roles"),
                HasSubstr(R"({"name":"till","merchant":"","about":"","is_custom":true,)"
                          R"("for_merchants":false,"for_operators":true,"people":0,)"
                          R"("permissions":["read","review"]})"));
    enrol("eve", "cashier");
    EXPECT_EQ(as("eve", "/admin/payouts/float"),
              R"({"status":"fail","code":"not_permitted","message":"Your role does not permit )"
              R"(this: it lacks payouts_steer.","permission":"payouts_steer"})");
    EXPECT_THAT(as("eve", "/admin/refunds", {{"order_id", "00"}}), Not(HasSubstr("not_permitted")));
    EXPECT_EQ(agree("second", role("root", "/admin/roles/cashier/set", "", {"read"})), done);
    EXPECT_THAT(as("eve", "/admin/refunds", {{"order_id", "00"}}),
                HasSubstr(R"("permission":"refunds_create")"));
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM operator_acts WHERE act = 'role changed' AND "
                            "who = 'root' AND detail = 'read refunds_create -> read'"),
              1);
    EXPECT_THAT(as("root", "/admin/roles/cashier/remove"), HasSubstr("eve has the role cashier"));
    EXPECT_EQ(as("root", "/admin/roles/till/remove"), done);
}

TEST_F(Roles, NobodyGivesMoreThanTheyHave) {
    EXPECT_EQ(make("root", "personnel", {"read", "people_write", "review"}), done);
    enrol("eve", "personnel");
    const std::vector<std::string> beyond{"read", "keys_write"};
    EXPECT_THAT(agree("root", make("eve", "thief", beyond)),
                HasSubstr("you have not yourself keys_write"));
    EXPECT_THAT(agree("root", role("eve", "/admin/roles/personnel/set", "", beyond)),
                HasSubstr("you have not yourself keys_write"));
    const auto added = as("eve", "/admin/users", {{"name", "mallory"}, {"role", "administrator"}});
    EXPECT_THAT(agree("root", added), HasSubstr("you have not yourself postbacks_resend"));
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM operators WHERE name = 'mallory'"), 0);
    const auto viewer = as("eve", "/admin/users", {{"name", "otieno"}, {"role", "viewer"}});
    EXPECT_THAT(agree("root", viewer), HasSubstr(R"("key":)"));
    EXPECT_EQ(agree("root", make("eve", "guard", {"review"})), done);
}

TEST_F(Roles, HoldOnlyWhatThereIs) {
    for (const auto* wrong : {"withdrawals.approve", "everything", ""}) {
        EXPECT_THAT(make("root", "x", {"read", wrong}), HasSubstr("there is no permission"));
    }
    EXPECT_THAT(make("root", "x", {}), HasSubstr("at least one permission"));
    EXPECT_THAT(make("root", "x", {"read"}, "nowhere"), HasSubstr("there is no merchant nowhere"));
    EXPECT_THAT(make("root", "x", {"rates_write"}, "shop"),
                HasSubstr("no merchant's person may have rates_write"));
    EXPECT_THAT(as("root", "/admin/users", {{"name", "a"}, {"role", "owner"}}),
                HasSubstr("a role of these people is administrator, treasury, operator, support, "
                          "viewer"));
    EXPECT_EQ(make("root", "till", {"read"}, "shop"), done);
    EXPECT_THAT(as("root", "/admin/users", {{"name", "a"}, {"role", "x"}, {"merchant", "shop"}}),
                HasSubstr("owner, finance, approver, support, developer, viewer, till"));
    EXPECT_THAT(as("root", "/admin/users", {{"name", "a"}, {"role", "till"}}),
                HasSubstr("a role of these people is"))
        << "that is the shop's";
}

TEST_F(Roles, OfAMerchantAreMadeByItsOwnerAndByNoOther) {
    enrol("wanjiru", "owner", "shop");
    enrol("other-owner", "owner", "other");
    EXPECT_EQ(make("wanjiru", "till", {"read", "review"}, "shop"), done);
    EXPECT_THAT(make("wanjiru", "till", {"read"}, ""), HasSubstr("not_permitted"));
    EXPECT_THAT(make("wanjiru", "till", {"read"}, "other"), HasSubstr("not_permitted"));
    EXPECT_THAT(role("other-owner", "/admin/roles/till/set", "", {"read"}, "shop"),
                HasSubstr("not_permitted"));
    EXPECT_THAT(as("other-owner", "/admin/roles/till/remove", {{"merchant", "other"}}),
                HasSubstr("there is no role till"));
    EXPECT_THAT(shown_to("wanjiru", "/admin/roles"), HasSubstr(R"("name":"till")"));
    const auto foreign = shown_to("other-owner", "/admin/roles");
    EXPECT_THAT(foreign, Not(HasSubstr("till")));
    EXPECT_THAT(foreign, Not(HasSubstr("administrator"))) << "that is none of theirs";
    EXPECT_THAT(foreign, Not(HasSubstr("rates_write")));
}

TEST_F(Roles, AnOwnerHasTheirOwnPeople) {
    enrol("wanjiru", "owner", "shop");
    enrol("other-owner", "owner", "other");
    const auto add = [&](const std::string& who, const std::string& name, const std::string& role,
                         const std::string& merchant) {
        return as(who, "/admin/users", {{"name", name}, {"role", role}, {"merchant", merchant}});
    };
    EXPECT_THAT(add("wanjiru", "kamau", "finance", "shop"), HasSubstr(R"("key":)"));
    EXPECT_THAT(add("wanjiru", "eve", "viewer", ""), HasSubstr("not_permitted"));
    EXPECT_THAT(add("wanjiru", "eve", "viewer", "other"), HasSubstr("not_permitted"));
    EXPECT_THAT(add("wanjiru", "eve", "administrator", "shop"),
                HasSubstr("a role of these people is owner"));
    const auto own = shown_to("wanjiru", "/admin/users");
    EXPECT_THAT(own, HasSubstr(R"("name":"kamau","role":"finance","merchant":"shop")"));
    for (const auto* hidden : {"root", "other-owner", "person added"}) {
        EXPECT_THAT(own, Not(HasSubstr(hidden)));
    }
    for (const auto* theirs : {"root", "other-owner", "nobody"}) {
        EXPECT_THAT(as("wanjiru", std::string{"/admin/users/"} + theirs + "/remove"),
                    HasSubstr("not_permitted"))
            << theirs;
    }
    EXPECT_THAT(as("other-owner", "/admin/users/kamau/remove"), HasSubstr("not_permitted"));
    EXPECT_EQ(as("wanjiru", "/admin/users/kamau/remove"), done);
}

TEST_F(Roles, WhatOneOwnerProposesAnotherOfTheSameMerchantAgreesTo) {
    enrol("wanjiru", "owner", "shop");
    enrol("njeri", "owner", "shop");
    enrol("kamau", "finance", "shop");
    enrol("other-owner", "owner", "other");
    const auto rotate = [&] { return as("wanjiru", "/admin/merchants/shop/rotate-secret"); };
    const auto proposed = rotate();
    const auto number = json::parse(proposed)->text_at("proposal");
    EXPECT_THAT(agree("other-owner", proposed), HasSubstr("not_permitted"));
    EXPECT_THAT(agree("kamau", proposed), HasSubstr(R"("permission":"keys_write")"));
    EXPECT_THAT(agree("wanjiru", proposed), HasSubstr("Nobody agrees to their own"));
    EXPECT_THAT(shown_to("njeri", "/admin/proposals"), HasSubstr(R"("merchant":"shop")"));
    EXPECT_THAT(shown_to("other-owner", "/admin/proposals"), HasSubstr(R"("proposals":[])"));
    EXPECT_THAT(shown_to("other-owner", "/admin/proposals/" + number), HasSubstr("not_permitted"));
    EXPECT_THAT(agree("njeri", proposed), HasSubstr(R"("secret":)"));
    EXPECT_THAT(agree("root", rotate()), HasSubstr(R"("secret":)")) << "the operator may, too";
    // What the operator's own people propose is none of theirs.
    enrol("second", "administrator");
    const auto of_house = as("root", "/admin/merchants/shop/rotate-secret");
    EXPECT_THAT(agree("njeri", of_house), HasSubstr("not_permitted"));
}

TEST_F(Roles, AMerchantsPeopleSetWhatIsItsOwn) {
    enrol("njoroge", "developer", "shop");
    const std::string settings = "/admin/merchants/shop/settings";
    EXPECT_THAT(as("njoroge", settings, {{"postback-url", "https://shop.example/postback"}}),
                HasSubstr(R"("status":"ok")"));
    EXPECT_EQ(settings_of("shop", "postback-url"), "https://shop.example/postback");
    const auto fee = settings_of("shop", "fee-percent");
    const auto said =
        as("njoroge", settings, {{"time-zone", "Africa/Kampala"}, {"fee-percent", "0.01"}});
    EXPECT_THAT(said, HasSubstr("fee-percent is the operator's to set"));
    EXPECT_EQ(settings_of("shop", "fee-percent"), fee);
    EXPECT_EQ(settings_of("shop", "time-zone"), "Africa/Nairobi") << "all or nothing";
    EXPECT_THAT(as("njoroge", "/admin/merchants/other/settings", {{"time-zone", "UTC"}}),
                HasSubstr("not_permitted"));
}

TEST_F(Roles, AMerchantsPeopleSeeTheirMerchantAlone) {
    enrol("kamau", "finance", "shop");
    enrol("other-viewer", "viewer", "other");
    static_cast<void>(paid("UKN7000001"));
    EXPECT_THAT(show("/admin/balances"), HasSubstr(R"("kind":"rail")"));
    EXPECT_THAT(shown_to("kamau", "/admin/balances"), HasSubstr(R"("merchant":"shop")"));
    EXPECT_THAT(shown_to("kamau", "/admin/balances"), Not(HasSubstr(R"("kind":"rail")")));
    EXPECT_EQ(shown_to("other-viewer", "/admin/balances"), R"({"status":"ok","accounts":[]})");
    EXPECT_THAT(shown_to("kamau", "/admin/merchants"), Not(HasSubstr(R"("slug":"other")")));
    EXPECT_THAT(shown_to("kamau", "/admin/merchants"), HasSubstr(R"("slug":"shop")"));
}

TEST_F(Roles, AMerchantsPeopleRefundTheirOrdersAlone) {
    enrol("kamau", "finance", "shop");
    enrol("other-finance", "finance", "other");
    const auto order = paid("UKN7000001");
    const auto refund = [&](const std::string& who, Members members) {
        members.emplace_back("amount", "100");
        members.emplace_back("reason", "sent back");
        return as(who, "/admin/refunds", std::move(members));
    };
    EXPECT_THAT(refund("other-finance", {{"order_id", order}}), HasSubstr("not_permitted"));
    EXPECT_THAT(refund("kamau", {{"receipt", "UKN7000001"}}), HasSubstr("not_permitted"));
    EXPECT_THAT(refund("kamau", {{"order_id", order}, {"receipt", "UKN7000001"}}),
                HasSubstr("not_permitted"));
    EXPECT_THAT(refund("kamau", {{"order_id", order}}), HasSubstr(R"("status":"ok")"));
}

}  // namespace
}  // namespace lango::backoffice
