// Every list: found by each of its filters, page by page, and never by somebody whose rows they are
// not.
#include <gmock/gmock.h>

#include <map>
#include <set>

#include "approvals/proposal.hpp"
#include "backoffice/lists/nouns.hpp"
#include "backoffice/lists/page.hpp"
#include "backoffice/operators_fixture.hpp"
#include "backoffice/use_case.hpp"
#include "people/people.hpp"
#include "postbacks/attempts.hpp"

namespace lango::backoffice::lists {
namespace {

using namespace std::chrono_literals;
using people::Role;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const Instant start = api::test::start;

// Whoever is at the machine, or a person.
struct Who {
    std::string name{};
    std::string key{};
};

class Lists : public test::Operators {
  protected:
    Lists() {
        store_.write([&](store::Tx& tx) {
            EXPECT_TRUE(merchants::create(tx, master_, random_, start, "other", "", "t"));
        });
        refresh();
        credit(2, 100'000);
    }

    // With a phone, amount and label that count on; `at` is when it was made.
    std::string order_of(std::int64_t merchant, int number, Instant at) {
        const DepositId id{ids_.next(at)};
        EXPECT_TRUE(store_.write([&](store::Tx& tx) {
            return deposits::create(
                tx,
                {.id = id,
                 .merchant = MerchantId{merchant},
                 .custom_transaction_id = "o-" + std::to_string(number),
                 .label = "user-" + std::to_string(number % 5),
                 .phone = *Msisdn::parse("2547120000" + std::to_string(10 + number)),
                 .amount = Money::kes(100 + number % 3)},
                {}, at);
        }));
        return hex16(id.value());
    }
    // One a minute, the newest last, of two merchants in turn.
    void make(int count) {
        for (int i = 0; i < count; ++i) order_of(1 + i % 2, i, start + i * 1min);
    }

    // A merchant's rows in every list that has merchants.
    void live(std::int64_t merchant, const std::string& slug) {
        const auto paid = order_of(merchant, static_cast<int>(merchant), start);
        const auto digit = std::to_string(merchant);
        EXPECT_EQ(arrives(paid, "UKN700000" + digit, 100 + merchant), deposits::Observed::paid);
        static_cast<void>(arrives(paid, "UKN800000" + digit, 100 + merchant));  // once more
        EXPECT_THAT(as("amina", "/admin/withdrawals",
                       {{"merchant", slug},
                        {"account_number", "25471300000" + digit},
                        {"amount", "20" + digit},
                        {"label", "paid-" + digit},
                        {"withdrawal_id", "w-" + digit}}),
                    HasSubstr("\"ok\""));
        EXPECT_THAT(as("amina", "/admin/refunds",
                       {{"order_id", paid},
                        {"amount", "10" + digit},
                        {"method", "payout"},
                        {"reason", "because"}}),
                    HasSubstr("\"ok\""));
        store_.write([&](store::Tx& tx) {
            tx.run(
                "INSERT INTO webhook_events (id, merchant_id, state, attempts, due_at, created_at, "
                "body, digest) VALUES (?1, ?2, ?3, 0, ?4, ?4, '{}', x'')",
                ids_.next(start), merchant, postbacks::State::waiting, start);
        });
    }

    std::string key_of(const std::string& name, std::optional<MerchantId> merchant) {
        return store_.write([&](store::Tx& tx) {
            const auto key =
                people::add(tx, master_, random_, start,
                            {.name = name, .role = Role::viewer, .merchant = merchant}, "test");
            EXPECT_TRUE(key);
            return key.value_or("");
        });
    }
    http::Response asked(const Noun& noun, const std::string& query, const Who& who = {}) {
        auto request = get(std::string{noun.path}, query);
        if (!who.name.empty()) {
            request.headers.add(std::string{name_header}, who.name);
            request.headers.add(std::string{key_header}, who.key);
        }
        return store_.wait_for(router_.handle(request));
    }
    json::Value page(const Noun& noun, const std::string& query, const Who& who = {}) {
        const auto response = asked(noun, query, who);
        auto parsed = json::parse(response.body);
        EXPECT_TRUE(parsed) << response.body;
        EXPECT_EQ(parsed->text_at("status"), "ok") << noun.name << ' ' << query << response.body;
        return *std::move(parsed);
    }
    std::vector<json::Value> rows(const Noun& noun, const std::string& query, const Who& who = {}) {
        const auto answer = page(noun, query, who);
        const auto* list = answer.find(noun.plural);
        return list == nullptr ? json::Array{} : *list->array();
    }
    std::vector<std::string> names(const std::string& query) {
        std::vector<std::string> all;
        for (const auto& row : rows(lists::deposits, query)) {
            all.push_back(row.text_at("custom_transaction_id"));
        }
        return all;
    }
    // All pages of it, as texts of a column.
    std::vector<std::string> through(const Noun& noun, const std::string& query,
                                     const std::string& column) {
        std::vector<std::string> all;
        std::string before;
        do {
            const auto answer = page(noun, query + (before.empty() ? "" : "&before=" + before));
            for (const auto& row : *answer.find(noun.plural)->array()) {
                all.push_back(row.text_at(column));
            }
            before = answer.text_at("next");
        } while (!before.empty() && all.size() < 1'000);
        return all;
    }
};

using Texts = std::vector<std::string>;

// As a question says a time.
std::string utc(Instant at) { return format_rfc3339(at).substr(0, 19) + "Z"; }

TEST_F(Lists, ShowTheLatestFirstPageByPage) {
    make(7);
    const auto first = page(lists::deposits, "limit=3");
    EXPECT_EQ(names("limit=3"), (Texts{"o-6", "o-5", "o-4"}));
    EXPECT_EQ(names("limit=3&before=" + first.text_at("next")), (Texts{"o-3", "o-2", "o-1"}));
    EXPECT_EQ(through(lists::deposits, "limit=3", "custom_transaction_id"),
              (Texts{"o-6", "o-5", "o-4", "o-3", "o-2", "o-1", "o-0"}));
    EXPECT_EQ(page(lists::deposits, "").text_at("next"), "") << "nothing older is there";
}

TEST_F(Lists, FindDepositsByWhatIsKnownOfOne) {
    make(20);
    EXPECT_EQ(rows(lists::deposits, "merchant=other").size(), 10U);
    EXPECT_EQ(names("phone=254712000013"), (Texts{"o-3"}));
    EXPECT_EQ(names("phone=0712%20000%20013"), (Texts{"o-3"}));
    EXPECT_EQ(rows(lists::deposits, "amount=102").size(), 6U);
    EXPECT_EQ(rows(lists::deposits, "amount=101..102").size(), 13U);
    EXPECT_EQ(rows(lists::deposits, "label=user-4").size(), 4U);
    EXPECT_EQ(rows(lists::deposits, "state=created").size(), 20U);
    EXPECT_THAT(rows(lists::deposits, "state=paid"), IsEmpty());
    EXPECT_THAT(rows(lists::deposits, "receipt=NLJ7RT61SV"), IsEmpty());
    EXPECT_EQ(names("their_id=o-7"), (Texts{"o-7"}));
    EXPECT_THAT(names("their_id=o-7&merchant=shop"), IsEmpty()) << "it is the other's";
    const auto id = rows(lists::deposits, "their_id=o-7").front().text_at("order_id");
    EXPECT_EQ(names("id=" + id), (Texts{"o-7"}));
    EXPECT_THAT(names("id=" + id + "&label=user-1"), IsEmpty());
    EXPECT_THAT(names("id=7fffffffffffffff"), IsEmpty());
}

TEST_F(Lists, FindByTheClockOfTheMerchant) {
    make(20);  // from 2026-11-23 09:00 UTC on, or what the fixture's start is
    const auto clock = [](Instant at, const char* zone) {
        auto text = format_in_zone(at, zone).substr(0, 16);
        return text.replace(10, 1, "%20");
    };
    EXPECT_EQ(names("since=" + clock(start + 17min, "Africa/Nairobi")),
              (Texts{"o-19", "o-18", "o-17"}));
    EXPECT_EQ(names("until=" + clock(start + 2min, "Africa/Nairobi")), (Texts{"o-1", "o-0"}));
    store_.write([&](store::Tx& tx) {
        EXPECT_TRUE(merchants::set(tx, start, "other", "time-zone", "Asia/Tokyo", "t"));
    });
    EXPECT_EQ(names("merchant=other&since=" + clock(start + 16min, "Asia/Tokyo")),
              (Texts{"o-19", "o-17"}));
    EXPECT_EQ(rows(lists::deposits, "merchant=other&limit=1").front().text_at("local"),
              format_in_zone(start + 19min, "Asia/Tokyo"));
}

TEST_F(Lists, ShowWhatWaitsForAPersonByItsIndex) {
    make(5);
    const auto id = rows(lists::deposits, "their_id=o-2").front().text_at("order_id");
    EXPECT_THAT(rows(lists::deposits, "review=yes"), IsEmpty());
    store_.write([&](store::Tx& tx) {
        tx.run("UPDATE deposits SET flags = ?2 WHERE id = ?1", *parse_hex16(id),
               lango::deposits::Flag::attention);
    });
    EXPECT_EQ(names("review=yes"), (Texts{"o-2"}));
    EXPECT_THAT(names("review=yes&merchant=other"), IsEmpty());
    EXPECT_THAT(asked(lists::deposits, "review=maybe").body, HasSubstr("review is not yes"));
}

// However many rows there are, a page looks at so many, and says how far it has come.
TEST_F(Lists, GoOnWhereAPageThatFoundNothingEnded) {
    const auto oldest = order_of(1, 3, start);
    store_.write([&](store::Tx& tx) {
        tx.run(
            "INSERT INTO deposits (id, merchant_id, custom_transaction_id, label, phone, amount, "
            "currency, state, events, tries, flags, created_at) "
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20100) "
            "SELECT ?1 + i, 1, 'many-' || i, 'many', 254712345678, 100, 'KES', ?2, 1, 0, 0, ?3 "
            "FROM n",
            id_floor(start + 1min), lango::deposits::State::created, start + 1min);
    });
    for (const auto* query : {"label=user-3", "label=user-3&merchant=shop"}) {
        const auto first = page(lists::deposits, query);
        EXPECT_THAT(*first.find("deposits")->array(), IsEmpty()) << query;
        EXPECT_THAT(first.text_at("searched_to"),
                    HasSubstr(format_rfc3339(start + 1min).substr(0, 19)));
        EXPECT_EQ(through(lists::deposits, query, "order_id"), (Texts{oldest})) << query;
    }
    EXPECT_EQ(names("phone=254712000013&until=" + utc(start + 30s)), (Texts{"o-3"}));
}

TEST_F(Lists, SayWhatIsMalformed) {
    for (const auto& [query, said] : std::map<std::string, std::string>{
             {"state=gone", "state is not created, pushing"},
             {"merchant=nobody", "merchant is not a merchant's slug"},
             {"since=yesterday", "since is not a time such as"},
             {"amount=much", "amount is not shillings, such as 1000, or from..to"},
             {"amount=1..", "amount is not"},
             {"phone=12", "phone is not a Kenyan number"},
             {"before=1", "before is not what the last page said"},
             {"limit=many", "limit is not 1 to 1000"},
             {"id=1", "id is not 16 hex digits"}}) {
        const auto answer = asked(lists::deposits, query);
        EXPECT_EQ(answer.status, 400) << query;
        EXPECT_THAT(answer.body, HasSubstr(said)) << query;
    }
}

// What finds a row of that merchant's in each list, by each filter: from the row as the house sees
// it.
using Filled = std::vector<std::pair<std::string, std::string>>;
Filled values_of(const Noun& noun, const json::Value& row, const std::string& digit) {
    const auto of = [&](const char* filter, const char* column) {
        return std::pair<std::string, std::string>{filter, row.text_at(column)};
    };
    const std::string payer = "25471200001" + digit;
    const Filled times{{"since", "9999d"}, {"until", "2099-01-01"}};
    Filled all = times;
    const auto add = [&](Filled more) { all.insert(all.end(), more.begin(), more.end()); };
    if (&noun == &deposits) {
        add({of("state", "state"),
             of("amount", "amount"),
             {"phone", payer},
             of("label", "label"),
             of("code", "result_code"),
             of("id", "order_id"),
             of("receipt", "receipt"),
             of("their_id", "custom_transaction_id"),
             {"review", "yes"}});
    } else if (&noun == &withdrawals) {
        add({of("state", "state"),
             {"state", "open"},
             of("kind", "kind"),
             of("amount", "amount"),
             {"phone", "25471300000" + digit},
             of("label", "label"),
             {"by", "amina"},
             of("id", "id"),
             of("their_id", "withdrawal_id")});
    } else if (&noun == &refunds) {
        add({of("state", "state"),
             of("method", "method"),
             of("amount", "amount"),
             {"phone", payer},
             of("by", "who"),
             of("id", "refund_id"),
             of("order", "order_id"),
             of("receipt", "receipt")});
    } else if (&noun == &suspense) {
        add({{"state", "open"},
             of("reason", "reason"),
             of("amount", "amount"),
             of("order", "about_order"),
             of("receipt", "receipt")});
    } else if (&noun == &proposals) {
        add({of("state", "state"), of("kind", "use_case"), of("by", "proposed_by"),
             of("code", "code")});
    } else {
        add({of("state", "state"), {"attempts", "0"}, of("payment", "payment")});
        if (&noun == &postbacks) add({of("id", "id")});
    }
    return all;
}

TEST_F(Lists, ShowAMerchantsPeopleNothingOfAnother) {
    live(1, "shop");
    live(2, "other");
    store_.write([&](store::Tx& tx) {
        tx.run("UPDATE deposits SET flags = flags | ?1", lango::deposits::Flag::attention);
        for (const std::string slug : {"shop", "other"}) {
            static_cast<void>(
                approvals::propose(tx,
                                   {.use_case = "user.add",
                                    .path = "/admin/users",
                                    .body = R"({"name":"eve","merchant":")" + slug + "\"}",
                                    .by = "owner-" + slug,
                                    .merchant = MerchantId{slug == "shop" ? 1 : 2}},
                                   clock_.now()));
        }
    });
    const Who ours{"wanjiru", key_of("wanjiru", MerchantId{1})};
    const Who theirs{"otieno", key_of("otieno", MerchantId{2})};
    for (const auto* noun : nouns) {
        if (!noun->is_owned()) {
            EXPECT_THAT(asked(*noun, "", ours).body, HasSubstr("not_permitted")) << noun->name;
            continue;
        }
        const auto all = rows(*noun, "merchant=other");
        ASSERT_THAT(all, Not(IsEmpty())) << noun->name;
        const auto is_theirs = [](const json::Value& row) {
            return row.text_at("merchant") == "other";
        };
        // Without a filter each sees what is theirs, and the house sees both.
        EXPECT_TRUE(std::ranges::any_of(rows(*noun, ""), is_theirs)) << noun->name;
        EXPECT_TRUE(std::ranges::none_of(rows(*noun, "", ours), is_theirs)) << noun->name;
        EXPECT_THAT(rows(*noun, "", ours), Not(IsEmpty())) << noun->name;
        EXPECT_EQ(rows(*noun, "", theirs).size(), all.size()) << noun->name;
        EXPECT_THAT(asked(*noun, "merchant=other", ours).body,
                    HasSubstr("merchant is not a merchant's slug"))
            << noun->name;
        std::set<std::string> tried{"merchant"};
        for (const auto& [filter, value] : values_of(*noun, all.front(), "2")) {
            if (value.empty()) continue;
            tried.insert(filter);
            const auto query = filter + "=" + http::percent_encode(value);
            EXPECT_TRUE(std::ranges::any_of(rows(*noun, query), is_theirs))
                << noun->name << ' ' << query << " finds nothing";
            EXPECT_TRUE(std::ranges::any_of(rows(*noun, query, theirs), is_theirs))
                << noun->name << ' ' << query;
            EXPECT_TRUE(std::ranges::none_of(rows(*noun, query, ours), is_theirs))
                << noun->name << ' ' << query << " shows another's";
        }
        // Those that no row here can have: nothing came of them, or nobody typed anything.
        const std::set<std::string> never{"code", "status", "reference", "phone", "receipt"};
        for (const auto& filter : noun->filters) {
            EXPECT_TRUE(filter.is_hidden || tried.contains(std::string{filter.name}) ||
                        never.contains(std::string{filter.name}))
                << noun->name << ' ' << filter.name << " was not tried";
        }
    }
    const auto found = [&](const Who& who, const std::string& text) {
        auto request = get("/admin/find", "text=" + text);
        request.headers.add(std::string{name_header}, who.name);
        request.headers.add(std::string{key_header}, who.key);
        return store_.wait_for(router_.handle(request)).body;
    };
    for (const auto* text : {"UKN7000002", "UKN8000002", "o-2", "w-2", "254712000012"}) {
        EXPECT_EQ(found(ours, text), R"({"status":"ok","found":[]})") << text;
    }
    EXPECT_THAT(found(theirs, "UKN7000002"), HasSubstr(R"("merchant":"other")"));
}

TEST_F(Lists, AreOpenToMerchantsPeopleWhereRowsHaveAMerchant) {
    for (const auto* noun : nouns) {
        const auto all = use_cases();
        const auto use = std::ranges::find_if(
            all, [&](const UseCase& one) { return one.is_question() && one.path == noun->path; });
        ASSERT_NE(use, all.end()) << noun->name;
        EXPECT_EQ(use->whose != nullptr, noun->is_owned()) << noun->name;
        EXPECT_EQ(noun_at(noun->path), noun);
        std::size_t params = noun->is_owned() ? 5 : 4;
        std::set<std::string_view> names{"limit", "before"};
        for (const auto& filter : noun->filters) {
            params += filter.binds;
            EXPECT_TRUE(filter.is_hidden || names.insert(filter.name).second) << filter.name;
        }
        EXPECT_LE(params, 20U) << noun->name;
    }
    EXPECT_EQ(noun_at("/admin/merchants"), nullptr);
}

TEST_F(Lists, OfTheTrailShowSettingsFromWhatToWhat) {
    set("postback-url", "https://shop.example/a");
    set("postback-url", "https://shop.example/b");
    const auto changed = rows(lists::trail, "subject=shop&act=setting");
    ASSERT_GE(changed.size(), 2U);
    EXPECT_EQ(changed.front().text_at("detail"), "postback-url");
    EXPECT_EQ(changed.front().text_at("before"), "https://shop.example/a");
    EXPECT_EQ(changed.front().text_at("after"), "https://shop.example/b");
    EXPECT_EQ(rows(lists::trail, "act=person+added").size(), 3U);
    EXPECT_THAT(rows(lists::trail, "who=nobody"), IsEmpty());
    EXPECT_THAT(rows(lists::trail, "until=" + utc(start)), IsEmpty());
    EXPECT_EQ(rows(lists::trail, "since=" + utc(start)).size(), rows(lists::trail, "").size());
}

// Everything here stands at one time: the tie alone keeps pages apart.
TEST_F(Lists, OfTheTrailLoseNothingOfOneTime) {
    set("postback-url", "https://shop.example/a");
    const auto all = rows(lists::trail, "limit=1000");
    ASSERT_GE(all.size(), 6U);
    for (const auto* limit : {"limit=1", "limit=2"}) {
        EXPECT_EQ(through(lists::trail, limit, "act").size(), all.size()) << limit;
    }
}

TEST_F(Lists, OfProposalsTellWhoWantedWhatAndWhatCameOfIt) {
    store_.write([&](store::Tx& tx) {
        for (const auto* who : {"amina", "brian"}) {
            static_cast<void>(approvals::propose(tx,
                                                 {.use_case = "deposit.resolve",
                                                  .path = "/admin/deposits/01/settle",
                                                  .body = R"({"receipt":"UKN7000001"})",
                                                  .by = who},
                                                 start));
        }
        EXPECT_TRUE(approvals::reject(tx, 1, "brian", start));
    });
    EXPECT_EQ(rows(lists::proposals, "").size(), 2U);
    const auto open = rows(lists::proposals, "state=open");
    ASSERT_EQ(open.size(), 1U);
    EXPECT_EQ(open.front().text_at("proposed_by"), "brian");
    EXPECT_EQ(open.front().find("body")->text_at("receipt"), "UKN7000001");
    EXPECT_EQ(rows(lists::proposals, "state=rejected").front().text_at("ended_by"), "brian");
    EXPECT_EQ(rows(lists::proposals, "kind=deposit.resolve&by=amina").size(), 1U);
    EXPECT_THAT(rows(lists::proposals, "kind=user.add"), IsEmpty());
    EXPECT_EQ(through(lists::proposals, "limit=1", "number"), (Texts{"2", "1"}));
    clock_.advance(approvals::lives + 1s);
    EXPECT_THAT(rows(lists::proposals, "state=open"), IsEmpty());
    EXPECT_EQ(rows(lists::proposals, "state=expired").front().text_at("number"), "2");
}

TEST_F(Lists, OfPostbacksTellTheLastAnswerAndTheNextTry) {
    live(1, "shop");
    const auto before = rows(lists::postbacks, "").front();
    EXPECT_EQ(before.text_at("state"), "waiting");
    EXPECT_EQ(before.text_at("last_status"), "") << "none was tried";
    const auto id = *parse_hex16(before.text_at("id").substr(4));
    store_.write([&](store::Tx& tx) {
        static_cast<void>(
            lango::postbacks::record(tx,
                                     {.id = PostbackId{id},
                                      .at = start,
                                      .took = 1ms,
                                      .outcome = lango::postbacks::AttemptOutcome::wrong_answer,
                                      .status = 503,
                                      .answer = "busy"},
                                     {}, 0));
    });
    const auto after = rows(lists::postbacks, "status=503");
    ASSERT_EQ(after.size(), 1U);
    EXPECT_EQ(after.front().text_at("last_status"), "503");
    EXPECT_EQ(after.front().text_at("last_outcome"), "wrong_answer");
    EXPECT_THAT(after.front().text_at("next_try"), Not(IsEmpty()));
    EXPECT_EQ(rows(lists::postbacks, "attempts=1").size(), 1U);
    EXPECT_THAT(rows(lists::postbacks, "attempts=2"), IsEmpty());
    EXPECT_THAT(rows(lists::postbacks, "status=200"), IsEmpty());
}

TEST_F(Lists, TellCodesInWords) {
    make(1);
    live(1, "shop");
    store_.write([&](store::Tx& tx) {
        tx.run("UPDATE deposits SET result_code = '1032'");
        tx.run("UPDATE withdrawals SET result_code = '2040'");
    });
    EXPECT_EQ(rows(lists::deposits, "code=1032").front().text_at("result_text"),
              "You cancelled. Nothing was taken.");
    EXPECT_EQ(rows(lists::withdrawals, "code=2040").front().text_at("result_text"),
              "The recipient is not registered.");
}

TEST_F(Lists, AShownRowThatIsUnsoundHidesNoOther) {
    make(2);
    store_.write([&](store::Tx& tx) {
        tx.run("UPDATE deposits SET phone = 7, state = 99 WHERE custom_transaction_id = 'o-1'");
    });
    const auto all = rows(lists::deposits, "");
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all.front().text_at("phone"), "?");
    EXPECT_EQ(all.front().text_at("state"), "?");
    EXPECT_EQ(all.back().text_at("state"), "created");
}

}  // namespace
}  // namespace lango::backoffice::lists
