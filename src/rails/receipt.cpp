#include "rails/receipt.hpp"

#include <algorithm>

#include "base/typed.hpp"

namespace lango::rails {

namespace {

constexpr std::size_t length = 10;
constexpr const char* placeholder_end = "0000000";

bool is_of_receipts(char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

}  // namespace

std::optional<std::string> typed_receipt(std::string_view text) {
    auto receipt = typed::code(text);
    if (!std::ranges::all_of(receipt, is_of_receipts)) return std::nullopt;
    if (receipt.size() != length || receipt.ends_with(placeholder_end)) return std::nullopt;
    return receipt;
}

}  // namespace lango::rails
