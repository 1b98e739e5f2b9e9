#include "deposits/schedule.hpp"

#include <algorithm>

namespace lango::deposits {

Duration push_pause(int tries) {
    return std::chrono::seconds{std::min(60, 1 << std::clamp(tries, 1, 6))};
}

}  // namespace lango::deposits
