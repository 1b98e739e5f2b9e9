#include "http/asset.hpp"

#include <algorithm>

namespace lango::http {

namespace {

bool lists(const Request& request, std::string_view header, std::string_view token) {
    auto rest = request.headers.find(header).value_or("");
    while (!rest.empty()) {
        auto piece = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(rest.size(), piece.size() + 1));
        piece.remove_prefix(std::min(piece.size(), piece.find_first_not_of(' ')));
        if (piece.starts_with("W/")) piece.remove_prefix(2);
        if (!piece.starts_with(token)) continue;
        auto after = piece.substr(token.size());
        after.remove_prefix(std::min(after.size(), after.find_first_not_of(' ')));
        if (after.empty()) return true;
        // "gzip;q=0" says no.
        if (after.starts_with(';') && after.find_first_of("123456789") != after.npos) return true;
    }
    return false;
}

}  // namespace

const Asset* find_asset(std::span<const Asset> assets, std::string_view name) {
    const auto found = std::ranges::find(assets, name, &Asset::name);
    return found == assets.end() ? nullptr : &*found;
}

Response asset_response(const Asset& asset, const Request& request) {
    Response response;
    response.content_type = asset.content_type;
    response.headers = {
        {"ETag", std::string{asset.etag}},
        {"Cache-Control",
         asset.name.starts_with("assets/") ? "public, max-age=31536000, immutable" : "no-cache"},
        {"Vary", "Accept-Encoding"}};
    if (lists(request, "If-None-Match", asset.etag)) {
        response.status = 304;
    } else if (!asset.gzip.empty() && lists(request, "Accept-Encoding", "gzip")) {
        response.headers.emplace_back("Content-Encoding", "gzip");
        response.body = asset.gzip;
    } else {
        response.body = asset.bytes;
    }
    return response;
}

}  // namespace lango::http
