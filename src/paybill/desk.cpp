#include "paybill/desk.hpp"

#include <algorithm>

#include "paybill/allocate.hpp"
#include "people/trail.hpp"
#include "store/try_write.hpp"

namespace lango::paybill {

namespace {

// Shared by the question and the one who waits for it, who may go first.
struct Asked {
    explicit Asked(Clock& clock) : timer(clock.timer()) {}
    std::unique_ptr<Timer> timer;
    std::optional<Verdict> verdict;
};

asio::awaitable<void> look(std::shared_ptr<Asked> asked, store::Store& store,
                           std::optional<rails::PaybillPayment> payment, Rules rules,
                           const merchants::Directory& merchants) {
    try {
        asked->verdict =
            co_await store.read([payment = std::move(payment), rules = std::move(rules),
                                 &merchants](store::Reader& reader) {
                return paybill::judge(reader, payment, rules, merchants);
            });
    } catch (const std::exception&) {
        // A store that cannot be read says nothing against the payment.
        asked->verdict = Verdict{};
    }
    asked->timer->cancel();
}

}  // namespace

// A store that cannot write says so itself; the confirmation comes, too.
Desk::Desk(Parts parts)
    : parts_(std::move(parts)),
      beside_({.executor = parts_.store.executor(), .clock = parts_.clock}) {}

asio::awaitable<Taken> Desk::take(rails::PaybillPayment payment, Told told) {
    const auto now = parts_.clock.now();
    auto context = parts_.observer.context(now);
    if (payment.shortcode != 0) context.shortcode = payment.shortcode;
    const auto shortcode = context.shortcode;
    const auto paid = std::make_shared<const rails::PaybillPayment>(std::move(payment));
    auto outcome = co_await store::try_write(
        parts_.store, [paid, told, context = std::move(context), now](store::Tx& tx) {
            return paybill::take(tx, *paid, told, context, now);
        });
    if (!outcome) {
        co_await keep_unreadable(
            {.door = told == Told::list ? unreadable::Door::list : unreadable::Door::confirmation,
             .subject = std::to_string(shortcode),
             .why = "it was read, and not applied: " + store::text_of(outcome.error()),
             .body = told == Told::list ? paid->raw + " " + paid->phone : paid->raw});
        std::rethrow_exception(outcome.error());
    }
    static_cast<void>(parts_.observer.finish(
        told == Told::confirmation ? rails::Source::confirmation : rails::Source::pull,
        paid->receipt, std::move(outcome->deposit)));
    if (outcome->what == Taken::claimed) hint_of_news();
    co_return outcome->what;
}

bool Desk::is_ours(std::int64_t shortcode) const {
    const auto& numbers = parts_.rules.numbers;
    return numbers.empty() || std::ranges::find(numbers, shortcode) != numbers.end();
}

asio::awaitable<Verdict> Desk::judge(std::optional<rails::PaybillPayment> payment,
                                     Duration within) {
    const auto asked = std::make_shared<Asked>(parts_.clock);
    asked->timer->expires_at(parts_.clock.now() + within);
    // Ends with the store's answer, which outlives this.
    beside_.spawn(nullptr, "judge",
                  look(asked, parts_.store, std::move(payment), parts_.rules, parts_.merchants));
    while (!asked->verdict) {
        if (co_await asked->timer->wait()) break;
    }
    co_return asked->verdict.value_or(Verdict{});
}

asio::awaitable<std::string> Desk::allocate(std::string receipt, DepositId order, std::string who) {
    const auto now = parts_.clock.now();
    auto outcome =
        co_await parts_.store.write([receipt, order, who = std::move(who),
                                     context = parts_.observer.context(now), now](store::Tx& tx) {
            auto done = paybill::allocate(tx, receipt, order, who, context, now);
            if (done) {
                people::record(tx, now, who, "paybill allocated", receipt,
                               "to order " + hex16(order.value()));
            }
            return done;
        });
    if (!outcome) co_return std::move(outcome.error());
    static_cast<void>(parts_.observer.finish(rails::Source::person, receipt, std::move(*outcome)));
    co_return std::string{};
}

asio::awaitable<Result<Taken, std::string>> Desk::book_claim(ClaimByHand claim) {
    const auto now = parts_.clock.now();
    const auto receipt = claim.receipt;
    auto outcome = co_await parts_.store.write(
        [claim = std::move(claim), context = parts_.observer.context(now), now](store::Tx& tx) {
            return paybill::book_claim(tx, claim, context, now);
        });
    if (!outcome) co_return Unexpected<std::string>{std::move(outcome.error())};
    static_cast<void>(
        parts_.observer.finish(rails::Source::person, receipt, std::move(outcome->deposit)));
    co_return outcome->what;
}

asio::awaitable<std::string> Desk::dismiss_claim(ClaimByHand claim) {
    const auto now = parts_.clock.now();
    co_return co_await parts_.store.write([claim = std::move(claim), now](store::Tx& tx) {
        return paybill::dismiss_claim(tx, claim, now);
    });
}

asio::awaitable<void> Desk::keep_unreadable(unreadable::Message message) {
    return parts_.observer.keep_unreadable(std::move(message));
}

void Desk::keep_unreadable_beside(unreadable::Message message) {
    beside_.spawn(nullptr, "keep", keep_unreadable(std::move(message)));
}

}  // namespace lango::paybill
