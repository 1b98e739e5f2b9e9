#include "window/copied_link.hpp"

#include <gtest/gtest.h>

#include "http/message.hpp"
#include "window/link.hpp"

namespace lango::window {
namespace {

// The sample link as the page prints it.
const std::string printed =
    " label =label \u00a4cy_code =KES &lang =en &wallet_type =mpesa "
    "&custom_transaction_id =custom_transaction_id &fixed_amount=fixed_amount "
    "&payment_url_fail_id=1";

// As browsers put it into a request.
std::string as_sent(const std::string& text) {
    std::string out;
    for (const char c : text) {
        out += c == '&' || c == '=' ? std::string{c} : http::percent_encode(std::string{c});
    }
    return out;
}

std::string faults(const std::string& query) {
    const auto link = read_link(query, merchants::Merchant{});
    std::string names;
    if (!link) {
        for (const auto& fault : link.error()) names += fault.parameter + ",";
    }
    return names;
}

TEST(CopiedLink, IsReadAsThePagePrintsIt) {
    for (const auto& query : {printed, as_sent(printed)}) {
        // Only the placeholder for the amount is no amount.
        EXPECT_EQ(faults(query), "fixed_amount,") << query;
    }
    auto filled = printed;
    filled.replace(filled.find("=fixed_amount"), 13, "=1000");
    const auto link = read_link(as_sent(filled), merchants::Merchant{});
    ASSERT_TRUE(link);
    EXPECT_EQ(link->label, "label");
    EXPECT_EQ(link->custom_transaction_id, "custom_transaction_id");
    EXPECT_EQ(link->fixed_amount, Money::kes(1000));
    EXPECT_TRUE(link->names_system);
    EXPECT_EQ(link->ignored, std::vector<std::string>{"payment_url_fail_id"});
}

TEST(CopiedLink, WithEntitiesForItsSignsIsRead) {
    const auto* query =
        "label=a+b&amp;currency_code=KES&amp;wallet_type=mpesa&amp;amp;custom_transaction_id=o"
        "&amp;fixed_amount=20&amp;1696000000000";
    const auto link = read_link(query, merchants::Merchant{});
    ASSERT_TRUE(link);
    EXPECT_EQ(link->label, "a b");
    EXPECT_EQ(link->fixed_amount, Money::kes(20));
}

// A stranger sends as many as he likes: each is passed over once, and what is behind them is moved
// once.
TEST(CopiedLink, WithThousandsOfEntitiesIsReadInOnePass) {
    std::string name;
    for (int i = 0; i < 16'000; ++i) name += "amp;";
    const auto entities = name.size();
    name += "label";
    const auto rest = without_entities(name);
    EXPECT_EQ(rest, "label");
    EXPECT_EQ(rest.data(), name.data() + entities);
    EXPECT_EQ(as_meant(name + "=u"), "label=u");
    EXPECT_EQ(as_meant(name.substr(0, entities) + "=u"), "=u");
}

TEST(CopiedLink, MayHaveTheSignOfACurrencyInAnyValue) {
    for (const auto* query : {"label=u\u00a4cy_code=KES&custom_transaction_id=o",
                              "label=u%C2%A4cy_code=KES&custom_transaction_id=o",
                              "label=u%20%C2%A4cy_code%20=%20KES&custom_transaction_id=o",
                              "label=u&custom_transaction_id=o\u00a4cy_code=KES",
                              "label=u&custom_transaction_id=o+%C2%A4cy_code%3DKES"}) {
        const auto link = read_link(query, merchants::Merchant{});
        ASSERT_TRUE(link) << query;
        EXPECT_EQ(link->label, "u") << query;
        EXPECT_EQ(link->custom_transaction_id, "o") << query;
    }
}

TEST(CopiedLink, ChangesNothingOfALinkThatIsAllRight) {
    for (const std::string query :
         {"label=+u+&currency_code=KES&custom_transaction_id=o", "", "&&", "a&b=&=c&d=%zz",
          "label=u%C2%A4cy_code=KES&currency_code=KES&custom_transaction_id=o",
          "label=u%C2%A4cy_code&custom_transaction_id=o", "label=amp;x&currency_code=KES",
          "label=cy_code=KES"}) {
        EXPECT_EQ(as_meant(query), query);
    }
    // A label may hold the sign where the currency is given.
    const auto link =
        read_link("label=u%C2%A4cy_code=KES&currency_code=KES&custom_transaction_id=o",
                  merchants::Merchant{});
    ASSERT_TRUE(link);
    EXPECT_EQ(link->label, "u\u00a4cy_code=KES");
}

TEST(CopiedLink, LeavesOutKeysWithoutAValueAmongWhatIsSigned) {
    const auto found = parameters("label=u&1696000000000&fixed_amount=&lang=sw");
    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found[1].first, "fixed_amount");
    EXPECT_EQ(found[1].second, "");
}

}  // namespace
}  // namespace lango::window
