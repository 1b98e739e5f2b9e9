#include "restore/mark.hpp"

#include <charconv>
#include <map>

#include "base/crypto.hpp"

namespace lango::restore {

namespace {

constexpr std::string_view title = "lango mark 1";

std::optional<std::int64_t> number(std::string_view text) {
    std::int64_t value = 0;
    const auto* begin = text.data();
    const auto* end = begin + text.size();
    const auto [stop, error] = std::from_chars(begin, end, value);
    if (error != std::errc{} || stop != end || value < 0) return std::nullopt;
    return value;
}

}  // namespace

std::string text_of(const Mark& mark) {
    return std::string{title} + "\ndatabase " + mark.database + "\nlease " +
           std::to_string(mark.lease) + "\nat " + std::to_string(to_micros(mark.at)) +
           "\nstockpiling " + std::to_string(mark.stockpiling) + "\nreferences " +
           std::to_string(mark.references) + "\n";
}

std::optional<Mark> read_mark(std::string_view text) {
    std::map<std::string, std::string, std::less<>> lines;
    bool titled = false;
    while (!text.empty()) {
        const auto end = text.find('\n');
        if (end == std::string_view::npos) return std::nullopt;  // cut off
        const auto line = text.substr(0, end);
        text.remove_prefix(end + 1);
        if (!titled) {
            if (line != title) return std::nullopt;
            titled = true;
            continue;
        }
        const auto blank = line.find(' ');
        if (blank == std::string_view::npos) return std::nullopt;
        lines.emplace(line.substr(0, blank), line.substr(blank + 1));
    }
    const auto lease = number(lines["lease"]);
    const auto at = number(lines["at"]);
    const auto stockpiling = number(lines["stockpiling"]);
    const auto references = number(lines["references"]);
    if (!titled || lines["database"].size() != 32 || !lease || !at || !stockpiling || !references) {
        return std::nullopt;
    }
    return Mark{.database = lines["database"],
                .lease = *lease,
                .at = from_micros(*at),
                .stockpiling = *stockpiling,
                .references = *references};
}

}  // namespace lango::restore
