#include "shop/proofs.hpp"

#include <gtest/gtest.h>

#include "merchants/redirect.hpp"
#include "postbacks/body.hpp"
#include "postbacks/exchange.hpp"
#include "postbacks/samples.hpp"

namespace lango::shop {
namespace {

using namespace std::chrono_literals;

// What stands behind whsec_ is the sample merchant's webhook secret.
const Keys keys{.access_key = "TA25Ea9sjPUFJvIG",
                .private_access_key = "test_private_access_key",
                .webhook_secret = "whsec_YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4"};
const Instant now = postbacks::test::page_created;

std::string body() {
    const auto facts = postbacks::test::page_facts();
    const auto parts = postbacks::deposit_body(postbacks::test::merchant(), facts, now, 7);
    return postbacks::whole_body(parts, rates::page_sample(), facts.amount);
}

http::Headers sent(const std::string& bytes) {
    http::Headers headers;
    const auto request =
        postbacks::request_for(postbacks::test::merchant(), PostbackId{77}, bytes, now, 1s);
    for (const auto& [name, value] : request.headers) headers.add(name, value);
    return headers;
}

TEST(Proofs, OfWhatTheGatewaySendsHold) {
    const auto bytes = body();
    const auto page = prove_body(keys, bytes);
    EXPECT_TRUE(page.holds);
    EXPECT_TRUE(page.signed_part.starts_with(R"([{"activated_datetime":)"));
    EXPECT_EQ(page.expected, page.received);
    const auto headers = prove_headers(keys, sent(bytes), bytes, now + 4min);
    EXPECT_TRUE(headers.holds);
    EXPECT_EQ(headers.id, "msg_000000000000004d");
}

TEST(Proofs, FailWithEachByteThatIsAnother) {
    const auto bytes = body();
    const auto begin = bytes.find("additional_data");
    for (std::size_t at = bytes.find("3000", begin); at < bytes.find("3000", begin) + 4; ++at) {
        auto changed = bytes;
        changed[at] = '9';
        EXPECT_FALSE(prove_body(keys, changed).holds) << at;
        EXPECT_FALSE(prove_headers(keys, sent(bytes), changed, now).holds) << at;
    }
    // The amount outside of the signed part: only the headers see it.
    auto outside = bytes;
    outside.replace(outside.find("3000"), 4, "9000");
    EXPECT_TRUE(prove_body(keys, outside).holds);
    EXPECT_FALSE(prove_headers(keys, sent(bytes), outside, now).holds);
}

TEST(Proofs, FailWithoutSignatureAndWithAnotherKey) {
    EXPECT_FALSE(prove_body(keys, "").holds);
    EXPECT_FALSE(prove_body(keys, R"({"signature":""})").holds);
    EXPECT_FALSE(prove_body({}, body()).holds);
    EXPECT_FALSE(prove_headers(keys, {}, body(), now).holds);
    auto other = keys;
    other.webhook_secret = "whsec_AAAA";
    EXPECT_FALSE(prove_headers(other, sent(body()), body(), now).holds);
    other.webhook_secret = "plain";
    EXPECT_FALSE(prove_headers(other, sent(body()), body(), now).holds);
}

TEST(Proofs, OfHeadersFailFiveMinutesAwayFromNow) {
    const auto bytes = body();
    for (const auto off : {5min + 1s, -5min - 1s}) {
        const auto proof = prove_headers(keys, sent(bytes), bytes, now + off);
        EXPECT_EQ(proof.expected, proof.received);
        EXPECT_FALSE(proof.holds);
    }
}

TEST(Proofs, OfAnAddressSayWhatTheWindowSays) {
    const std::string url = "https://shop.example/paid";
    const auto text = merchants::sign_redirect(Secret{keys.private_access_key}, url);
    const auto proof = prove_address(keys, text);
    EXPECT_TRUE(proof.holds);
    EXPECT_EQ(proof.url, url);
    EXPECT_EQ(proof.message, "lango-redirect:" + url);
    for (const std::string& changed : {text + "0", "B" + text, std::string{"."}, std::string{}}) {
        EXPECT_FALSE(prove_address(keys, changed).holds) << changed;
        EXPECT_FALSE(merchants::read_redirect(Secret{keys.private_access_key}, changed));
    }
}

}  // namespace
}  // namespace lango::shop
