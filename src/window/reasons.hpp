// Why a payment was not made, in a payer's words: one sentence and one next step for every code of
// the rail (daraja.md, tables 1.2 and 3.5), and for those that no table knows.
#pragma once
#include <string_view>

#include "window/language.hpp"

namespace lango::window {

struct Reason {
    std::string_view sentence;
    std::string_view next_step;
};
// code: deposits.result_code; "" when no request was ever sent.
[[nodiscard]] Reason reason(Language language, std::string_view code);
// Whether the code has a text of its own: for tests.
[[nodiscard]] bool has_reason(std::string_view code);

}  // namespace lango::window
