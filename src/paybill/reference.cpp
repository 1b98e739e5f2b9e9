#include "paybill/reference.hpp"

#include <utility>

#include "base/result.hpp"
#include "base/typed.hpp"

namespace lango::paybill {

namespace {

// Without I, L and O, which are read as digits. The digits' value modulo 23 chooses one: 23 is
// prime, so a wrong digit changes it; powers of ten repeat modulo 23 only after 22 places, so two
// swapped digits change it.
constexpr std::string_view letters = "ABCDEFGHJKMNPQRSTUVWXYZ";
constexpr std::int64_t modulus = 23;
static_assert(letters.size() == modulus);

constexpr std::int64_t smallest = 1'000'000;
constexpr std::int64_t past_largest = 1'000'000'000'000;
// Prime to 2, 3 and 5, so that multiplying by it rearranges the numbers of any length.
constexpr std::int64_t stride = 5'562'323;

// 1000000 for seven digits.
std::int64_t first_of_its_length(std::int64_t value) {
    auto first = smallest;
    while (value >= first * 10) first *= 10;
    return first;
}

std::int64_t times(std::int64_t a, std::int64_t b, std::int64_t size) {
    return static_cast<std::int64_t>(static_cast<__int128>(a) * b % size);
}

// The number that undoes a multiplication by `stride`, modulo `size` (Euclid).
std::int64_t undo(std::int64_t size) {
    std::int64_t r = size;
    std::int64_t next_r = stride % size;
    std::int64_t t = 0;
    std::int64_t next_t = 1;
    while (next_r != 0) {
        const auto quotient = r / next_r;
        r = std::exchange(next_r, r - quotient * next_r);
        t = std::exchange(next_t, t - quotient * next_t);
    }
    return t < 0 ? t + size : t;
}

char letter_of(std::int64_t digits) {
    return letters.at(static_cast<std::size_t>(digits % modulus));
}

// 0 to 9; -1 for what is no digit even with good will.
int digit_of(char c) {
    if (c == 'O') return 0;
    if (c == 'I' || c == 'L') return 1;
    return c >= '0' && c <= '9' ? c - '0' : -1;
}

}  // namespace

std::string reference_text(std::int64_t number) {
    const auto plain = smallest + number - 1;
    LANGO_REQUIRE(number >= 1 && plain < past_largest);
    const auto first = first_of_its_length(plain);
    const auto digits = first + times(plain - first, stride, 9 * first);
    return std::to_string(digits) + letter_of(digits);
}

std::optional<std::int64_t> read_reference(std::string_view text) {
    std::int64_t digits = 0;
    char letter = 0;
    for (const char c : typed::code(text)) {
        if (letter != 0) return std::nullopt;  // something follows the letter
        if (const int digit = digit_of(c); digit >= 0) {
            digits = digits * 10 + digit;
            // No reference begins with 0, so that a 0 put before one is seen.
            if (digits == 0 || digits >= past_largest) return std::nullopt;
        } else {
            letter = c;
        }
    }
    if (digits < smallest || letter != letter_of(digits)) return std::nullopt;
    const auto first = first_of_its_length(digits);
    const auto plain = first + times(digits - first, undo(9 * first), 9 * first);
    return plain - smallest + 1;
}

std::string give_reference(store::Tx& tx, DepositId deposit) {
    if (auto known = find_reference(tx, deposit)) return *std::move(known);
    // Never a number that was told before an older backup was put back (restore/keeper.hpp).
    tx.run(
        "INSERT INTO paybill_references (number, deposit_id) "
        "SELECT CASE WHEN t.reference_floor > COALESCE(m.last, 0) THEN t.reference_floor "
        "ELSE m.last + 1 END, ?1 FROM told t, "
        "(SELECT MAX(number) AS last FROM paybill_references) m",
        deposit);
    return find_reference(tx, deposit).value();
}

std::optional<std::string> find_reference(store::Reader& reader, DepositId deposit) {
    return reader.first(
        "SELECT number FROM paybill_references WHERE deposit_id = ?1",
        [](const store::Row& row) { return reference_text(row.integer(0)); }, deposit);
}

std::optional<DepositId> find_by_reference(store::Reader& reader, std::string_view typed) {
    const auto number = read_reference(typed);
    if (!number) return std::nullopt;
    return reader.first(
        "SELECT deposit_id FROM paybill_references WHERE number = ?1",
        [](const store::Row& row) { return DepositId{row.integer(0)}; }, *number);
}

}  // namespace lango::paybill
