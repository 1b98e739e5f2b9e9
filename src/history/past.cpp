#include "history/past.hpp"

#include <algorithm>
#include <stdexcept>

#include "deposits/take.hpp"

namespace lango::history {

namespace {

using namespace std::chrono_literals;

// Between two looks for what is due, and from whatever happens to the next one: nothing that begins
// is due sooner.
constexpr Duration look_pause = 20s;
constexpr Duration look_after = 1min;
constexpr std::size_t asked_at_once = 200;
// Prompts that nobody has answered yet, so long before the end; nobody asks sooner than after 75 s.
constexpr std::array unanswered{6min + 10s, 130s, 50s, 20s};
// With one payout that is under way.
constexpr auto still_open = static_cast<std::int64_t>(unanswered.size()) + 1;
constexpr std::int64_t enough_for_open_ones = 20;

// A shop's server was out, so long before the end.
struct Outage {
    std::string_view slug;
    Duration began, lasted;
};
constexpr std::array outages{Outage{"kahawa", std::chrono::days{12}, 210min},
                             Outage{"savanna", std::chrono::days{40}, 26h},
                             Outage{"demo", std::chrono::days{61}, 45min}};

}  // namespace

Past::Past(const Plan& plan, const merchants::Directory& merchants,
           std::shared_ptr<const rates::Table> rates)
    : merchants_(merchants),
      random_(plan.seed),
      hand_({.merchants = merchants, .rates = std::move(rates), .random = random_}),
      when_(plan.payments < enough_for_open_ones ? plan.payments : plan.payments - still_open, span,
            plan.until),
      until_(plan.until),
      now_(plan.until - span),
      next_look_(now_),
      customers_(std::max<std::int64_t>(plan.payments / 6, 20)) {
    for (const auto& shop : shops()) {
        if (merchants_.by_slug(shop.slug) == nullptr) {
            throw std::runtime_error{"there is no merchant " + std::string{shop.slug}};
        }
    }
    arrives_ = plan.payments > 0;
    if (plan.payments >= enough_for_open_ones) plan_last_minutes();
    if (arrives_) next_arrival_ = std::max(when_.next(random_), now_);
}

void Past::plan_last_minutes() {
    for (const auto before : unanswered) {
        at(until_ - before, [this](store::Tx& tx) {
            ++made_;
            static_cast<void>(ask(tx, somebody(), rails::Submitted::accepted, "0"));
        });
    }
    at(until_ - 1s, [this](store::Tx& tx) {
        ++made_;
        if (!pay_out(tx)) order(tx);
    });
}

void Past::at(Instant when, Act act) {
    due_.push({.at = std::max(when, now_), .number = ++planned_, .act = std::move(act)});
}
void Past::after(Duration least, Duration most, Act act) {
    at(now_ + between(least, most), std::move(act));
}
void Past::at_a_desk(Duration least, Duration most, Act act) {
    at(history::at_a_desk(now_ + between(least, most), random_), std::move(act));
}
bool Past::happens(std::uint64_t of_ten_thousand) {
    return random_.below(10'000) < of_ten_thousand;
}
Duration Past::between(Duration least, Duration most) {
    return least + Duration{static_cast<std::int64_t>(
                       random_.below(static_cast<std::uint64_t>((most - least).count()) + 1))};
}

const merchants::Merchant& Past::merchant(const Shop& shop) {
    // The directory keeps it: nobody changes a merchant while the past is made.
    return *merchants_.by_slug(shop.slug);
}
const Shop& Past::shop_of(MerchantId merchant) const {
    const auto found = merchants_.by_id(merchant);
    for (const auto& shop : shops()) {
        if (found != nullptr && found->slug == shop.slug) return shop;
    }
    return shops().front();  // money that is nobody's yet
}

bool Past::live(store::Tx& tx, std::int64_t payments) {
    const auto enough = made_ + payments;
    while (made_ < enough) {
        auto next = next_look_;
        if (arrives_) next = std::min(next, next_arrival_);
        if (!due_.empty()) next = std::min(next, due_.top().at);
        if (next >= until_) {
            now_ = until_;
            return false;
        }
        now_ = next;
        if (!due_.empty() && due_.top().at == next) {
            auto act = due_.top().act;
            due_.pop();
            act(tx);
            next_look_ = std::min(next_look_, now_ + look_after);
        } else if (next == next_look_) {
            look(tx);
        } else {
            arrive(tx);
            next_look_ = std::min(next_look_, now_ + look_after);
            arrives_ = when_.left() > 0;
            if (arrives_) next_arrival_ = std::max(when_.next(random_), now_);
        }
    }
    return true;
}

void Past::arrive(store::Tx& tx) {
    ++made_;
    if (happens(30)) return stray(tx);
    if (happens(1000) && pay_out(tx)) return;
    order(tx);
}

void Past::look(store::Tx& tx) {
    const auto taken =
        deposits::take_checks(tx, asked_at_once, {}, {.query = true, .pull = true}, now_);
    const auto next_question = answer_questions(tx);
    go_out(tx);
    next_look_ =
        std::max(now_ + look_pause, std::min(taken.next_due.value_or(until_), next_question));
}

// ---- what merchants are told

bool Past::is_out(const Shop& shop) const {
    return std::ranges::any_of(outages, [&](const Outage& outage) {
        const auto began = until_ - outage.began;
        return outage.slug == shop.slug && now_ >= began && now_ < began + outage.lasted;
    });
}

void Past::tell(const std::optional<postbacks::Message>& message, const Shop& shop) {
    if (!message) return;
    constexpr int for_ever = 1000;
    const auto chance = random_.below(10'000);
    int fails = 0;
    if (chance < 4) {
        fails = for_ever;
    } else if (chance < 30) {
        fails = 3 + static_cast<int>(random_.below(4));
    } else if (chance < 260) {
        fails = 1 + static_cast<int>(random_.below(2));
    }
    after(150ms, 1200ms,
          [this, told = Message{.id = message->id, .shop = &shop, .fails = fails}](store::Tx& tx) {
              attempt(tx, told);
          });
}

void Past::attempt(store::Tx& tx, Message message) {
    using enum postbacks::AttemptOutcome;
    const bool fails = message.fails > 0 || is_out(*message.shop);
    auto outcome = delivered;
    int status = 200;
    if (fails) {
        const auto how = is_out(*message.shop) ? 0 : random_.below(10);
        outcome = how < 3 ? no_answer : wrong_answer;
        status = outcome == no_answer ? 0 : how < 8 ? 500 : 200;
        message.fails = std::max(message.fails - 1, 0);
    }
    const auto next = hand_.attempt(tx, message.id, outcome, status, now_);
    if (next.state == postbacks::State::waiting && next.due) {
        at(*next.due, [this, message](store::Tx& again) { attempt(again, message); });
    }
}

}  // namespace lango::history
