// What a payer knows an order by: its code and its address.
#include "base/typed.hpp"
#include "window/order.hpp"

namespace lango::window {

namespace {

constexpr std::size_t code_length = 5;
// No 0 O, 1 I L, 5 S, 8 B, U V: they are read out and typed.
constexpr std::string_view alphabet = "234679ACDEFGHJKMNPQRTWXYZ";
constexpr std::size_t id_digits = 16;

std::string mac(const crypto::MasterKey& master, std::string_view id) {
    return master.token("window-order", id).substr(0, id_digits);
}

}  // namespace

Codes draw_codes(Random& random) {
    Codes codes;
    for (auto& code : codes) {
        for (std::size_t i = 0; i < code_length; ++i)
            code += alphabet[random.below(alphabet.size())];
    }
    return codes;
}

std::optional<std::string> read_code(std::string_view text) {
    auto code = typed::code(text);
    const bool fits =
        code.size() == code_length && code.find_first_not_of(alphabet) == std::string::npos;
    if (!fits) return std::nullopt;
    return code;
}

std::string token(const crypto::MasterKey& master, OrderId id) {
    const auto digits = hex16(id.value());
    return digits + mac(master, digits);
}

std::optional<OrderId> read_token(const crypto::MasterKey& master, std::string_view text) {
    if (text.size() != 2 * id_digits) return std::nullopt;
    const auto digits = text.substr(0, id_digits);
    const auto id = parse_hex16(digits);
    if (!id || !crypto::equal_in_constant_time(text.substr(id_digits), mac(master, digits))) {
        return std::nullopt;
    }
    return OrderId{*id};
}

}  // namespace lango::window
