// For tests: every screen in each of its forms, drawn with words of the test's choice where others'
// words stand.
#pragma once
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "window/reasons.hpp"
#include "window/screens.hpp"

namespace lango::window::test {

// What merchants, payers, shops' links, browsers and the rail write into pages.
struct Words {
    std::string shop;
    std::string organisation;
    std::string contact;
    std::string host;
    std::string receipt;
    std::string code;
    std::string typed;
    std::string parameter;
    std::string reference;
    std::string address;
    std::string custom_transaction_id = "order-1";
};

class Gallery {
  public:
    Gallery(Language language, Words words) : words_(std::move(words)) {
        merchant_.id = MerchantId{1};
        merchant_.slug = "demo";
        merchant_.name = words_.shop;
        merchant_.window.organisation = words_.organisation;
        merchant_.window.contact = words_.contact;
        merchant_.window.frame_ancestors = {"https://shop.example"};
        request_.request_id = "0123456789abcdef";
        visit_.language = language;
        visit_.host = words_.host;
        show_to_merchant();
        order_.custom_transaction_id = words_.custom_transaction_id;
        order_.code = words_.code;
    }

    // The bodies of all of them, by the name of the form.
    std::map<std::string, std::string> draw_all() {
        draw_forms();
        draw_sent();
        draw_ends();
        draw_problems();
        merchant_.window.logo = "picture";
        merchant_.window.colours = "#0b6b3a";
        visit_.tls = true;
        show_to_merchant();
        add("own colours and logo", systems(visit_));
        return std::move(drawn_);
    }
    // The screens that were among them.
    [[nodiscard]] const std::vector<Screen>& screens() const { return screens_; }

  private:
    void show_to_merchant() {
        visit_.merchant = std::make_shared<const merchants::Merchant>(merchant_);
    }
    void add(const std::string& name, Page page) {
        screens_.push_back(page.screen);
        const auto response = draw(visit_, std::move(page));
        EXPECT_TRUE(drawn_.emplace(name, response.body).second) << name;
    }
    std::string numbered(const std::string& name) { return name + std::to_string(drawn_.size()); }

