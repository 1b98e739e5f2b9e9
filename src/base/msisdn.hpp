// A Kenyan phone number, 254 and nine digits. Prints masked; raw() is the named call.
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lango {

class Msisdn {
  public:
    // ^254[17][0-9]{8}$ : the API's form. What people type is read by typed::phone.
    [[nodiscard]] static std::optional<Msisdn> parse(std::string_view text);
    // From number(), or one that was masked (src/privacy); Unsound for any other.
    [[nodiscard]] static Msisdn from_number(std::int64_t number);

    // Masked for good: a keyed hash stands where the number stood, and nobody can be reached by it.
    [[nodiscard]] bool is_hidden() const { return number_ < 0; }
    // "254712344321". Only for the rail, the merchant and the store. "masked" of a hidden one.
    [[nodiscard]] std::string raw() const;
    [[nodiscard]] std::int64_t number() const { return number_; }
    // "2547****4321": logs and pages.
    [[nodiscard]] std::string masked() const;
    friend auto operator<=>(const Msisdn&, const Msisdn&) = default;

  private:
    explicit Msisdn(std::int64_t number) : number_(number) {}
    std::int64_t number_;
};

}  // namespace lango
