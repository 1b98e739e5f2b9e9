// One page of the rail's own list of payments (daraja.md 6.4, Pull). Each row is read by itself:
// one that cannot be read hides no other.
#pragma once
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "rails/claims.hpp"

namespace lango::rails::daraja {

struct PullPage {
    std::size_t rows = 0;  // of any kind: a page that is full has a next one
    // Money that came in. With PulledPayment::unreadable, a row that is for a person.
    std::vector<PulledPayment> payments;
    std::size_t others = 0;  // rows of what is no customer's payment: payouts, for one
};

// Nothing for an answer that is no page.
[[nodiscard]] std::optional<PullPage> read_pull_page(std::string_view body);
// Whether rows may stand in an answer that is no page: not in an error page, nor in an object
// without a list.
[[nodiscard]] bool may_hold_rows(std::string_view body);

}  // namespace lango::rails::daraja
