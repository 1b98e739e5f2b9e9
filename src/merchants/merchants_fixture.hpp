// For tests: merchants in a store in memory.
#pragma once
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "merchants/merchants.hpp"
#include "merchants/rows.hpp"
#include "store/store_fixture.hpp"

namespace lango::merchants::test {

inline const Instant start =
    Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::hours{9}};

class Shops : public testing::Test {
  protected:
    Result<Created, SettingError> create(std::string_view slug, std::string_view name = "") {
        return store_.write([&](store::Tx& tx) {
            return merchants::create(tx, master_, random_, start, slug, name, "test");
        });
    }
    // What was refused, in its words; "" when it was not.
    std::string refused_create(std::string_view slug, std::string_view name = "") {
        const auto made = create(slug, name);
        return made ? "" : made.error().message;
    }
    std::string set(std::string_view setting, std::string_view value,
                    std::string_view slug = "shop") {
        const auto done = store_.write(
            [&](store::Tx& tx) { return merchants::set(tx, start, slug, setting, value, "test"); });
        return done ? "" : done.error().message;
    }
    std::vector<Merchant> all() {
        return store_.write([&](store::Tx& tx) { return merchants::list(tx, master_); });
    }
    Merchant the(std::string_view slug = "shop") {
        return *store_.write([&](store::Tx& tx) { return find(tx, &master_, slug); });
    }
    // "number setting: before -> after by who", a line each.
    std::string trail() {
        return store_.write([](store::Tx& tx) {
            std::string lines;
            tx.each(
                "SELECT number, setting, before, after, who FROM merchant_changes "
                "ORDER BY merchant_id, number",
                [&](const store::Row& row) {
                    lines += std::to_string(row.integer(0)) + " " + row.string(1) + ": " +
                             row.string(2) + " -> " + row.string(3) + " by " + row.string(4) + "\n";
                });
            return lines;
        });
    }

    SeededRandom random_{7};
    crypto::MasterKey master_ = crypto::MasterKey::make(random_);
    store::test::MemoryStore store_;
};

}  // namespace lango::merchants::test
