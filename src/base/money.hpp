// Money: an integer count of minor units and its currency. Arithmetic is checked; two currencies
// never meet.
#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/decimal.hpp"

namespace lango {

// Three upper-case letters, packed. Ledger currency of the M-Pesa rail is KES.
class Currency {
  public:
    [[nodiscard]] static std::optional<Currency> parse(std::string_view code);
    [[nodiscard]] static constexpr Currency kes() { return Currency{{'K', 'E', 'S'}}; }
    [[nodiscard]] std::string_view code() const { return {code_.data(), code_.size()}; }
    friend constexpr auto operator<=>(const Currency&, const Currency&) = default;

  private:
    constexpr explicit Currency(std::array<char, 3> code) : code_(code) {}
    std::array<char, 3> code_;
};

class Money {
  public:
    // minor: hundredths (KES cents). |minor| <= limit, else Unsound.
    static constexpr std::int64_t limit = 1'000'000'000'000'000'000;
    Money(std::int64_t minor, Currency currency);
    [[nodiscard]] static Money kes(std::int64_t shillings);
    [[nodiscard]] static Money zero(Currency currency = Currency::kes()) { return {0, currency}; }
    // Exact: nothing if the number has more than two decimals or is out of bounds.
    [[nodiscard]] static std::optional<Money> from_decimal(const Decimal& amount,
                                                           Currency currency);

    [[nodiscard]] std::int64_t minor() const { return minor_; }
    [[nodiscard]] Currency currency() const { return currency_; }
    [[nodiscard]] bool is_zero() const { return minor_ == 0; }
    [[nodiscard]] bool is_whole() const { return minor_ % 100 == 0; }
    // Whole units; Unsound unless is_whole().
    [[nodiscard]] std::int64_t whole() const;
    // Shortest form: "3000", "12.5".
    [[nodiscard]] std::string text() const;

    friend Money operator+(Money a, Money b);
    friend Money operator-(Money a, Money b);
    friend Money operator-(Money a);
    friend bool operator==(Money a, Money b) = default;
    // Unsound for two currencies.
    friend std::strong_ordering operator<=>(Money a, Money b);

  private:
    std::int64_t minor_;
    Currency currency_;
};

}  // namespace lango
