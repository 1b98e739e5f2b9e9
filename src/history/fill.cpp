#include "history/fill.hpp"

#include <charconv>
#include <stdexcept>

#include "people/people.hpp"
#include "people/trail.hpp"

namespace lango::history {

namespace {

constexpr std::int64_t payments_a_write = 1000;
constexpr std::string_view itself = "sandbox";
constexpr std::string_view begun_act = "history begun";
constexpr std::string_view made_act = "history made";

std::runtime_error refused(const std::string& why) {
    return std::runtime_error{"No history is made: " + why};
}

// How many payments the act tells of; nothing where it was not done.
std::optional<std::int64_t> told_of(store::Reader& reader, std::string_view act) {
    return reader.first(
        "SELECT subject FROM operator_acts WHERE who = ?1 AND act = ?2 LIMIT 1",
        [](const store::Row& row) {
            std::int64_t payments = 0;
            const auto text = row.text(0);
            std::from_chars(text.data(), text.data() + text.size(), payments);
            return payments;
        },
        itself, act);
}

bool has_any(store::Reader& reader, store::Sql sql) {
    return reader.first(sql, [](const store::Row&) { return true; }).has_value();
}

// Whether there is something to do.
bool may_begin(store::Reader& reader, std::int64_t payments) {
    const auto begun = told_of(reader, begun_act);
    if (begun) {
        const auto count = std::to_string(*begun);
        if (!told_of(reader, made_act)) {
            throw refused("an earlier one of " + count +
                          " payments was cut off here. Remove the data directory, or name another "
                          "one with --data.");
        }
        if (*begun == payments) return false;
        throw refused("one of " + count +
                      " payments is here already. Ask for the same number, remove the data "
                      "directory, or name another one with --data.");
    }
    if (has_any(reader, "SELECT 1 FROM merchants WHERE slug <> 'demo' LIMIT 1")) {
        throw refused("this data directory has merchants who are not the sandbox's.");
    }
    if (has_any(reader, "SELECT 1 FROM deposits LIMIT 1") ||
        has_any(reader, "SELECT 1 FROM withdrawals LIMIT 1")) {
        throw refused(
            "this data directory has payments already. Remove it, or name another one with "
            "--data.");
    }
    return true;
}

void must(const auto& outcome, std::string_view what) {
    if (!outcome) throw std::runtime_error{std::string{what} + ": " + outcome.error().message};
}

void open_shops(store::Tx& tx, const crypto::MasterKey& master, Random& keys, Instant at) {
    for (const auto& shop : shops()) {
        if (shop.slug != "demo") {
            must(merchants::create(tx, master, keys, at, shop.slug, shop.name, itself), shop.slug);
        }
        for (const auto& setting : shop.settings) {
            must(merchants::set(tx, at, shop.slug, setting.name, setting.value, itself),
                 setting.name);
        }
    }
    for (const auto* name : people_of_the_past) {
        if (people::find(tx, name)) continue;
        must(people::add(tx, master, keys, at, {.name = name}, itself), name);
    }
}

}  // namespace

asio::awaitable<bool> fill(store::Store& store, const crypto::MasterKey& master, Random& keys,
                           Plan plan, std::function<bool(const Progress&)> told) {
    struct Ready {
        bool begins = false;
        std::vector<merchants::Merchant> merchants{};
        std::shared_ptr<const rates::Table> rates{};
    };
    const auto began = plan.until - span;
    auto ready = co_await store.write([&master, &keys, &plan, began](store::Tx& tx) {
        Ready made;
        if (!may_begin(tx, plan.payments)) return made;
        const auto latest = rates::latest(tx);
        if (!latest) throw refused("there are no rates: start the sandbox once.");
        people::record(tx, began, itself, begun_act, std::to_string(plan.payments),
                       "seed " + std::to_string(plan.seed));
        open_shops(tx, master, keys, began);
        // What the rail said it holds just now says nothing of that time; it is asked again.
        tx.run("DELETE FROM payout_float");
        made.begins = true;
        made.merchants = merchants::list(tx, master);
        made.rates = std::make_shared<const rates::Table>(*latest);
        return made;
    });
    if (!ready.begins) co_return false;
    merchants::Directory merchants{master};
    merchants.replace(std::move(ready.merchants));
    Past past{plan, merchants, std::move(ready.rates)};
    for (bool goes_on = true; goes_on;) {
        goes_on = co_await store.write(
            [&past](store::Tx& tx) { return past.live(tx, payments_a_write); });
        if (!told({.payments = past.payments(), .at = past.now()}) && goes_on) {
            throw std::runtime_error{
                "The history was cut off: remove the data directory before another is made."};
        }
    }
    co_await store.write([&plan](store::Tx& tx) {
        people::record(tx, plan.until, itself, made_act, std::to_string(plan.payments),
                       "seed " + std::to_string(plan.seed));
    });
    co_return true;
}

}  // namespace lango::history
