// Every use case against every role, of the operator's own people and of a merchant's, for a
// subject of that merchant and of another one; and how a caller says who they are.
#include "backoffice/use_case.hpp"

#include <set>

#include "approvals/proposal.hpp"
#include "backoffice/every_use_case_fixture.hpp"
#include "backoffice/openapi.hpp"
#include "backoffice/operators_fixture.hpp"
#include "people/sessions.hpp"

namespace lango::backoffice {
namespace {

using people::Role;
using testing::HasSubstr;

Answer let_through(SharedParts /*parts*/, Call call) {
    http::Response response;
    response.body = R"({"status":"ok","who":")" + call.actor.name + R"("})";
    co_return response;
}

// In place of the console: whoever is named has logged in, and shows a code with the call.
class InBrowser final : public Door {
  public:
    http::asio::awaitable<Known> who_asks(SharedParts parts, const http::Request& request,
                                          json::Value& /*body*/) const override {
        const auto person = co_await parts->store.read([&request](store::Reader& reader) {
            return people::find(reader, request.headers.find(name_header).value_or(""));
        });
        co_return Known{.actor = actor_of(person.value(), Actor::Channel::browser)};
    }
    http::asio::awaitable<std::optional<http::Response>> step_up(
        SharedParts /*parts*/, const Call& /*call*/) const override {
        co_return std::nullopt;
    }
};

class UseCases : public test::Operators {
  protected:
    UseCases() {
        subjects_.deposit = order();
        const auto made = as("amina", "/admin/withdrawals",
                             {{"merchant", "shop"},
                              {"account_number", "0712 345 678"},
                              {"amount", "1000"},
                              {"label", "user"}});
        subjects_.withdrawal = json::parse(made)->text_at("id");
        static_cast<void>(
            upload("amina", "withdrawal_id,account_number,amount,label\nw,0712345678,100,user\n"));
        store_.write([&](store::Tx& tx) {
            EXPECT_TRUE(
                merchants::create(tx, master_, random_, api::test::start, "other", "", "t"));
        });
    }
    std::string add(const std::string& name, Role role, std::optional<MerchantId> merchant = {}) {
        return store_.write([&](store::Tx& tx) {
            const auto key =
                people::add(tx, master_, random_, api::test::start,
                            {.name = name, .role = role, .merchant = merchant}, "test");
            EXPECT_TRUE(key);
            return people::make_own_key(tx, master_, random_, api::test::start, name).value_or("");
        });
    }
    http::Response call(UseCase use, const std::string& name, const std::string& key,
                        const Door& door = *local_socket()) {
        use.handler = let_through;
        auto request = post(std::string{use.path}, "merchant=shop",
                            use.body == Body::none ? "" : test::body_for(use, subjects_));
        request.method = use.method;
        if (!name.empty()) request.headers.add(std::string{name_header}, name);
        if (!key.empty()) request.headers.add(std::string{key_header}, key);
        return ask(use, request, door);
    }
    // Whichever way they come in, it is the same table.
    http::Response call_either_way(const UseCase& use, const std::string& name,
                                   const std::string& key) {
        auto answer = call(use, name, key);
        EXPECT_EQ(call(use, name, key, InBrowser{}).body, answer.body)
            << use.name << " of " << name;
        return answer;
    }
    http::Response ask(const UseCase& use, const http::Request& request,
                       const Door& door = *local_socket()) {
        return store_.wait_for(
            carry_out(parts_, door, use, request, test::path_of(use, subjects_)));
    }
    // Through the real handlers.
    std::string by(const std::string& who, const std::string& key, const std::string& target,
                   const std::string& body) {
        auto request = post(target, "", body);
        request.headers.add(std::string{name_header}, who);
        request.headers.add(std::string{key_header}, key);
        return store_.wait_for(router_.handle(request)).body;
    }
    static bool went(const http::Response& response) {
        return response.body.starts_with(R"({"status":"ok")");
    }
    static const UseCase& named(std::string_view name) {
        const auto all = use_cases();
        return *std::ranges::find(all, name, &UseCase::name);
    }

