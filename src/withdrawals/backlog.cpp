#include "withdrawals/backlog.hpp"

#include "store/words.hpp"

namespace lango::withdrawals {

Backlog backlog(store::Reader& reader) {
    using enum State;
    Backlog found;
    for (const auto state : {waiting, queued, sending, sent, unknown}) found.open[state] = 0;
    reader.each("SELECT state, flags & " LANGO_WITHDRAWAL_FLAG_ATTENTION
                ", COUNT(*) FROM withdrawals WHERE closed_at IS NULL "
                "GROUP BY state, flags & " LANGO_WITHDRAWAL_FLAG_ATTENTION,
                [&](const store::Row& row) {
                    // A state that is none is counted by its call for a person alone.
                    const auto state = found.open.find(static_cast<State>(row.integer(0)));
                    if (state != found.open.end()) state->second += row.integer(2);
                    if (row.integer(1) != 0) found.attention += row.integer(2);
                });
    return found;
}

}  // namespace lango::withdrawals
