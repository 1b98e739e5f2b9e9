// Whole mobile numbers in bytes that nobody could read.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.hpp"
#include "base/msisdn.hpp"

namespace lango::privacy {

// Each once: digits on end that are 2547..., 07... or 7..., behind whatever else for the first of
// these ("%20254712345678"). Bytes of zero between them are UTF-16's and no end.
[[nodiscard]] std::vector<Msisdn> numbers_in(std::string_view body);

// In place of a body: "masked", and the hidden number of everybody whose number stood in it.
[[nodiscard]] std::string hidden_body(const crypto::MasterKey& master, std::string_view body);
[[nodiscard]] bool is_hidden_body(std::string_view body);
[[nodiscard]] bool has_number(std::string_view body, Msisdn phone);
// Of one that is masked.
[[nodiscard]] bool names(std::string_view hidden_body, const crypto::MasterKey& master,
                         Msisdn phone);

}  // namespace lango::privacy
