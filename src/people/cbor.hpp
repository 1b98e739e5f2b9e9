// CBOR (RFC 8949) as authenticators write it: definite lengths, whole numbers of 64 bits. Reads
// one item after another of bytes that anybody may have sent; what it hands out points into them.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace lango::people {

class CborReader {
  public:
    explicit CborReader(std::string_view bytes) : rest_(bytes) {}

    // Each takes one item of its kind; nothing where another one stands, or none that is whole.
    [[nodiscard]] std::optional<std::int64_t> integer();
    [[nodiscard]] std::optional<std::string_view> bytes();
    [[nodiscard]] std::optional<std::string_view> text();
    // How many pairs follow: a key and a value each.
    [[nodiscard]] std::optional<std::uint64_t> map();
    // Any item, with all that is in it, as it stands there.
    [[nodiscard]] std::optional<std::string_view> item();

    [[nodiscard]] std::string_view rest() const { return rest_; }
    [[nodiscard]] bool is_done() const { return rest_.empty(); }

  private:
    enum class Major : std::uint8_t { positive, negative, bytes, text, array, map, tag, simple };
    struct Head {
        Major major;
        std::uint64_t value;
    };
    [[nodiscard]] std::optional<Head> head();
    [[nodiscard]] std::optional<std::string_view> take(Major major);
    [[nodiscard]] bool skip(int depth);

    std::string_view rest_;
};

}  // namespace lango::people