    test::Subjects subjects_;
    SharedParts parts_ = std::make_shared<const AdminParts>(AdminParts{.store = store_.store(),
                                                                       .clock = clock_,
                                                                       .random = random_,
                                                                       .master = master_,
                                                                       .ids = ids_,
                                                                       .refresh = {},
                                                                       .wake_postbacks = {},
                                                                       .tried_again = {},
                                                                       .read_again = {},
                                                                       .settle = {},
                                                                       .merchants = &directory_});
};

// Who may act: of the operator's own people administrator, treasury, operator, support and viewer;
// then those of a merchant's own people who may, for what is theirs: Owner, Finance, Approver,
// support, Developer and viewer. Questions are everybody's of the house.
// A line that changes here changes who may move money.
constexpr std::string_view acts = R"(merchant.create a -
merchant.set a OD
merchant.disable ao -
merchant.enable ao -
merchant.rotate_secret a OD
merchant.rotate_keys a OD
merchant.end_old_keys a OD
rates.import ato -
verify.acknowledge ao -
payouts.resume ato -
payouts.ask_float ato -
restore.mark ao -
restore.lift ao -
restore.book_lost ato -
paybill.register ao -
paybill.give_reference aos -
suspense.allocate ao -
suspense.write_off ao -
claim.book ao -
claim.dismiss ao -
deposit.resolve ao -
deposit.reviewed aos -
postback.resend aos OsD
set_aside.retry aos -
unreadable.reviewed aos -
withdrawal.create atos OFs
withdrawal.approve ato OA
withdrawal.reject ato OA
withdrawal.resolve ato -
batch.upload atos OFs
batch.release atos OFs
batch.approve ato OA
batch.cancel atos OFs
refund.create atos OFs
proposal.agree atosv OFAsDv
proposal.reject atosv OFAsDv
person.export ao -
person.mask ao -
user.add a O
user.remove a O
role.create a O
role.set a O
role.remove a O
user.new_key atosv OFAsDv
user.invite a -
user.own_invitation atosv OFAsDv
user.log_in atosv OFAsDv
user.log_out atosv OFAsDv
)";

struct Somebody {
    std::string name;
    std::string key;
    people::Permissions permissions;
    char letter = '?';
};

// A refusal says what the role lacks; what is not theirs, and what is not there, look the same.
void expect_reason(const http::Response& answer, const UseCase& use,
                   people::Permissions permissions) {
    const auto permission =
        R"(,"permission":")" + std::string{people::name(use.permission)} + "\"}";
    EXPECT_EQ(answer.status, 403) << use.name;
    EXPECT_THAT(answer.body, HasSubstr(R"("code":"not_permitted")")) << use.name;
    EXPECT_EQ(answer.body.ends_with(permission), !permissions.has(use.permission))
        << use.name << answer.body;
}

