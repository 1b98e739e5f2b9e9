// Every use case against every role, of the operator's own people and of a merchant's, for a
// subject of that merchant and of another one; and how a caller says who they are.
#include "backoffice/use_case.hpp"

#include <set>

#include "backoffice/every_use_case_fixture.hpp"
#include "backoffice/openapi.hpp"
#include "backoffice/operators_fixture.hpp"
#include "backoffice/refusals.hpp"
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
                            use.body == Body::none ? "" : test::body_for(use));
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

// Who may act: a for administrator, o for operator, s for support, v for viewer; then those of a
// merchant's own people who may, for what is theirs. Questions are everybody's of the house.
// A line that changes here changes who may move money.
constexpr std::string_view acts = R"(merchant.create a -
merchant.set a -
merchant.disable ao -
merchant.enable ao -
merchant.rotate_secret a -
merchant.rotate_keys a -
merchant.end_old_keys a -
rates.import ao -
verify.acknowledge ao -
payouts.resume ao -
payouts.ask_float ao -
restore.mark ao -
restore.lift ao -
restore.book_lost ao -
paybill.register ao -
paybill.give_reference aos -
suspense.allocate ao -
suspense.write_off ao -
claim.book ao -
claim.dismiss ao -
deposit.resolve ao -
deposit.reviewed aos -
postback.resend aos aos
set_aside.retry aos -
unreadable.reviewed aos -
withdrawal.create aos aos
withdrawal.approve ao ao
withdrawal.reject ao ao
withdrawal.resolve ao -
batch.upload aos aos
batch.release aos aos
batch.approve ao ao
batch.cancel aos aos
refund.create aos -
proposal.agree aosv -
proposal.reject aosv -
person.export ao -
person.mask ao -
user.add a -
user.remove a -
user.new_key aosv aosv
user.invite a -
user.own_invitation aosv aosv
user.log_in aosv aosv
user.log_out aosv aosv
)";

TEST_F(UseCases, AreForWhomTheTableSays) {
    const MerchantId shop{1};
    const MerchantId other{2};
    std::vector<std::string> keys;
    for (const auto role : people::roles) {
        const std::string letter{people::name(role).substr(0, 1)};
        keys.push_back(add(letter, role));
        keys.push_back(add(letter + "-shop", role, shop));
        keys.push_back(add(letter + "-other", role, other));
    }
    std::string found;
    for (const auto& use : use_cases()) {
        std::string house;
        std::string own;
        for (std::size_t i = 0; i < people::roles.size(); ++i) {
            const std::string letter{people::name(people::roles.at(i)).substr(0, 1)};
            const auto answer = call_either_way(use, letter, keys.at(3 * i));
            if (went(answer))
                house += letter;
            else
                EXPECT_THAT(answer.body, HasSubstr(R"("code":"not_permitted")")) << use.name;
            if (went(call_either_way(use, letter + "-shop", keys.at(3 * i + 1)))) own += letter;
            const bool foreign = went(call_either_way(use, letter + "-other", keys.at(3 * i + 2)));
            EXPECT_EQ(foreign, test::is_ones_own(use) && went(answer))
                << use.name << " reaches another's";
        }
        if (use.is_question()) {
            EXPECT_EQ(house, "aosv") << use.name;
            EXPECT_EQ(own, use.whose == nullptr ? "" : "aosv") << use.name;
        } else {
            found += std::string{use.name} + ' ' + house + ' ' + (own.empty() ? "-" : own) + '\n';
        }
    }
    EXPECT_EQ(found, acts);
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
        auto request =
            post(std::string{use.path}, "", use.body == Body::none ? "" : test::body_for(use));
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
    EXPECT_THAT(by("second", second, agree, seen), HasSubstr(R"("name":"dedan","key":)"));
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
        "suspense.allocate",  "claim.book",     "deposit.resolve",        "user.add"};
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

TEST(Openapi, NamesEveryUseCaseAndIsJson) {
    const auto document = json::parse(openapi("1.2.3"));
    ASSERT_TRUE(document);
    EXPECT_EQ(document->find("info")->text_at("version"), "1.2.3");
    const auto* const paths = document->find("paths");
    ASSERT_NE(paths, nullptr);
    for (const auto& use : use_cases()) {
        const auto* const path = paths->find(use.path);
        ASSERT_NE(path, nullptr) << use.path;
        const auto* const operation = path->find(use.is_question() ? "get" : "post");
        ASSERT_NE(operation, nullptr) << use.name;
        EXPECT_EQ(operation->text_at("operationId"), use.name);
        EXPECT_EQ(operation->text_at("x-permission"), people::name(use.permission));
        const auto* const another = operation->find("x-needs-another-person");
        ASSERT_NE(another, nullptr) << use.name;
        EXPECT_EQ(*another->boolean(), use.agreement == Agreement::another) << use.name;
        EXPECT_EQ(operation->find("requestBody") == nullptr, use.body == Body::none) << use.name;
    }
    const auto parameters = [&](const char* path) {
        std::string names;
        for (const auto& one : *paths->find(path)->find("get")->find("parameters")->array()) {
            names += one.text_at("name") + (one.text_at("in") == "query" ? "? " : " ");
        }
        return names;
    };
    EXPECT_EQ(parameters("/admin/suspense"),
              "merchant? since? until? state? reason? amount? phone? reference? order? receipt? "
              "before? limit? ");
    EXPECT_EQ(parameters("/admin/totals"), "by? merchant? since? until? from? ");
    EXPECT_EQ(parameters("/admin/deposits/{order_id}"), "order_id ");
}

TEST(Refusals, HaveCodesOfTheirOwn) {
    std::set<std::string_view> codes;
    for (int i = 0; i <= static_cast<int>(Refusal::refused); ++i) {
        const auto refusal = static_cast<Refusal>(i);
        EXPECT_TRUE(codes.insert(code(refusal)).second);
        EXPECT_THAT(refuse(refusal).body, HasSubstr(std::string{code(refusal)}));
    }
    EXPECT_EQ(refuse(Refusal::refused, "because").body,
              R"({"status":"fail","code":"refused","message":"because"})");
}

}  // namespace
}  // namespace lango::backoffice
