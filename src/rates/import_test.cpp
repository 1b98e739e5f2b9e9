#include <gtest/gtest.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include "rates/rates.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace lango::rates {
namespace {

const Instant now = from_micros(1'790'000'000'000'000);

const Decimal& rate(const Table& table, std::string_view code) {
    return table.per_usd.at(
        static_cast<std::size_t>(std::ranges::find(codes(), code) - codes().begin()));
}

std::string refusal(std::string_view text) {
    const auto table = parse_table(text, "a file", now);
    return table ? "" : table.error().message;
}

TEST(Import, TakesTheUsualServicesForms) {
    for (const auto* text : {
             R"({"base":"USD","rates":{"USD":1,"KES":129.25,"EUR":0.92}})",
             R"({"base":"USD","timestamp":1780000000,"rates":{"KES":129.25,"EUR":0.92}})",
             R"({"result":"success","base_code":"USD","time_last_update_unix":1780000000,
                 "conversion_rates":{"USD":1,"KES":129.25,"EUR":0.92,"XYZ":7}})",
             R"({"KES":129.25,"EUR":0.92})",
             R"({"rates":{"KES":"129.25","EUR":"0.92","GBP":null}})",
         }) {
        const auto table = parse_table(text, "a file", now);
        ASSERT_TRUE(table) << text << ": " << table.error().message;
        EXPECT_EQ(rate(*table, "USD").text(), "1");
        EXPECT_EQ(rate(*table, "KES").text(), "129.25");
        EXPECT_EQ(rate(*table, "EUR").text(), "0.92");
        EXPECT_TRUE(rate(*table, "GBP").is_zero());
        EXPECT_EQ(table->source, "a file");
        EXPECT_EQ(table->imported_at, now);
        const bool dated = std::string_view{text}.find("1780000000") != std::string_view::npos;
        EXPECT_EQ(table->as_of, dated ? from_micros(1'780'000'000'000'000) : now) << text;
    }
}

TEST(Import, KeepsFifteenDigitsOfWhatServicesPrint) {
    const auto kept = [](const std::string& number) {
        const auto table = parse_table("{\"KES\":129,\"BTC\":" + number + "}", "", now);
        return table ? rate(*table, "BTC").text() : table.error().message;
    };
    EXPECT_EQ(kept("0.000038256939"), "0.000038256939");
    EXPECT_EQ(kept("9.5123456789012345e-06"), "0.000009512345678901");
    EXPECT_EQ(kept("9.5123456789015e-06"), "0.000009512345678902");
    EXPECT_EQ(kept("83.12345678901234567"), "83.1234567890123");
    EXPECT_EQ(kept("0.99999999999999999"), "1");
    EXPECT_EQ(kept("1.5e3"), "1500");
    EXPECT_EQ(kept("123456789012345678"), "123456789012346000");
    EXPECT_EQ(kept("1e-30"), "0");
    EXPECT_EQ(kept("1e-60"), "0");
    EXPECT_EQ(kept("0e99"), "0");
    for (const auto* bad :
         {"-1", "1e19", "1e300", "true", "[1]", "\"\"", "\"1,5\"", "\" \"", "\"-1\""}) {
        EXPECT_NE(kept(bad).find("BTC is no number that can be kept"), std::string::npos) << bad;
    }
}

TEST(Import, RefusesWhatWouldMakeEveryConversionWrong) {
    EXPECT_NE(refusal("").find("no JSON object"), std::string::npos);
    EXPECT_NE(refusal("[1]").find("no JSON object"), std::string::npos);
    EXPECT_NE(refusal(R"({"base":"EUR","rates":{"KES":140}})").find("the base is EUR"),
              std::string::npos);
    EXPECT_NE(refusal(R"({"rates":{"EUR":0.9}})").find("KES"), std::string::npos);
    EXPECT_NE(refusal(R"({"rates":{"KES":0}})").find("KES"), std::string::npos);
    EXPECT_NE(refusal(R"({"rates":{"USD":1.1,"KES":129}})").find("USD"), std::string::npos);
    EXPECT_NE(refusal(R"({"rates":{"USD":0,"KES":129}})").find("USD"), std::string::npos);
}

TEST(Import, DoesNotBelieveAnImpossibleTime) {
    for (const auto* time : {"-5", "1.5", "99999999999999999", "\"soon\"", "null"}) {
        const auto table =
            parse_table(std::string{R"({"KES":129,"timestamp":)"} + time + "}", "", now);
        ASSERT_TRUE(table);
        EXPECT_EQ(table->as_of, now) << time;
    }
}

class StoredRates : public testing::Test {
  protected:
    template <class F>
    auto write(F command) {
        auto future =
            boost::asio::co_spawn(io_, store_->write(std::move(command)), boost::asio::use_future);
        io_.restart();
        io_.run();
        return future.get();
    }

  private:
    boost::asio::io_context io_;
    std::unique_ptr<store::Store> store_ = store::open_sqlite(
        {.path = ":memory:", .threading = store::Threading::inline_}, io_.get_executor());
};

TEST_F(StoredRates, ReadBackAsTheyWereSaved) {
    auto table = page_sample();
    table.imported_at = now;
    const auto id = write([&](store::Tx& tx) { return save(tx, table); });
    const auto found = write([&](store::Tx& tx) { return load(tx, id); });
    ASSERT_TRUE(found);
    EXPECT_EQ(found->id, id);
    EXPECT_EQ(found->source, table.source);
    EXPECT_EQ(found->as_of, table.as_of);
    EXPECT_EQ(found->imported_at, now);
    EXPECT_EQ(found->per_usd, table.per_usd);
    EXPECT_FALSE(write([&](store::Tx& tx) { return load(tx, id + 1); }));
}

TEST_F(StoredRates, KeepTheOldTablesAndTellTheLatest) {
    EXPECT_FALSE(write([](store::Tx& tx) { return latest(tx); }));
    auto second = page_sample();
    second.source = "later";
    const auto [first, last] = write([&](store::Tx& tx) {
        const auto a = save(tx, page_sample());
        return std::pair{a, save(tx, second)};
    });
    EXPECT_LT(first, last);
    EXPECT_EQ(write([](store::Tx& tx) { return latest(tx); })->source, "later");
    EXPECT_EQ(write([id = first](store::Tx& tx) { return load(tx, id); })->source,
              page_sample().source);
}

}  // namespace
}  // namespace lango::rates
