// The screens, each one function: what it shows and nothing of how it came about.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "window/link.hpp"
#include "window/order.hpp"
#include "window/page.hpp"
#include "window/standing.hpp"

namespace lango::window {

// Step 1, and the same form for a further prompt.
struct EnterForm {
    std::optional<Money> amount;  // none: the payer types it
    Money amount_min = Money::zero();
    Money amount_max = Money::zero();
    std::string typed_amount;
    std::string typed_phone;
    bool remember = false;
    std::string key;
    std::optional<Key> phone_error;
    std::optional<Key> amount_error;
    std::optional<Key> trouble;  // of neither field
    bool again = false;
    std::string action;  // "": to the page itself
    std::string back;    // again: the order's page
};
[[nodiscard]] Page enter(const Visit& visit, const EnterForm& form);

// The payment systems of the link's currency; the first one leads on.
[[nodiscard]] Page systems(const Visit& visit);

// An order as it stands: sent, unseen, unknown, paid, unpaid.
struct Shown {
    const Order& order;
    const Standing& standing;
    std::string token;
    std::int64_t version = 0;
    bool knows_phone = false;  // this browser typed it
    bool paybill = true;       // there is that way
    bool stay = false;         // the payer does not want to be taken to the shop
    bool saw_nothing = false;  // unseen: the payer says that no request came
    Instant now{};
};
[[nodiscard]] Page order(const Visit& visit, const Shown& shown);

struct PaybillWay {
    std::int64_t number = 0;
    std::string reference;
    std::string address;  // of this page, for the picture that a phone reads
};
[[nodiscard]] Page paybill(const Visit& visit, const Shown& shown, const PaybillWay& way);

// The form for a payer's code; once that is right, how the payment stands and nothing more.
struct ResumeForm {
    std::string code = {};
    std::optional<Key> error = {};
    std::optional<Screen> stands = {};
};
[[nodiscard]] Page resume(const Visit& visit, const ResumeForm& form);

// What the shop must mend.
[[nodiscard]] Page faulty_link(const Visit& visit, const std::vector<Fault>& faults);
// Nobody and nothing is behind this address, or the store is away.
[[nodiscard]] Page dead_end(const Visit& visit, int status, Key title, Key says);

// Used by several of them.
[[nodiscard]] Markup say(const Visit& visit, Key key, Contents parts = {});
// For values of attributes.
[[nodiscard]] std::string say_text(const Visit& visit, Key key,
                                   std::initializer_list<std::string_view> parts = {});
[[nodiscard]] Markup paragraph(const Content& words, Attributes attributes = {});
[[nodiscard]] Markup link(std::string_view id, std::string_view href, const Content& words,
                          std::string_view kind = {});
// data-version, data-events, data-wait: the script listens.
void listen(const Visit& visit, const Shown& shown, Page& page);
// Seconds until the page without a script asks again: often at first, within 12 requests a visit.
[[nodiscard]] int patience(const Standing& standing, Instant now);
[[nodiscard]] Markup code_panel(const Visit& visit, const Order& order);
// A sum that does not break.
[[nodiscard]] Markup sum(Money amount);
// The sign of a state, beside its word and its colour.
[[nodiscard]] Markup sign(Screen screen);
// The name that M-PESA's prompt shows.
[[nodiscard]] const std::string& prompt_name(const merchants::Merchant& merchant);
// "M-PESA shows the name ..": where that is another one than the shop's; else nothing.
[[nodiscard]] Markup other_name(const Visit& visit);

}  // namespace lango::window
