// The gateway is killed before and after every step of a batch: while its rows are stored, when it
// is released, between the groups of rows that become withdrawals, and while those are paid. Each
// row is paid once, whatever happened, and by whoever asks again what was not answered.
#include <gtest/gtest.h>

#include "base/json.hpp"
#include "people/trail.hpp"
#include "tests/simulation/world.hpp"

namespace lango::simulation {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t row_count = 5;
const std::string sum = "500";

std::string sheet() {
    std::string csv = "withdrawal_id,account_number,amount,label\n";
    for (auto row = 1; row <= row_count; ++row) {
        csv += "w-" + std::to_string(row) + ",25471200" + std::to_string(row) + "777,100,user\n";
    }
    return csv;
}

// The answer as a tree; nothing where the gateway died of it or refused.
std::optional<json::Value> ask(World& world, http::Method method, const std::string& path,
                               const std::string& body = {}) {
    std::optional<json::Value> told;
    try {
        auto answer = json::parse(world.admin(method, path, body));
        if (answer && answer->text_at("status") == "ok") told = *std::move(answer);
    } catch (const store::Unavailable&) {
        // It is dead: who asked hears nothing.
    }
    world.let_time_pass(1s);
    return told;
}

// Whoever is not answered asks again.
json::Value ask_until_told(World& world, http::Method method, const std::string& path,
                           const std::string& body = {}) {
    for (int tries = 0; tries < 5; ++tries) {
        if (auto told = ask(world, method, path, body)) return *std::move(told);
    }
    ADD_FAILURE() << "never answered: " << path;
    return json::Value{json::Object{}};
}

std::string upload_and_release(World& world) {
    const auto uploaded =
        ask_until_told(world, http::Method::post, "/admin/batches?merchant=demo", sheet());
    const auto* batch = uploaded.find("batch");
    if (batch == nullptr) return {};
    EXPECT_EQ(batch->text_at("sum"), sum);
    const auto path = "/admin/batches/" + batch->text_at("number");
    static_cast<void>(
        ask_until_told(world, http::Method::post, path + "/release",
                       R"({"seen":")" + batch->text_at("code") + R"(","sum":")" + sum + R"("})"));
    return path;
}

struct End {
    std::string state;
    std::int64_t made = 0;
    std::int64_t withdrawals = 0;
    std::int64_t paid = 0;
    std::int64_t open_holds = 0;
    std::int64_t acts = 0;  // of the batch in the trail
    std::size_t paid_at_rail = 0;
    std::string wrong;
};

End live(Script& script) {
    World world{{.payouts = true, .float_poll = 1000h, .script = &script, .batch_rows_at_once = 2}};
    world.fund(5000);
    // Who releases it may approve: its rows wait for nobody else.
    const auto enrol = [](store::Tx& tx, Instant now) {
        const auto added = tx.run(
            "INSERT INTO operators (name, key_hash, added_at) VALUES ('test', x'', ?1) "
            "ON CONFLICT (name) DO NOTHING",
            now);
        if (added > 0) people::record(tx, now, "test", "person added", "test", "operator");
    };
    while (!world.command(enrol)) world.let_time_pass(1s);
    world.let_time_pass(1min);
    script.recording = true;
    const auto path = upload_and_release(world);
    const auto open = [&] {
        return world.number("SELECT COUNT(*) FROM batches WHERE state = 3") > 0 ||
               world.number("SELECT COUNT(*) FROM withdrawals WHERE closed_at IS NULL") > 0;
    };
    for (int i = 0; i < 1800 && open(); ++i) world.let_time_pass(1s);
    script.recording = false;
    world.let_time_pass(2min);

    End end;
    const auto shown = ask_until_told(world, http::Method::get, path);
    if (const auto* batch = shown.find("batch")) end.state = batch->text_at("state");
    end.made = world.number("SELECT made FROM batches");
    end.withdrawals = world.number("SELECT COUNT(DISTINCT withdrawal_id) FROM withdrawals");
    end.paid = world.number("SELECT COUNT(*) FROM withdrawals WHERE state = 6");
    end.open_holds = world.number("SELECT COUNT(*) FROM holds WHERE state = 1");
    end.acts = world.number("SELECT COUNT(*) FROM operator_acts WHERE act LIKE 'batch %'");
    end.paid_at_rail = world.rail().ledger().payouts().size();
    end.wrong = world.broken_laws() + world.ledgers_differ();
    return end;
}

void expect_good(const End& end, const std::string& when) {
    SCOPED_TRACE(when);
    EXPECT_EQ(end.state, "done");
    EXPECT_EQ(end.made, row_count);
    EXPECT_EQ(end.withdrawals, row_count);
    EXPECT_EQ(end.paid, row_count);
    EXPECT_EQ(end.open_holds, 0);
    EXPECT_EQ(end.acts, 3) << "uploaded, released, done: each once";
    EXPECT_EQ(end.paid_at_rail, static_cast<std::size_t>(row_count));
    EXPECT_EQ(end.wrong, "");
}

TEST(BatchDeath, AtAnyStepEndsAsTheUndisturbedLifeDid) {
    Script undisturbed;
    expect_good(live(undisturbed), "undisturbed");
    const auto& steps = undisturbed.steps;
    // Begun, stored, whole, released, and three groups.
    ASSERT_GT(steps.size(), 7U);
    RecordProperty("steps", static_cast<int>(steps.size()));
    for (std::size_t step = 0; step < steps.size() && !testing::Test::HasFailure(); ++step) {
        for (const bool after : {false, true}) {
            Script script;
            script.death = Death{.step = step, .after = after};
            const auto end = live(script);
            EXPECT_FALSE(script.death) << "it lived past step " << step;
            expect_good(end, "killed " + std::string{after ? "after" : "before"} + " step " +
                                 std::to_string(step) + " of " + std::to_string(steps.size()) +
                                 ": " + steps[step]);
        }
    }
}

}  // namespace
}  // namespace lango::simulation
