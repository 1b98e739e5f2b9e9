#include "simulator/ids.hpp"

#include <array>
#include <string_view>

namespace lango::simulator {

namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

std::string hex_digits(std::uint64_t bits, int count) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (int i = 0; i < count; ++i, bits >>= 4U) out.push_back(digits[bits & 15U]);
    return out;
}

// Of the year (2017 is L), the month and the day.
std::string dated(Instant now) {
    const auto compact = format_eat_compact(now);
    const auto number = [&](std::size_t at) {
        return 10 * (compact[at] - '0') + compact[at + 1] - '0';
    };
    std::string out;
    out.push_back(static_cast<char>('A' + (number(2) + 20) % 26));
    out.push_back(static_cast<char>('A' + number(4) - 1));
    out.push_back(alphabet[static_cast<std::size_t>(number(6))]);
    return out;
}

}  // namespace

std::string Ids::checkout(Instant now, const std::string& phone) {
    const auto compact = format_eat_compact(now);  // YYYYMMDDHHmmss
    const auto milliseconds = to_micros(now) / 1000 % 1000;
    return "ws_CO_" + compact.substr(6, 2) + compact.substr(4, 2) + compact.substr(0, 4) +
           compact.substr(8) + std::to_string(milliseconds) + phone.substr(3);
}

std::string Ids::merchant_request() {
    const auto bits = random_.next();
    return hex_digits(bits, 4) + "-" + hex_digits(bits >> 16U, 4) + "-" +
           hex_digits(bits >> 32U, 4) + "-" + hex_digits(random_.next(), 12) +
           std::to_string(++requests_);
}

std::string Ids::no_receipt(Instant now) { return dated(now) + "0000000"; }

std::string Ids::conversation(Instant now) {
    return "AG_" + format_eat_compact(now).substr(0, 8) + "_2010" + hex_digits(random_.next(), 16);
}

std::string Ids::receipt(Instant now) {
    auto out = dated(now);
    // A counter, spread so that neighbours look unlike: 36^7 has no factor in common with the
    // prime.
    constexpr std::uint64_t space = 78'364'164'096ULL;
    auto rest = static_cast<std::uint64_t>(static_cast<unsigned __int128>(++receipts_) *
                                           48'271'000'033ULL % space);
    std::array<char, 7> letters{};
    for (auto& letter : letters) {
        letter = alphabet[rest % alphabet.size()];
        rest /= alphabet.size();
    }
    out.append(letters.begin(), letters.end());
    return out;
}

}  // namespace lango::simulator
