// What the rail said when it was told of our paybill: where it reaches us, and that its list of
// payments is read.
#pragma once
#include <optional>

#include "rails/daraja/register_urls.hpp"

namespace lango::rails::daraja {

struct PaybillRegistration {
    rails::daraja::Registration urls;
    std::optional<rails::daraja::Registration> list{};  // nothing: no number to nominate was set
};

[[nodiscard]] inline bool is_known(const rails::daraja::Registration& registered) {
    return registered.outcome == rails::daraja::Registered::now ||
           registered.outcome == rails::daraja::Registered::already;
}

}  // namespace lango::rails::daraja
