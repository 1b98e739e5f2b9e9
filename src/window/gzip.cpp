#include "window/gzip.hpp"

#include <zlib.h>

#include <stdexcept>

namespace lango::window {

namespace {

constexpr int level = 4;
constexpr int raw = -13;  // a window of 8 KB, which is more than a page, without header and check
constexpr int memory = 6;
// RFC 1952: deflate, no name, no time, an unknown system.
constexpr std::string_view header{"\x1f\x8b\x08\0\0\0\0\0\0\xff", 10};

Bytef* bytes_of(std::string_view text) {
    return reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
}

std::uint32_t crc_of(std::string_view text) {
    return static_cast<std::uint32_t>(
        crc32(crc32(0, nullptr, 0), bytes_of(text), static_cast<uInt>(text.size())));
}

std::uint32_t joined(std::uint32_t crc, std::uint32_t next, std::size_t next_size) {
    return static_cast<std::uint32_t>(crc32_combine(crc, next, static_cast<z_off_t>(next_size)));
}

// Making the state costs more than compressing a page with it.
class Deflater {
  public:
    Deflater() {
        if (deflateInit2(&stream_, level, Z_DEFLATED, raw, memory, Z_DEFAULT_STRATEGY) != Z_OK) {
            throw std::runtime_error{"zlib cannot begin"};
        }
    }
    ~Deflater() { deflateEnd(&stream_); }
    Deflater(const Deflater&) = delete;
    Deflater& operator=(const Deflater&) = delete;

    // A piece that refers to nothing outside itself and ends on a byte.
    void append(std::string& out, std::string_view text, bool last) {
        deflateReset(&stream_);
        const auto begin = out.size();
        constexpr std::size_t flush_marker = 16;
        out.resize(begin + deflateBound(&stream_, text.size()) + flush_marker);
        stream_.next_in = bytes_of(text);
        stream_.avail_in = static_cast<uInt>(text.size());
        stream_.next_out = reinterpret_cast<Bytef*>(out.data() + begin);
        stream_.avail_out = static_cast<uInt>(out.size() - begin);
        const int done = deflate(&stream_, last ? Z_FINISH : Z_SYNC_FLUSH);
        if (done != (last ? Z_STREAM_END : Z_OK) || stream_.avail_in != 0) {
            throw std::runtime_error{"zlib did not finish"};
        }
        out.resize(begin + stream_.total_out);
    }

  private:
    z_stream stream_{};
};

Deflater& deflater() {
    thread_local Deflater one;
    return one;
}

void append_little_endian(std::string& out, std::uint32_t number) {
    for (int shift = 0; shift < 32; shift += 8) {
        out.push_back(static_cast<char>((number >> static_cast<unsigned>(shift)) & 0xFFU));
    }
}

}  // namespace

Packed::Packed(std::string_view text) : bytes(text), crc(crc_of(text)) {
    deflater().append(deflated, text, false);
}

std::string gzip(std::string_view bytes) {
    std::string out{header};
    deflater().append(out, bytes, true);
    append_little_endian(out, crc_of(bytes));
    append_little_endian(out, static_cast<std::uint32_t>(bytes.size()));
    return out;
}

std::string gzip(std::string_view before, const Packed& sheet, std::string_view after) {
    std::string out{header};
    deflater().append(out, before, false);
    out.append(sheet.deflated);
    deflater().append(out, after, true);
    const auto crc =
        joined(joined(crc_of(before), sheet.crc, sheet.bytes.size()), crc_of(after), after.size());
    append_little_endian(out, crc);
    append_little_endian(
        out, static_cast<std::uint32_t>(before.size() + sheet.bytes.size() + after.size()));
    return out;
}

bool takes_gzip(const http::Request& request) {
    const auto accepted = request.headers.find("Accept-Encoding").value_or("");
    const auto place = accepted.find("gzip");
    return place != std::string_view::npos && !accepted.substr(place).starts_with("gzip;q=0");
}

}  // namespace lango::window
