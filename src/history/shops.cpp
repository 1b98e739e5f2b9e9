#include "history/shops.hpp"

#include <algorithm>
#include <array>

namespace lango::history {

namespace {

using namespace std::chrono_literals;

constexpr std::array everything{Amounts{100, 500, 50, 30},    Amounts{500, 1500, 50, 32},
                                Amounts{1500, 3500, 100, 20}, Amounts{3500, 8000, 100, 12},
                                Amounts{8000, 20000, 500, 5}, Amounts{20000, 70000, 1000, 1}};
constexpr std::array coffee{Amounts{80, 250, 10, 45}, Amounts{250, 600, 10, 35},
                            Amounts{600, 1500, 50, 16}, Amounts{1500, 4000, 100, 4}};
constexpr std::array journeys{Amounts{2000, 6000, 500, 30}, Amounts{6000, 20000, 500, 35},
                              Amounts{20000, 60000, 1000, 25}, Amounts{60000, 140000, 5000, 10}};

constexpr std::array coffee_settings{Setting{"postback-url", "http://kahawa.localhost/postback"},
                                     Setting{"fee-percent", "1.5"}};
constexpr std::array journey_settings{
    Setting{"postback-url", "http://savanna.localhost/postback"}, Setting{"fee-percent", "1"},
    Setting{"approval-from", "100000"}, Setting{"approvals-needed", "2"}};

constexpr std::array all{
    Shop{"demo", "Demo shop", 56, everything, {}, "DS-"},
    Shop{"kahawa", "Kahawa Tamu", 36, coffee, coffee_settings, "KHW-"},
    Shop{"savanna", "Savanna Journeys", 8, journeys, journey_settings, "SJ-"},
};

constexpr std::array first_names{"Amina", "Brian",  "Chebet", "David",  "Esther", "Faith",
                                 "Grace", "Hassan", "Irene",  "James",  "Kamau",  "Lilian",
                                 "Moses", "Njeri",  "Otieno", "Purity", "Rose",   "Wanjiku"};
constexpr std::array typed{"RENT",    "rent nov", "HOUSE 12", "0712345", "fees",    "SHOP",
                           "invoice", "DS 1",     "mama",     "ORDER",   "12",      "deposit",
                           "KHW",     "table 4",  "safari",   "account", "booking", "lunch"};

Money amount_of(const Shop& shop, Random& random) {
    std::uint64_t weights = 0;
    for (const auto& amounts : shop.amounts) weights += amounts.weight;
    auto place = random.below(weights);
    for (const auto& amounts : shop.amounts) {
        if (place >= amounts.weight) {
            place -= amounts.weight;
            continue;
        }
        const auto steps = static_cast<std::uint64_t>((amounts.to - amounts.from) / amounts.step);
        const auto step = static_cast<std::int64_t>(random.below(steps));
        return Money::kes(amounts.from + step * amounts.step);
    }
    return Money::kes(shop.amounts.front().from);
}

}  // namespace

std::span<const Shop> shops() { return all; }

Money an_amount(const Shop& shop, Random& random) {
    const auto round = amount_of(shop, random);
    // Some prices are not round: 999, 1,249.
    const bool odd = random.below(100) < 22 && round > Money::kes(100);
    return odd ? round - Money::kes(1) : round;
}

Money a_payout(const Shop& shop, Random& random) {
    return std::min(Money::kes(3 * amount_of(shop, random).minor() / 100), Money::kes(140'000));
}

std::string order_name(const Shop& shop, std::int64_t number, Instant at) {
    const auto digits = std::to_string(100'000 + number);
    if (shop.slug != "kahawa") return std::string{shop.orders} + digits;
    return std::string{shop.orders} + format_eat_compact(at).substr(2, 6) + "-" + digits;
}

std::string buyer(const Shop& shop, std::uint64_t customer, Random& random) {
    if (shop.slug == "kahawa") {
        const auto table = random.below(24);
        return table == 0 ? "Takeaway" : "Table " + std::to_string(table);
    }
    if (shop.slug == "demo") return "user-" + std::to_string(1000 + customer);
    return std::string{first_names.at(customer % first_names.size())} + ", journey " +
           std::to_string(200 + random.below(60));
}

std::int64_t phone_of(std::uint64_t customer) {
    constexpr std::int64_t numbers = 99'999'989;  // a prime
    return 254'700'000'000 + static_cast<std::int64_t>(customer) * 48'271 % numbers;
}

std::string mistyped(Random& random) { return typed.at(random.below(typed.size())); }

std::string receipt(std::int64_t number, Instant at) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    constexpr std::string_view signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    constexpr std::int64_t all_of_seven = 78'364'164'096;  // 36^7
    const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(at + 3h)};
    std::string text;
    text += letters.at(static_cast<std::size_t>((static_cast<int>(day.year()) - 2006) % 26));
    text += letters.at(static_cast<unsigned>(day.month()) - 1);
    text += signs.at(static_cast<unsigned>(day.day()));
    // Odd and prime to 36: no two numbers have one text, and neighbours look nothing like each
    // other. Never all noughts: the number begins at 1.
    auto rest = number * 60'466'177 % all_of_seven;
    for (int i = 0; i < 7; ++i) {
        text += signs.at(static_cast<std::size_t>(rest % 36));
        rest /= 36;
    }
    return text;
}

}  // namespace lango::history
