// Tells Safaricom that we shall read its list of payments (daraja.md 6.4, Pull). It answers nobody
// who has not registered; once is enough, and it says so a second time, which is as good.
#pragma once
#include "rails/daraja/register_urls.hpp"

namespace lango::rails::daraja {

struct PullRegistration {
    std::string callback_url;  // where Safaricom reaches us, no slash at the end
    std::int64_t shortcode = 0;
    std::string nominated_number;  // "2547...": the person whom Safaricom asks to agree
};

[[nodiscard]] asio::awaitable<Registration> register_pull(App& app, PullRegistration asked,
                                                          const crypto::MasterKey& master);

}  // namespace lango::rails::daraja
