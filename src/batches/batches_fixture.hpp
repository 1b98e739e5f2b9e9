// For tests: sheets that are uploaded by the commands that the gateway uses, and a shop with money.
#pragma once
#include <gmock/gmock.h>

#include "base/manual_clock.hpp"
#include "base/typed.hpp"
#include "batches/approve.hpp"
#include "batches/check.hpp"
#include "batches/releaser.hpp"
#include "batches/upload.hpp"
#include "withdrawals/approvals_fixture.hpp"

namespace lango::batches::test {

using withdrawals::test::shop;
using namespace std::chrono_literals;

inline const std::string header = "withdrawal_id,account_number,amount,label\n";

// As the gateway reads them, with its usual limits.
inline Result<withdrawals::Wanted, std::string> read_fields(const json::Value& fields,
                                                            const std::string& who) {
    const auto phone = typed::phone(fields.text_at("account_number"));
    if (!phone) return Unexpected<std::string>{"account_number: invalid"};
    const auto amount = typed::amount(fields.text_at("amount"));
    if (!amount || *amount < Money::kes(10) || *amount > Money::kes(250'000)) {
        return Unexpected<std::string>{"amount: invalid"};
    }
    return withdrawals::Wanted{.id = WithdrawalId{0},
                               .withdrawal_id = fields.text_at("withdrawal_id"),
                               .label = fields.text_at("label"),
                               .phone = *phone,
                               .amount = *amount,
                               .comment = fields.text_at("comment"),
                               .kind = withdrawals::Kind::manual,
                               .created_by = who};
}

inline std::vector<std::int64_t> lines_of(const std::vector<Row>& rows) {
    std::vector<std::int64_t> lines;
    for (const auto& row : rows) lines.push_back(row.line);
    return lines;
}

class Batches : public withdrawals::test::People {
  protected:
    Batches() {
        directory().replace({merchant_});
        // Operators, who may approve.
        book_.write([](store::Tx& tx) {
            for (const auto* name : {"amina", "brian"}) {
                tx.run("INSERT INTO operators (name, key_hash, added_at) VALUES (?1, x'', 0)",
                       name);
            }
        });
    }

    static std::vector<Row> read(const std::string& csv) {
        const auto rows = read_rows(csv, sheets::Hidden::refused, [](const json::Value& fields) {
            return read_fields(fields, "amina");
        });
        EXPECT_TRUE(rows) << rows.error();
        return rows.value_or(std::vector<Row>{});
    }
    // A line for each phone's last digits and amount: "w-1,2547123450nn,amount,user".
    static std::string sheet(std::size_t rows, std::int64_t shillings = 100) {
        auto csv = header;
        for (std::size_t i = 1; i <= rows; ++i) {
            csv += "w-" + std::to_string(i) + ",25471234" + std::to_string(1000 + i) + "," +
                   std::to_string(shillings) + ",user\n";
        }
        return csv;
    }
    Check look(std::vector<Row>& rows, std::int64_t number = 0) {
        return book_.write([&](store::Tx& tx) { return check(tx, merchant_, number, rows); });
    }
    static File file_of(const std::string& csv) {
        return {.merchant = shop, .digest = std::string{crypto::view(crypto::sha256(csv))}};
    }
    std::int64_t upload(const std::string& csv, bool again = false) {
        auto rows = read(csv);
        const auto begun = book_.write(
            [&](store::Tx& tx) { return begin(tx, file_of(csv), again, "amina", now_); });
        if (!begun.is_open) return begun.number;
        static_cast<void>(look(rows, begun.number));
        EXPECT_TRUE(book_.write([&](store::Tx& tx) { return store_rows(tx, begun.number, rows); }));
        EXPECT_TRUE(end_upload(begun.number, rows));
        return begun.number;
    }
    bool end_upload(std::int64_t number, const std::vector<Row>& rows) {
        return book_.write([&](store::Tx& tx) {
            return finish(tx, number,
                          {.rows = static_cast<std::int64_t>(rows.size()), .total = total_of(rows)},
                          "amina", now_);
        });
    }
    Batch batch(std::int64_t number) {
        return *book_.write([&](store::Tx& tx) { return find(tx, number); });
    }
    Released let_go(std::int64_t number, const std::string& who = "amina",
                    std::optional<Money> sum = std::nullopt) {
        const auto seen = batch(number);
        return book_.write([&](store::Tx& tx) {
            return release(tx,
                           {.number = number,
                            .who = who,
                            .seen = code(seen),
                            .sum = sum ? sum : std::optional{seen.total}},
                           now_);
        });
    }
    Releaser::Parts parts() {
        return {.store = book_.store(),
                .clock = clock_,
                .ids = row_ids_,
                .merchants = directory(),
                .executor = book_.context().get_executor(),
                .read = [](const json::Value& fields, const merchants::Merchant&,
                           const std::string& who) { return read_fields(fields, who); },
                .stopped = [this] { return stopped_; },
                .made = [this] { ++wakes_; },
                .trouble = [this](std::string_view error) { troubles_.emplace_back(error); }};
    }
    // One group by a job that lives no longer.
    bool go_on(std::size_t rows_at_once = 100) {
        Releaser releaser{parts(), {.rows_at_once = rows_at_once}};
        return book_.wait_for(releaser.go_on());
    }
    int go_on_to_the_end(std::size_t rows_at_once = 100) {
        int groups = 0;
        while (go_on(rows_at_once)) ++groups;
        return groups;
    }
    // "made made refused ..."
    std::string states(std::int64_t number) {
        std::string line;
        for (const auto& row : all_rows(number)) {
            line += (line.empty() ? "" : " ") + std::string{name(row.state)};
        }
        return line;
    }
    std::vector<Row> all_rows(std::int64_t number) {
        return book_.write([&](store::Tx& tx) { return rows(tx, number, 0, places_max); });
    }
    std::int64_t withdrawals() { return book_.number("SELECT COUNT(*) FROM withdrawals"); }
    std::int64_t acts(const std::string& act) {
        return book_.write([&](store::Tx& tx) {
            return tx
                .first(
                    "SELECT COUNT(*) FROM operator_acts WHERE act = ?1",
                    [](const store::Row& row) { return row.integer(0); }, act)
                .value_or(0);
        });
    }

    ManualClock clock_{book_.context(), withdrawals::test::start};
    SeededRandom row_random_{7};
    IdSource row_ids_{row_random_};
    std::optional<std::string> stopped_;
    int wakes_ = 0;
    std::vector<std::string> troubles_;
};

}  // namespace lango::batches::test
