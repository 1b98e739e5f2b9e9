// What a setting's text must be: why it is not, "must be a date such as 2026-12-31"; nothing when
// it is.
#pragma once
#include <optional>
#include <string_view>

namespace lango::ops::checks {

using Complaint = std::optional<std::string_view>;

[[nodiscard]] Complaint not_empty(std::string_view text);
[[nodiscard]] Complaint ip_address(std::string_view text);
[[nodiscard]] Complaint base_url(std::string_view text);
[[nodiscard]] Complaint base_url_or_none(std::string_view text);
[[nodiscard]] Complaint origin_or_none(std::string_view text);
[[nodiscard]] Complaint listen_or_none(std::string_view text);
[[nodiscard]] Complaint digits_or_none(std::string_view text);
[[nodiscard]] Complaint phone_or_none(std::string_view text);
[[nodiscard]] Complaint push_description(std::string_view text);
[[nodiscard]] Complaint on_silence(std::string_view text);
[[nodiscard]] Complaint payout_command(std::string_view text);
[[nodiscard]] Complaint status_field(std::string_view text);
[[nodiscard]] Complaint date_or_none(std::string_view text);
[[nodiscard]] Complaint log_level(std::string_view text);
[[nodiscard]] Complaint log_format(std::string_view text);

}  // namespace lango::ops::checks
