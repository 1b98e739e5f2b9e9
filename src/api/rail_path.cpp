#include "api/rail_path.hpp"

#include <algorithm>
#include <array>

#include "http/message.hpp"
#include "rails/daraja/callback.hpp"
#include "rails/daraja/paybill.hpp"
#include "rails/daraja/payout_id.hpp"

namespace lango::api {

std::optional<RailPath> split_rail_path(std::string_view path) {
    constexpr std::string_view prefix = "/rail/";
    constexpr std::array known{
        rails::daraja::stk_token_purpose, rails::daraja::paybill_token_purpose,
        rails::daraja::about_payout,      rails::daraja::about_status,
        rails::daraja::about_reversal,    rails::daraja::about_reversed,
        rails::daraja::about_float};
    if (!path.starts_with(prefix)) return std::nullopt;
    path.remove_prefix(prefix.size());
    const auto first = path.find('/');
    if (first == std::string_view::npos) return std::nullopt;
    RailPath parts{.about = path.substr(0, first), .subject = path.substr(first + 1), .rest = {}};
    if (std::ranges::find(known, parts.about) == known.end()) return std::nullopt;
    if (const auto second = parts.subject.find('/'); second != std::string_view::npos) {
        parts.rest = parts.subject.substr(second);
        parts.subject = parts.subject.substr(0, second);
    }
    return parts;
}

std::vector<std::string> with_tokens(const crypto::MasterKey& master, std::string_view path) {
    std::vector<std::string> all;
    const auto parts = split_rail_path(path);
    if (!parts) return all;
    const auto before = path.substr(0, path.size() - parts->rest.size());
    for (const auto& token :
         master.tokens(parts->about, http::percent_decode(parts->subject, false))) {
        all.push_back(std::string{before} + '/' + token + std::string{parts->rest});
    }
    return all;
}

}  // namespace lango::api
