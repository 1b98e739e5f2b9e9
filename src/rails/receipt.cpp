#include "rails/receipt.hpp"

namespace lango::rails {

namespace {

constexpr std::size_t length = 10;
constexpr const char* placeholder_end = "0000000";

}  // namespace

std::optional<std::string> typed_receipt(std::string text) {
    for (auto& c : text) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        if ((c < 'A' || c > 'Z') && (c < '0' || c > '9')) return std::nullopt;
    }
    if (text.size() != length || text.ends_with(placeholder_end)) return std::nullopt;
    return text;
}

}  // namespace lango::rails
