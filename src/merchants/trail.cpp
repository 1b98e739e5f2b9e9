#include "merchants/trail.hpp"

#include <map>

#include "merchants/rows.hpp"
#include "merchants/settings_of.hpp"
#include "merchants/window_settings.hpp"

namespace lango::merchants {

namespace {

using Last = std::map<std::string, std::string, std::less<>>;

Last last_words(store::Reader& reader, std::int64_t merchant) {
    Last last;
    reader.each(
        "SELECT setting, after FROM merchant_changes WHERE merchant_id = ?1 ORDER BY number",
        [&](const store::Row& row) { last[row.string(0)] = row.string(1); }, merchant);
    return last;
}

bool is_window_setting(std::string_view name) {
    Window probe;
    return apply_window_setting(probe, name, "").has_value();
}

// These are chosen at the creation of a merchant, and its trail tells them when they change.
bool was_told_nowhere(std::string_view name) { return name == "name" || name == "time-zone"; }

void add_row(std::vector<SettingAndTrail>& all, const Merchant& merchant, const Last& last) {
    const auto defaults = settings_of(Merchant{});
    const auto now = settings_of(merchant);
    for (std::size_t i = 0; i < now.size(); ++i) {
        // The window's stand in rows of their own.
        if (is_window_setting(now[i].first)) continue;
        const auto told = last.find(now[i].first);
        if (told == last.end() && was_told_nowhere(now[i].first)) continue;
        const auto& word = told == last.end() ? defaults[i].second : told->second;
        all.push_back({.slug = merchant.slug,
                       .name = std::string{now[i].first},
                       .now = now[i].second,
                       .told = word,
                       .as_set = now[i].second == word});
    }
}

void add_window(store::Reader& reader, std::vector<SettingAndTrail>& all, const Merchant& merchant,
                Last last) {
    reader.each(
        "SELECT name, value FROM merchant_window_settings WHERE merchant_id = ?1 ORDER BY name",
        [&](const store::Row& row) {
            auto now = row.string(1).substr(0, shown_max);
            const auto told = last[row.string(0)];
            last.erase(row.string(0));
            const bool as_set = now == told;
            all.push_back({.slug = merchant.slug,
                           .name = row.string(0),
                           .now = std::move(now),
                           .told = told,
                           .as_set = as_set});
        },
        merchant.id);
    // Set, and gone from where it stood.
    for (const auto& [name, word] : last) {
        if (!is_window_setting(name)) continue;
        all.push_back(
            {.slug = merchant.slug, .name = name, .now = {}, .told = word, .as_set = word.empty()});
    }
}

}  // namespace

std::vector<SettingAndTrail> settings_and_trail(store::Reader& reader) {
    std::vector<std::string> slugs;
    reader.each("SELECT slug FROM merchants ORDER BY id",
                [&](const store::Row& row) { slugs.push_back(row.string(0)); });
    std::vector<SettingAndTrail> all;
    for (const auto& slug : slugs) {
        const auto merchant = find(reader, nullptr, slug);
        if (!merchant) continue;
        const auto last = last_words(reader, merchant->id.value());
        add_row(all, *merchant, last);
        add_window(reader, all, *merchant, last);
    }
    return all;
}

}  // namespace lango::merchants
