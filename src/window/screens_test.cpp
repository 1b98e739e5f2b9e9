// Every screen from every state of the payment, in both languages, as a page that needs no script.
#include "window/window_fixture.hpp"

namespace lango::window {
using namespace std::chrono_literals;

namespace {

using rails::Fate;
using rails::Submitted;

class Screens : public test::Windows, public testing::WithParamInterface<std::string> {
  protected:
    std::string target() { return link("order-1", "&fixed_amount=1000&lang=" + GetParam()); }
    static std::string link(const std::string& id, const std::string& more) {
        return "/plugin/demo/"
               "?label=user&currency_code=KES&wallet_type=mpesa&custom_transaction_id=" +
               id + more;
    }
    // The page that the order's address shows, which is whole by itself.
    http::Response page(const std::string& wanted) {
        const auto response = get(order_);
        EXPECT_EQ(response.status, 200);
        EXPECT_EQ(screen(response), wanted) << response.body;
        EXPECT_TRUE(has(response, "<html lang=\"" + GetParam() + "\"")) << response.body;
        EXPECT_FALSE(has(response, "{1}"));
        // Who has paid needs no code any more.
        EXPECT_EQ(has(response, "id=\"code\""), wanted != "paid");
        // The link of the shop, a reload and the code lead to the same screen.
        EXPECT_EQ(screen(follow(get(target()))), wanted);
        EXPECT_EQ(screen(get(order_)), wanted);
        const auto resume_code = code_of_order();
        EXPECT_EQ(
            screen(follow(get("/plugin/demo/resume?digits=" + digits_ + "&code=" + resume_code))),
            wanted);
        EXPECT_EQ(deposits(), attempts_);
        return response;
    }
    std::string code_of_order() {
        return store_.write([](store::Tx& tx) {
            return tx
                .first("SELECT code FROM window_orders",
                       [](const store::Row& row) { return row.string(0); })
                .value_or("");
        });
    }
    bool refreshes(const http::Response& response) {
        return has(response, "<noscript><meta http-equiv=\"refresh\"");
    }
    std::string en_or_sw(const std::string& en, const std::string& sw) {
        return GetParam() == "en" ? en : sw;
    }
    std::string order_;
    std::string digits_ = "678";  // of the phone that the requests go to
    std::int64_t attempts_ = 1;
};

TEST_P(Screens, BeginWithTheAmountThePhoneAndTheShop) {
    const auto response = get(target());
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(screen(response), "enter");
    EXPECT_TRUE(has(response, "KES 1,000.00"));
    EXPECT_TRUE(has(response, "Demo &amp; sons"));
    EXPECT_TRUE(has(response, en_or_sw("M-PESA phone number", "Nambari ya simu ya M-PESA")));
    EXPECT_EQ(deposits(), 0);
    EXPECT_EQ(orders(), 0);
}

TEST_P(Screens, AskForTheAmountWhereTheLinkNamesNone) {
    const auto response = get(link("order-2", "&lang=" + GetParam()));
    EXPECT_TRUE(has(response, "<input id=\"amount\" name=\"amount\""));
    EXPECT_TRUE(has(response, ">KES 10<"));
    EXPECT_TRUE(has(response, ">KES 250,000<"));
}

TEST_P(Screens, ListThePaymentSystemsWhereTheLinkNamesNone) {
    const auto response =
        get("/plugin/demo/?label=u&currency_code=KES&custom_transaction_id=o&lang=" + GetParam());
    EXPECT_EQ(screen(response), "systems");
    EXPECT_TRUE(has(response, "data-system=\"mpesa\""));
    const auto next = found(response.body, "data-system=\"mpesa\" href=\"([^\"]*)\"");
    EXPECT_NE(next.find("wallet_type=mpesa"), std::string::npos);
}

TEST_P(Screens, WaitBeforeThePushWentOut) {
    order_ = pay(target());
    EXPECT_EQ(wakes_, 1);
    const auto response = page("sent");
    EXPECT_TRUE(refreshes(response));
    take();
    page("sent");
}

TEST_P(Screens, SayThatThePhoneRings) {
    order_ = pay(target());
    prompt();
    const auto response = page("sent");
    EXPECT_TRUE(refreshes(response));
    EXPECT_TRUE(has(response, "id=\"countdown\" data-left=\"60\""));
    EXPECT_TRUE(has(response, en_or_sw("Check your phone", "Angalia simu yako")));
    EXPECT_EQ(href(response, "to-paybill"), "");
    EXPECT_EQ(href(response, "try-again"), "");
}

TEST_P(Screens, ShowTheWordsOfThePromptWithTheNameThatItHas) {
    shop_.window.organisation = "WANJIKU TRADERS";
    set_up();
    EXPECT_TRUE(has(get(target()), "id=\"prompt-name\"")) << "before a number is typed";
    order_ = pay(target());
    prompt();
    const auto response = page("sent");
    EXPECT_TRUE(has(response, "<div class=\"phone\">"));
    EXPECT_TRUE(has(response, "<b>WANJIKU TRADERS</b>"));
    EXPECT_TRUE(has(response, "id=\"prompt-name\""));
    shop_.window.organisation = "";
    set_up();
    EXPECT_FALSE(has(get(order_), "id=\"prompt-name\"")) << "it is the shop's own";
}

TEST_P(Screens, NameTheHostAndTheShopsContact) {
    shop_.window.contact = "0700 000 <1>";
    set_up();
    const auto response = get(target());
    EXPECT_TRUE(has(response, "<b>gateway</b>"));
    EXPECT_TRUE(has(response, "0700 000 &lt;1&gt;"));
    EXPECT_FALSE(has(response, "<rect")) << "no lock without TLS";
}

// A lost callback: who has entered the PIN must not be led to pay once more.
TEST_P(Screens, TellWhoMayHaveEnteredThePinToWaitFirst) {
    order_ = pay(target());
    prompt();
    let_time_pass(24s);
    page("sent");
    let_time_pass(1s);
    const auto response = page("unseen");
    EXPECT_TRUE(has(response, en_or_sw("Have you entered your PIN?", "Je, umeweka PIN yako?")));
    EXPECT_TRUE(refreshes(response));
    for (const auto* way : {"to-paybill", "try-again"}) EXPECT_EQ(href(response, way), "") << way;
    EXPECT_NE(href(response, "saw-nothing"), "");
}

TEST_P(Screens, HelpWhoSaysThatNoPromptCame) {
    order_ = pay(target());
    prompt();
    EXPECT_EQ(get(order_ + "&view=nothing").status, 303) << "too early to say";
    let_time_pass(25s);
    const auto response = get(href(get(order_), "saw-nothing"));
    EXPECT_EQ(screen(response), "unseen");
    EXPECT_TRUE(has(response, "*234#"));
    EXPECT_TRUE(refreshes(response));
    EXPECT_NE(href(response, "to-paybill"), "");
    EXPECT_EQ(href(response, "try-again"), "");
    fail(DepositId{store_.number("SELECT id FROM deposits")});
    EXPECT_EQ(screen(follow(get(order_ + "&view=nothing"))), "unpaid");
}

TEST_P(Screens, AskTheRailSoonerWhileSomebodyWaits) {
    order_ = pay(target());
    prompt();
    const auto due = [this] { return store_.number("SELECT due_at FROM deposits"); };
    const auto planned = due();
    let_time_pass(24s);
    page("sent");
    EXPECT_EQ(due(), planned);
    let_time_pass(1s);
    page("unseen");
    EXPECT_EQ(due(), (clock_.now() + 5s).time_since_epoch().count());
    EXPECT_EQ(check_wakes_, 1);
    page("unseen");
    EXPECT_EQ(check_wakes_, 1) << "once";
}

TEST_P(Screens, CountThePromptsMinuteAndThenSayThatMpesaIsAnswering) {
    order_ = pay(target());
    prompt();
    let_time_pass(40s);
    EXPECT_EQ(found(page("unseen").body, "data-left=\"([0-9]+)\""), "20");
    let_time_pass(20s);
    const auto response = page("unseen");
    EXPECT_EQ(element(response, "countdown"),
              en_or_sw("M-PESA is still answering.", "M-PESA bado inajibu."));
    EXPECT_FALSE(has(response, "data-left"));
    let_time_pass(30s);
    page("unknown");
}

TEST_P(Screens, StillConfirmWhenTheTimeOfThePromptIsOver) {
    order_ = pay(target());
    prompt();
    let_time_pass(90s);
    const auto response = page("unknown");
    EXPECT_TRUE(
        has(response, en_or_sw("Still confirming with M-PESA", "Bado tunathibitisha na M-PESA")));
    EXPECT_TRUE(refreshes(response));
    // Nothing that could pay twice.
    for (const auto* id : {"to-paybill", "try-again"}) EXPECT_EQ(href(response, id), "");
    EXPECT_FALSE(has(response, "<form"));
}

// The prompt is over, and nobody should look for it.
TEST_P(Screens, StillConfirmWhatEndedInACodeThatNobodyKnows) {
    order_ = pay(target());
    const auto id = prompt();
    EXPECT_EQ(observe(id, Fate::unknown, "TP99999"), deposits::Observed::unknown_code);
    const auto response = page("unknown");
    EXPECT_EQ(href(response, "try-again"), "");
    EXPECT_EQ(observe(id, Fate::paid, "0", "UKN7000001"), deposits::Observed::paid);
    page("paid");
}

TEST_P(Screens, StillConfirmASuccessThatIsNotProved) {
    order_ = pay(target());
    const auto id = prompt();
    confirm_above_ = Money::kes(1);
    EXPECT_EQ(observe(id, Fate::paid, "0", "UKN7000001"), deposits::Observed::must_verify);
    const auto response = page("unknown");
    EXPECT_FALSE(has(response, "UKN7000001"));
}

TEST_P(Screens, KeepConfirmingWhatExpired) {
    order_ = pay(target());
    prompt();
    let_time_pass(timing_.expire_after);
    store_.write([&](store::Tx& tx) {
        static_cast<void>(
            deposits::take_checks(tx, 10, timing_, rail_.capabilities(), clock_.now()));
    });
    EXPECT_EQ(store_.number("SELECT state FROM deposits"), 8);
    page("unknown");
}

TEST_P(Screens, StillConfirmWhenTheReplyToThePushWasLost) {
    order_ = pay(target());
    answer(take().at(0), Submitted::unknown);
    page("sent");
    let_time_pass(90s);
    page("unknown");
}

TEST_P(Screens, ShowTheReceipt) {
    order_ = pay(target());
    const auto id = prompt();
    let_time_pass(7s);
    pin(id);
    const auto response = page("paid");
    EXPECT_EQ(element(response, "receipt"), "UKN7000001");
    EXPECT_EQ(element(response, "paid-amount"), "KES 1,000.00");
    EXPECT_EQ(element(response, "paid-at"),
              en_or_sw("23 Nov 2026, 12:00", "23 Novemba 2026, 12:00"));
    EXPECT_TRUE(has(response, "<svg class=\"sign paid\""));
    EXPECT_TRUE(has(response, "id=\"may-close\"")) << "a way on, where the shop names none";
    EXPECT_FALSE(has(response, "PIN"));
    EXPECT_FALSE(refreshes(response));
    EXPECT_FALSE(has(response, "data-events"));
}

TEST_P(Screens, SayWhyItWasNotPaidAndWhatToDo) {
    order_ = pay(target());
    fail(prompt(), "1");
    const auto response = page("unpaid");
    EXPECT_EQ(element(response, "reason"), en_or_sw("There was not enough money in M-PESA.",
                                                    "Hakukuwa na pesa za kutosha kwenye M-PESA."));
    EXPECT_NE(element(response, "next-step"), "");
    EXPECT_TRUE(has(response, en_or_sw("Nothing was charged.", "Hujatozwa chochote.")));
    EXPECT_NE(href(response, "try-again"), "");
    EXPECT_NE(href(response, "to-paybill"), "");
}

TEST_P(Screens, DoNotPromiseWhatAFailureThatMayTurnCannotKeep) {
    order_ = pay(target());
    observe(prompt(), Fate::failed, "1037", std::nullopt, true);
    const auto response = page("unpaid");
    EXPECT_FALSE(has(response, en_or_sw("Nothing was charged.", "Hujatozwa chochote.")));
    EXPECT_TRUE(has(response, en_or_sw("do not pay again", "usilipe tena")));
}

TEST_P(Screens, SayPlainlyThatAPayerCancelled) {
    order_ = pay(target());
    observe(prompt(), Fate::failed, "1032", std::nullopt, true);
    const auto response = page("unpaid");
    EXPECT_EQ(element(response, "reason"), en_or_sw("You cancelled. Nothing was taken.",
                                                    "Umeghairi. Hakuna pesa iliyochukuliwa."));
    EXPECT_TRUE(has(response, "class=\"note\"")) << "should it turn, small";
}

// No button says what its text denies.
TEST_P(Screens, OfferOnlyWhatHelps) {
    struct Case {
        const char* code;
        bool again, paybill;
        int wait;
    };
    const std::vector<Case> cases{{"1", true, true, 0},
                                  {"1032", true, true, 0},
                                  {"2", false, false, 0},
                                  {"3", false, false, 0},
                                  {"8", false, false, 0},
                                  {"2028", false, false, 0},
                                  {"SFC_IC0003", false, false, 0},
                                  {"4", true, true, 0},
                                  {"8006", true, true, 0},
                                  {"17", true, false, 120},
                                  {"1001", true, true, 60},
                                  {"26", true, true, 60},
                                  {"X.1", true, true, 0}};
    int n = 0;
    for (const auto& [failed_with, again, paybill, wait] : cases) {
        const auto number = std::to_string(++n);
        const auto order = pay(link("order-" + number, "&fixed_amount=1000&lang=" + GetParam()),
                               "07123456" + std::to_string(10 + n));
        fail(prompt(), failed_with);
        auto response = get(order);
        if (wait > 0) {
            EXPECT_EQ(href(response, "try-again"), "") << failed_with;
            EXPECT_EQ(found(response.body, "data-left=\"([0-9]+)\""), std::to_string(wait));
            EXPECT_EQ(get(order + "&view=again").status, 303) << failed_with;
            let_time_pass(std::chrono::seconds{wait});
            response = get(order);
        }
        EXPECT_EQ(!href(response, "try-again").empty(), again) << failed_with;
        EXPECT_EQ(!href(response, "to-paybill").empty(), paybill) << failed_with;
        EXPECT_EQ(get(order + "&view=again").status, again ? 200 : 303) << failed_with;
        EXPECT_EQ(get(order + "&view=paybill").status, paybill ? 200 : 303) << failed_with;
        clock_.advance(3min);
    }
}

TEST_P(Screens, HaveATextForACodeThatNobodyKnows) {
    order_ = pay(target());
    answer(take().at(0), Submitted::refused, "X.99");
    const auto response = page("unpaid");
    EXPECT_NE(element(response, "reason"), "");
}

TEST_P(Screens, SayPaidWhenItTurnsOutAfterAll) {
    order_ = pay(target());
    const auto id = prompt();
    observe(id, Fate::failed, "1032", std::nullopt, true);
    page("unpaid");
    pin(id);
    page("paid");
}

TEST_P(Screens, SayThatTheLineIsLongWhenThePushMustWait) {
    order_ = pay(target());
    fail(prompt());
    const auto again = get(order_ + "&view=again");
    EXPECT_EQ(screen(again), "enter");
    const auto answer = post(order_ + "&view=again", form(again, "0712345678"));
    EXPECT_EQ(answer.status, 303);
    attempts_ = 2;
    const auto response = page("sent");
    EXPECT_TRUE(has(response, en_or_sw("in line", "foleni")));
    EXPECT_FALSE(has(response, "masked-phone")) << "nothing was sent yet";
    EXPECT_EQ(found(response.body, "data-left=\"([0-9]+)\""), "120");
}

TEST_P(Screens, OfferNoFourthPrompt) {
    order_ = pay(target());
    fail(prompt());
    for (const auto* phone : {"0712345601", "0712345602"}) {
        const auto again = get(order_ + "&view=again");
        EXPECT_EQ(post(order_ + "&view=again", form(again, phone)).status, 303);
        ++attempts_;
        fail(prompt());
    }
    const auto response = page("unpaid");
    EXPECT_EQ(href(response, "try-again"), "");
    EXPECT_TRUE(has(response, "id=\"no-more-tries\""));
    EXPECT_EQ(element(response, "next-step"), "") << "it would say to send a new one";
    EXPECT_NE(href(response, "to-paybill"), "");
    EXPECT_EQ(get(order_ + "&view=again").status, 303);
}

TEST_P(Screens, TellThePaybillItsReferenceAndTheExactAmount) {
    order_ = pay(target());
    fail(prompt());
    const auto response = get(order_ + "&view=paybill");
    EXPECT_EQ(screen(response), "paybill");
    EXPECT_TRUE(has(response, "<b id=\"paybill-number\">174379</b>"));
    const auto reference = found(response.body, "<b id=\"paybill-reference\">([0-9]{7}[A-Z])</b>");
    EXPECT_NE(reference, "");
    EXPECT_TRUE(has(response, "<b id=\"paybill-amount\">1000</b>"));
    EXPECT_TRUE(has(response, "data-copy=\"1000\""));
    EXPECT_TRUE(has(response, "<svg id=\"qr\""));
    // Whenever it is asked for, it is the same.
    const auto again = get(order_ + "&view=paybill");
    EXPECT_TRUE(has(again, reference));
}

TEST_P(Screens, OfThePaybillAreLeftOnceItIsPaid) {
    order_ = pay(target());
    const auto id = prompt();
    fail(id);
    EXPECT_EQ(screen(get(order_ + "&view=paybill")), "paybill");
    pin(id);
    EXPECT_EQ(screen(follow(get(order_ + "&view=paybill"))), "paid");
}

TEST_P(Screens, SayWhatTheShopMustMend) {
    const auto response = get("/plugin/demo/?lang=" + GetParam());
    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(screen(response), "problem");
    for (const auto* parameter : {"label", "currency_code", "custom_transaction_id"}) {
        EXPECT_TRUE(has(response, "data-parameter=\"" + std::string{parameter} + "\""));
    }
    EXPECT_TRUE(has(response, en_or_sw("Please tell the shop", "liambie duka")));
    EXPECT_EQ(element(response, "support-code"), "label-missing 01234567");
}

TEST_P(Screens, NeverShowAPhoneToAnotherBrowser) {
    order_ = pay(target());
    prompt();
    EXPECT_EQ(element(get(order_), "masked-phone"), "07** *** 678");
    cookies_.clear();
    const auto response = get(order_);
    EXPECT_EQ(element(response, "masked-phone"), "");
    EXPECT_FALSE(has(response, "* 678"));
}

INSTANTIATE_TEST_SUITE_P(In, Screens, testing::Values("en", "sw"),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace lango::window
