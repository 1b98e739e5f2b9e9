// Which scenario is next: as chosen by the admin API, else by the phone's ending.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace lango::simulator {

template <class S>
struct Chosen {
    const S* next = nullptr;
    std::map<std::string, const S*> by_phone{};
    std::map<std::int64_t, const S*> by_shillings{};

    [[nodiscard]] const S& choose(const std::string& phone, std::int64_t amount_minor,
                                  const S& by_ending) {
        if (const auto* const chosen = std::exchange(next, nullptr)) return *chosen;
        if (!by_phone.empty()) {
            const auto found = by_phone.find(phone);
            if (found != by_phone.end()) return *found->second;
        }
        if (!by_shillings.empty()) {
            const auto found = by_shillings.find(amount_minor / 100);
            if (found != by_shillings.end()) return *found->second;
        }
        return by_ending;  // NOLINT(bugprone-return-const-ref-from-parameter): a row of a table
    }
};

}  // namespace lango::simulator
