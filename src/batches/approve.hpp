// A batch's withdrawals approved as one. Each row carries its own approval
// (withdrawals/approve.hpp), given to the recipient and amount that the batch has; a batch in which
// one row is not there, is another or waits for nobody is not approved at all.
#pragma once
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "batches/batch.hpp"

namespace lango::batches {

struct ToApprove {
    WithdrawalId id{0};
    std::string code;  // of the recipient and amount that the batch has
};
struct Approvable {
    std::string why_not;          // for people; "": it may be approved by this person
    std::vector<ToApprove> open;  // that this person has not approved yet
};
// seen: the code of what the person saw; sum: what it pays out in all, as they say it.
[[nodiscard]] Approvable approvable(store::Reader& reader, const Batch& batch, std::string_view who,
                                    std::string_view seen, std::optional<Money> sum);

inline constexpr std::size_t approved_at_once = 100;

// In one command; how many came to what ("approved", "queued"). What was decided, or is another
// meanwhile, is left as it is. Each approval is in the trail.
using Outcomes = std::map<std::string, std::int64_t, std::less<>>;
[[nodiscard]] Outcomes approve(store::Tx& tx, std::span<const ToApprove> all, std::string_view who,
                               int needed, Instant now);

}  // namespace lango::batches
