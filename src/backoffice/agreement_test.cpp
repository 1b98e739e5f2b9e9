// What two people must agree to: who counts as another, what is carried out, and what a hand in the
// database does to what waits.
#include "approvals/proposal.hpp"
#include "backoffice/operators_fixture.hpp"
#include "backoffice/use_case.hpp"
#include "people/people.hpp"

namespace lango::backoffice {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

class Agreements : public test::Operators {
  protected:
    Agreements() {
        enrol("root", "administrator");
        enrol("second", "administrator");
    }
    struct Proposed {
        std::string number;
        std::string code;
    };
    // A new person, whom root wants.
    Proposed propose(const std::string& name) {
        const auto answer = json::parse(as("root", "/admin/users", {{"name", name}}));
        EXPECT_EQ(answer->text_at("outcome"), "proposed");
        return {.number = answer->text_at("proposal"), .code = answer->text_at("code")};
    }
    std::string agree(const Proposed& proposal, const std::string& who = "second") {
        return as(who, "/admin/proposals/" + proposal.number + "/agree", {{"seen", proposal.code}});
    }
    std::int64_t people(const std::string& name) {
        std::int64_t found = 0;
        store_.write([&](store::Tx& tx) { found = people::find(tx, name) ? 1 : 0; });
        return found;
    }
    std::string state(const Proposed& proposal) {
        return json::parse(show("/admin/proposals/" + proposal.number))
            ->find("proposal")
            ->text_at("state");
    }
    void edit(store::Sql sql) {
        store_.write([&](store::Tx& tx) { tx.run(sql); });
    }
    // As it would be asked for, with anything in the braces.
    http::Response ask_for(const UseCase& use, const std::string& name, const std::string& key) {
        std::string path;
        for (std::string_view rest = use.path; !rest.empty();) {
            const auto open = rest.find('{');
            path += rest.substr(0, open);
            rest = open == std::string_view::npos ? "" : rest.substr(rest.find('}') + 1);
            if (open != std::string_view::npos) path += "x";
        }
        auto request = use.is_question() ? get(path, "") : post(path, "", "{}");
        request.headers.add(std::string{name_header}, name);
        request.headers.add(std::string{key_header}, key);
        return store_.wait_for(router_.handle(request));
    }
};

// Else an administrator removes the only other one, does it alone, and adds them again.
TEST_F(Agreements, WhoeverRemovesTheOnlyOtherIsNotAloneAtOnce) {
    EXPECT_THAT(as("root", "/admin/users/second/remove"), HasSubstr("\"ok\""));
    EXPECT_THAT(as("root", "/admin/users", {{"name", "eve"}}),
                HasSubstr(R"("outcome":"proposed")"));
    EXPECT_THAT(as("root", "/admin/users", {{"name", "second"}, {"role", "administrator"}}),
                HasSubstr(R"("outcome":"proposed")"));
    store_.write([&](store::Tx& tx) {
        EXPECT_TRUE(people::add(tx, master_, random_, clock_.now(),
                                {.name = "second", .role = people::Role::viewer}, "test"));
    });
    EXPECT_THAT(as("root", "/admin/merchants", {{"slug", "evil"}}),
                HasSubstr(R"("outcome":"proposed")"))
        << "somebody else by that name makes nothing undone";
    clock_.advance(people::missed_for);
    EXPECT_THAT(as("root", "/admin/users", {{"name", "eve"}}), HasSubstr(R"("key":)"));
}

TEST_F(Agreements, AFirstKeyLooksAndMakesAnotherAndDoesNothingElse) {
    const auto first =
        json::parse(ask("/admin/users", {{"name", "eve"}, {"role", "administrator"}}))
            ->text_at("key");
    for (const auto& use : use_cases()) {
        if (use.is_question()) {
            EXPECT_NE(ask_for(use, "eve", first).status, 403) << use.name;
        } else if (!use.with_first_key) {
            const auto answer = ask_for(use, "eve", first);
            EXPECT_EQ(answer.status, 403) << use.name;
            EXPECT_THAT(answer.body, HasSubstr(R"("code":"first_key")")) << use.name;
        }
    }
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM proposals"), 0);
    const auto proposal = propose("dedan");
    const auto agreed = ask("/admin/proposals/" + proposal.number + "/agree",
                            {{"seen", proposal.code}, {"as", "eve"}, {"key", first}});
    EXPECT_THAT(agreed, HasSubstr("first_key")) << "whoever added eve would agree to their own";
    const auto own = json::parse(ask("/admin/own-key", {{"as", "eve"}, {"key", first}}));
    EXPECT_THAT(ask("/admin/own-key", {{"as", "eve"}, {"key", first}}), HasSubstr("wrong_key"));
    EXPECT_THAT(ask("/admin/proposals/" + proposal.number + "/agree",
                    {{"seen", proposal.code}, {"as", "eve"}, {"key", own->text_at("key")}}),
                HasSubstr(R"("name":"dedan")"));
    EXPECT_THAT(show("/admin/users"),
                HasSubstr(R"("name":"dedan","role":"operator","merchant":"",)"));
}

TEST_F(Agreements, AKeyOfOnesOwnAsksForTheKeyBeforeIt) {
    const auto token = json::parse(as("root", "/admin/sessions"))->text_at("session");
    auto request = post("/admin/own-key", "", "{}");
    request.headers.add(std::string{session_header}, token);
    EXPECT_THAT(store_.wait_for(router_.handle(request)).body, HasSubstr("key_needed"));
    EXPECT_THAT(as("root", "/admin/own-key"), HasSubstr(R"("name":"root","key":)"));
    auto later = post("/admin/rates", "", "{}");
    later.headers.add(std::string{session_header}, token);
    EXPECT_THAT(store_.wait_for(router_.handle(later)).body, HasSubstr("session_over"))
        << "whoever had the old key may have begun it";
}

// Who may no longer do it alone does it through nobody else, either.
TEST_F(Agreements, AreWithWhoMayDoItWhenItIsDone) {
    for (const store::Sql change :
         {store::Sql{"UPDATE operators SET role = 4 WHERE name = 'root'"},
          store::Sql{"UPDATE operators SET merchant_id = 1 WHERE name = 'root'"},
          store::Sql{"UPDATE operators SET key_is_own = 0 WHERE name = 'root'"}}) {
        const auto proposal = propose("dedan");
        edit(change);
        EXPECT_THAT(agree(proposal), HasSubstr("Whoever proposed it may not do it any more."));
        EXPECT_EQ(state(proposal), "open");
        EXPECT_EQ(people("dedan"), 0);
        edit(
            "UPDATE operators SET role = 1, merchant_id = NULL, key_is_own = 1 "
            "WHERE name = 'root'");
    }
    EXPECT_THAT(agree(propose("dedan")), HasSubstr(R"("key":)"));
}

// A hand that changes what waits, and its code with it.
TEST_F(Agreements, AreToWhatStandsWhenTheyAreGiven) {
    const auto proposal = propose("dedan");
    const std::string body = R"({"name":"thief"})";
    const auto code = approvals::code_of("user.add", "/admin/users", body);
    store_.write(
        [&](store::Tx& tx) { tx.run("UPDATE proposals SET body = ?1, code = ?2", body, code); });
    EXPECT_THAT(agree(proposal), HasSubstr("not what you saw"));
    EXPECT_EQ(people("thief") + people("dedan"), 0);
    EXPECT_THAT(agree({.number = proposal.number, .code = code}), HasSubstr(R"("name":"thief")"));
    EXPECT_EQ(people("dedan"), 0) << "what was seen is what was done";
}

TEST_F(Agreements, ThatAreDamagedAreSaidToBeAndHideNoOther) {
    const auto good = propose("dedan");
    const struct {
        const char* use_case;
        const char* path;
        const char* body;
    } bad[] = {
        {"user.add", "/admin/users", "["},
        {"user.add", "/admin/users", "[]"},
        {"user.add", "/admin/users", "null"},
        {"user.add", "/admin/users", "7"},
        {"user.add", "/admin/users", "\"text\""},
        {"user.add", "/admin/users", ""},
        {"user.add", "/admin/users", "{}"},
        {"user.add", "/admin/users", R"({"name":["eve"]})"},
        {"user.add", "/admin/users", R"({"name":"eve"}})"},
        {"user.add", "/admin/users/more", R"({"name":"eve"})"},
        {"user.add", "", R"({"name":"eve"})"},
        {"merchant.set", "/admin/merchants", R"({"name":"x"})"},
        {"merchant.set", "/admin/merchants/shop/settings", R"([["fee-percent","0"]])"},
        {"merchant.create", "/admin/merchants", "[]"},
        {"no.such", "/admin/users", R"({"name":"eve"})"},
        {"\xff\x01", "\xff", "\xff"},
    };
    std::int64_t number = 100;
    for (const auto& row : bad) {
        store_.write([&](store::Tx& tx) {
            tx.run(
                "INSERT INTO proposals (number, use_case, path, body, code, proposed_by, "
                "proposed_at, state, ended_by, outcome) VALUES (?1, ?2, ?3, ?4, ?5, 'root', ?6, 1, "
                "'', '')",
                ++number, row.use_case, row.path, row.body,
                approvals::code_of(row.use_case, row.path, row.body), clock_.now());
        });
    }
    const auto listed = json::parse(show("/admin/proposals"));
    ASSERT_TRUE(listed) << "one bad row breaks no list";
    EXPECT_EQ(listed->find("proposals")->array()->size(), 1 + std::size(bad));
    for (const auto& one : *listed->find("proposals")->array()) {
        EXPECT_EQ(*one.find("damaged")->boolean(), one.text_at("number") != good.number);
    }
    const auto all = number;
    for (number = 101; number <= all; ++number) {
        const auto& row = bad[number - 101];
        const Proposed proposal{.number = std::to_string(number),
                                .code = approvals::code_of(row.use_case, row.path, row.body)};
        const auto shown = json::parse(show("/admin/proposals/" + proposal.number));
        ASSERT_TRUE(shown) << row.body;
        EXPECT_TRUE(*shown->find("proposal")->find("damaged")->boolean()) << row.body;
        EXPECT_THAT(agree(proposal), HasSubstr(R"("code":"damaged")")) << row.body;
        EXPECT_EQ(state(proposal), "open");
        EXPECT_THAT(as("second", "/admin/proposals/" + proposal.number + "/reject"),
                    HasSubstr("\"ok\""));
    }
    EXPECT_THAT(agree(good), HasSubstr(R"("name":"dedan")"));
    EXPECT_EQ(people("eve"), 0);
}

// Times and states that are none.
TEST_F(Agreements, WhoseRowsHaveSenselessNumbersAreShownAndDoNothing) {
    const auto proposal = propose("dedan");
    edit("UPDATE proposals SET state = 257");
    EXPECT_EQ(state(proposal), "?");
    EXPECT_THAT(agree(proposal), HasSubstr("has ended"));
    for (const std::int64_t at : {INT64_MIN + 1, INT64_MAX}) {
        store_.write(
            [&](store::Tx& tx) { tx.run("UPDATE proposals SET state = 1, proposed_at = ?1", at); });
        EXPECT_EQ(state(proposal), "expired");
        EXPECT_THAT(show("/admin/proposals", "state=open"), HasSubstr(R"("proposals":[])"));
    }
    EXPECT_THAT(agree(proposal), HasSubstr("too old"));
    EXPECT_EQ(people("dedan"), 0);
}

TEST_F(Agreements, ThatHaveExpiredWaitForNobody) {
    const auto proposal = propose("dedan");
    clock_.advance(approvals::lives + 1s);
    EXPECT_THAT(show("/admin/proposals", "state=open"), HasSubstr(R"("proposals":[])"));
    EXPECT_EQ(state(proposal), "expired");
    EXPECT_THAT(agree(proposal), HasSubstr("too old"));
}

// Credited, or not: the receipt stands with another payment by now.
TEST_F(Agreements, KeepWhatWasDoneInItsOwnWord) {
    const auto free = order();
    EXPECT_EQ(agreed("amina", "brian", "/admin/deposits/" + free + "/settle",
                     {{"receipt", "UKN1000001"}}),
              R"({"status":"ok","outcome":"paid"})");
    EXPECT_THAT(show("/admin/proposals/1"), HasSubstr(R"("state":"carried_out")"));
    EXPECT_THAT(show("/admin/proposals/1"), HasSubstr(R"("outcome":"paid")"));
    const auto used = order();
    const auto answer = agreed("amina", "brian", "/admin/deposits/" + used + "/settle",
                               {{"receipt", "UKN1000001"}});
    EXPECT_THAT(answer, HasSubstr(R"("status":"fail")"));
    EXPECT_THAT(answer, HasSubstr(R"("outcome":"receipt_used")"));
    EXPECT_THAT(show("/admin/proposals/2"), HasSubstr(R"("state":"refused")"));
    EXPECT_THAT(show("/admin/proposals/2"),
                HasSubstr(R"("outcome":"Nothing was booked: that receipt stands with another)"));
    EXPECT_EQ(broken_laws(), "");
}

http::asio::awaitable<deposits::Observed> breaks(DepositId /*id*/) {
    throw std::runtime_error{"the disk is full"};
    co_return deposits::Observed::ignored;
}

TEST_F(Agreements, ThatEndInAnErrorSayThatNobodyKnows) {
    router_ = admin_routes({.store = store_.store(),
                            .clock = clock_,
                            .random = random_,
                            .master = master_,
                            .ids = ids_,
                            .refresh = {},
                            .wake_postbacks = {},
                            .tried_again = {},
                            .read_again = {},
                            .settle = [](DepositId id, const rails::Observation&,
                                         const store::Also&) { return breaks(id); },
                            .merchants = &directory_});
    const auto id = order();
    EXPECT_ANY_THROW(static_cast<void>(agreed("amina", "brian", "/admin/deposits/" + id + "/settle",
                                              {{"receipt", "UKN1000001"}})));
    EXPECT_THAT(show("/admin/proposals/1"), HasSubstr(R"("state":"agreed")"));
    EXPECT_THAT(show("/admin/proposals/1"),
                HasSubstr(R"("outcome":"it ended in an error: the disk is full")"));
}

// Creates and payouts stand still until two people know, of what both have seen.
TEST_F(Agreements, ABrokenLawIsKnownByTwoAsTheySawIt) {
    const auto prove = [&] { return store_.wait_for(audit_.prove_now()).broken; };
    const auto seen = [&] { return json::parse(show("/admin/verify/last"))->text_at("seen"); };
    static_cast<void>(paid("UKN1000001"));
    static_cast<void>(prove());
    edit("UPDATE accounts SET balance = balance + 1");
    EXPECT_GT(prove(), 0);
    const std::string target = "/admin/verify/acknowledge";
    EXPECT_THAT(as("amina", target), HasSubstr("field_missing"));
    const auto first = json::parse(as("amina", target, {{"seen", seen()}}));
    EXPECT_EQ(first->text_at("outcome"), "proposed");
    EXPECT_TRUE(audit_.stops());
    edit("UPDATE accounts SET balance = balance + 1");
    EXPECT_GT(prove(), 0);
    EXPECT_THAT(as("brian", "/admin/proposals/" + first->text_at("proposal") + "/agree",
                   {{"seen", first->text_at("code")}}),
                HasSubstr("It is not what you saw"));
    EXPECT_TRUE(audit_.stops());
    EXPECT_THAT(agreed("amina", "brian", target, {{"seen", seen()}}),
                HasSubstr(R"("status":"ok","acknowledged":)"));
    EXPECT_FALSE(audit_.stops());
}

}  // namespace
}  // namespace lango::backoffice
