// Why a payment was not made, in a payer's words: one sentence, one next step and what the screen
// may offer, for every code of the rail (daraja.md, tables 1.2 and 3.5), and for those that no
// table knows. The words and the offers stand in one row, so that no button contradicts its text.
#pragma once
#include <string_view>

#include "base/time.hpp"
#include "window/language.hpp"
#include "window/markup.hpp"

namespace lango::window {

enum class Remedy : std::int8_t {
    again,         // a new request, after `wait`
    other_number,  // a new request to another phone
    shop_only,     // only the shop can do something
};

struct Offer {
    Remedy remedy = Remedy::again;
    Duration wait{};      // after the end of the last request
    bool paybill = true;  // the same amount into the same account may work by paybill
};

// As long as another number is asked for, this one is refused: "tomorrow" comes first.
inline constexpr Duration other_number_for = std::chrono::hours{12};

struct Reason {
    Sentence sentence;
    Sentence next_step;
};
// code: deposits.result_code; "" when no request was ever sent.
[[nodiscard]] Reason reason(Language language, std::string_view code);
[[nodiscard]] Offer offer(std::string_view code);
// The payer himself said no: the sentence says that nothing was taken.
[[nodiscard]] bool is_payers_no(std::string_view code);
// Whether the code has a text of its own: for tests.
[[nodiscard]] bool has_reason(std::string_view code);

}  // namespace lango::window
