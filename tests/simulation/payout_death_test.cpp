// The gateway is killed before and after every step of a withdrawal. The steps are not a list that
// somebody wrote: an undisturbed life is recorded, from the write that accepts the withdrawal to
// the merchant's answer to the postback, and is lived again once for each death.
#include <gtest/gtest.h>

#include "base/json.hpp"
#include "tests/simulation/world.hpp"
#include "withdrawals/batch.hpp"

namespace lango::simulation {
namespace {

using namespace std::chrono_literals;
using withdrawals::State;

enum class Made : std::int8_t { by_api, by_hand, to_be_approved, in_a_batch, as_test };

struct Story {
    const char* name;
    const char* phone_ending;
    State ends;
    Made made = Made::by_api;
    // Refused again when it is sent again, and never known to the rail: that the first time was no
    // other is for a person to say.
    bool may_need_person = false;
};

// What a story must come to.
std::int64_t rows_of(const Story& story) { return story.made == Made::in_a_batch ? 2 : 1; }
bool is_told(const Story& story) {
    return story.made != Made::by_hand && story.made != Made::in_a_batch;
}
bool moves_money(const Story& story) {
    return story.ends == State::paid && story.made != Made::as_test;
}

struct End {
    std::int64_t ended = 0;  // in the story's state
    std::int64_t withdrawals = 0;
    std::int64_t open_holds = 0;
    std::size_t paid_at_rail = 0;
    std::size_t told = 0;  // postbacks for it that arrived with the right status
    std::string wrong;     // laws that do not hold, ledgers that differ, postbacks that lie
};

// A merchant whose every withdrawal waits for people, or for none.
merchants::Merchant merchant(bool asks_people) {
    merchants::Merchant made;
    made.payout_key = Secret{"the shop's"};
    made.id = MerchantId{1};
    if (asks_people) made.payout_rules = {.from = Money::kes(1)};
    return made;
}

withdrawals::Wanted wanted(World& world, const Story& story, const std::string& own_id) {
    using withdrawals::Kind;
    const bool by_people = story.made == Made::by_hand || story.made == Made::in_a_batch;
    return {.id = world.fresh_withdrawal(),
            .withdrawal_id = own_id,
            .label = "user",
            .phone = *Msisdn::parse("254712345" + std::string{story.phone_ending}),
            .amount = Money::kes(1000),
            .comment = {},
            .kind = by_people                     ? Kind::manual
                    : story.made == Made::as_test ? Kind::test
                                                  : Kind::api,
            .created_by = by_people ? "amina" : "",
            .made_by_approver = by_people};
}

// Who gets no answer asks again with the same ids of his own.
void make(World& world, const Story& story) {
    std::vector<withdrawals::Wanted> rows{wanted(world, story, "w-1")};
    if (story.made == Made::in_a_batch) rows.push_back(wanted(world, story, "w-2"));
    const auto shop = merchant(story.made == Made::to_be_approved);
    for (int tries = 0; tries < 3; ++tries) {
        const bool lived = world.command([&](store::Tx& tx, Instant now) {
            static_cast<void>(withdrawals::take_batch(tx, rows, shop, false, now));
        });
        world.let_time_pass(1ms);
        if (lived) return;
        world.let_time_pass(1s);
    }
}

// Both people approve, and again when they were not answered.
void approve(World& world) {
    const WithdrawalId id{world.number("SELECT id FROM withdrawals")};
    for (const auto* who : {"brian", "chebet"}) {
        for (int tries = 0; tries < 3 && !world.person_approves(id, who); ++tries) {
            world.let_time_pass(1s);
        }
    }
}

End live(const Story& story, Script& script) {
    World world{{.payouts = true, .float_poll = 1000h, .script = &script}};
    world.fund(5000);
    world.let_time_pass(1min);
    static_cast<void>(world.admin(http::Method::post, "/admin/merchants/demo/settings",
                                  R"({"approvals-needed":"2"})"));
    const auto already_told = world.postbacks().size();
    script.recording = true;
    make(world, story);
    if (story.made == Made::to_be_approved) approve(world);
    const auto open = [&] {
        return world.number("SELECT COUNT(*) FROM withdrawals WHERE closed_at IS NULL") > 0 ||
               world.number("SELECT COUNT(*) FROM postbacks WHERE state = 1") > 0;
    };
    for (int i = 0; i < 1800 && open(); ++i) {
        world.let_time_pass(1s);
        const auto flagged =
            world.number("SELECT id FROM withdrawals WHERE closed_at IS NULL AND flags & 1");
        if (story.may_need_person && flagged != 0) {
            static_cast<void>(world.person_says_not_paid(WithdrawalId{flagged}));
        }
    }
    script.recording = false;
    // What the rail says late must change nothing.
    world.let_time_pass(2min);

    End end;
    end.ended = story.ends == State::paid
                    ? world.number("SELECT COUNT(*) FROM withdrawals WHERE state = 6")
                    : world.number("SELECT COUNT(*) FROM withdrawals WHERE state = 7");
    end.withdrawals = world.number("SELECT COUNT(*) FROM withdrawals");
    end.open_holds = world.number("SELECT COUNT(*) FROM holds WHERE state = 1");
    end.paid_at_rail = world.rail().ledger().payouts().size();
    end.wrong = world.broken_laws() + world.ledgers_differ();
    const auto* const status = story.ends == State::paid ? "1" : "5";
    for (auto i = already_told; i < world.postbacks().size(); ++i) {
        const auto body = json::parse(world.postbacks()[i]);
        const auto& data = (*body->find("additional_data")->array())[0];
        if (data.text_at("withdrawal_id") == "w-1" && data.text_at("withdrawal_status") == status)
            ++end.told;
        else
            end.wrong += "told: " + world.postbacks()[i] + "\n";
    }
    return end;
}

class PayoutDeath : public testing::TestWithParam<Story> {
  protected:
    static void expect_good(const End& end, const std::string& when) {
        SCOPED_TRACE(when);
        const auto rows = rows_of(GetParam());
        EXPECT_EQ(end.ended, rows);
        EXPECT_EQ(end.withdrawals, rows);
        EXPECT_EQ(end.open_holds, 0);
        EXPECT_EQ(end.paid_at_rail, moves_money(GetParam()) ? static_cast<std::size_t>(rows) : 0U);
        if (is_told(GetParam()))
            EXPECT_GE(end.told, 1U);
        else
            EXPECT_EQ(end.told, 0U);
        EXPECT_EQ(end.wrong, "");
    }
};

TEST_P(PayoutDeath, AtAnyStepEndsAsTheUndisturbedLifeDid) {
    Script undisturbed;
    expect_good(live(GetParam(), undisturbed), "undisturbed");
    const auto& steps = undisturbed.steps;
    ASSERT_GT(steps.size(), 5U);
    EXPECT_EQ(steps.front(), "write");
    RecordProperty("steps", static_cast<int>(steps.size()));
    for (std::size_t step = 0; step < steps.size() && !HasFailure(); ++step) {
        for (const bool after : {false, true}) {
            Script script;
            script.death = Death{.step = step, .after = after};
            const auto end = live(GetParam(), script);
            EXPECT_FALSE(script.death) << "it lived past step " << step;
            expect_good(end, "killed " + std::string{after ? "after" : "before"} + " step " +
                                 std::to_string(step) + " of " + std::to_string(steps.size()) +
                                 ": " + steps[step]);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(
    Stories, PayoutDeath,
    testing::Values(Story{"Paid", "777", State::paid}, Story{"NotPaid", "124", State::failed},
                    Story{"ResultLost", "150", State::paid}, Story{"ReplyLost", "160", State::paid},
                    Story{"QueueTimeoutThenPaid", "175", State::paid},
                    Story{"Refused", "171", State::failed, Made::by_api, true},
                    Story{"ByHand", "777", State::paid, Made::by_hand},
                    Story{"Approved", "777", State::paid, Made::to_be_approved},
                    Story{"InABatch", "777", State::paid, Made::in_a_batch},
                    Story{"Test", "777", State::paid, Made::as_test},
                    Story{"TestThatFails", "775", State::failed, Made::as_test}),
    [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace lango::simulation
