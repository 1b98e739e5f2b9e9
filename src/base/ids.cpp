#include "base/ids.hpp"

#include <algorithm>
#include <limits>

#include "base/result.hpp"

namespace lango {
namespace {

constexpr int sequence_bits = 22;
constexpr std::int64_t ms_max = (std::int64_t{1} << 41) - 1;
constexpr std::chrono::sys_days epoch{std::chrono::year{2020} / 1 / 1};

// Clamped: a bound may come from a client's date filter, and a clock may be wrong.
std::int64_t ms_since_epoch(Instant at) {
    if (at < epoch) return 0;
    const auto ms = std::chrono::floor<std::chrono::milliseconds>(at - epoch).count();
    return std::min<std::int64_t>(ms, ms_max);
}

}  // namespace

std::string hex16(std::int64_t value) {
    std::string out(16, '0');
    auto rest = static_cast<std::uint64_t>(value);
    for (std::size_t i = 16; i-- > 0; rest >>= 4) out[i] = "0123456789abcdef"[rest & 15];
    return out;
}

std::optional<std::int64_t> parse_hex16(std::string_view text) {
    if (text.size() != 16) return std::nullopt;
    std::uint64_t value = 0;
    for (const char c : text) {
        const bool digit = c >= '0' && c <= '9';
        if (!digit && (c < 'a' || c > 'f')) return std::nullopt;
        value = value << 4 | static_cast<std::uint64_t>(digit ? c - '0' : c - 'a' + 10);
    }
    const auto id = static_cast<std::int64_t>(value);
    if (id <= 0) return std::nullopt;
    return id;
}

Instant id_time(std::int64_t id) { return epoch + std::chrono::milliseconds{id >> sequence_bits}; }

std::int64_t id_floor(Instant at) { return ms_since_epoch(at) << sequence_bits; }

std::int64_t IdSource::next(Instant now) {
    const std::int64_t floor = id_floor(now);
    if (floor > last_) {
        const auto start = random_.next() & ((std::uint64_t{1} << (sequence_bits - 1)) - 1);
        last_ = floor + static_cast<std::int64_t>(start);
        return last_;
    }
    // The same millisecond again, or a clock that went back: ids grow all the same.
    LANGO_ASSERT(last_ < std::numeric_limits<std::int64_t>::max());
    return ++last_;
}

}  // namespace lango
