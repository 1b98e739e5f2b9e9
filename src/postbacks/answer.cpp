#include "postbacks/answer.hpp"

#include <zlib.h>

namespace lango::postbacks {

namespace {

constexpr std::string_view bom{"\xef\xbb\xbf"};
constexpr std::string_view gzip_begins{"\x1f\x8b"};
constexpr int gzip_only = 15 + 16;  // the largest window; no zlib and no raw deflate

struct Inflater {
    z_stream stream{};
    bool good = inflateInit2(&stream, gzip_only) == Z_OK;
    Inflater() = default;
    ~Inflater() {
        if (good) inflateEnd(&stream);
    }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;
};

std::optional<std::string> unpacked(std::string_view packed) {
    Inflater inflater;
    if (!inflater.good) return std::nullopt;
    std::string out(unpacked_max, '\0');
    auto& stream = inflater.stream;
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    // One call: what does not end within the room that there is, is not read.
    if (inflate(&stream, Z_FINISH) != Z_STREAM_END || stream.avail_in != 0) return std::nullopt;
    out.resize(stream.total_out);
    return out;
}

}  // namespace

std::optional<std::string> plain_answer(std::string_view body) {
    auto text = body.starts_with(gzip_begins) ? unpacked(body) : std::string{body};
    if (text && text->starts_with(bom)) text->erase(0, bom.size());
    return text;
}

}  // namespace lango::postbacks
