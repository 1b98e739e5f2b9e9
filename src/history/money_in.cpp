// What comes in on a day of the past.
#include <array>

#include "deposits/deposit.hpp"
#include "history/past.hpp"
#include "paybill/allocate.hpp"
#include "paybill/intake.hpp"
#include "paybill/reference.hpp"
#include "people/trail.hpp"
#include "rails/daraja/codes.hpp"

namespace lango::history {

namespace {

using namespace std::chrono_literals;

// Why payments fail, of 1,920; how soon the rail says so.
struct Failure {
    std::string_view code;
    unsigned weight;
    Duration least, most;
};
constexpr std::array failures{
    Failure{"1032", 760, 4s, 45s}, Failure{"1", 450, 6s, 30s},    Failure{"1037", 360, 22s, 65s},
    Failure{"2001", 140, 8s, 45s}, Failure{"1019", 70, 58s, 72s}, Failure{"1001", 50, 2s, 6s},
    Failure{"9999", 30, 2s, 9s},   Failure{"1025", 25, 2s, 9s},   Failure{"26", 15, 2s, 9s},
    Failure{"17", 10, 2s, 6s},     Failure{"8006", 10, 5s, 20s}};

const Failure& a_failure(Random& random) {
    unsigned all = 0;
    for (const auto& failure : failures) all += failure.weight;
    auto place = random.below(all);
    for (const auto& failure : failures) {
        if (place < failure.weight) return failure;
        place -= failure.weight;
    }
    return failures.front();
}

// Of ten thousand prompts.
constexpr std::uint64_t refused_at_once = 18;
constexpr std::uint64_t reply_lost = 12;
constexpr std::uint64_t silent = 70;
constexpr std::uint64_t fails = 1700;
// Of those that were paid.
constexpr std::uint64_t twice = 10;
constexpr std::uint64_t goes_back = 60;
// Of those that failed in a way that a payer, or the rail, may take back.
constexpr std::uint64_t charged_all_the_same = 60;
constexpr std::uint64_t by_hand_then = 320;

const char* first_person() { return people_of_the_past[0]; }

}  // namespace

Past::Buyer Past::somebody() {
    auto share = random_.below(100);
    const auto* shop = shops().data();
    while (share >= shop->share) share -= shop++->share;
    // Few come often, most seldom.
    const auto all = static_cast<std::uint64_t>(customers_);
    const auto customer = random_.below(random_.below(all) + 1);
    return {.shop = shop, .customer = customer, .amount = an_amount(*shop, random_)};
}

std::optional<DepositId> Past::ask(store::Tx& tx, const Buyer& buyer, rails::Submitted answer,
                                   std::string_view code) {
    return hand_.prompt(tx,
                        {.id = DepositId{0},
                         .merchant = merchant(*buyer.shop).id,
                         .custom_transaction_id = order_name(*buyer.shop, ++orders_, now_),
                         .label = history::buyer(*buyer.shop, buyer.customer, random_),
                         .phone = Msisdn::from_number(phone_of(buyer.customer)),
                         .amount = buyer.amount,
                         .fee = merchant(*buyer.shop).fee(buyer.amount)},
                        answer, code, now_);
}

void Past::order(store::Tx& tx) {
    const auto buyer = somebody();
    const auto chance = random_.below(10'000);
    auto answer = rails::Submitted::accepted;
    std::string_view code = "0";
    if (chance < refused_at_once) {
        answer = rails::Submitted::refused;
        code = "400.002.02";
    } else if (chance < refused_at_once + reply_lost) {
        answer = rails::Submitted::unknown;
        code = "timeout";
    }
    const auto id = ask(tx, buyer, answer, code);
    if (!id || answer == rails::Submitted::refused) return;
    const auto fate = random_.below(10'000);
    if (fate < silent) return stays_silent(*id, buyer);
    if (fate < silent + fails) {
        const auto& failure = a_failure(random_);
        return after(failure.least, failure.most,
                     [this, id = *id, buyer, why = std::string{failure.code}](store::Tx& later) {
                         failed(later, id, buyer, why);
                     });
    }
    after(5s, 38s, [this, id = *id, buyer](store::Tx& later) {
        paid(later, id, buyer, rails::Source::callback);
    });
}

void Past::paid(store::Tx& tx, DepositId id, const Buyer& buyer, rails::Source source) {
    const auto outcome = hand_.paid(tx, id, source, next_receipt(), now_);
    tell(outcome.postback, *buyer.shop);
    if (!outcome.postback) return;
    if (happens(twice)) comes_twice(id);
    if (!happens(goes_back)) return;
    const auto part = happens(2500) && buyer.amount > Money::kes(200)
                          ? std::optional{Money::kes(buyer.amount.minor() / 300)}
                          : std::nullopt;
    at_a_desk(30min, std::chrono::hours{24 * 5},
              [this, id, part](store::Tx& later) { refund(later, id, {}, part, 0); });
}

void Past::failed(store::Tx& tx, DepositId id, const Buyer& buyer, const std::string& code) {
    static_cast<void>(hand_.failed(tx, id, rails::Source::callback, code, now_));
    if (!rails::daraja::classify_result(code).may_turn) return;
    if (happens(charged_all_the_same)) {
        after(3min, 4h,
              [this, id, buyer](store::Tx& later) { paid(later, id, buyer, rails::Source::pull); });
    } else if (happens(by_hand_then)) {
        pays_by_hand(id, buyer);
    }
}

void Past::stays_silent(DepositId id, const Buyer& buyer) {
    const auto fate = random_.below(100);
    if (fate < 55) {
        // Nobody calls back; the rail says so when it is asked.
        return after(80s, 5min, [this, id](store::Tx& tx) {
            static_cast<void>(hand_.failed(tx, id, rails::Source::query, "1037", now_));
        });
    }
    if (fate < 85) {
        return after(2min, 6h, [this, id, buyer](store::Tx& tx) {
            paid(tx, id, buyer, rails::Source::pull);
        });
    }
    // Nobody ever learns: after two days a person looks.
    at_a_desk(std::chrono::hours{49}, std::chrono::hours{60},
              [this, id](store::Tx& tx) { looked_after(tx, id); });
}

void Past::comes_twice(DepositId id) {
    after(2min, 50min, [this, id](store::Tx& tx) {
        const auto again = next_receipt();
        static_cast<void>(hand_.paid(tx, id, rails::Source::pull, again, now_));
        at_a_desk(1h, 20h, [this, id, again](store::Tx& later) {
            looked_after(later, id);
            refund(later, id, again, {}, 0);
        });
    });
}

void Past::looked_after(store::Tx& tx, DepositId id) {
    auto deposit = deposits::find(tx, id);
    if (!deposit || !deposits::attended(tx, *deposit, now_, first_person())) return;
    people::record(tx, now_, first_person(), "deposit looked after", hex16(id.value()), "");
}

// The prompt came to nothing: the payer goes to M-PESA's menu. Most type what the page said.
void Past::pays_by_hand(DepositId id, const Buyer& buyer) {
    after(90s, 25min, [this, id, buyer](store::Tx& tx) {
        const auto right = paybill::give_reference(tx, id);
        const bool well = happens(7000);
        const auto number = by_paybill(tx, well ? right : right.substr(1), buyer.amount,
                                       phone_of(buyer.customer), *buyer.shop);
        if (well || !happens(8800)) return;
        at_a_desk(40min, 30h, [this, id, number, shop = buyer.shop](store::Tx& later) {
            const auto given =
                paybill::allocate(later, number, id, first_person(), hand_.context(now_), now_);
            if (given) tell(given->postback, *shop);
        });
    });
}

std::string Past::by_paybill(store::Tx& tx, const std::string& reference, Money amount,
                             std::int64_t phone, const Shop& shop) {
    const auto number = next_receipt();
    const auto payer = Msisdn::from_number(phone).raw();
    const auto outcome = paybill::take(
        tx,
        {.receipt = number,
         .amount = amount,
         .reference = reference,
         .prompted = {},
         .phone = payer,
         .order = {},
         .shortcode = shortcode,
         .paid_at = now_ - 2s,
         .raw = R"({"TransactionType":"Pay Bill","TransID":")" + number + R"(","TransAmount":")" +
                amount.text() + R"(","BusinessShortCode":"174379","BillRefNumber":")" + reference +
                R"(","MSISDN":")" + payer + R"("})"},
        paybill::Told::confirmation, hand_.context(now_), now_);
    tell(outcome.deposit.postback, shop);
    return number;
}

// Somebody pays without an order.
void Past::stray(store::Tx& tx) {
    const auto buyer = somebody();
    const auto phone = phone_of(buyer.customer);
    const auto number = by_paybill(tx, mistyped(random_), buyer.amount, phone, *buyer.shop);
    if (!happens(8500)) return;
    at_a_desk(3h, std::chrono::hours{24 * 4}, [this, number, phone](store::Tx& later) {
        refund(later, std::nullopt, number, {}, phone);
    });
}

}  // namespace lango::history
