// The list of payments (daraja.md 6.4, Pull): the one server-side way to find what nobody told. A
// shortcode is registered once, with the number of a person who is asked to agree; then it may ask.
#pragma once
#include <set>

#include "base/json.hpp"
#include "simulator/core.hpp"

namespace lango::simulator {

class Pull {
  public:
    explicit Pull(const Core& core) : core_(core) {}

    // ResponseStatus 1000; 1001 for one that is registered already.
    [[nodiscard]] http::Response register_shortcode(const http::Request& request);
    // The last 48 hours at most, 100 rows a page. Refused to who has not registered, where
    // Config::pull_needs_registration; no document tells the words of that refusal.
    [[nodiscard]] http::Response list(const http::Request& request) const;
    // False: not a line of ours.
    [[nodiscard]] bool replay(const json::Value& line);

  private:
    const Core& core_;
    std::set<std::int64_t> registered_;  // shortcodes
};

}  // namespace lango::simulator
