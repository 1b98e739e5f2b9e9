#include "merchants/link_signature.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>

namespace lango::merchants {
namespace {

const Secret key{"test_private_access_key"};

TEST(LinkSignature, IsOverTheKnownParametersSortedAndEncoded) {
    const LinkParameters parameters{{"label", "user 1"},
                                    {"currency_code", "KES"},
                                    {"custom_transaction_id", "order/1&2"},
                                    {"fixed_amount", "1000.00"},
                                    {"utm_source", "mail"},
                                    {"signature", "00"}};
    EXPECT_EQ(link_text(parameters),
              "currency_code=KES&custom_transaction_id=order%2F1%262&fixed_amount=1000.00"
              "&label=user%201");
    // printf %s "lango-link:$text" | openssl dgst -sha256 -hmac test_private_access_key
    EXPECT_EQ(sign_link(key, parameters),
              "20c9763b5636262c9782a9601fbd91193177fa0cef3165e7069da854503cbcd1");
    EXPECT_EQ(link_text({}), "");
}

TEST(LinkSignature, FitsEachOfTheKeysAndNoOther) {
    const LinkParameters parameters{{"label", "u"}, {"fixed_amount", "10"}};
    const auto old_key = Secret{"old"};
    const std::array keys{key, old_key};
    const auto upper = [](std::string text) {
        std::ranges::transform(text, text.begin(), [](char c) { return std::toupper(c); });
        return text;
    };
    for (const auto& one : keys) {
        const auto signature = sign_link(one, parameters);
        EXPECT_TRUE(link_verifies(keys, parameters, signature));
        EXPECT_TRUE(link_verifies(keys, parameters, upper(signature)));
        EXPECT_FALSE(link_verifies(keys, parameters, signature.substr(1)));
        EXPECT_FALSE(link_verifies(keys, {{"label", "u"}, {"fixed_amount", "1"}}, signature));
        EXPECT_FALSE(link_verifies(keys, {{"label", "u"}}, signature));
    }
    EXPECT_FALSE(link_verifies(keys, parameters, sign_link(Secret{"other"}, parameters)));
    EXPECT_FALSE(link_verifies(keys, parameters, ""));
    EXPECT_FALSE(link_verifies({}, parameters, sign_link(key, parameters)));
    const std::array none{Secret{}};
    EXPECT_FALSE(link_verifies(none, parameters, sign_link(Secret{}, parameters)));
}

// Names and values made of what separates them, so that a slip would show.
LinkParameters some_parameters() {
    static const std::string alphabet = "=&%+ aA0";
    LinkParameters parameters;
    for (const auto* name : {"label", "lang", "fixed_amount", "currency_code", "currency_code[]"}) {
        if (!*rc::gen::arbitrary<bool>()) continue;
        parameters.emplace_back(
            name,
            *rc::gen::resize(4, rc::gen::container<std::string>(rc::gen::elementOf(alphabet))));
    }
    return parameters;
}

RC_GTEST_PROP(LinkText, BelongsToOneSetOfParametersOnly, ()) {
    const auto a = some_parameters();
    const auto b = some_parameters();
    RC_ASSERT((link_text(a) == link_text(b)) == (a == b));
}

RC_GTEST_PROP(LinkText, DoesNotDependOnTheOrder, ()) {
    auto parameters = some_parameters();
    const auto text = link_text(parameters);
    std::ranges::reverse(parameters);
    RC_ASSERT(link_text(parameters) == text);
}

}  // namespace
}  // namespace lango::merchants