TEST_F(UseCases, AreForWhomTheTableSays) {
    std::vector<Somebody> house;
    std::vector<Somebody> own;
    std::vector<Somebody> foreign;
    for (const auto& role : people::built_in_roles()) {
        const std::string name{role.name};
        const auto letter = role.is_operators ? name[0] : static_cast<char>(name[0] - 'a' + 'A');
        if (role.is_operators)
            house.push_back({name, add(name, role.role), role.permissions, letter});
        if (!role.is_merchants) continue;
        own.push_back({name + "-shop", add(name + "-shop", role.role, MerchantId{1}),
                       role.permissions, letter});
        foreign.push_back({name + "-other", add(name + "-other", role.role, MerchantId{2}),
                           role.permissions, letter});
    }
    store_.write([](store::Tx& tx) {
        static_cast<void>(approvals::propose(tx,
                                             {.use_case = "user.add",
                                              .path = "/admin/users",
                                              .body = R"({"name":"eve","merchant":"shop"})",
                                              .by = "owner-shop",
                                              .merchant = MerchantId{1}},
                                             api::test::start));
    });
    std::string found;
    for (const auto& use : use_cases()) {
        const auto letters = [&](const std::vector<Somebody>& people) {
            std::string all;
            for (const auto& one : people) {
                const auto answer = call_either_way(use, one.name, one.key);
                if (went(answer))
                    all += one.letter;
                else
                    expect_reason(answer, use, one.permissions);
            }
            return all;
        };
        const auto of_house = letters(house);
        const auto of_shop = letters(own);
        EXPECT_EQ(letters(foreign), test::is_ones_own(use) ? of_shop : "")
            << use.name << " reaches another's";
        if (use.is_question()) {
            EXPECT_EQ(of_house, "atosv") << use.name;
            EXPECT_EQ(of_shop, use.whose == nullptr ? "" : "OFAsDv") << use.name;
        } else {
            found += std::string{use.name} + ' ' + of_house + ' ' +
                     (of_shop.empty() ? "-" : of_shop) + '\n';
        }
    }
    EXPECT_EQ(found, acts);
}

// A merchant's people who had the operator's roles before there were roles of merchants.
TEST_F(UseCases, RolesOfBeforeReachNoMoreThanAnOwner) {
    const auto owner = add("owner", Role::owner, MerchantId{1});
    const auto before = add("before", Role::viewer, MerchantId{1});
    for (const int stored : {1, 2}) {
        store_.write([&](store::Tx& tx) {
            tx.run("UPDATE operators SET role = ?1 WHERE name = 'before'", stored);
        });
        for (const auto& use : use_cases()) {
            const bool went_by_owner = went(call(use, "owner", owner));
            const bool is_owners = use.permission == people::Permission::merchants_write ||
                                   use.permission == people::Permission::keys_write ||
                                   use.permission == people::Permission::people_write;
            EXPECT_EQ(went(call(use, "before", before)),
                      went_by_owner && (stored == 1 || !is_owners))
                << use.name << stored;
        }
    }
}

TEST_F(UseCases, NoActIsAnybodys) {
    for (const auto& use : use_cases()) {
        const auto answer = call(use, "", "");
        EXPECT_EQ(use.by_machine, use.name == "restore.mark") << use.name;
        if (use.is_question() || use.by_machine) {
            EXPECT_TRUE(went(answer)) << use.name;
        } else if (use.bootstrap) {
            EXPECT_TRUE(went(answer)) << use.name << ", of the first administrator";
        } else {
            EXPECT_EQ(answer.status, 401) << use.name;
            EXPECT_THAT(answer.body, HasSubstr(R"("code":"no_administrator")")) << use.name;
        }
    }
    static_cast<void>(add("root", Role::administrator));
    for (const auto& use : use_cases()) {
        if (use.is_question() || use.by_machine) continue;
        EXPECT_THAT(call(use, "", "").body, HasSubstr(R"("code":"nobody")")) << use.name;
    }
}

TEST_F(UseCases, ASessionIsEnoughUnlessTheKeyIsAskedFor) {
    const auto key = add("root", Role::administrator);
    auto login = post("/admin/sessions", "", "{}");
    login.headers.add(std::string{name_header}, "root");
    login.headers.add(std::string{key_header}, key);
    const auto token = json::parse(store_.wait_for(router_.handle(login)).body)->text_at("session");
    ASSERT_EQ(token.size(), 32U);
    for (auto use : use_cases()) {
        use.handler = let_through;
        auto request = post(std::string{use.path}, "",
                            use.body == Body::none ? "" : test::body_for(use, subjects_));
        request.method = use.method;
        request.headers.add(std::string{session_header}, token);
        const auto answer = ask(use, request);
        EXPECT_EQ(went(answer), use.step_up == StepUp::none) << use.name << answer.body;
        if (use.step_up == StepUp::key) {
            EXPECT_THAT(answer.body, HasSubstr(R"("code":"key_needed")")) << use.name;
        }
    }
    clock_.advance(people::session_lasts);
    auto request = post("/admin/rates", "", "{}");
    request.headers.add(std::string{session_header}, token);
    EXPECT_THAT(ask(named("rates.import"), request).body, HasSubstr(R"("code":"session_over")"));
}