    void draw_forms() {
        EnterForm form;
        form.amount_min = Money::kes(10);
        form.amount_max = Money::kes(250'000);
        form.typed_phone = form.typed_amount = form.key = words_.typed;
        add("enter", enter(visit_, form));
        form.phone_error = Key::phone_wrong;
        for (const auto error :
             {Key::amount_wrong, Key::amount_unclear, Key::amount_least, Key::amount_most}) {
            form.amount_error = error;
            add(numbered("enter, wrong "), enter(visit_, form));
        }
        form = {};
        form.amount = Money::kes(1000);
        form.remember = true;
        for (const auto trouble :
             {Key::form_old, Key::too_many_here, Key::shop_busy, Key::rail_down}) {
            form.trouble = trouble;
            add(numbered("enter, trouble "), enter(visit_, form));
        }
        form.again = true;
        form.action = "/o/token?lang=en&view=again";
        form.back = "/o/token?lang=en";
        add("again", enter(visit_, form));
        add("systems", systems(visit_));
        for (const std::optional<Key> error :
             {std::optional<Key>{}, std::optional{Key::resume_wrong},
              std::optional{Key::resume_digits_wrong}, std::optional{Key::resume_digits_needed}}) {
            add(numbered("resume "), resume(visit_, {.code = words_.code, .error = error}));
        }
        for (const auto stands : {Screen::paid, Screen::unpaid, Screen::sent, Screen::unknown}) {
            add(numbered("state "), resume(visit_, {.code = words_.code, .stands = stands}));
        }
    }
    Standing standing(Screen screen) const {
        using namespace std::chrono_literals;
        Standing made{.screen = screen,
                      .deposit = {.custom_transaction_id = words_.custom_transaction_id,
                                  .label = {},
                                  .phone = *Msisdn::parse("254712345678"),
                                  .amount = Money::kes(1000),
                                  .due_at = {},
                                  .pushed_at = now_,
                                  .checkout_request_id = {},
                                  .merchant_request_id = {},
                                  .receipt = words_.receipt,
                                  .result_code = {},
                                  .closed_at = {}}};
        made.changes = 20s;
        return made;
    }
    void add(const std::string& name, const Standing& standing, bool knows_phone = false,
             bool saw_nothing = false, bool stay = false) {
        add(name, order(visit_, {.order = order_,
                                 .standing = standing,
                                 .token = "token",
                                 .version = 3,
                                 .knows_phone = knows_phone,
                                 .stay = stay,
                                 .saw_nothing = saw_nothing,
                                 .now = now_}));
    }
    void draw_sent() {
        using namespace std::chrono_literals;
        auto stands = standing(Screen::sent);
        add("sent, over", stands);
        stands.left = 42s;
        add("sent", stands);
        add("sent, own phone", stands, true);
        stands.in_line = true;
        add("in line", stands);
        stands = standing(Screen::unseen);
        stands.left = 20s;
        add("unseen", stands);
        stands.may_use_paybill = true;
        add("saw nothing", stands, false, true);
        const PaybillWay way{
            .number = 174379, .reference = words_.reference, .address = words_.address};
        const Shown shown{
            .order = order_, .standing = stands, .token = "token", .version = 3, .now = now_};
        add("paybill, request open", paybill(visit_, shown, way));
        stands.screen = Screen::unpaid;
        add("paybill", paybill(visit_, shown, way));
        add("unknown", standing(Screen::unknown));
    }
    void draw_ends() {
        using namespace std::chrono_literals;
        add("paid", standing(Screen::paid));
        order_.success_url = order_.fail_url = order_.pending_url = "https://shop.example/?a=1&b=2";
        add("paid, leaves", standing(Screen::paid));
        add("paid, stays", standing(Screen::paid), false, false, true);
        for (const auto* code : {"", "1", "2", "4", "17", "1032", "1037", "8006", "E3008", "?"}) {
            auto stands = standing(Screen::unpaid);
            stands.deposit.result_code = code;
            stands.offer = offer(code);
            stands.may_turn = std::string_view{code} == "1032";
            add("unpaid " + std::string{code}, stands);
            stands.may_use_paybill = true;
            stands.left = 60s;
            add("unpaid, later " + std::string{code}, stands);
            stands.may_try_again = true;
            add("unpaid, again " + std::string{code}, stands);
        }
        auto stands = standing(Screen::unpaid);
        stands.no_more = true;
        add("no more ways", stands);
        stands.may_use_paybill = true;
        add("no more tries", stands);
        stands.deposit.flags = static_cast<std::int64_t>(deposits::Flag::gave_way);
        add("gave way", stands);
    }
    void draw_problems() {
        for (auto key = static_cast<int>(Key::problem_missing);
             key <= static_cast<int>(Key::problem_signature); ++key) {
            add(numbered("problem "), faulty_link(visit_, {{.parameter = words_.parameter,
                                                            .says = static_cast<Key>(key),
                                                            .parts = {"KES 10.00", "KES 20.00"}}}));
        }
        add("no order", dead_end(visit_, 404, Key::no_order_title, Key::no_order_text));
        add("unavailable", dead_end(visit_, 503, Key::unavailable_title, Key::unavailable_text));
        visit_.merchant = nullptr;
        add("no merchant", dead_end(visit_, 404, Key::no_merchant_title, Key::no_merchant_text));
    }

    Words words_;
    merchants::Merchant merchant_;
    http::Request request_;
    Visit visit_{
        .request = request_, .merchant = {}, .host = {}, .base = "/plugin/demo", .query = {}};
    Order order_;
    Instant now_{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23}};
    std::map<std::string, std::string> drawn_;
    std::vector<Screen> screens_;
};

}  // namespace lango::window::test
