#include "people/cbor.hpp"

#include <limits>

namespace lango::people {

namespace {

constexpr int depth_max = 8;

}  // namespace

std::optional<CborReader::Head> CborReader::head() {
    if (rest_.empty()) return std::nullopt;
    const auto first = static_cast<std::uint8_t>(rest_.front());
    const auto major = static_cast<Major>(first >> 5);
    const unsigned short_value = first & 0x1f;
    if (short_value < 24) {
        rest_.remove_prefix(1);
        return Head{.major = major, .value = short_value};
    }
    if (short_value > 27) return std::nullopt;  // reserved, or of no definite length
    const std::size_t size = std::size_t{1} << (short_value - 24);
    if (rest_.size() < 1 + size) return std::nullopt;
    std::uint64_t value = 0;
    for (const char byte : rest_.substr(1, size)) {
        value = value << 8 | static_cast<std::uint8_t>(byte);
    }
    rest_.remove_prefix(1 + size);
    return Head{.major = major, .value = value};
}

std::optional<std::int64_t> CborReader::integer() {
    const auto before = rest_;
    const auto found = head();
    const bool fits =
        found && (found->major == Major::positive || found->major == Major::negative) &&
        found->value <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (!fits) {
        rest_ = before;
        return std::nullopt;
    }
    const auto value = static_cast<std::int64_t>(found->value);
    return found->major == Major::positive ? value : -1 - value;
}

std::optional<std::string_view> CborReader::take(Major major) {
    const auto before = rest_;
    const auto found = head();
    if (!found || found->major != major || found->value > rest_.size()) {
        rest_ = before;
        return std::nullopt;
    }
    const auto taken = rest_.substr(0, found->value);
    rest_.remove_prefix(taken.size());
    return taken;
}

std::optional<std::string_view> CborReader::bytes() { return take(Major::bytes); }
std::optional<std::string_view> CborReader::text() { return take(Major::text); }

std::optional<std::uint64_t> CborReader::map() {
    const auto before = rest_;
    const auto found = head();
    // Each pair has two bytes at least: no more are counted than there can be.
    if (!found || found->major != Major::map || found->value > rest_.size() / 2) {
        rest_ = before;
        return std::nullopt;
    }
    return found->value;
}

bool CborReader::skip(int depth) {
    if (depth > depth_max) return false;
    const auto found = head();
    if (!found) return false;
    std::uint64_t items = 0;
    switch (found->major) {
        case Major::positive:
        case Major::negative:
        case Major::simple:
            return true;
        case Major::bytes:
        case Major::text:
            if (found->value > rest_.size()) return false;
            rest_.remove_prefix(found->value);
            return true;
        case Major::tag:
            items = 1;
            break;
        case Major::array:
            if (found->value > rest_.size()) return false;
            items = found->value;
            break;
        case Major::map:
            if (found->value > rest_.size() / 2) return false;
            items = found->value * 2;
            break;
    }
    for (std::uint64_t i = 0; i < items; ++i) {
        if (!skip(depth + 1)) return false;
    }
    return true;
}

std::optional<std::string_view> CborReader::item() {
    const auto before = rest_;
    if (!skip(0)) {
        rest_ = before;
        return std::nullopt;
    }
    return before.substr(0, before.size() - rest_.size());
}

}  // namespace lango::people