TEST_F(UseCases, WhatMovesMoneyOrPeopleAsksForTheKey) {
    const std::set<std::string_view> by_session{
        "rates.import",     "payouts.ask_float",      "restore.mark",
        "paybill.register", "paybill.give_reference", "deposit.reviewed",
        "postback.resend",  "set_aside.retry",        "unreadable.reviewed",
        "proposal.reject",  "user.log_out",           "batch.upload",
        "batch.cancel"};
    for (const auto& use : use_cases()) {
        if (use.is_question()) continue;
        EXPECT_EQ(use.step_up == StepUp::none, by_session.contains(use.name)) << use.name;
    }
}

// One person who may is enough; from the second on the first one's call only proposes.
TEST_F(UseCases, WhatNeedsAnotherIsProposedAndAgreedTo) {
    const auto root = add("root", Role::administrator);
    const auto wish = R"({"name":"dedan","role":"support"})";
    EXPECT_THAT(by("root", root, "/admin/users", R"({"name":"eve","role":"support"})"),
                HasSubstr(R"("key":)"))
        << "nobody else is there";
    const auto second = add("second", Role::administrator);
    const auto proposed = json::parse(by("root", root, "/admin/users", wish));
    ASSERT_EQ(proposed->text_at("outcome"), "proposed");
    const auto number = proposed->text_at("proposal");
    const auto seen = R"({"seen":")" + proposed->text_at("code") + R"("})";
    const auto agree = "/admin/proposals/" + number + "/agree";
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM operators WHERE name = 'dedan'"), 0);
    EXPECT_THAT(show("/admin/proposals"),
                HasSubstr(R"("use_case":"user.add","path":"/admin/users",)"
                          R"("body":{"name":"dedan","role":"support"})"));
    EXPECT_THAT(by("root", root, agree, seen), HasSubstr("Nobody agrees to their own"));
    EXPECT_THAT(by("amina", keys_[0].second, agree, seen), HasSubstr("not_permitted"))
        << "an operator may not add people, nor agree to it";
    EXPECT_THAT(by("second", second, agree, R"({"seen":"0000000000000000"})"),
                HasSubstr("not what you saw"));
    EXPECT_THAT(by("second", second, agree, seen),
                HasSubstr(R"("name":"dedan","role":"support","key":)"));
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM operators WHERE name = 'dedan'"), 1);
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM operator_acts WHERE act = 'person added' AND "
                            "subject = 'dedan' AND who = 'root'"),
              1);
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM operator_acts WHERE act = 'proposal agreed' AND "
                            "who = 'second'"),
              1);
    EXPECT_THAT(by("second", second, agree, seen), HasSubstr("has ended"));
    EXPECT_THAT(show("/admin/proposals/" + number), HasSubstr(R"("state":"carried_out")"));
}

TEST_F(UseCases, AProposalOfWhoIsGoneIsCarriedOutByNobody) {
    const auto root = add("root", Role::administrator);
    const auto second = add("second", Role::administrator);
    static_cast<void>(add("third", Role::administrator));
    const auto proposed = json::parse(by("root", root, "/admin/users", R"({"name":"dedan"})"));
    EXPECT_THAT(by("second", second, "/admin/users/root/remove", "{}"), HasSubstr("\"ok\""));
    EXPECT_THAT(by("second", second, "/admin/proposals/" + proposed->text_at("proposal") + "/agree",
                   R"({"seen":")" + proposed->text_at("code") + R"("})"),
                HasSubstr("Whoever proposed it may not do it any more."));
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM operators WHERE name = 'dedan'"), 0);
}

