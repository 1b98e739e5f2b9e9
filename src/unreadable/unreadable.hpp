// What the rail sent and nobody could read, or what it must not have sent: it came on a path that
// only the rail knows, so it may tell of money, and nothing here books any. It waits for a person,
// byte for byte; long after one has read it, its bytes may go (src/privacy).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "store/tx.hpp"

namespace lango::unreadable {

enum class Door : std::int8_t {
    callback = 1,      // of a prompt; the subject is its order's id
    confirmation = 2,  // of money by paybill; a shortcode
    validation = 3,    // the question before it; a shortcode
    list = 4,          // a row of the rail's own list; a shortcode
    result = 5,        // of a payout or a reversal; its id
    status = 6,        // the answer to a question about one; its id
    balance = 7,       // of our accounts; a shortcode
};
[[nodiscard]] std::string_view name(Door door);

struct Message {
    Door door = Door::callback;
    std::string subject;  // as it stands in the path
    std::string why;
    std::string body;
};

// So much of a body is kept, and so many bodies of one address in an hour; the rest is counted.
inline constexpr std::size_t body_max = 65'536;
inline constexpr int kept_per_hour = 1'000;

// One row per address and identical body, however often it comes: what a person has read of one
// payment says nothing of another's. False: it is counted only.
bool keep(store::Tx& tx, const Message& message, Instant now);

struct Kept {
    std::int64_t number = 0;
    Door door = Door::callback;
    std::string subject;
    std::string why;
    Instant first_at{};
    Instant last_at{};
    std::int64_t times = 0;
    std::int64_t length = 0;  // of the whole body
    std::string body;         // at most body_max of it; "" in lists
    std::string attended_by;  // "": it waits
    bool is_masked = false;   // its bytes are gone (src/privacy); the same ones are known still
};
// Those that wait, the oldest first, after this number.
[[nodiscard]] std::vector<Kept> waiting(store::Reader& reader, std::int64_t after,
                                        std::int64_t limit);
[[nodiscard]] std::int64_t count_waiting(store::Reader& reader);
[[nodiscard]] std::optional<Kept> find(store::Reader& reader, std::int64_t number);
// A person has read it. False: it waits for nobody.
[[nodiscard]] bool attend(store::Tx& tx, std::int64_t number, std::string_view who, Instant now);

struct Hour {
    Door door = Door::callback;
    std::string subject;
    Instant from{};
    std::int64_t times = 0;
    std::int64_t kept = 0;
};
// Those in which more came than is kept, the latest first.
[[nodiscard]] std::vector<Hour> overfull_hours(store::Reader& reader, std::int64_t limit);

}  // namespace lango::unreadable
