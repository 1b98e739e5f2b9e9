// What will happen to prompts, in order of time, then of scheduling.
#pragma once
#include <cstdint>
#include <optional>
#include <queue>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace lango::simulator {

struct Prompt;

enum class What : std::int8_t {
    decide,     // the payer acts as the scenario says
    give_up,    // nobody did
    charge,     // the money moves although a failure was told
    call_back,  // a callback goes out
};

struct Due {
    What what = What::decide;
    Prompt* prompt = nullptr;  // outlives the queue
    std::string code{};        // call_back: with this ResultCode
    int tries = 0;
};

class DueQueue {
  public:
    // True when this is now the first of all.
    bool push(Instant at, Due due) {
        const bool first = entries_.empty() || at < entries_.top().at;
        entries_.push({.at = at, .order = ++order_, .due = std::move(due)});
        return first;
    }
    // The first one that is due, if any.
    [[nodiscard]] std::optional<Due> pop(Instant now) {
        if (entries_.empty() || entries_.top().at > now) return std::nullopt;
        Due due = entries_.top().due;
        entries_.pop();
        return due;
    }
    [[nodiscard]] std::optional<Instant> next() const {
        return entries_.empty() ? std::nullopt : std::optional{entries_.top().at};
    }

  private:
    struct Entry {
        Instant at;
        std::uint64_t order;
        Due due;
        friend bool operator<(const Entry& a, const Entry& b) {  // the greatest is the soonest
            return a.at != b.at ? a.at > b.at : a.order > b.order;
        }
    };
    std::priority_queue<Entry> entries_;
    std::uint64_t order_ = 0;
};

}  // namespace lango::simulator
