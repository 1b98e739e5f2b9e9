// Settings beside what their trail says of them.
#pragma once
#include <string>
#include <vector>

#include "store/tx.hpp"

namespace lango::merchants {

struct SettingAndTrail {
    std::string slug;
    std::string name;
    std::string now;
    std::string told;  // the trail's last word; the default's where nobody has set it
    bool as_set = true;
};

// Of every merchant. Of a long value (a logo) the trail has the beginning only.
[[nodiscard]] std::vector<SettingAndTrail> settings_and_trail(store::Reader& reader);

}  // namespace lango::merchants
