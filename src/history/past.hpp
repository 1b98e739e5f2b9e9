// A believable past, lived event by event in the order of its times: each payment that comes
// brings its own story, and workers' work is done when it is due. What is not over at the end stays
// open, as it would be. The same seed, end and merchants live the same past.
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <queue>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "history/hand.hpp"
#include "history/shops.hpp"
#include "history/when.hpp"

namespace lango::history {

inline constexpr Duration span = std::chrono::days{90};

struct Plan {
    std::int64_t payments = 0;  // deposits, withdrawals, and money that comes by paybill alone
    std::uint64_t seed = 1;
    Instant until{};
};

// Who decides in it; they are people of the database.
inline constexpr std::array people_of_the_past{"wanjiku", "otieno", "chebet"};

class Past {
  public:
    // The shops' merchants are in the directory.
    Past(const Plan& plan, const merchants::Directory& merchants,
         std::shared_ptr<const rates::Table> rates);

    // Lives until so many payments have come, or to the end. False: it is over. One write.
    [[nodiscard]] bool live(store::Tx& tx, std::int64_t payments);
    [[nodiscard]] std::int64_t payments() const { return made_; }
    [[nodiscard]] Instant now() const { return now_; }

  private:
    using Act = std::function<void(store::Tx& tx)>;
    struct Due {
        Instant at;
        std::uint64_t number;  // of two at one time the one that was planned first
        Act act;
    };
    struct Later {
        bool operator()(const Due& a, const Due& b) const {
            return std::pair{a.at, a.number} > std::pair{b.at, b.number};
        }
    };
    struct Message {
        PostbackId id{0};
        const Shop* shop = nullptr;
        int fails = 0;  // so many attempts first
    };

    // past.cpp
    void at(Instant when, Act act);
    void after(Duration least, Duration most, Act act);
    void at_a_desk(Duration least, Duration most, Act act);
    [[nodiscard]] bool happens(std::uint64_t of_ten_thousand);
    [[nodiscard]] Duration between(Duration least, Duration most);
    [[nodiscard]] std::string next_receipt() { return receipt(++moved_, now_); }
    [[nodiscard]] const merchants::Merchant& merchant(const Shop& shop);
    void arrive(store::Tx& tx);
    void plan_last_minutes();
    void look(store::Tx& tx);  // what workers would ask about
    void tell(const std::optional<postbacks::Message>& message, const Shop& shop);
    void attempt(store::Tx& tx, Message message);
    [[nodiscard]] bool is_out(const Shop& shop) const;

    // money_in.cpp
    struct Buyer {
        const Shop* shop;
        std::uint64_t customer;
        Money amount;
    };
    [[nodiscard]] Buyer somebody();
    void order(store::Tx& tx);
    [[nodiscard]] std::optional<DepositId> ask(store::Tx& tx, const Buyer& buyer,
                                               rails::Submitted answer, std::string_view code);
    void paid(store::Tx& tx, DepositId id, const Buyer& buyer, rails::Source source);
    void failed(store::Tx& tx, DepositId id, const Buyer& buyer, const std::string& code);
    void stays_silent(DepositId id, const Buyer& buyer);
    void comes_twice(DepositId id);
    void looked_after(store::Tx& tx, DepositId id);
    void pays_by_hand(DepositId id, const Buyer& buyer);
    [[nodiscard]] std::string by_paybill(store::Tx& tx, const std::string& reference, Money amount,
                                         std::int64_t phone, const Shop& shop);
    void stray(store::Tx& tx);

    // money_out.cpp
    [[nodiscard]] bool pay_out(store::Tx& tx);
    [[nodiscard]] bool pay_out_sheet(store::Tx& tx, const Shop& shop);
    void release(store::Tx& tx, std::int64_t batch, const Shop& shop);
    void refund(store::Tx& tx, std::optional<DepositId> deposit, const std::string& receipt,
                std::optional<Money> amount, std::int64_t phone);
    void people_decide(WithdrawalId id, const Shop& shop);
    void decide(store::Tx& tx, WithdrawalId id, const Shop& shop, std::size_t person);
    void go_out(store::Tx& tx);
    void ends(store::Tx& tx, WithdrawalId id);
    // When the next is due.
    [[nodiscard]] Instant answer_questions(store::Tx& tx);
    [[nodiscard]] rails::PayoutSeen end_of(const withdrawals::Withdrawal& payout,
                                           const std::string& code);
    [[nodiscard]] const Shop& shop_of(MerchantId merchant) const;

    const merchants::Directory& merchants_;
    SeededRandom random_;
    Hand hand_;
    When when_;
    Instant until_;
    Instant now_{};
    Instant next_arrival_{};
    bool arrives_ = true;
    Instant next_look_{};
    std::int64_t made_ = 0;
    std::int64_t customers_;
    std::int64_t orders_ = 0;
    std::int64_t moved_ = 0;
    std::uint64_t planned_ = 0;
    std::priority_queue<Due, std::vector<Due>, Later> due_;
    // How payouts that are under way will end: the rail's code.
    std::unordered_map<std::int64_t, std::string> ends_;
};

}  // namespace lango::history
