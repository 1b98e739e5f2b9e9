// Two people for what one must not do alone: one proposes a call, as it is to be carried out, byte
// for byte; another, who could have made it too, agrees to what they saw. Nobody agrees to their
// own, and a proposal of a person who has been removed is void. Who may, and whether what is stored
// is a call at all, whoever carries it out asks (backoffice/proposals.hpp).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "store/tx.hpp"
#include "store/words.hpp"

namespace lango::approvals {

// As stored.
enum class State : std::int8_t {
    open = 1,
    agreed = 2,  // and begun: its outcome is not kept yet, or was never
    carried_out = 3,
    refused = 4,   // by what it would have done: it was true no longer
    rejected = 5,  // by another person
    withdrawn = 6,
    expired = 7,
};
static_assert(store::spells(LANGO_PROPOSAL_OPEN, State::open));
[[nodiscard]] std::string_view name(State state);

inline constexpr Duration lives = std::chrono::hours{72};  // then it is proposed anew

struct Proposal {
    std::int64_t number = 0;
    std::string use_case;
    std::string path;
    std::string body;
    std::string code;
    std::string proposed_by;
    Instant proposed_at{};
    State state = State::open;
    std::optional<Instant> ended_at;
    std::string ended_by;
    std::string outcome;
    std::optional<MerchantId> merchant;  // whose person proposed it; none: the operator's own
};

// What it is by now: one that waits for too long has expired, whether its row says so or not. A row
// that somebody edited may have any number in it: that is no state, and so not open.
[[nodiscard]] State state_at(const Proposal& proposal, Instant now);

struct NewProposal {
    std::string use_case;
    std::string path;
    std::string body;
    std::string by;
    std::optional<MerchantId> merchant{};  // whose person that is
};

// What a proposal is about, as 16 hex digits: whoever agrees says it.
[[nodiscard]] std::string code_of(std::string_view use_case, std::string_view path,
                                  std::string_view body);

// The same call that the same person has open is one proposal.
[[nodiscard]] Proposal propose(store::Tx& tx, const NewProposal& wanted, Instant now);
[[nodiscard]] std::optional<Proposal> find(store::Reader& reader, std::int64_t number);
// Those that wait, the oldest first.
[[nodiscard]] std::vector<Proposal> open(store::Reader& reader, Instant now);

enum class Agreed : std::int8_t {
    yes,
    unknown,   // there is no such proposal
    not_open,  // it has ended, or was agreed to
    own,
    changed,  // it is not what was seen
    expired,
};
// seen: its code.
[[nodiscard]] Agreed agree(store::Tx& tx, std::int64_t number, std::string_view who,
                           std::string_view seen, Instant now);
// Nobody knows whether it was done: it stays agreed, and says why.
void note_failure(store::Tx& tx, std::int64_t number, std::string_view why);
// What carrying it out came to.
void end(store::Tx& tx, std::int64_t number, bool was_done, std::string_view outcome);
// Those that have waited for too long end.
void end_expired(store::Tx& tx, Instant now);
// By the proposer: withdrawn; by another: rejected. False: it was not open.
[[nodiscard]] bool reject(store::Tx& tx, std::int64_t number, std::string_view who, Instant now);
// Of somebody who is removed: whoever comes by that name later has proposed nothing.
void withdraw_all(store::Tx& tx, std::string_view proposer, std::string_view who, Instant now);

}  // namespace lango::approvals
