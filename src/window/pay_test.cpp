// Forms: sent twice, wrongly, too often, from elsewhere; and never a second push.
#include "deposits/create.hpp"
#include "merchants/link_signature.hpp"
#include "window/copied_link.hpp"
#include "window/form.hpp"
#include "window/window_fixture.hpp"

namespace lango::window {
using namespace std::chrono_literals;

namespace {

class Pay : public test::Windows {
  protected:
    Pay() : Windows({.prompts_per_phone_hour = 3, .requests_per_address_minute = 8}) {}
    std::string form_key_of(std::size_t attempt) {
        return form_key(master_, MerchantId{1}, "order-1", attempt);
    }
};

TEST_F(Pay, TakesNumbersAsPeopleTypeThem) {
    int n = 0;
    for (const auto* phone :
         {"0712345601", "0110345602", "254712345603", "%2B254712345604", "0712+345+605",
          "712345606", "+0712-345-607+", "%E2%80%AA%2B254712345608%E2%80%AC",
          "0712%C2%A0345%C2%A0609", "00254712345610", "%2B2540712345611", "%E2%80%8E0712345612"}) {
        if (n % 6 == 0) clock_.advance(1min);
        const auto target = link("order-" + std::to_string(++n));
        EXPECT_EQ(post(target, form(get(target), phone)).status, 303) << phone;
    }
    EXPECT_EQ(deposits(), 12);
}

TEST_F(Pay, TakesNothingForADisabledShop) {
    const auto page = get(link());
    shop_.is_disabled = true;
    set_up();
    for (const auto& answer : {get(link()), post(link(), form(page, "0712345678"))}) {
        EXPECT_EQ(answer.status, 403);
        EXPECT_EQ(screen(answer), "problem");
        EXPECT_TRUE(has(answer, "This shop takes no payments now")) << answer.body;
    }
    EXPECT_TRUE(has(get(link() + "&shown_in=sw"), "Duka hili halipokei malipo kwa sasa"));
    EXPECT_EQ(deposits(), 0);
}

TEST_F(Pay, GoesOnForAShopThatWasDisabledMeanwhileAndOffersNothingNew) {
    const auto order = pay();
    const auto id = prompt();
    shop_.is_disabled = true;
    set_up();
    EXPECT_EQ(screen(get(order)), "sent");
    EXPECT_EQ(screen(follow(get(link()))), "sent") << "the link leads to what it began";
    fail(id, "1");
    const auto unpaid = get(order);
    EXPECT_EQ(screen(unpaid), "unpaid");
    EXPECT_EQ(href(unpaid, "try-again"), "");
    EXPECT_EQ(href(unpaid, "to-paybill"), "");
    EXPECT_EQ(element(unpaid, "next-step"),
              "No new payment can be sent to this shop at the moment. Please ask the shop.");
    for (const auto* view : {"&view=again", "&view=paybill"}) {
        EXPECT_EQ(get(order + view).status, 303) << view;
    }
    clock_.advance(3min);
    EXPECT_EQ(post(order + "&view=again", "phone=0712345678&key=" + form_key_of(2)).status, 303);
    EXPECT_EQ(deposits(), 1);
    shop_.is_disabled = false;
    set_up();
    EXPECT_NE(href(get(order), "try-again"), "");
}

TEST_F(Pay, BooksThePayerOfADisabledShopWhoHasPaid) {
    const auto order = pay();
    const auto id = prompt();
    shop_.is_disabled = true;
    set_up();
    pin(id);
    EXPECT_EQ(screen(get(order)), "paid");
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM postbacks"), 1);
}

TEST_F(Pay, ShowsTheFormAgainForAWrongPhone) {
    for (const auto* phone : {"", "12345", "0612345678", "<script>", "%FF%00", "0712345678x"}) {
        const auto answer = post(link(), form(get(link()), phone));
        EXPECT_EQ(answer.status, 422) << phone;
        EXPECT_EQ(screen(answer), "enter");
        EXPECT_NE(element(answer, "phone-error"), "");
        EXPECT_FALSE(has(answer, "<script>"));
    }
    EXPECT_EQ(deposits(), 0);
    EXPECT_EQ(orders(), 0);
}

TEST_F(Pay, ChecksTheAmountThatWasTyped) {
    const auto target = link("order-1", "");
    const auto try_amount = [&](const std::string& amount) {
        clock_.advance(1min);
        return post(target, form(get(target), "0712345678", "&amount=" + amount));
    };
    for (const auto* amount :
         {"", "ten", "10.50", "9", "250001", "-100", "1e3", "99999999999999"}) {
        const auto answer = try_amount(amount);
        EXPECT_EQ(answer.status, 422) << amount;
        EXPECT_NE(element(answer, "amount-error"), "") << amount;
    }
    const auto wrong = element(try_amount("ten"), "amount-error");
    for (const auto* amount : {"10,50", "1,00", "10.000", "1.000,00", "1+00"}) {
        const auto answer = try_amount(amount);
        EXPECT_EQ(answer.status, 422) << amount;
        EXPECT_TRUE(has(answer, "can be read in two ways")) << amount;
        EXPECT_NE(element(answer, "amount-error"), wrong) << amount;
    }
    EXPECT_EQ(try_amount("KES+1,500").status, 303);
    EXPECT_EQ(store_.number("SELECT amount FROM deposits"), 150'000);
}

TEST_F(Pay, TakesAmountsWithTheirGroupMarks) {
    int n = 0;
    for (const auto* amount : {"1,000", "1+000", "1%C2%A0000", "1%E2%80%AF000", "1000.00"}) {
        const auto target = link("order-" + std::to_string(++n), "");
        const auto phone = "071234560" + std::to_string(n);
        EXPECT_EQ(post(target, form(get(target), phone, std::string{"&amount="} + amount)).status,
                  303)
            << amount;
    }
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM deposits WHERE amount = 100000"), 5);
}

TEST_F(Pay, SentTwiceIsOnePush) {
    const auto page = get(link());
    const auto body = form(page, "0712345678");
    const auto first = post(link(), body);
    const auto second = post(link(), body);
    EXPECT_EQ(first.status, 303);
    EXPECT_EQ(second.status, 303);
    EXPECT_EQ(header(first, "Location"), header(second, "Location"));
    EXPECT_EQ(deposits(), 1);
    EXPECT_EQ(wakes_, 1);
}

TEST_F(Pay, InTwoTabsIsOnePush) {
    const auto one = get(link());
    const auto two = get(link());
    const auto first = post(link(), form(one, "0712345678"));
    const auto second = post(link(), form(two, "0799999999"));
    EXPECT_EQ(header(first, "Location"), header(second, "Location"));
    EXPECT_EQ(deposits(), 1);
}

TEST_F(Pay, SentAgainAfterEveryOutcomeIsNoPush) {
    const auto body = form(get(link()), "0712345678");
    const auto order = header(post(link(), body), "Location");
    const auto id = prompt();
    EXPECT_EQ(post(link(), body).status, 303);
    fail(id);
    EXPECT_EQ(header(post(link(), body), "Location"), order);
    pin(id);
    EXPECT_EQ(screen(follow(post(link(), body))), "paid");
    EXPECT_EQ(deposits(), 1);
}

TEST_F(Pay, OfAFurtherAttemptSentTwiceIsOnePush) {
    const auto order = pay();
    fail(prompt());
    const auto body = form(get(order + "&view=again"), "0712345601");
    EXPECT_EQ(post(order + "&view=again", body).status, 303);
    EXPECT_EQ(post(order + "&view=again", body).status, 303);
    EXPECT_EQ(deposits(), 2);
    fail(prompt());
    // The form of the second attempt is no form for the third.
    EXPECT_EQ(post(order + "&view=again", body).status, 303);
    EXPECT_EQ(deposits(), 2);
}

// "Use another number", says the screen: the same one is refused, in either language.
TEST_F(Pay, AfterAFailureOfTheNumberNeedsAnotherOne) {
    int n = 0;
    for (const auto* code : {"8006", "4", "E3008"}) {
        for (const auto* language : {"en", "sw"}) {
            auto target = link("other-" + std::to_string(++n));
            target.replace(target.find("lang=en"), 7, std::string{"lang="} + language);
            const auto phone = "07123457" + std::to_string(10 + n);
            const auto order = pay(target, phone);
            fail(prompt(), code);
            let_time_pass(5min);
            const auto before = deposits();
            const auto page = get(order + "&view=again");
            const auto refused = post(order + "&view=again", form(page, phone));
            EXPECT_EQ(refused.status, 422) << code;
            EXPECT_TRUE(has(refused, *language == 'e'
                                         ? "M-PESA does not take this payment from that number."
                                         : "M-PESA haipokei malipo haya kutoka nambari hiyo."))
                << refused.body;
            EXPECT_EQ(deposits(), before) << code;
            EXPECT_EQ(
                post(order + "&view=again", form(page, "07123458" + std::to_string(10 + n))).status,
                303);
            EXPECT_EQ(deposits(), before + 1) << code;
            // The other number is cancelled: the first one does not help all the same.
            fail(prompt(), "1032");
            let_time_pass(5min);
            EXPECT_EQ(post(order + "&view=again", form(get(order + "&view=again"), phone)).status,
                      422);
        }
    }
}

TEST_F(Pay, WithANumberThatReachedItsDaysLimitMayBeTriedTomorrow) {
    const auto order = pay();
    fail(prompt(), "4");
    let_time_pass(13h);
    EXPECT_EQ(post(order + "&view=again", form(get(order + "&view=again"), "0712345678")).status,
              303);
    EXPECT_EQ(deposits(), 2);
}

TEST_F(Pay, IsNotTriedAgainWhileThePromptMayBeOnThePhone) {
    const auto order = pay();
    const auto id = prompt();
    const auto key = form_key_of(2);
    for (const auto wait : {0s, 30s, 60s, 600s}) {
        let_time_pass(wait);
        EXPECT_EQ(get(order + "&view=again").status, 303);
        EXPECT_EQ(post(order, "phone=0712345601&key=" + key).status, 303);
    }
    EXPECT_EQ(deposits(), 1);
    fail(id);
    EXPECT_EQ(post(order, "phone=0712345601&key=" + key).status, 303);
    EXPECT_EQ(deposits(), 2);
}

TEST_F(Pay, NeedsTheKeyOfItsForm) {
    for (const auto* key : {"", "&key=", "&key=0123456789abcdef0123456789abcdef"}) {
        const auto answer = post(link(), std::string{"phone=0712345678"} + key);
        EXPECT_EQ(answer.status, 422);
        EXPECT_NE(element(answer, "trouble"), "");
    }
    // One of another order is none.
    const auto other = found(get(link("order-2")).body, "name=\"key\" value=\"([^\"]*)\"");
    EXPECT_EQ(post(link(), "phone=0712345678&key=" + other).status, 422);
    EXPECT_EQ(deposits(), 0);
}

TEST_F(Pay, FromAnotherSitesPageIsRefused) {
    const auto body = form(get(link()), "0712345678");
    headers_ = {{"Sec-Fetch-Site", "cross-site"}};
    EXPECT_EQ(post(link(), body).status, 422);
    EXPECT_EQ(deposits(), 0);
    headers_ = {{"Sec-Fetch-Site", "same-origin"}};
    EXPECT_EQ(post(link(), body).status, 303);
}

TEST_F(Pay, ToABusyPhoneIsRefusedAsAnyOtherRefusalIs) {
    pay(link("order-1"), "0712345678");
    const auto busy = post(link("order-2"), form(get(link("order-2")), "0712345678"));
    EXPECT_EQ(busy.status, 422);
    // The limit of prompts says the same: neither tells whether somebody is paying just now.
    const auto text = element(busy, "phone-error");
    for (int n = 10; n < 13; ++n) {
        clock_.advance(5min);
        pay(link("order-" + std::to_string(n)), "0712345699");
        take();
    }
    clock_.advance(5min);
    const auto limited = post(link("order-20"), form(get(link("order-20")), "0712345699"));
    EXPECT_EQ(limited.status, 422);
    EXPECT_EQ(element(limited, "phone-error"), text);
    EXPECT_EQ(orders(), 4);
}

TEST_F(Pay, CountsPromptsToAPhoneAcrossMerchants) {
    for (int n = 0; n < 3; ++n) {
        auto target = link("order-" + std::to_string(n));
        if (n == 1) target.replace(target.find("demo"), 4, "other");
        pay(target, "0712345678");
        take();
        clock_.advance(5min);
    }
    auto target = link("order-9");
    EXPECT_EQ(post(target, form(get(target), "0712345678")).status, 422);
    clock_.advance(50min);
    EXPECT_EQ(post(target, form(get(target), "0712345678")).status, 303);
}

TEST_F(Pay, CountsTheFormsOfAnAddress) {
    for (int n = 0; n < 8; ++n) {
        EXPECT_EQ(post(link(), form(get(link()), "")).status, 422);
    }
    const auto body = form(get(link()), "0712345678");
    const auto refused = post(link(), body);
    EXPECT_EQ(refused.status, 422);
    EXPECT_NE(element(refused, "trouble"), "");
    peer_ = "203.0.113.8";
    EXPECT_EQ(post(link(), body).status, 303);
}

TEST_F(Pay, SaysThatTheRailIsDown) {
    rail_.down = 30s;
    const auto answer = post(link(), form(get(link()), "0712345678"));
    EXPECT_EQ(answer.status, 422);
    EXPECT_NE(element(answer, "trouble"), "");
    EXPECT_EQ(deposits(), 0);
}

TEST_F(Pay, RemembersTheNumberOnlyWhereItWasAsked) {
    pay(link("order-1"), "0712345678");
    EXPECT_FALSE(has(get(link("order-2")), "0712345678"));
    take();
    clock_.advance(5min);
    pay(link("order-2"), "0712345678", "&remember=on");
    const auto page = get(link("order-3"));
    EXPECT_TRUE(has(page, "value=\"0712345678\""));
    // The browser keeps it sealed.
    for (const auto& [name, value] : cookies_) EXPECT_EQ(value.find("712345678"), value.npos);
    cookies_.clear();
    EXPECT_FALSE(has(get(link("order-3")), "0712345678"));
}

TEST_F(Pay, UsesUpTheNameForTheApiToo) {
    pay();
    const auto known = store_.write([this](store::Tx& tx) {
        return deposits::create(tx,
                                {.id = DepositId{ids_.next(clock_.now())},
                                 .merchant = MerchantId{1},
                                 .custom_transaction_id = "order-1",
                                 .label = "user",
                                 .phone = *Msisdn::parse("254712345602"),
                                 .amount = Money::kes(1000)},
                                deposits::spacing(rail_.capabilities()), clock_.now());
    });
    EXPECT_FALSE(known);
}

// The whole way: somebody takes the shop's name by an unsigned link, and the shop begins its own.
TEST_F(Pay, ByAnUnsignedLinkGivesTheNameToTheMerchantsOwnPayment) {
    const auto order = pay();
    const auto id = prompt();
    const auto own = [this] {
        return store_.write([this](store::Tx& tx) {
            return deposits::create(tx,
                                    {.id = DepositId{ids_.next(clock_.now())},
                                     .merchant = MerchantId{1},
                                     .custom_transaction_id = "order-1",
                                     .label = "user",
                                     .phone = *Msisdn::parse("254712345602"),
                                     .amount = Money::kes(900),
                                     .merchants_own = true},
                                    deposits::spacing(rail_.capabilities()), clock_.now());
        });
    };
    EXPECT_FALSE(own()) << "while the prompt is open";
    fail(id, "1032");
    EXPECT_TRUE(own());
    EXPECT_EQ(screen(get(link())), "problem") << "the name is the shop's";
    // The first payer's page stays his, and offers nothing more.
    const auto page = get(order);
    EXPECT_EQ(screen(page), "unpaid");
    for (const auto* action : {"try-again", "to-paybill"}) EXPECT_EQ(href(page, action), "");
    EXPECT_EQ(post(order, "phone=0712345601&key=" + form_key_of(2)).status, 303);
    EXPECT_EQ(deposits(), 2);
    EXPECT_EQ(observe(id, rails::Fate::paid, "0", "UKN7000001"),
              deposits::Observed::second_receipt);
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM postbacks"), 0);
}

TEST_F(Pay, ByAForgedLinkIsToldOf) {
    shop_.window.links = merchants::SignedLinks::accepted;
    set_up();
    const auto query = link().substr(link().find('?') + 1);
    const auto good =
        link() + "&signature=" + merchants::sign_link(shop_.private_access_key, parameters(query));
    EXPECT_EQ(screen(get(good)), "enter");
    EXPECT_EQ(screen(get(link())), "enter");
    EXPECT_TRUE(refused_.empty());
    auto forged = good;
    forged.replace(forged.find("order-1"), 7, "order-2");
    EXPECT_EQ(screen(get(forged)), "problem");
    EXPECT_EQ(screen(post(forged, "phone=0712345678&amount=10")), "problem");
    EXPECT_EQ(refused_, (std::vector<std::string>(2, "link_signature demo " + peer_)));
}

TEST_F(Pay, ByASignedLinkKeepsTheName) {
    shop_.window.links = merchants::SignedLinks::demanded;
    set_up();
    EXPECT_EQ(screen(get(link())), "problem");
    const auto query = link().substr(link().find('?') + 1);
    const auto target =
        link() + "&signature=" + merchants::sign_link(shop_.private_access_key, parameters(query));
    const auto page = get(target);
    EXPECT_EQ(screen(page), "enter");
    // In the other language, too, which the link does not name.
    EXPECT_EQ(screen(get("/plugin/demo/" + href(page, "other-language"))), "enter");
    pay(target);
    fail(prompt(), "1032");
    const auto why = store_.write([this](store::Tx& tx) {
        return deposits::why_taken(tx, MerchantId{1}, "order-1", 60s, clock_.now());
    });
    EXPECT_EQ(why, deposits::id_taken);
}

}  // namespace
}  // namespace lango::window
