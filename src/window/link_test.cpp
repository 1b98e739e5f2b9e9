#include "window/link.hpp"

#include <gtest/gtest.h>

#include "merchants/link_signature.hpp"
#include "merchants/redirect.hpp"
#include "window/copied_link.hpp"

namespace lango::window {
namespace {

class Links : public testing::Test {
  protected:
    Links() {
        shop_.private_access_key = Secret{"key"};
        shop_.window.redirect_urls = {{1, "https://shop.example/one"},
                                      {2, "https://shop.example/two"}};
        shop_.window.success_url = "https://shop.example/default";
    }
    Result<Link, std::vector<Fault>> read(std::string_view query) {
        return read_link(query, shop_);
    }
    // "parameter key" of each fault, a line each.
    std::string faults(std::string_view query) {
        const auto link = read(query);
        std::string lines;
        if (link) return lines;
        for (const auto& fault : link.error()) {
            lines += fault.parameter + " " + std::to_string(static_cast<int>(fault.says)) + "\n";
        }
        return lines;
    }
    static std::string line(std::string_view parameter, Key says) {
        return std::string{parameter} + " " + std::to_string(static_cast<int>(says)) + "\n";
    }
    merchants::Merchant shop_;
};

const std::string good = "label=u&currency_code=KES&wallet_type=mpesa&custom_transaction_id=o";

TEST_F(Links, OfThePageAreRead) {
    const auto link = read(
        "label=label&currency_code=KES&lang=en&wallet_type=mpesa&custom_transaction_id=ctid"
        "&fixed_amount=1000&payment_url_fail_id=1");
    ASSERT_TRUE(link);
    EXPECT_EQ(link->label, "label");
    EXPECT_EQ(link->custom_transaction_id, "ctid");
    EXPECT_EQ(link->fixed_amount, Money::kes(1000));
    EXPECT_EQ(link->fail.url, "https://shop.example/one");
    EXPECT_EQ(link->success.url, "https://shop.example/default");
    EXPECT_EQ(link->pending.url, "");
    EXPECT_TRUE(link->names_system);
}

TEST_F(Links, MayHaveTheirParametersInAnyOrder) {
    const auto link = read(
        "fixed_amount=331.00&payment_url_fail_id=2&custom_transaction_id=4849_2596&wallet_type="
        "mpesa"
        "&lang=en&currency_code=KES&payment_url_success_id=1&label=4849&1696000000000");
    ASSERT_TRUE(link);
    EXPECT_EQ(link->fixed_amount, Money::kes(331));
    EXPECT_EQ(link->success.url, "https://shop.example/one");
}

TEST_F(Links, MayCarryABareNumberAgainstCaches) {
    EXPECT_EQ(faults(good + "&1696000000000"), "");
    EXPECT_EQ(faults(good + "&utm_source=x"), "");
}

TEST_F(Links, AreDecodedWithPlusAndPercent) {
    const auto link =
        read("label=a+b%20c%2Bd%C3%A9&currency_code=KES&custom_transaction_id=x%26y%3Dz");
    ASSERT_TRUE(link);
    EXPECT_EQ(link->label, "a b c+d\u00e9");
    EXPECT_EQ(link->custom_transaction_id, "x&y=z");
    EXPECT_FALSE(link->names_system);
}

TEST_F(Links, MayNameSeveralCurrencies) {
    for (const auto* currencies :
         {"currency_code=USD,KES", "currency_code=kes", "currency_code[]=USD&currency_code[]=KES",
          "currency_code=USD&currency_code=KES", "currency_code=USD%3BKES"}) {
        EXPECT_EQ(faults(std::string{"label=u&custom_transaction_id=o&"} + currencies), "")
            << currencies;
    }
    EXPECT_EQ(faults("label=u&custom_transaction_id=o&currency_code=USD,EUR"),
              line("currency_code", Key::problem_currency));
}

TEST_F(Links, SayEverythingThatIsMissing) {
    EXPECT_EQ(faults(""), line("label", Key::problem_missing) +
                              line("currency_code", Key::problem_missing) +
                              line("custom_transaction_id", Key::problem_missing));
    EXPECT_EQ(faults("label=+&currency_code=&custom_transaction_id=%09"), faults(""));
}

TEST_F(Links, RefuseWhatIsWrongInEachParameter) {
    EXPECT_EQ(faults(good + "&fixed_amount=10.50"), line("fixed_amount", Key::problem_amount));
    EXPECT_EQ(faults(good + "&fixed_amount=ten"), line("fixed_amount", Key::problem_amount));
    EXPECT_EQ(faults(good + "&fixed_amount=-5"), line("fixed_amount", Key::problem_amount_limits));
    EXPECT_EQ(faults(good + "&fixed_amount=9"), line("fixed_amount", Key::problem_amount_limits));
    EXPECT_EQ(faults(good + "&fixed_amount=250001"),
              line("fixed_amount", Key::problem_amount_limits));
    EXPECT_EQ(faults(good + "&fixed_amount=1e99"), line("fixed_amount", Key::problem_amount));
    EXPECT_EQ(faults("label=u&currency_code=KES&wallet_type=nagad&custom_transaction_id=o"),
              line("wallet_type", Key::problem_wallet));
    EXPECT_EQ(faults(good + "&payment_url_fail_id=x"),
              line("payment_url_fail_id", Key::problem_redirect_id));
    EXPECT_EQ(faults(good + "&payment_url_pending_id=-1"),
              line("payment_url_pending_id", Key::problem_redirect_id));
    EXPECT_EQ(faults(good + "&label=other"), line("label", Key::problem_twice));
    EXPECT_EQ(faults(good + "&label=u"), "");
}

TEST_F(Links, CountCharactersAndNotBytes) {
    std::string most;
    for (int i = 0; i < 190; ++i) most += "%C3%A9";
    EXPECT_EQ(faults("currency_code=KES&custom_transaction_id=o&label=" + most), "");
    EXPECT_EQ(faults("currency_code=KES&custom_transaction_id=o&label=x" + most),
              line("label", Key::problem_too_long));
}

TEST_F(Links, LeadToTheSignedAddressThenTheIdThenTheDefault) {
    const auto hash =
        merchants::sign_redirect(shop_.private_access_key, "https://shop.example/signed");
    auto link = read(good + "&payment_url_success_id=2&success_url=" + hash);
    ASSERT_TRUE(link);
    EXPECT_EQ(link->success.url, "https://shop.example/signed");
    EXPECT_TRUE(link->success.named);
    link = read(good + "&payment_url_success_id=2&success_url=" + hash + "0");
    EXPECT_EQ(link->success.url, "https://shop.example/two");
    EXPECT_EQ(link->ignored, std::vector<std::string>{"success_url"});
    link = read(good + "&payment_url_success_id=99");
    EXPECT_EQ(link->success.url, "https://shop.example/default");
    EXPECT_FALSE(link->success.named);
    EXPECT_EQ(link->ignored, std::vector<std::string>{"payment_url_success_id"});
}

TEST_F(Links, TakeWhatWasSignedWithAFormerKeyUntilItEnds) {
    const Instant ends{std::chrono::hours{1'000}};
    const auto old = shop_.private_access_key;
    shop_.private_access_key = Secret{"a new key"};
    shop_.former_keys = {{.until = ends,
                          .secret_hash = {},
                          .access_key = {},
                          .private_access_key = old,
                          .private_key = {},
                          .webhook_secret = {}}};
    shop_.window.links = merchants::SignedLinks::demanded;
    const auto query =
        good + "&success_url=" + merchants::sign_redirect(old, "https://shop.example/signed");
    const auto all = query + "&signature=" + merchants::sign_link(old, parameters(query));
    const auto link = read_link(all, shop_, ends - std::chrono::microseconds{1});
    ASSERT_TRUE(link);
    EXPECT_TRUE(link->is_signed);
    EXPECT_EQ(link->success.url, "https://shop.example/signed");
    EXPECT_FALSE(read_link(all, shop_, ends));
    EXPECT_FALSE(read_link(all, shop_)) << "without a time, former keys do not count";
    shop_.window.links = merchants::SignedLinks::off;
    EXPECT_EQ(read_link(query, shop_, ends)->success.url, "https://shop.example/default");
}

TEST_F(Links, LoseBlanksAroundIdAndLabel) {
    const auto link = read("label=%20u%C2%A0&currency_code=KES&custom_transaction_id=%09o+");
    ASSERT_TRUE(link);
    EXPECT_EQ(link->label, "u");
    EXPECT_EQ(link->custom_transaction_id, "o");
}

class SignedLinks : public Links {
  protected:
    SignedLinks() { shop_.window.links = merchants::SignedLinks::demanded; }
    static std::string signed_with(const std::string& signing_key, const std::string& query) {
        return query + "&signature=" + merchants::sign_link(Secret{signing_key}, parameters(query));
    }
};

TEST_F(SignedLinks, AreReadInAnyOrderAndEncodingOfTheirValues) {
    const auto query = signed_with("key", good + "&fixed_amount=1000&label_=x");
    const auto link = read(query);
    ASSERT_TRUE(link);
    EXPECT_TRUE(link->is_signed);
    EXPECT_EQ(faults(query + "&1696000000000&utm_source=x&shown_in=sw"), "");
    EXPECT_EQ(faults("fixed_amount=%31000&" + query.substr(0, query.find("&fixed")) +
                     query.substr(query.find("&signature"))),
              "");
}

TEST_F(SignedLinks, FitOnlyTheirOwnValues) {
    const auto wrong = line("signature", Key::problem_signature);
    const auto query = signed_with("key", good + "&fixed_amount=1000");
    for (const auto& [from, to] :
         std::vector<std::pair<std::string, std::string>>{{"fixed_amount=1000", "fixed_amount=10"},
                                                          {"&fixed_amount=1000", ""},
                                                          {"transaction_id=o", "transaction_id=p"},
                                                          {"label=u", "label=v"},
                                                          {"label=u", "lang=sw&label=u"},
                                                          {"label=u", "success_url=x&label=u"}}) {
        auto changed = query;
        changed.replace(changed.find(from), from.size(), to);
        EXPECT_EQ(faults(changed), wrong) << changed;
    }
    EXPECT_EQ(faults(signed_with("other", good)), wrong);
    EXPECT_EQ(faults(good), line("signature", Key::problem_missing));
    EXPECT_EQ(faults(query + "&label=u"), line("label", Key::problem_twice));
    EXPECT_EQ(faults(query + "&signature=00"), line("signature", Key::problem_twice));
}

TEST_F(SignedLinks, AreNotAskedForUnlessTheMerchantWantsThem) {
    shop_.window.links = merchants::SignedLinks::accepted;
    EXPECT_FALSE(read(good)->is_signed);
    EXPECT_TRUE(read(signed_with("key", good))->is_signed);
    EXPECT_EQ(faults(signed_with("other", good)), line("signature", Key::problem_signature));
    shop_.window.links = merchants::SignedLinks::off;
    for (const auto* with : {"key", "other"}) {
        EXPECT_FALSE(read(signed_with(with, good))->is_signed);
    }
}

TEST(PlainText, IsUtf8WithoutControlCharacters) {
    for (const std::string good_text : {"", "a b", "\u00e9\u20ac\U0001F600"}) {
        EXPECT_TRUE(is_plain_text(good_text)) << good_text;
    }
    for (const std::string bad : {"\xff", "\xc3", "a\xc3(", "\xe0\x80\x80", "\xed\xa0\x80",
                                  "\xf4\x90\x80\x80", "a\nb", "\x7f", "\xc0\xaf", "\x80"}) {
        EXPECT_FALSE(is_plain_text(bad));
    }
    EXPECT_FALSE(is_plain_text(std::string_view("a\0b", 3)));
}

}  // namespace
}  // namespace lango::window
