#include "window/gzip.hpp"

#include <zlib.h>

#include <stdexcept>

namespace lango::window {

namespace {

constexpr std::size_t worth = 1000;
constexpr int level = 5;              // a page in some 150 us; the best level saves 1 % more
constexpr int gzip_header = 15 + 16;  // the largest window, in gzip's form
constexpr int memory = 8;

}  // namespace

std::string gzip(std::string_view bytes) {
    z_stream stream{};
    if (deflateInit2(&stream, level, Z_DEFLATED, gzip_header, memory, Z_DEFAULT_STRATEGY) != Z_OK) {
        throw std::runtime_error{"zlib cannot begin"};
    }
    std::string out(deflateBound(&stream, bytes.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int done = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    if (done != Z_STREAM_END) throw std::runtime_error{"zlib did not finish"};
    return out;
}

void compress(const http::Request& request, http::Response& response) {
    response.headers.emplace_back("Vary", "Accept-Encoding");
    const auto accepted = request.headers.find("Accept-Encoding").value_or("");
    const auto place = accepted.find("gzip");
    const bool takes =
        place != std::string_view::npos && !accepted.substr(place).starts_with("gzip;q=0");
    if (!takes || response.body.size() < worth) return;
    response.body = gzip(response.body);
    response.headers.emplace_back("Content-Encoding", "gzip");
}

}  // namespace lango::window
