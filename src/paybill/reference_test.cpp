#include "paybill/reference.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>
#include <set>

#include "store/store_fixture.hpp"

namespace lango::paybill {
namespace {

TEST(Reference, IsSevenDigitsAndALetter) {
    EXPECT_EQ(reference_text(1), "1000000G");
    EXPECT_EQ(reference_text(2), "6562323K");
    EXPECT_EQ(reference_text(3), "3124646E");
}

TEST(Reference, GetsLongerWhenItsLengthIsUsedUp) {
    EXPECT_EQ(reference_text(9'000'000).size(), 8U);
    EXPECT_EQ(reference_text(9'000'001).size(), 9U);
    EXPECT_EQ(read_reference(reference_text(9'000'001)), 9'000'001);
    EXPECT_EQ(read_reference(reference_text(98'765'432'101)), 98'765'432'101);
}

TEST(Reference, IsReadTheWayPeopleType) {
    for (const auto* typed :
         {"1000000g", " 1000000 G", "1OOOOOOG", "loooooo-g", "I00 0000G.", "1-000-000-G",
          "\t1000000G", "1000000G\n", "\u00a01000000G", "\u202a1000\u2013000g\u202c"}) {
        EXPECT_EQ(read_reference(typed), 1) << typed;
    }
}

TEST(Reference, IsNothingElse) {
    for (const auto* typed :
         {"", " ", "G", "1000000", "1000000K", "1000000GG", "1000000G0", "G1000000", "01000000G",
          "100000G", "10000000G", "order 12", "#", "1000000G/", "\xff\xfe", "1000000\u0413",
          "99999999999999999999999999G"}) {
        EXPECT_EQ(read_reference(typed), std::nullopt) << typed;
    }
}

RC_GTEST_PROP(ReferenceOfAnyNumber, IsReadBack, ()) {
    const auto number = *rc::gen::inRange<std::int64_t>(1, 900'000'000);
    RC_ASSERT(read_reference(reference_text(number)) == number);
}

// One wrong, missing, extra or swapped character is nothing or still the same order, never another.
RC_GTEST_PROP(ReferenceOfAnyNumber, SurvivesEverySingleTypo, ()) {
    static constexpr std::string_view keys = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcxyz -.*#/";
    const auto number = *rc::gen::inRange<std::int64_t>(1, 9'000'000);
    const auto right = reference_text(number);
    const auto harmless = [&](const std::string& typed) {
        const auto read = read_reference(typed);
        return !read || *read == number;
    };
    for (std::size_t at = 0; at <= right.size(); ++at) {
        for (const char key : keys) {
            auto extra = right;
            extra.insert(at, 1, key);
            // One character more may be the whole reference of a longer one, which nobody is
            // given before nine million are.
            RC_ASSERT(harmless(extra) || read_reference(extra).value_or(0) > 9'000'000);
            if (at == right.size()) continue;
            auto wrong = right;
            wrong[at] = key;
            RC_ASSERT(harmless(wrong));
        }
        if (at == right.size()) continue;
        auto missing = right;
        missing.erase(at, 1);
        RC_ASSERT(harmless(missing));
        for (std::size_t other = at + 1; other < right.size(); ++other) {
            auto swapped = right;
            std::swap(swapped[at], swapped[other]);
            RC_ASSERT(harmless(swapped));
        }
    }
}

class References : public testing::Test, public store::test::MemoryStore {};

TEST_F(References, AreGivenOnceAndForEver) {
    const auto first = write([](store::Tx& tx) { return give_reference(tx, DepositId{70}); });
    const auto second = write([](store::Tx& tx) { return give_reference(tx, DepositId{80}); });
    EXPECT_EQ(first, reference_text(1));
    EXPECT_EQ(second, reference_text(2));
    EXPECT_EQ(write([](store::Tx& tx) { return give_reference(tx, DepositId{70}); }), first);
    write([&](store::Tx& tx) {
        EXPECT_EQ(find_reference(tx, DepositId{80}), second);
        EXPECT_EQ(find_reference(tx, DepositId{90}), std::nullopt);
        EXPECT_EQ(find_by_reference(tx, first), DepositId{70});
        EXPECT_EQ(find_by_reference(tx, reference_text(3)), std::nullopt);
        EXPECT_EQ(find_by_reference(tx, "nonsense"), std::nullopt);
    });
}

}  // namespace
}  // namespace lango::paybill
