#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "base/json.hpp"
#include "rates/rates.hpp"

namespace lango::rates {
namespace {

__extension__ using Wide = __int128;

std::string page_body() {
    const char* source = std::getenv("LANGO_SOURCE_DIR");
    EXPECT_NE(source, nullptr) << "set LANGO_SOURCE_DIR, as ctest does";
    std::ifstream file(std::string{source} + "/tests/vectors/page_deposit_postback.json");
    return {std::istreambuf_iterator<char>(file), {}};
}

// From "{" to "}", as the page has it.
std::string page_conversions() {
    const auto body = page_body();
    const auto from = body.find("{\"USD\"");
    return body.substr(from, body.find('}', from) + 1 - from);
}

std::size_t index_of(std::string_view code) {
    return static_cast<std::size_t>(std::ranges::find(codes(), code) - codes().begin());
}

std::string converted(const Table& table, Money amount) {
    std::string out;
    append_converted(out, table, amount);
    return out;
}

std::string one(const Table& table, Money amount, std::string_view code) {
    return json::parse(converted(table, amount))->text_at(code);
}

// KES at this rate, and one code.
Table table_of(const char* kes, std::string_view code, const char* rate) {
    Table table;
    table.per_usd[index_of("USD")] = Decimal{1, 0};
    table.per_usd[index_of("KES")] = *Decimal::parse(kes);
    table.per_usd[index_of(code)] = *Decimal::parse(rate);
    return table;
}

TEST(PageSample, ComesBackCharacterForCharacter) {
    EXPECT_EQ(converted(page_sample(), Money::kes(3000)), page_conversions());
}

TEST(PageSample, IsThePagesNumbersAt14749ShillingsADollar) {
    const auto page = json::parse(page_conversions());
    ASSERT_EQ(page->object()->size(), codes().size());
    for (std::size_t i = 0; i < codes().size(); ++i) {
        SCOPED_TRACE(codes()[i]);
        const auto& [code, value] = (*page->object())[i];
        EXPECT_EQ(code, codes()[i]);
        const auto sample = Decimal::parse(value.number()->text);
        // sample * 147.49 / 3000 to 12 decimals
        const auto units =
            divide(static_cast<Wide>(sample->units()) * 14749 * power_of_ten(12),
                   static_cast<Wide>(300000) * power_of_ten(sample->scale()), Rounding::half_up);
        auto expected = Decimal{static_cast<std::int64_t>(units), 12};
        if (code == "USD") expected = Decimal{1, 0};
        EXPECT_EQ(page_sample().per_usd[i], expected) << page_sample().per_usd[i].text();
    }
}

TEST(Conversion, PrintsThePaymentsOwnCurrencyExactly) {
    const Money cents{1250, Currency::kes()};
    EXPECT_EQ(one(page_sample(), cents, "KES"), "12.5");
    EXPECT_EQ(one(page_sample(), Money::kes(250'000'000), "KES"), "250000000");
    EXPECT_EQ(one(page_sample(), Money::zero(), "KES"), "0");
    EXPECT_EQ(one(page_sample(), Money{1, Currency::kes()}, "KES"), "0.01");
}

TEST(Conversion, RoundsHalvesUpToWhatTheCodeHas) {
    struct Case {
        const char* code;
        const char* rate;
        std::int64_t shillings;
        const char* expected;
    };
    // At 100 shillings a dollar: a shilling is rate / 100.
    for (const auto& [code, rate, shillings, expected] : {
             Case{"EUR", "0.5", 1, "0.01"},             // 0.005
             Case{"EUR", "0.499999", 1, "0"},           // 0.00499999
             Case{"EUR", "1.5", 1, "0.02"},             // 0.015
             Case{"INR", "50", 1, "1"},                 // 0.5
             Case{"INR", "49.999999", 1, "0"},          //
             Case{"BTN", "83.25", 1, "0.83"},           // pegged to INR, with decimals
             Case{"BTC", "0.000001", 1, "0.00000001"},  // 8 decimals, no exponent
             Case{"BTC", "0.0000005", 1, "0.00000001"}, Case{"BTC", "0.0000004999", 1, "0"},
             Case{"XAU", "0.0005", 1000, "0.01"},  // a metal has 2
             Case{"USDT", "1.00000001", 100, "1.00000001"}, Case{"USDTTRC20", "1", 50, "0.5"},
             Case{"BZD", "2", 2050, "41"},                                   // no ".0"
             Case{"JPY", "149.5", 200, "299"}, Case{"ZWL", "0", 3000, "0"},  // unknown
         }) {
        EXPECT_EQ(one(table_of("100", code, rate), Money::kes(shillings), code), expected)
            << code << " " << rate;
    }
}

TEST(Conversion, OfATableWithoutTheOwnRateKnowsOnlyTheAmount) {
    Table table;
    table.per_usd[index_of("EUR")] = Decimal{9, 1};
    const auto found = json::parse(converted(table, Money::kes(10)));
    for (const auto& [code, value] : *found->object()) {
        EXPECT_EQ(value.number()->text, code == "KES" ? "10" : "0") << code;
    }
}

// |q * d - n| * 2 <= d, over every code, for amounts to the largest.
TEST(Conversion, IsTheNearestNumberUpTo250MillionShillings) {
    const auto& table = page_sample();
    for (const std::int64_t shillings :
         {1, 10, 331, 3000, 15'944, 250'000, 99'999'989, 250'000'000}) {
        const auto text = converted(table, Money::kes(shillings));
        const auto found = json::parse(text);
        ASSERT_TRUE(found) << text;
        for (std::size_t i = 0; i < codes().size(); ++i) {
            if (codes()[i] == "KES") continue;
            const auto value = Decimal::parse((*found->object())[i].second.number()->text);
            ASSERT_TRUE(value);
            const int decimals = codes()[i] == "INR"                           ? 0
                                 : i >= index_of("ETH") || codes()[i] == "BTC" ? 8
                                                                               : 2;
            ASSERT_LE(value->scale(), decimals);
            const auto& rate = table.per_usd[i];
            // value = shillings * rate / 147.49, both sides times 14749 * 10^(rate's scale +
            // decimals)
            const Wide exact =
                static_cast<Wide>(shillings) * rate.units() * 100 * power_of_ten(decimals);
            const Wide step = static_cast<Wide>(14749) * power_of_ten(rate.scale());
            const Wide ours =
                static_cast<Wide>(value->units()) * power_of_ten(decimals - value->scale()) * step;
            const Wide off = ours > exact ? ours - exact : exact - ours;
            EXPECT_LE(off * 2, step) << codes()[i] << " of " << shillings;
        }
    }
}

TEST(Conversion, OfLongRatesIsExactAndNeverFails) {
    // 16 decimals in the own rate, none in the other: the product is longer than 128 bits.
    EXPECT_EQ(one(table_of("147.4912345678901234", "TRX", "12"), Money::kes(250'000'000), "TRX"),
              "20340191.80047681");
    EXPECT_EQ(one(table_of("147.4912345678901234", "BTC", "0.000038256939123456"), Money::kes(3000),
                  "BTC"),
              "0.00077815");
    EXPECT_EQ(one(table_of("129", "INR", "83.12345678901234567"), Money::kes(129), "INR"), "83");
    EXPECT_EQ(one(table_of("129", "XAU", "0.000491633333333333"), Money::kes(250'000'000), "XAU"),
              "952.78");
}

TEST(Conversion, OfAnAbsurdRatePrintsNothingKnown) {
    EXPECT_EQ(one(table_of("0.000000000000000001", "TRX", "9000000000000000000"),
                  Money::kes(250'000'000), "TRX"),
              "0");
    EXPECT_EQ(one(table_of("9000000000000000000", "EUR", "0.000000000000000001"),
                  Money::kes(250'000'000), "EUR"),
              "0");
}

TEST(Conversion, AppendsAndRepeats) {
    std::string out = "x";
    append_converted(out, page_sample(), Money::kes(10));
    EXPECT_EQ(out, "x" + converted(page_sample(), Money::kes(10)));
}

}  // namespace
}  // namespace lango::rates
