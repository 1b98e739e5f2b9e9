#include "http/asset.hpp"

#include <gtest/gtest.h>

#include <array>

namespace lango::http {
namespace {

constexpr std::array<Asset, 2> files{{
    {.name = "assets/index-1f.js",
     .content_type = "text/javascript; charset=utf-8",
     .bytes = "let a",
     .gzip = "zip",
     .etag = "\"1f\""},
    {.name = "index.html",
     .content_type = "text/html; charset=utf-8",
     .bytes = "<p>",
     .gzip = "",
     .etag = "\"2e\""},
}};

Request asking(std::string name, std::string value) {
    Request request;
    request.headers.add(std::move(name), std::move(value));
    return request;
}

std::string header(const Response& response, std::string_view name) {
    for (const auto& [field, value] : response.headers) {
        if (same_name(field, name)) return value;
    }
    return {};
}

TEST(Asset, IsFoundByItsWholeName) {
    EXPECT_EQ(find_asset(files, "index.html"), &files[1]);
    EXPECT_EQ(find_asset(files, "index"), nullptr);
    EXPECT_EQ(find_asset(files, ""), nullptr);
}

TEST(Asset, GoesOutCompressedToWhoTakesThat) {
    const auto packed = asset_response(files[0], asking("accept-encoding", "deflate, gzip;q=0.8"));
    EXPECT_EQ(packed.body, "zip");
    EXPECT_EQ(header(packed, "Content-Encoding"), "gzip");
    for (const auto* const no : {"", "br", "gzip;q=0", "gzip; q=0.0", "gzipped"}) {
        const auto plain = asset_response(files[0], asking("Accept-Encoding", no));
        EXPECT_EQ(plain.body, "let a") << no;
        EXPECT_EQ(header(plain, "Content-Encoding"), "") << no;
    }
    EXPECT_EQ(asset_response(files[1], asking("Accept-Encoding", "gzip")).body, "<p>");
}

TEST(Asset, IsNotSentTwice) {
    for (const auto* const known : {"\"1f\"", "\"0\", W/\"1f\""}) {
        const auto again = asset_response(files[0], asking("If-None-Match", known));
        EXPECT_EQ(again.status, 304) << known;
        EXPECT_EQ(again.body, "") << known;
        EXPECT_EQ(header(again, "ETag"), "\"1f\"") << known;
    }
    EXPECT_EQ(asset_response(files[0], asking("If-None-Match", "\"2e\"")).status, 200);
}

TEST(Asset, IsKeptForEverOnlyUnderANameWithAHash) {
    EXPECT_EQ(header(asset_response(files[0], {}), "Cache-Control"),
              "public, max-age=31536000, immutable");
    EXPECT_EQ(header(asset_response(files[1], {}), "Cache-Control"), "no-cache");
}

}  // namespace
}  // namespace lango::http
