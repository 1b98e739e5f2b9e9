// What people decide about a withdrawal that waits for them: so many of them approve, or one
// rejects. Nobody approves what he created. An approval is given to a recipient and an amount: it
// carries their code, and counts only while they are as they were. Rejecting ends the withdrawal
// (status 5); it can be done as long as nothing has gone to the rail.
#pragma once
#include <string>
#include <string_view>

#include "withdrawals/settle.hpp"

namespace lango::withdrawals {

enum class Decided : std::int8_t {
    approved,   // counted; others must approve, too
    queued,     // the last one that was needed: it goes out
    uncovered,  // enough have approved, and its money is still to come
    rejected,
    unknown_withdrawal,
    not_waiting,  // any more: nothing was done, likewise below
    own,          // whoever created it
    twice,        // has approved already
    changed,      // is not what the person saw
};
[[nodiscard]] std::string_view name(Decided decided);

struct Decision {
    Decided what = Decided::not_waiting;
    int approvals = 0;
    int needed = 0;
    std::optional<postbacks::Message> postback;
};

// What an approval covers.
struct Covered {
    MerchantId merchant;
    WithdrawalId id;
    Msisdn phone;
    Money amount;
    Money fee;
};
// As 16 hex digits.
[[nodiscard]] std::string approval_code(const Covered& covered);
[[nodiscard]] std::string approval_code(const Withdrawal& withdrawal);

// seen: the code of what the person saw. needed: by the rules as they are now; where those that
// stood when it was made asked for more, so does this.
[[nodiscard]] Decision approve(store::Tx& tx, WithdrawalId id, std::string_view who,
                               std::string_view seen, int needed, Instant now);
[[nodiscard]] Decision reject(store::Tx& tx, WithdrawalId id, std::string_view who,
                              std::string_view reason, const SettleContext& context, Instant now);

struct Approval {
    std::string who;
    Instant at{};
    bool counts = false;  // given to what it is now
};
[[nodiscard]] std::vector<Approval> approvals(store::Reader& reader, const Withdrawal& withdrawal);

}  // namespace lango::withdrawals
