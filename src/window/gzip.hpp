// Compresses pages. The sheet in the middle of each is always the same, so it is compressed once
// and put between what is new: half of the work of a page is saved.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "http/message.hpp"

namespace lango::window {

[[nodiscard]] std::string gzip(std::string_view bytes);

// A part of a page that stays as it is.
struct Packed {
    explicit Packed(std::string_view text);
    std::string_view bytes;  // outlives this
    std::string deflated;    // as a piece of a stream that goes on
    std::uint32_t crc = 0;
};
// gzip of before + sheet + after.
[[nodiscard]] std::string gzip(std::string_view before, const Packed& sheet,
                               std::string_view after);

[[nodiscard]] bool takes_gzip(const http::Request& request);

}  // namespace lango::window
