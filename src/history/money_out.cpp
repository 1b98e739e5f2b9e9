// What goes out on a day of the past: withdrawals of every kind, sheets of them, refunds.
#include <array>

#include "base/crypto.hpp"
#include "batches/release.hpp"
#include "batches/upload.hpp"
#include "history/past.hpp"
#include "people/trail.hpp"
#include "rails/payout.hpp"
#include "refunds/create.hpp"
#include "withdrawals/accept.hpp"
#include "withdrawals/approve.hpp"
#include "withdrawals/record_sent.hpp"
#include "withdrawals/take.hpp"

namespace lango::history {

namespace {

using namespace std::chrono_literals;
using rails::PayoutFate;
using rails::PayoutSource;

constexpr std::size_t taken_at_once = 200;

// By which payouts of the past went: it is asked for nothing but its name.
class PastRail final : public rails::PayoutRail {
  public:
    [[nodiscard]] rails::PayoutRoute route() const override { return payout_route; }
    [[nodiscard]] std::string fault_of(const rails::Payout&) const override { return {}; }
    [[nodiscard]] rails::Allowance payout_allowance(Instant) override { return {}; }
    void spend_payouts(std::size_t) override {}
    [[nodiscard]] rails::asio::awaitable<rails::PayoutAnswer> pay(rails::Payout) override {
        co_return rails::PayoutAnswer{};
    }
    [[nodiscard]] rails::asio::awaitable<bool> ask(rails::PayoutQuestion) override {
        co_return false;
    }
    [[nodiscard]] rails::asio::awaitable<bool> ask_float() override { co_return false; }
};

// Of a thousand: why payouts fail.
std::string how_it_ends(Random& random) {
    const auto chance = random.below(1000);
    if (chance < 15) return "2040";
    if (chance < 22) return "8";
    if (chance < 27) return "4";
    if (chance < 31) return "SFC_IC0003";
    return "0";
}

const char* maker() { return people_of_the_past[0]; }

}  // namespace

bool Past::pay_out(store::Tx& tx) {
    const auto buyer = somebody();
    const auto& shop = *buyer.shop;
    const bool at_work = is_at_work(now_);
    const auto how = random_.below(100);
    if (at_work && how < 3 && when_.left() > 60 && pay_out_sheet(tx, shop)) return true;
    const bool by_hand = at_work && how >= 3 && how < 12;
    const WithdrawalId id{hand_.fresh(now_)};
    const auto taken = withdrawals::accept(
        tx,
        {.id = id,
         .withdrawal_id = (by_hand ? "hand-" : "out-") + std::to_string(100'000 + ++orders_),
         .label = history::buyer(shop, buyer.customer, random_),
         .phone = Msisdn::from_number(phone_of(buyer.customer)),
         .amount = a_payout(shop, random_),
         .comment = by_hand ? "as agreed by phone" : "",
         .kind = by_hand ? withdrawals::Kind::manual : withdrawals::Kind::api,
         .created_by = by_hand ? maker() : "",
         .made_by_approver = by_hand,
         .signed_as = by_hand ? std::nullopt
                              : std::optional{withdrawals::SignedAs{
                                    .signature = static_cast<std::int64_t>(random_.next() >> 1U),
                                    .form = 0}}},
        merchant(shop), now_);
    if (!taken) return false;
    if (by_hand) people::record(tx, now_, maker(), "withdrawal created", hex16(id.value()), "");
    people_decide(id, shop);
    return true;
}

// Salaries, prizes, suppliers: a sheet that was uploaded and released.
bool Past::pay_out_sheet(store::Tx& tx, const Shop& shop) {
    const auto count = 6 + static_cast<std::int64_t>(random_.below(34));
    std::vector<batches::Row> rows;
    auto total = Money::zero();
    std::string file = "withdrawal_id,account_number,amount,label\n";
    for (std::int64_t i = 1; i <= count; ++i) {
        const auto customer = random_.below(static_cast<std::uint64_t>(customers_));
        batches::Row row;
        row.place = i;
        row.line = i + 1;
        row.withdrawal_id = "sheet-" + std::to_string(orders_) + "-" + std::to_string(i);
        row.phone = Msisdn::from_number(phone_of(customer));
        row.amount = a_payout(shop, random_);
        row.label = history::buyer(shop, customer, random_);
        file += row.withdrawal_id + "," + row.phone->raw() + "," + row.amount->text() + "," +
                row.label + "\n";
        total = total + *row.amount;
        rows.push_back(std::move(row));
    }
    ++orders_;
    const auto balance =
        ledger::balance(tx, withdrawals::merchant_account(merchant(shop).id)).free();
    // With room for its fees.
    if (balance < total + total) return false;
    const auto begun = batches::begin(tx,
                                      {.merchant = merchant(shop).id,
                                       .digest = std::string{crypto::view(crypto::sha256(file))},
                                       .with_hidden = false},
                                      false, maker(), now_);
    if (!begun.is_open || !batches::store_rows(tx, begun.number, rows) ||
        !batches::finish(tx, begun.number, {.rows = count, .total = total}, maker(), now_)) {
        return false;
    }
    after(4min, 50min,
          [this, number = begun.number, &shop](store::Tx& later) { release(later, number, shop); });
    // Each row is a payment of those that were asked for.
    for (std::int64_t i = 1; i < count && when_.left() > 0; ++i, ++made_) {
        static_cast<void>(when_.next(random_));
    }
    return true;
}

void Past::release(store::Tx& tx, std::int64_t number, const Shop& shop) {
    const auto seen = batches::find(tx, number);
    if (!seen ||
        batches::release(
            tx,
            {.number = number, .who = maker(), .seen = batches::code(*seen), .sum = seen->total},
            now_) != batches::Released::yes) {
        return;
    }
    const auto batch = batches::find(tx, number);
    std::vector<batches::Item> items;
    for (auto& row : batches::open_rows(tx, number, batch->next_place, batches::places_max)) {
        withdrawals::Wanted wanted{.id = WithdrawalId{hand_.fresh(now_)},
                                   .withdrawal_id = row.withdrawal_id,
                                   .label = row.label,
                                   .phone = *row.phone,
                                   .amount = *row.amount,
                                   .comment = {},
                                   .kind = withdrawals::Kind::manual,
                                   .created_by = maker()};
        items.push_back({.row = std::move(row), .wanted = std::move(wanted)});
    }
    static_cast<void>(batches::take(tx, *batch, items, merchant(shop), now_));
    for (const auto& item : items) people_decide(item.wanted->id, shop);
}

void Past::refund(store::Tx& tx, std::optional<DepositId> deposit, const std::string& receipt,
                  std::optional<Money> amount, std::int64_t phone) {
    constexpr std::array reasons{"not delivered", "sent back", "ordered twice", "out of stock",
                                 "paid by mistake"};
    refunds::NewRefund wanted;
    wanted.id = WithdrawalId{hand_.fresh(now_)};
    wanted.deposit = deposit;
    wanted.receipt = receipt;
    wanted.amount = amount;
    if (amount) wanted.method = refunds::Method::payout;
    if (phone != 0) wanted.phone = Msisdn::from_number(phone);
    if (phone != 0) wanted.method = refunds::Method::payout;
    wanted.reason = reasons.at(random_.below(reasons.size()));
    wanted.who = maker();
    const auto made = refunds::create(tx, wanted, merchants_, now_);
    if (!made) return;  // spent by now, or below what M-PESA pays out
    people::record(tx, now_, maker(), "refund created", hex16(made->id.value()), wanted.reason);
    const auto refunded = withdrawals::find(tx, made->id);
    if (refunded) people_decide(made->id, shop_of(refunded->merchant));
}

// Where the rules ask for it; else it goes out by itself.
void Past::people_decide(WithdrawalId id, const Shop& shop) {
    after(500ms, 2s, [this](store::Tx& tx) { go_out(tx); });
    at_a_desk(10min, 5h, [this, id, &shop](store::Tx& tx) { decide(tx, id, shop, 1); });
}

void Past::decide(store::Tx& tx, WithdrawalId id, const Shop& shop, std::size_t person) {
    const auto payout = withdrawals::find(tx, id);
    if (!payout || payout->state != withdrawals::State::waiting ||
        !payout->has(withdrawals::Flag::approval)) {
        return;
    }
    const std::string_view who = people_of_the_past.at(person);
    if (happens(400)) {
        const auto rejected =
            withdrawals::reject(tx, id, who, "not as agreed", hand_.settle_context(now_), now_);
        people::record(tx, now_, who, "withdrawal reject", hex16(id.value()),
                       withdrawals::name(rejected.what));
        return tell(rejected.postback, shop);
    }
    const auto decided = withdrawals::approve(
        tx, id, who, withdrawals::approval_code(*payout),
        payout->kind == withdrawals::Kind::refund ? 1 : merchant(shop).payout_rules.needed, now_);
    people::record(tx, now_, who, "withdrawal approve", hex16(id.value()),
                   withdrawals::name(decided.what));
    if (decided.what == withdrawals::Decided::approved && person == 1) {
        return at_a_desk(5min, 2h,
                         [this, id, &shop](store::Tx& later) { decide(later, id, shop, 2); });
    }
    after(500ms, 2s, [this](store::Tx& later) { go_out(later); });
}

void Past::go_out(store::Tx& tx) {
    PastRail rail;
    const auto taken = withdrawals::take_payouts(tx, rail, taken_at_once, {}, now_);
    for (const auto& payout : taken.payouts) {
        const auto id = payout.withdrawal;
        rails::PayoutAnswer answer;
        answer.outcome = rails::Submitted::accepted;
        answer.code = "0";
        answer.conversation_id =
            "AG_" + format_eat_compact(now_).substr(0, 8) + "_" + hex16(id.value());
        answer.originator_conversation_id = "10571-" + hex16(id.value());
        answer.raw = R"({"ResponseCode":"0","ConversationID":")" + answer.conversation_id +
                     R"(","ResponseDescription":"Accept the service request successfully."})";
        tell(withdrawals::record_sent(tx, id, answer, hand_.settle_context(now_), now_).postback,
             shops().front());
        ends_[id.value()] = payout.reverses ? "0" : how_it_ends(random_);
        // Of some the rail tells nothing, and is asked.
        if (happens(60)) continue;
        after(2s, 24s, [this, id](store::Tx& later) { ends(later, id); });
    }
}

