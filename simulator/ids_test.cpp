#include "simulator/ids.hpp"

#include <gtest/gtest.h>

#include <set>

namespace lango::simulator {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;
using std::chrono::year;

TEST(AReceipt, BeginsWithTheDayInEastAfrica) {
    SeededRandom random{1};
    Ids ids{random};
    const auto beginning = [&](Instant at) { return ids.receipt(at).substr(0, 3); };
    // Receipts of the real service and their days (daraja.md 1.4).
    EXPECT_EQ(beginning(sys_days{year{2023} / 9 / 27}), "RIR");
    EXPECT_EQ(beginning(sys_days{year{2019} / 12 / 19}), "NLJ");
    EXPECT_EQ(beginning(sys_days{year{2018} / 2 / 23}), "MBN");
    EXPECT_EQ(beginning(sys_days{year{2020} / 1 / 9}), "OA9");
    EXPECT_EQ(beginning(sys_days{year{2022} / 11 / 10}), "QKA");
    EXPECT_EQ(beginning(sys_days{year{2024} / 7 / 5} + 21h), "SG6");
    EXPECT_EQ(beginning(sys_days{year{2026} / 12 / 31} + 20h), "ULV");
}

TEST(AReceipt, NeverComesTwice) {
    SeededRandom random{1};
    Ids ids{random};
    std::set<std::string> seen;
    for (int i = 0; i < 100'000; ++i) EXPECT_TRUE(seen.insert(ids.receipt(Instant{})).second);
    Ids after_restart{random};
    after_restart.receipts_made(100'000);
    EXPECT_TRUE(seen.insert(after_restart.receipt(Instant{})).second);
}

TEST(ACheckoutRequestId, HasTheTimeInEastAfricaUnpaddedMillisecondsAndTheNumber) {
    const auto at = Instant{sys_days{year{2024} / 7 / 10}} + 6h + 15min + 26s;
    EXPECT_EQ(Ids::checkout(at + 17ms, "254712396192"), "ws_CO_1007202409152617712396192");
    EXPECT_EQ(Ids::checkout(at + 5ms, "254712396192"), "ws_CO_100720240915265712396192");
}

TEST(AMerchantRequestId, IsFourGroupsAndACounter) {
    SeededRandom random{1};
    Ids ids{random};
    const auto first = ids.merchant_request();
    EXPECT_EQ(first.size(), 4U + 1 + 4 + 1 + 4 + 1 + 12 + 1);
    EXPECT_EQ(first.back(), '1');
    EXPECT_EQ(ids.merchant_request().back(), '2');
}

}  // namespace
}  // namespace lango::simulator
