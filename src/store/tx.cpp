#include "store/tx.hpp"

#include <algorithm>
#include <functional>

namespace lango::store {

void Tx::check_touched() {
    std::ranges::sort(touched_, [](const Touched& a, const Touched& b) {
        return a.subject == b.subject ? std::less<Check>{}(a.check, b.check)
                                      : a.subject < b.subject;
    });
    const auto again = std::ranges::unique(touched_);
    touched_.erase(again.begin(), again.end());
    for (const auto& one : touched_) one.check(*this, one.subject);
    touched_.clear();
}

}  // namespace lango::store
