// The addresses at which the rail tells of a payout.
#pragma once
#include <string>
#include <string_view>

#include "base/crypto.hpp"
#include "base/ids.hpp"

namespace lango::rails::daraja {

// Where an asynchronous answer is delivered: /rail/{about}/{subject}/{token}/result, and
// .../timeout when the rail's queue gives up. The token is derived from the master key for that
// subject.
struct ResultAddress {
    std::string_view about;  // one of those below
    std::string subject;     // 16 hex digits of the withdrawal, or the shortcode

    [[nodiscard]] std::string path(const crypto::MasterKey& master) const;  // ends before "/result"
};
inline constexpr std::string_view about_payout = "b2c";
inline constexpr std::string_view about_status = "b2c-status";
inline constexpr std::string_view about_reversal = "reversal";
// The payment that is to be reversed, where the rail's id of the reversal is not known.
inline constexpr std::string_view about_reversed = "reversed";
inline constexpr std::string_view about_float = "balance";

}  // namespace lango::rails::daraja
