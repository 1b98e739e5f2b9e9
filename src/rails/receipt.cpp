#include "rails/receipt.hpp"

#include <algorithm>

#include "base/typed.hpp"

namespace lango::rails {

namespace {

constexpr std::size_t length = 10;
constexpr std::string_view placeholder_end = "0000000";
constexpr std::string_view blanks = " \t\r\n";

bool is_letter_or_digit(char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

}  // namespace

std::optional<std::string> read_receipt(std::string_view text) {
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return std::nullopt;
    text = text.substr(first, text.find_last_not_of(blanks) - first + 1);
    std::string receipt{text};
    for (auto& c : receipt) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    if (receipt.size() != length || receipt.ends_with(placeholder_end) ||
        !std::ranges::all_of(receipt, is_letter_or_digit)) {
        return std::nullopt;
    }
    return receipt;
}

std::optional<std::string> typed_receipt(std::string_view text) {
    return read_receipt(std::string_view{typed::code(text)});
}

}  // namespace lango::rails
