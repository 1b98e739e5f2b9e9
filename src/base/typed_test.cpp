#include "base/typed.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>

#include "base/ids.hpp"

namespace lango {
namespace {

// What phones, chats and spreadsheets put around and into numbers.
constexpr auto invisible = std::to_array<std::string_view>(
    {"\u200e", "\u200f", "\u202a", "\u202c", "\u202d", "\u2066", "\u2069", "\u200b", "\u200c",
     "\u200d", "\u2060", "\ufeff", "\u00ad", "\u061c", "\ufe0f"});
constexpr auto blanks =
    std::to_array<std::string_view>({" ", "\t", "\n", "\r\n", "\u00a0", "\u2002", "\u2007",
                                     "\u2009", "\u200a", "\u202f", "\u205f", "\u3000", "\u2028"});
constexpr auto dashes =
    std::to_array<std::string_view>({"-", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014",
                                     "\u2015", "\u2212", "\uff0d", "\ufe63"});
constexpr auto dots = std::to_array<std::string_view>({".", "\u00b7", "\u2022", "\uff0e"});

template <std::size_t N>
rc::Gen<std::string> one_of(const std::array<std::string_view, N>& texts) {
    return rc::gen::map(rc::gen::inRange<std::size_t>(0, N),
                        [&texts](std::size_t i) { return std::string{texts.at(i)}; });
}
rc::Gen<std::string> filling() {
    return rc::gen::oneOf(one_of(invisible), one_of(blanks), one_of(dashes), one_of(dots));
}
// The text with nothing, one or two of these between any two characters, and around it.
std::string filled(const std::string& text, const rc::Gen<std::string>& with) {
    std::string out;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        const auto count = *rc::gen::weightedElement<int>({{6, 0}, {2, 1}, {1, 2}});
        for (int n = 0; n < count; ++n) out += *with;
        if (i < text.size()) out += text[i];
    }
    return out;
}

TEST(TypedPhones, AreReadInEveryWayThatPeopleWriteThem) {
    for (const auto* text : {"254712344321",
                             "+254712344321",
                             "0712344321",
                             "712344321",
                             "00254712344321",
                             "+2540712344321",
                             "2540712344321",
                             "002540712344321",
                             "+254 712 344 321",
                             "0712-344-321",
                             " 0712 344321 ",
                             "0712.344.321",
                             "(0712) 344 321",
                             "+254 (0) 712 344321",
                             "(+254) 712344321",
                             "[0712] 344321",
                             "\u202a+254712344321\u202c",
                             "\u200e0712344321",
                             "0712\u00a0344\u00a0321",
                             "\ufeff0712344321",
                             "0712\u2009344\u202f321",
                             "0712\u2011344\u2013321",
                             "\uff10\uff17\uff11\uff12\uff13\uff14\uff14\uff13\uff12\uff11",
                             "\uff0b254712344321",
                             "0712344321\n"}) {
        const auto phone = typed::phone(text);
        ASSERT_TRUE(phone) << text;
        EXPECT_EQ(phone->raw(), "254712344321") << text;
    }
    EXPECT_EQ(typed::phone("0110000001"), Msisdn::parse("254110000001"));
    EXPECT_EQ(typed::phone("110000001"), Msisdn::parse("254110000001"));
}

TEST(TypedPhones, AreNoOtherTexts) {
    for (const auto* text : {"",
                             "0",
                             "071234432",
                             "07123443211",
                             "0212344321",
                             "+0712344321",
                             "+712344321",
                             "phone",
                             "+25471234",
                             "0712344321x",
                             "+44712344321",
                             "++254712344321",
                             "0254712344321",
                             "000254712344321",
                             "+00254712344321",
                             "25400712344321",
                             "0712344321/0712344322",
                             "\xff",
                             "0712344321\xc3",
                             "07123443a1",
                             "00712344321",
                             "254+712344321",
                             "0712+344321",
                             "\u0660\u0667\u0661\u0662\u0663\u0664\u0664\u0663\u0662\u0661",
                             "2.54712344321E+11"}) {
        EXPECT_FALSE(typed::phone(text)) << text;
    }
}

RC_GTEST_PROP(TypedPhones, StayTheSameWhateverStandsBetweenTheirDigits, ()) {
    const auto number = *rc::gen::element<std::int64_t>(1, 7) * 100'000'000 +
                        *rc::gen::inRange<std::int64_t>(0, 100'000'000);
    const auto begins =
        *rc::gen::element<std::string>("", "0", "254", "+254", "00254", "+2540", "2540", "002540");
    const auto text = filled(begins + std::to_string(number), filling());
    const auto phone = typed::phone(text);
    RC_ASSERT(phone.has_value());
    RC_ASSERT(phone->number() == 254'000'000'000 + number);
}

RC_GTEST_PROP(TypedPhones, AreNeverMadeUp, (const std::string& text)) {
    const auto phone = typed::phone(text);
    if (!phone) return;
    // Its nine digits are the last ones of what was typed.
    std::string digits;
    for (const char c : typed::code(text)) {
        if (c >= '0' && c <= '9') digits += c;
    }
    RC_ASSERT(digits.ends_with(phone->raw().substr(3)));
}

TEST(TypedAmounts, AreReadWithGroupMarksWhereTheyAreGroups) {
    struct Case {
        const char* text;
        std::int64_t minor;
    };
    for (const auto& [text, minor] : std::to_array<Case>({{"500", 50'000},
                                                          {" 1000 ", 100'000},
                                                          {"1000.00", 100'000},
                                                          {"1000.5", 100'050},
                                                          {"10.50", 1'050},
                                                          {"0.5", 50},
                                                          {"1,000", 100'000},
                                                          {"1 000", 100'000},
                                                          {"1\u00a0000", 100'000},
                                                          {"1\u2009000", 100'000},
                                                          {"1\u202f000", 100'000},
                                                          {"1'000", 100'000},
                                                          {"1\u2019000", 100'000},
                                                          {"1,000.00", 100'000},
                                                          {"250,000", 25'000'000},
                                                          {"1,234,567", 123'456'700},
                                                          {"1 234 567.89", 123'456'789},
                                                          {"KES 500", 50'000},
                                                          {"kes1,500", 150'000},
                                                          {"500 KES", 50'000},
                                                          {"Ksh. 500", 50'000},
                                                          {"Kshs 1,000/=", 100'000},
                                                          {"500/-", 50'000},
                                                          {"\u200e500\u200f", 50'000},
                                                          {"\uff11\uff10\uff10", 10'000}})) {
        const auto money = typed::amount(text);
        ASSERT_TRUE(money) << text;
        EXPECT_EQ(money->minor(), minor) << text;
    }
}

TEST(TypedAmounts, ThatCanBeReadInTwoWaysAreRefusedAsSuch) {
    for (const auto* text :
         {"10,50",    "1,00",     "10.000",    "1.000", "1.000,00", "1,000,00",  "1,0000",
          "1,00,000", "10,5",     "1.000.000", "1 00",  "1 000 00", "1,000 000", "1 000,000",
          ",500",     "500,",     ".5",        "500.",  "0,100",    "1000,000",  "1000.000",
          "1,,000",   "1 000,00", "12,34,567", "5 0",   "1.5.0"}) {
        const auto money = typed::amount(text);
        ASSERT_FALSE(money) << text << " " << money->text();
        EXPECT_EQ(money.error(), typed::NoAmount::unclear) << text;
    }
}

TEST(TypedAmounts, AreNoOtherTexts) {
    for (const auto* text :
         {"", " ", "ten", "-100", "+100", "1e3", "0x10", "99999999999999", "KES", ".", ",", "100%",
          "USD 5", "500 600x", "\xff", "1\u0660", "0500", "$5"}) {
        const auto money = typed::amount(text);
        ASSERT_FALSE(money) << text << " " << money->text();
        EXPECT_EQ(money.error(), typed::NoAmount::not_a_number) << text;
    }
}

// Where any two readers of the world would differ, nothing is read: what is read is what the digits
// say, with the last dot before at most two of them.
RC_GTEST_PROP(TypedAmounts, AreTheirDigits, ()) {
    const auto text =
        *rc::gen::container<std::string>(rc::gen::elementOf(std::string{"0123456789,. '"}));
    const auto money = typed::amount(text);
    if (!money) return;
    std::string digits;
    for (const char c : text) {
        if ((c >= '0' && c <= '9') || c == '.') digits += c;
    }
    const auto number = Decimal::parse(digits);
    RC_ASSERT(number.has_value());
    RC_ASSERT(Money::from_decimal(*number, Currency::kes()) == *money);
    // A mark is followed by three digits and then by no fourth one.
    for (std::size_t at = text.find_first_of("0123456789"); at < text.size(); ++at) {
        if (text[at] != ',' && text[at] != '\'') continue;
        const auto group = text.substr(at + 1);
        RC_ASSERT(group.find_first_not_of("0123456789") >= 3);
        RC_ASSERT(group.size() == 3 || group[3] < '0' || group[3] > '9');
    }
}

RC_GTEST_PROP(TypedAmounts, AreReadAsTheyAreShown, ()) {
    const auto shillings = *rc::gen::inRange<std::int64_t>(1, 1'000'000'000);
    const auto mark = *rc::gen::element<std::string>("", ",", " ", "'", "\u00a0", "\u202f");
    auto text = std::to_string(shillings);
    for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3) {
        text.insert(static_cast<std::size_t>(at), mark);
    }
    const auto money = typed::amount(text);
    RC_ASSERT(money.has_value());
    RC_ASSERT(*money == Money::kes(shillings));
}

TEST(TypedCodes, AreReadInEitherCaseWithAnyDash) {
    for (const auto* text : {"7k-29f", "7K 29F", "7K\u201329F", "7k\u201429f", "7K\u221229F",
                             "\u202a7K29F\u202c", "7K\u00a029F\n", "7k.29f", "\uff17K29F"}) {
        EXPECT_EQ(typed::code(text), "7K29F") << text;
    }
    EXPECT_EQ(typed::code("7K/29F"), "7K/29F");
    EXPECT_EQ(typed::code("\xff"), "\xff");
}

RC_GTEST_PROP(TypedCodes, StayTheSameWhateverStandsBetweenThem, ()) {
    const auto wanted = *rc::gen::container<std::string>(
        rc::gen::elementOf(std::string{"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"}));
    RC_ASSERT(typed::code(filled(wanted, filling())) == wanted);
    RC_ASSERT(typed::code(typed::code(wanted)) == wanted);
}

TEST(TypedIds, AreSixteenHexDigits) {
    EXPECT_EQ(typed::id("E5C0-637C-10D3-26F7"), parse_hex16("e5c0637c10d326f7"));
    EXPECT_EQ(typed::id(" 0bc0637c10d326f7\n"), parse_hex16("0bc0637c10d326f7"));
    EXPECT_FALSE(typed::id("0bc0637c10d326f"));
    EXPECT_FALSE(typed::id("0bc0637c10d326fg"));
}

TEST(TypedTimes, AreReadInTheirZone) {
    const auto now =
        Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 29}} + std::chrono::hours{12};
    const auto read = [&](std::string_view text) {
        const auto at = typed::instant(text, now, "Africa/Nairobi");
        return at ? format_rfc3339(*at).substr(0, 19) : std::string{};
    };
    EXPECT_EQ(read("2026-11-29"), "2026-11-28T21:00:00");
    EXPECT_EQ(read("2026-11-29 14:05"), "2026-11-29T11:05:00");
    EXPECT_EQ(read("2026-11-29T14:05:09"), "2026-11-29T11:05:09");
    EXPECT_EQ(read("2026-11-29T14:05:09Z"), "2026-11-29T14:05:09");
    EXPECT_EQ(read("90m"), "2026-11-29T10:30:00");
    EXPECT_EQ(read("24h"), "2026-11-28T12:00:00");
    EXPECT_EQ(read("7d"), "2026-11-22T12:00:00");
    for (const auto* text :
         {"", "today", "2026-13-01", "2026-02-30", "2026-11-29 24:00", "29.11.2026", "2026-11-29x",
          "2026-11-29 14:05x", "-5m", "m", "1y", "99999999d"}) {
        EXPECT_EQ(read(text), "") << text;
    }
}

TEST(Typed, NamesAreReadWithoutBlanksAndMarksThatNobodySees) {
    for (const std::string text :
         {"withdrawal_id", "Withdrawal_ID", "\u00a0withdrawal_id\u00a0", "\ufeffwithdrawal_id",
          "withdrawal_\u00adid", "\u200ewithdrawal _id\u200b", " WITHDRAWAL_ID\t"}) {
        EXPECT_EQ(typed::name(text), "withdrawal_id") << text;
    }
    EXPECT_EQ(typed::name("Jina la M\u00e9"), "jinalam\u00e9");
    EXPECT_EQ(typed::name("A\xff"), "a\xff");
    EXPECT_EQ(typed::name(" \u00a0"), "");
}

}  // namespace
}  // namespace lango