rails::PayoutSeen Past::end_of(const withdrawals::Withdrawal& payout, const std::string& code) {
    rails::PayoutSeen seen;
    seen.code = code;
    seen.description = words_of(code);
    seen.our_id = payout.payout_id;
    seen.fate = code == "0" ? PayoutFate::paid : PayoutFate::failed;
    if (code == "0") {
        seen.receipt = next_receipt();
        seen.amount = payout.amount;
    }
    seen.raw = R"({"Result":{"ResultType":0,"ResultCode":")" + code + R"(","ResultDesc":")" +
               seen.description + R"(","OriginatorConversationID":")" + payout.payout_id +
               R"(","TransactionID":")" + seen.receipt.value_or("SKE0000000") + R"("}})";
    return seen;
}

void Past::ends(store::Tx& tx, WithdrawalId id) {
    const auto payout = withdrawals::find(tx, id);
    const auto end = ends_.find(id.value());
    if (!payout || end == ends_.end() || withdrawals::is_closed(payout->state)) return;
    auto seen = end_of(*payout, end->second);
    seen.source = PayoutSource::result;
    const auto settled = withdrawals::settle(tx, id, seen, hand_.settle_context(now_), now_);
    tell(settled.postback, shop_of(payout->merchant));
    if (end->second == "0") ends_.erase(end);
}

// What failed is asked about once more after an hour, and what nobody told of sooner.
Instant Past::answer_questions(store::Tx& tx) {
    const auto asked = withdrawals::take_questions(tx, payout_route, taken_at_once, {}, now_);
    for (const auto& question : asked.questions) {
        const auto id = question.withdrawal;
        const auto payout = withdrawals::find(tx, id);
        const auto end = ends_.find(id.value());
        if (!payout || end == ends_.end()) continue;
        auto seen = end_of(*payout, end->second);
        seen.source = PayoutSource::status;
        const auto settled = withdrawals::settle(tx, id, seen, hand_.settle_context(now_), now_);
        tell(settled.postback, shop_of(payout->merchant));
        ends_.erase(id.value());
    }
    return asked.next_due.value_or(until_);
}

}  // namespace lango::history