TEST_F(UseCases, WhatMayBeDoneAloneAndWhatMayNot) {
    const std::set<std::string_view> by_two{
        "merchant.create",    "merchant.set",   "merchant.rotate_secret", "merchant.rotate_keys",
        "verify.acknowledge", "payouts.resume", "restore.lift",           "restore.book_lost",
        "suspense.allocate",  "claim.book",     "deposit.resolve",        "user.add",
        "role.create",        "role.set"};
    for (const auto& use : use_cases()) {
        EXPECT_EQ(use.agreement == Agreement::another, by_two.contains(use.name)) << use.name;
        EXPECT_EQ(use.alone != nullptr, use.name == "suspense.allocate") << use.name;
        EXPECT_EQ(use.with_first_key,
                  use.name == "user.new_key" || use.name == "user.own_invitation")
            << use.name;
        // A proposal is agreed to with the key, and so is what it would do by one's own hand.
        if (use.agreement == Agreement::another) EXPECT_EQ(use.step_up, StepUp::key) << use.name;
    }
}

TEST_F(UseCases, AWrongKeyIsRefusedAndInTheTrail) {
    const auto answer = call(named("rates.import"), "amina", "wrong");
    EXPECT_EQ(answer.status, 401);
    EXPECT_EQ(answer.body, R"({"status":"fail","code":"wrong_key",)"
                           R"("message":"There is no person amina with this key."})");
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM operator_acts WHERE act = 'key refused' AND "
                            "subject = 'amina' AND who = 'this machine'"),
              1);
}

TEST_F(UseCases, WhatIsNoObjectOrLacksAFieldIsNotBegun) {
    const auto key = add("root", Role::administrator);
    const auto with = [&](const UseCase& use, const std::string& body) {
        auto request = post(std::string{use.path}, "", body);
        request.headers.add(std::string{name_header}, "root");
        request.headers.add(std::string{key_header}, key);
        return ask(use, request).body;
    };
    for (const auto* body : {"[]", "1", "{", "\"text\""}) {
        EXPECT_THAT(with(named("merchant.create"), body), HasSubstr(R"("code":"not_an_object")"));
    }
    EXPECT_EQ(with(named("merchant.create"), "{}"),
              R"({"status":"fail","code":"field_missing",)"
              R"("message":"slug is missing: its short name, a-z, 0-9 and dashes"})");
}

TEST_F(UseCases, TheMachineMakesTheFirstAdministratorAndNobodyElse) {
    const auto add_by_machine = [&](const std::string& body) {
        return ask(named("user.add"), post("/admin/users", "", body)).body;
    };
    EXPECT_THAT(add_by_machine(R"({"name":"eve","role":"operator"})"),
                HasSubstr("the first person is an administrator"));
    EXPECT_THAT(add_by_machine(R"({"name":"eve","role":"administrator","merchant":"shop"})"),
                HasSubstr("the first person is an administrator"));
    EXPECT_THAT(add_by_machine(R"({"name":"root","role":"administrator"})"),
                HasSubstr(R"("key":)"));
    EXPECT_THAT(add_by_machine(R"({"name":"eve","role":"administrator"})"),
                HasSubstr(R"("code":"nobody")"));
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM operator_acts WHERE act = 'person added' AND "
                            "subject = 'root' AND who = 'this machine'"),
              1);
}

TEST_F(UseCases, HaveNamesPathsAndWordsOfTheirOwn) {
    std::set<std::string> names;
    std::set<std::pair<http::Method, std::string_view>> routes;
    for (const auto& use : use_cases()) {
        EXPECT_TRUE(names.emplace(use.name).second) << use.name;
        EXPECT_TRUE(routes.emplace(use.method, use.path).second) << use.path;
        EXPECT_FALSE(use.about.empty()) << use.name;
        EXPECT_TRUE(use.path.starts_with("/admin/")) << use.name;
        for (const auto& field : use.input) EXPECT_FALSE(field.about.empty()) << field.name;
    }
}

}  // namespace
}  // namespace lango::backoffice
