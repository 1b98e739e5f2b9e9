#include "base/json_members.hpp"

namespace lango::json {

bool is_within(const Value& value, std::size_t members_max) {
    const auto item_is = [&](const Value& item) { return is_within(item, members_max); };
    if (const Array* items = value.array()) return std::ranges::all_of(*items, item_is);
    const Object* members = value.object();
    return members == nullptr || (members->size() <= members_max &&
                                  std::ranges::all_of(*members, item_is, &Member::second));
}

}  // namespace lango::json
