#include "window/texts.hpp"

#include <gtest/gtest.h>

#include <set>

#include "rails/daraja/codes.hpp"
#include "window/colours.hpp"
#include "window/reasons.hpp"
#include "window/shown.hpp"

namespace lango::window {
namespace {

std::set<std::string> places(std::string_view words) {
    std::set<std::string> found;
    for (auto at = words.find('{'); at != std::string_view::npos; at = words.find('{', at + 1)) {
        found.emplace(words.substr(at, 3));
    }
    return found;
}

TEST(Texts, ExistInBothLanguagesWithTheSamePlaces) {
    for (std::size_t i = 0; i < static_cast<std::size_t>(Key::count); ++i) {
        const auto key = static_cast<Key>(i);
        const auto en = sentence(Language::en, key).words();
        const auto sw = sentence(Language::sw, key).words();
        EXPECT_FALSE(en.empty()) << i;
        EXPECT_FALSE(sw.empty()) << i;
        EXPECT_EQ(places(en), places(sw)) << en;
        // One word may be the same in both: nothing of more than two is, but M-PESA's own words.
        if (en.size() > 15 && key != Key::paybill_title) EXPECT_NE(en, sw);
    }
}

TEST(Reasons, ExistForEveryCodeOfTheRail) {
    for (const auto& codes : {rails::daraja::failing_codes(), rails::daraja::fault_codes()}) {
        ASSERT_FALSE(codes.empty());
        for (const auto one : codes) {
            EXPECT_TRUE(has_reason(one)) << one;
            for (const auto language : {Language::en, Language::sw}) {
                EXPECT_TRUE(reason(language, one).sentence.words().ends_with('.')) << one;
                EXPECT_TRUE(reason(language, one).next_step.words().ends_with('.')) << one;
            }
        }
    }
}

// What a screen offers and what its words say is one row: no text tells to do what no button does.
TEST(Reasons, SayWhatTheirScreensOffer) {
    for (const auto& codes : {rails::daraja::failing_codes(), rails::daraja::fault_codes()}) {
        for (const auto one : codes) {
            const auto what = offer(one);
            const auto en = reason(Language::en, one).next_step.words();
            const auto sw = reason(Language::sw, one).next_step.words();
            const auto says = [](std::string_view text, std::string_view words) {
                return text.find(words) != std::string_view::npos;
            };
            EXPECT_EQ(says(en, "new request"), what.remedy == Remedy::again) << one;
            EXPECT_EQ(says(sw, "ombi jipya"), what.remedy == Remedy::again) << one;
            EXPECT_EQ(says(en, "another number"), what.remedy == Remedy::other_number) << one;
            EXPECT_EQ(says(sw, "nambari nyingine"), what.remedy == Remedy::other_number) << one;
            EXPECT_EQ(says(en, "wait") || says(en, "Wait"), what.wait > Duration{0}) << one;
            EXPECT_EQ(says(sw, "ubiri"), what.wait > Duration{0}) << one;
            if (what.remedy == Remedy::shop_only) EXPECT_FALSE(what.paybill) << one;
            for (const auto text : {en, sw}) EXPECT_FALSE(says(text, "Pay Bill")) << one;
        }
    }
}

TEST(Reasons, OfUnknownCodesAreTextsToo) {
    EXPECT_FALSE(has_reason("TP99999"));
    EXPECT_TRUE(has_reason("HTTP 503"));
    const auto sentence_of = [](Language language, std::string_view code) {
        return reason(language, code).sentence.words();
    };
    EXPECT_NE(sentence_of(Language::en, "TP99999"), sentence_of(Language::en, "1"));
    EXPECT_NE(sentence_of(Language::en, "1032"), sentence_of(Language::sw, "1032"));
    EXPECT_FALSE(reason(Language::sw, "TP99999").next_step.words().empty());
}

TEST(Languages, AreChosenByTheLinkThenByTheBrowser) {
    EXPECT_EQ(choose_language("sw", "en"), Language::sw);
    EXPECT_EQ(choose_language("EN", "sw"), Language::en);
    EXPECT_EQ(choose_language("", "sw-KE,sw;q=0.9,en;q=0.8"), Language::sw);
    EXPECT_EQ(choose_language("", "fr, sw;q=0.5"), Language::sw);
    EXPECT_EQ(choose_language("fr", "de"), Language::en);
    EXPECT_EQ(choose_language("../../x", ""), Language::en);
}

TEST(Shown, IsMoneyTimeAndCodeAsPeopleReadThem) {
    EXPECT_EQ(shown(Money::kes(1000)), "KES 1,000.00");
    EXPECT_EQ(shown(Money::kes(250'000)), "KES 250,000.00");
    EXPECT_EQ(shown(Money::kes(1'234'567)), "KES 1,234,567.00");
    EXPECT_EQ(shown(Money::kes(999)), "KES 999.00");
    using namespace std::chrono_literals;
    EXPECT_EQ(shown(Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 21h + 5min},
                    Language::en),
              "24 Nov 2026, 00:05");
    EXPECT_EQ(
        shown(Instant{std::chrono::sys_days{std::chrono::year{2026} / 8 / 3} + 1h}, Language::sw),
        "3 Agosti 2026, 04:00");
    EXPECT_EQ(shown_whole(Money::kes(250'000)), "KES 250,000");
    EXPECT_EQ(shown(*Msisdn::parse("254110345678")), "01** *** 678");
    EXPECT_EQ(shown_code("7K29F"), "7K-29F");
}

TEST(Colours, OfAnAccentStayReadable) {
    EXPECT_EQ(readable_on("#000000"), "#fff");
    EXPECT_EQ(readable_on("#ffffff"), "#000");
    EXPECT_EQ(readable_on("#0b6b3a"), "#fff");
    EXPECT_EQ(readable_on("#ffcc00"), "#000");
    EXPECT_EQ(colours_of("dark").scheme, "dark");
    EXPECT_TRUE(colours_of("dark").style.empty());
    EXPECT_EQ(colours_of("#0b6b3a").scheme, "auto");
    EXPECT_EQ(colours_of("#0b6b3a").style.html(),
              "html{--accent:#0b6b3a!important;--on-accent:#fff!important}");
}

}  // namespace
}  // namespace lango::window
