// Exact decimal numbers: units * 10^-scale. For rates, fees in percent and amounts as they
// stand in a text; never a double.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lango {

class Decimal {
  public:
    static constexpr int scale_max = 18;

    constexpr Decimal() = default;
    // units * 10^-scale; asserts 0 <= scale <= scale_max.
    Decimal(std::int64_t units, int scale);

    // A JSON number's text, exponent and all ("331.00", "1e3", "-0.5"). Nothing for a text that
    // is no number, has more than 18 decimals after normalising, or does not fit 64 bits.
    [[nodiscard]] static std::optional<Decimal> parse(std::string_view text);

    [[nodiscard]] std::int64_t units() const { return units_; }
    [[nodiscard]] int scale() const { return scale_; }
    [[nodiscard]] bool is_zero() const { return units_ == 0; }

    // Shortest form without exponent: "20.34", "41", "0.00077816", "-1.5".
    [[nodiscard]] std::string text() const;

    // Equal as numbers: 1.50 == 1.5.
    friend bool operator==(const Decimal& a, const Decimal& b);

  private:
    // Normalised: no trailing zero after the point.
    std::int64_t units_ = 0;
    int scale_ = 0;
};

enum class Rounding { half_up, down, up };

// numerator / denominator as an integer. down rounds towards zero, up away from it, half_up to the
// nearest with halves away from zero. denominator > 0.
[[nodiscard]] __int128 divide(__int128 numerator, __int128 denominator, Rounding rounding);
[[nodiscard]] std::int64_t power_of_ten(int exponent);  // 0..18

}  // namespace lango
