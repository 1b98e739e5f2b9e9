#include "rails/daraja/prompt_reference.hpp"

#include "base/typed.hpp"

namespace lango::rails::daraja {

namespace {

constexpr std::string_view digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::size_t length = 12;
constexpr std::uint64_t limit = std::uint64_t{1} << 62U;
static_assert(36ULL * 36 * 36 * 36 * 36 * 36 * 36 * 36 * 36 * 36 * 36 * 36 > limit);

}  // namespace

std::string prompt_reference(DepositId deposit) {
    auto rest = static_cast<std::uint64_t>(deposit.value()) & (limit - 1);
    std::string out(length, '0');
    for (auto at = out.rbegin(); at != out.rend(); ++at, rest /= digits.size()) {
        *at = digits[rest % digits.size()];
    }
    return out;
}

std::optional<DepositId> read_prompt_reference(std::string_view text) {
    std::uint64_t value = 0;
    std::size_t count = 0;
    for (const char c : typed::code(text)) {
        const auto digit = digits.find(c);
        if (digit == std::string_view::npos || ++count > length) return std::nullopt;
        value = value * digits.size() + digit;
    }
    if (count != length || value == 0 || value >= limit) return std::nullopt;
    return DepositId{static_cast<std::int64_t>(value)};
}

}  // namespace lango::rails::daraja
