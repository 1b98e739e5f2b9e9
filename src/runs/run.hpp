// How runs of the gateway end, and what is done about rows that they die of. A run that neither
// ended cleanly nor lived for ten minutes died. Workers mark each row with the run that takes it,
// in the write that takes it; what comes of it takes the mark away, in the write that records it.
//
//   two deaths in a row -> the next run is careful: what bears the mark of a run that died goes
//   alone, one at a time, and the row `run` says which before it goes. What dies alone is set aside
//   by the next start. Ten minutes of life, or a clean end, end all that.
//
// The rules are plain functions; the rows are read and written inside commands. No clock here.
#pragma once
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "store/tx.hpp"
#include "store/words.hpp"

namespace lango::runs {

inline constexpr int deaths_before_care = 2;
inline constexpr Duration long_enough = std::chrono::minutes{10};

// What a run can die of. Stored: set_aside.kind, run.alone_kind.
enum class Kind : std::int8_t {
    postback = 1,    // of a payment; the id is the payment's
    event = 2,       // that a deposit failed
    withdrawal = 3,  // submitted, or asked about
    deposit = 4,     // asked about
    message = 5,     // of the rail, while it is read; its number
};
static_assert(store::spells(LANGO_SET_ASIDE_POSTBACK, Kind::postback));
static_assert(store::spells(LANGO_SET_ASIDE_EVENT, Kind::event));
static_assert(store::spells(LANGO_SET_ASIDE_WITHDRAWAL, Kind::withdrawal));
static_assert(store::spells(LANGO_SET_ASIDE_DEPOSIT, Kind::deposit));
static_assert(store::spells(LANGO_SET_ASIDE_MESSAGE, Kind::message));
inline constexpr std::array kinds{Kind::postback, Kind::event, Kind::withdrawal, Kind::deposit,
                                  Kind::message};
[[nodiscard]] std::string_view name(Kind kind);
[[nodiscard]] std::optional<Kind> parse_kind(std::string_view text);

struct Subject {
    Kind kind = Kind::postback;
    std::int64_t id = 0;
    [[nodiscard]] bool operator==(const Subject&) const = default;
};

// The row `run`.
struct Run {
    std::int64_t number = 0;
    int deaths = 0;  // of the runs before it, in a row
    bool settled = false;
    std::optional<Subject> alone = std::nullopt;
};

// The run after this one: its number, and how many have died in a row by then.
[[nodiscard]] Run next_after(const Run& last);
// What is to be set aside because this run died of it.
[[nodiscard]] std::optional<Subject> died_of(const Run& last);
[[nodiscard]] bool is_careful(const Run& run);

// Marks of runs that died, which this run keeps apart; none outside of a careful run.
struct Marks {
    std::int64_t from = 1;
    std::int64_t to = 0;
    [[nodiscard]] bool has(std::int64_t taken_in) const {
        return taken_in >= from && taken_in <= to;
    }
};
[[nodiscard]] Marks suspected(const Run& run);

[[nodiscard]] Run current(store::Reader& reader);

struct Begun {
    Run run;
    std::optional<Subject> died;  // its row is to be set aside, by whose it is
};
// In a write that a start makes anyway.
[[nodiscard]] Begun begin(store::Tx& tx, Instant now);
// It has ended cleanly, or lived long enough.
void settle(store::Tx& tx, Instant now);
// In the write that takes the one that goes alone, and in the one that records what came of it.
void begin_alone(store::Tx& tx, Subject subject);
void end_alone(store::Tx& tx);

struct SetAside {
    Subject subject;
    Instant at{};
    std::int64_t run = 0;  // that died of it
};
// The owner of the row sees to it that nobody takes it: whatever is learned of it meanwhile, it is
// due no more. Again: when a retry died as well.
void set_aside(store::Tx& tx, Subject subject, std::int64_t run, Instant now);
// A person has it tried again, or it came to an end otherwise. False: it was not set aside.
bool take_back(store::Tx& tx, Subject subject);
[[nodiscard]] bool is_set_aside(store::Reader& reader, Subject subject);
[[nodiscard]] std::vector<SetAside> all_set_aside(store::Reader& reader);

}  // namespace lango::runs
