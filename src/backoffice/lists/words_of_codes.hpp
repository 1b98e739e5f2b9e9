// The rail's result codes in words; "" for those that no table knows.
#pragma once
#include <string_view>

#include "backoffice/lists/noun.hpp"

namespace lango::backoffice::lists {

[[nodiscard]] std::string_view words_of_payment(std::string_view code);

void write_words_of_payment(const Cell& cell);
void write_words_of_payout(const Cell& cell);
void write_words_of_reversal(const Cell& cell);

}  // namespace lango::backoffice::lists
