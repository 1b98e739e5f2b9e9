#include "backoffice/lists/words_of_codes.hpp"

#include "rails/daraja/payout_codes.hpp"
#include "rails/daraja/reversal_codes.hpp"
#include "window/reasons.hpp"

namespace lango::backoffice::lists {

namespace {

std::string_view code(const Cell& cell) {
    return cell.row.is_null(cell.at) ? std::string_view{} : cell.row.text(cell.at);
}

}  // namespace

std::string_view words_of_payment(std::string_view code) {
    if (code.empty() || !window::has_reason(code)) return {};
    return window::reason(window::Language::en, code).sentence;
}

void write_words_of_payment(const Cell& cell) { cell.writer.string(words_of_payment(code(cell))); }

void write_words_of_payout(const Cell& cell) {
    cell.writer.string(rails::daraja::words_of_payout(code(cell)));
}

void write_words_of_reversal(const Cell& cell) {
    cell.writer.string(rails::daraja::words_of_reversal(code(cell)));
}

}  // namespace lango::backoffice::lists
