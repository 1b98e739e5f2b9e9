// Which members of an object count: of a repeated name the last one, where the first one stands,
// which is how PHP fills an array.
#pragma once
#include <algorithm>
#include <functional>
#include <string_view>
#include <vector>

#include "base/json.hpp"

namespace lango::json {

// Sorts the names instead of looking each up among those before it: who sends the object has not
// proved yet who he is. less: for a test that counts.
template <class Less = std::less<std::string_view>>
[[nodiscard]] std::vector<const Member*> counting_members(const Object& object, Less less = {}) {
    struct Place {
        const Member* first;
        const Member* last;
    };
    std::vector<Place> by_name;
    by_name.reserve(object.size());
    for (const Member& member : object) by_name.push_back({&member, &member});
    std::ranges::sort(by_name, [&](const Place& a, const Place& b) {
        if (less(a.first->first, b.first->first)) return true;
        return !less(b.first->first, a.first->first) && a.first < b.first;
    });
    std::vector<Place> once;
    once.reserve(by_name.size());
    for (const Place& place : by_name) {
        // Equal names stand beside each other, in the order sent.
        if (!once.empty() && !less(once.back().first->first, place.first->first)) {
            once.back().last = place.last;
        } else {
            once.push_back(place);
        }
    }
    std::ranges::sort(once, {}, &Place::first);
    std::vector<const Member*> found;
    found.reserve(once.size());
    for (const Place& place : once) found.push_back(place.last);
    return found;
}

// No object of the value has more members than this, at any depth.
[[nodiscard]] bool is_within(const Value& value, std::size_t members_max);

}  // namespace lango::json
