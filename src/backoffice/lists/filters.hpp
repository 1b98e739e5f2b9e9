// How the texts of a question are read: one function for each kind of filter.
#pragma once
#include <string_view>

#include "backoffice/lists/noun.hpp"

namespace lango::backoffice::lists {

inline constexpr std::string_view time_form = "a time such as 2026-11-29, 2026-11-29 14:05 or 24h";
inline constexpr std::string_view amount_form = "shillings, such as 1000, or from..to";

// By its slug; unknown ones, and those that are not the caller's, are none.
[[nodiscard]] bool read_merchant(Asked& asked, const std::string& text);
// Of the key, where it is or begins with a time.
[[nodiscard]] bool read_since(Asked& asked, const std::string& text);
[[nodiscard]] bool read_until(Asked& asked, const std::string& text);
// Binds 1: the time.
[[nodiscard]] bool bind_time(Asked& asked, const std::string& text);
// Binds 2: least and most, in minor units.
[[nodiscard]] bool bind_amount(Asked& asked, const std::string& text);
// Binds 1: the number, or the digits as text.
[[nodiscard]] bool bind_phone(Asked& asked, const std::string& text);
[[nodiscard]] bool bind_phone_text(Asked& asked, const std::string& text);
[[nodiscard]] bool bind_text(Asked& asked, const std::string& text);
[[nodiscard]] bool bind_number(Asked& asked, const std::string& text);
[[nodiscard]] bool bind_id(Asked& asked, const std::string& text);
[[nodiscard]] bool bind_tie(Asked& asked, const std::string& text);
[[nodiscard]] bool bind_now(Asked& asked, const std::string& text);
// It is the key.
[[nodiscard]] bool is_id(Asked& asked, const std::string& text);

// Binds 1: the enumerator of this name, from 1 to `last`.
template <auto last>
[[nodiscard]] bool bind_name(Asked& asked, const std::string& text) {
    using E = decltype(last);
    for (auto number = 1; number <= static_cast<int>(last); ++number) {
        if (name(static_cast<E>(number)) != text) continue;
        asked.bind(std::int64_t{number});
        return true;
    }
    return false;
}

// Those that every list has.
inline constexpr Filter by_merchant{"merchant", "text", "a merchant's slug", read_merchant};
inline constexpr Filter by_since{"since", "time", time_form, read_since};
inline constexpr Filter by_until{"until", "time", time_form, read_until};
inline constexpr Filter by_amount{"amount", "amount", amount_form, bind_amount, 2};
inline constexpr Filter by_phone{"phone", "phone", "a Kenyan number", bind_phone, 1};
inline constexpr Filter by_label{"label", "text", "the merchant's word for who pays or is paid",
                                 bind_text, 1};
inline constexpr Filter by_code{"code", "text", "the rail's result code", bind_text, 1};
inline constexpr Filter by_id{"id", "id", "16 hex digits", is_id};

}  // namespace lango::backoffice::lists
