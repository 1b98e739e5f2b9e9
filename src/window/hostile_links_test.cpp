// Links that mean harm, each by its name. None leads a browser anywhere, writes into a page or a
// header, or sends a push.
#include "window/window_fixture.hpp"

namespace lango::window {
namespace {

class HostileLink : public test::Windows {
  protected:
    HostileLink() {
        shop_.window.redirect_urls = {{1, "https://shop.example/one"}};
        shop_.window.success_url = "https://shop.example/default";
        set_up();
    }
    // The order of this link is paid: where its page leads.
    std::string leads_to(const std::string& more) {
        const auto order = pay(link("order-1", "&fixed_amount=1000" + more));
        pin(prompt());
        const auto page = get(order);
        EXPECT_EQ(screen(page), "paid");
        EXPECT_FALSE(has(page, "evil"));
        return found(page.body, "data-leave=\"([^\"?]*)");
    }
    // Whatever the page says, what was sent stands in it as text.
    void expect_harmless(const http::Response& page) {
        EXPECT_FALSE(has(page, "<script>"));
        EXPECT_FALSE(has(page, "<img"));
        EXPECT_FALSE(has(page, "onerror=\""));
        EXPECT_EQ(deposits(), 0);
    }
    http::Response faulty(const std::string& query) {
        const auto page = get("/plugin/demo/?" + query);
        EXPECT_EQ(page.status, 400) << query;
        EXPECT_EQ(screen(page), "problem");
        expect_harmless(page);
        return page;
    }
    const std::string script =
        "%22%3E%3Cscript%3Ealert(1)%3C/script%3E%3Cimg+src=x+onerror=alert(1)%3E";
    const std::string home = "https://shop.example/default";
};

TEST_F(HostileLink, WithAPlainAddressToGoToIsNotFollowed) {
    EXPECT_EQ(leads_to("&success_url=https://evil.example/"), home);
}

TEST_F(HostileLink, WithAnAddressWithoutSchemeIsNotFollowed) {
    EXPECT_EQ(leads_to("&success_url=//evil.example/"), home);
}

TEST_F(HostileLink, WithAnEncodedAddressAndNoSignatureIsNotFollowed) {
    EXPECT_EQ(leads_to("&success_url=aHR0cHM6Ly9ldmlsLmV4YW1wbGUv"), home);
}

TEST_F(HostileLink, WithAForgedHashIsNotFollowed) {
    const auto forged = merchants::sign_redirect(Secret{"guess"}, "https://evil.example/");
    EXPECT_EQ(leads_to("&success_url=" + forged), home);
}

TEST_F(HostileLink, WithAHashOfAnotherAddressIsNotFollowed) {
    const auto good =
        merchants::sign_redirect(shop_.private_access_key, "https://shop.example/one");
    const auto evil = merchants::sign_redirect(Secret{"x"}, "https://evil.example/");
    EXPECT_EQ(
        leads_to("&success_url=" + evil.substr(0, evil.find('.')) + good.substr(good.find('.'))),
        home);
}

TEST_F(HostileLink, WithAnotherMerchantsHashIsNotFollowed) {
    const auto theirs =
        merchants::sign_redirect(other_.private_access_key, "https://evil.example/");
    EXPECT_EQ(leads_to("&success_url=" + theirs), home);
}

TEST_F(HostileLink, WithAnotherMerchantsIdIsNotFollowed) {
    EXPECT_EQ(leads_to("&payment_url_success_id=7"), home);
}

TEST_F(HostileLink, WithASignedJavascriptAddressIsNotFollowed) {
    const auto hash =
        merchants::sign_redirect(shop_.private_access_key, "javascript:alert('evil')");
    EXPECT_EQ(leads_to("&success_url=" + hash), home);
}

TEST_F(HostileLink, WithAJavascriptAddressIsNotFollowed) {
    EXPECT_EQ(leads_to("&success_url=javascript:alert('evil')"), home);
}

TEST_F(HostileLink, WithALineEndInItsAddressWritesNoHeader) {
    const auto hash = merchants::sign_redirect(shop_.private_access_key,
                                               "https://shop.example/%0d%0a\r\nSet-Cookie: evil=1");
    EXPECT_EQ(leads_to("&success_url=" + hash), home);
}

TEST_F(HostileLink, WithALineEndInItsNameWritesNoHeader) {
    faulty(
        "label=u&currency_code=KES&wallet_type=mpesa&custom_transaction_id=a%0d%0aSet-Cookie:+b=c");
    const auto page = get("/plugin/demo?x=%0d%0aSet-Cookie:evil=1");
    EXPECT_EQ(header(page, "Location"), "/plugin/demo/?x=%0d%0aSet-Cookie:evil=1");
    EXPECT_EQ(header(page, "Set-Cookie"), "");
}

TEST_F(HostileLink, WithAScriptInEachParameterShowsItAsText) {
    for (const auto* parameter :
         {"label", "currency_code", "lang", "wallet_type", "custom_transaction_id", "fixed_amount",
          "payment_url_success_id", "payment_url_fail_id", "payment_url_pending_id", "success_url",
          "fail_url", "pending_url", "unknown"}) {
        std::string query;
        for (const auto& [name, value] : {std::pair<std::string, std::string>{"label", "u"},
                                          {"currency_code", "KES"},
                                          {"wallet_type", "mpesa"},
                                          {"custom_transaction_id", "o"}}) {
            if (name != parameter) query += name + "=" + value + "&";
        }
        expect_harmless(get("/plugin/demo/?" + query + parameter + "=" + script));
        expect_harmless(get("/plugin/demo/?" + query + script + "=" + parameter));
    }
}

TEST_F(HostileLink, WithAScriptInThePathShowsItAsText) {
    expect_harmless(get("/plugin/" + script + "/"));
    expect_harmless(get("/plugin/demo/o/" + script));
    expect_harmless(get("/plugin/demo/resume?code=" + script));
}

TEST_F(HostileLink, WithAScriptInTheNameOfThePaymentStaysText) {
    const auto order = pay(
        "/plugin/demo/?label=" + script +
        "&currency_code=KES&wallet_type=mpesa&fixed_amount=1000&custom_transaction_id=" + script);
    pin(prompt());
    shop_.window.frame_ancestors = {"https://shop.example"};
    set_up();
    const auto page = get(order);
    EXPECT_EQ(screen(page), "paid");
    EXPECT_FALSE(has(page, "<script>"));
    EXPECT_FALSE(has(page, "<img"));
}

TEST_F(HostileLink, WithALabelOf100KilobytesIsRefused) {
    const auto page =
        faulty("currency_code=KES&custom_transaction_id=o&label=" + std::string(100'000, 'a'));
    EXPECT_LT(gzip(page.body).size(), 12U * 1024);
}

TEST_F(HostileLink, WithANameOf191CharactersIsRefused) {
    faulty("label=u&currency_code=KES&custom_transaction_id=" + std::string(191, 'a'));
}

TEST_F(HostileLink, WithBrokenUtf8IsRefused) {
    for (const auto* bytes : {"%FF", "%C3", "%C0%AF", "%ED%A0%80", "%F4%90%80%80", "a%00b"}) {
        faulty("label=" + std::string{bytes} + "&currency_code=KES&custom_transaction_id=o");
        faulty("label=u&currency_code=KES&custom_transaction_id=" + std::string{bytes});
    }
}

TEST_F(HostileLink, ThatGivesAParameterTwiceIsRefused) {
    const std::string good = "label=u&currency_code=KES&wallet_type=mpesa&custom_transaction_id=o";
    for (const auto* again :
         {"&label=v", "&custom_transaction_id=p", "&fixed_amount=10&fixed_amount=1000",
          "&success_url=a&success_url=b", "&payment_url_fail_id=1&payment_url_fail_id=2"}) {
        faulty(good + again);
    }
}

TEST_F(HostileLink, WithAnAmountThatIsNoneIsRefused) {
    for (const auto* amount : {"0", "-1000", "1e400", "0x10", "1000.001", "NaN",
                               "999999999999999999999", "1000%20", "%2B1000", "1,000"}) {
        faulty("label=u&currency_code=KES&custom_transaction_id=o&fixed_amount=" +
               std::string{amount});
    }
}

TEST_F(HostileLink, WithAnOverlongNumberForAnIdIsRefused) {
    faulty(
        "label=u&currency_code=KES&custom_transaction_id=o&payment_url_success_id="
        "99999999999999999999");
}

TEST_F(HostileLink, ThatChangesAnOrderIsRefused) {
    pay(link("order-1", "&fixed_amount=1000"));
    const auto other_id = "&payment_url_success_id=1";
    for (const auto& changed : {link("order-1", "&fixed_amount=10"), link("order-1", ""),
                                link("order-1", "&fixed_amount=1000") + other_id}) {
        const auto page = get(changed);
        EXPECT_EQ(page.status, 409) << changed;
        EXPECT_EQ(screen(page), "problem");
    }
    EXPECT_EQ(deposits(), 1);
}

TEST_F(HostileLink, ToAnotherMerchantsOrderFindsNothing) {
    auto order = pay();
    EXPECT_EQ(get(order).status, 200);
    order.replace(order.find("demo"), 4, "other");
    EXPECT_EQ(get(order).status, 404);
    EXPECT_EQ(post(order, "phone=0712345678").status, 404);
}

TEST_F(HostileLink, ToAGuessedOrderFindsNothing) {
    auto order = pay();
    const auto at = order.find("/o/") + 3;
    for (std::size_t i = 0; i < 32; ++i) {
        auto guessed = order;
        guessed[at + i] = guessed[at + i] == '0' ? '1' : '0';
        EXPECT_EQ(get(guessed).status, 404) << guessed;
    }
    EXPECT_EQ(get("/plugin/demo/o/" + std::string(32, '0')).status, 404);
    EXPECT_EQ(get("/plugin/demo/o/").status, 404);
}

TEST_F(HostileLink, FromAFrameOfAnybodyIsNotShownThere) {
    const auto page = get(link());
    EXPECT_NE(header(page, "Content-Security-Policy").find("frame-ancestors 'none'"),
              std::string::npos);
    shop_.window.frame_ancestors = {"https://shop.example"};
    set_up();
    EXPECT_TRUE(header(get(link()), "Content-Security-Policy")
                    .ends_with("frame-ancestors https://shop.example"));
}

TEST_F(HostileLink, WithADoctoredHostLeadsNowhereElse) {
    host_ = "evil.example";
    const auto page = get(link());
    EXPECT_EQ(screen(page), "enter");
    EXPECT_FALSE(has(page, "evil"));
    const auto order = pay();
    EXPECT_TRUE(order.starts_with("/plugin/demo/o/"));
}

}  // namespace
}  // namespace lango::window
