// A file of the web, embedded in the program (cmake/web.cmake), and how it is answered.
#pragma once
#include <span>
#include <string_view>

#include "http/message.hpp"

namespace lango::http {

struct Asset {
    std::string_view name;  // "index.html", "assets/index-B8dzq1.js"
    std::string_view content_type;
    std::string_view bytes;
    std::string_view gzip;  // the same compressed; "" where that is no shorter
    std::string_view etag;  // with its quotes
};

// Null: there is none of that name.
[[nodiscard]] const Asset* find_asset(std::span<const Asset> assets, std::string_view name);
// Compressed for who takes that, 304 for who has it. Names under assets/ carry a hash of what they
// hold and are kept for ever; others are asked for again each time.
[[nodiscard]] Response asset_response(const Asset& asset, const Request& request);

}  // namespace lango::http
