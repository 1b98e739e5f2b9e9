#include "approvals/proposal.hpp"

#include "base/check.hpp"
#include "base/crypto.hpp"

namespace lango::approvals {

namespace {

#define LANGO_PROPOSAL_COLUMNS                                                        \
    "number, use_case, path, body, code, proposed_by, proposed_at, state, ended_at, " \
    "ended_by, outcome, merchant_id"

// 257 is 1 of 8 bits, and no state.
State state_of(std::int64_t number) {
    const bool is_one = number >= static_cast<std::int64_t>(State::open) &&
                        number <= static_cast<std::int64_t>(State::expired);
    return is_one ? static_cast<State>(number) : State{};
}

Proposal from_row(const store::Row& row) {
    return {
        .number = row.integer(0),
        .use_case = row.string(1),
        .path = row.string(2),
        .body = row.string(3),
        .code = row.string(4),
        .proposed_by = row.string(5),
        .proposed_at = row.instant(6),
        .state = state_of(row.integer(7)),
        .ended_at = row.is_null(8) ? std::nullopt : std::optional{row.instant(8)},
        .ended_by = row.string(9),
        .outcome = row.string(10),
        .merchant = row.is_null(11) ? std::nullopt : std::optional{MerchantId{row.integer(11)}}};
}

bool is_over(const Proposal& proposal, Instant now) {
    // A clock that has gone back makes nothing last longer.
    return proposal.proposed_at < now - lives || proposal.proposed_at > now + lives;
}

void end_as(store::Tx& tx, std::int64_t number, State state, std::string_view who, Instant now) {
    const auto ended =
        tx.run("UPDATE proposals SET state = ?2, ended_at = ?3, ended_by = ?4 WHERE number = ?1",
               number, static_cast<int>(state), now, who);
    LANGO_CHECK(ended == 1, "a proposal that ends has a row");
}

std::optional<Proposal> same(store::Reader& reader, const NewProposal& wanted,
                             std::string_view code, Instant now) {
    for (auto& proposal : open(reader, now)) {
        const bool is_same = proposal.code == code && proposal.proposed_by == wanted.by &&
                             proposal.merchant == wanted.merchant;
        if (is_same) return std::move(proposal);
    }
    return std::nullopt;
}

}  // namespace

std::string_view name(State state) {
    switch (state) {
        case State::open:
            return "open";
        case State::agreed:
            return "agreed";
        case State::carried_out:
            return "carried_out";
        case State::refused:
            return "refused";
        case State::rejected:
            return "rejected";
        case State::withdrawn:
            return "withdrawn";
        case State::expired:
            return "expired";
    }
    return "?";
}

State state_at(const Proposal& proposal, Instant now) {
    const bool is_late = proposal.state == State::open && is_over(proposal, now);
    return is_late ? State::expired : proposal.state;
}

std::string code_of(std::string_view use_case, std::string_view path, std::string_view body) {
    // Each with its length: no two calls have one text.
    std::string text;
    for (const auto part : {use_case, path, body}) {
        text += std::to_string(part.size()) + ":" + std::string{part};
    }
    return crypto::hex(crypto::view(crypto::sha256(text))).substr(0, 16);
}

Proposal propose(store::Tx& tx, const NewProposal& wanted, Instant now) {
    end_expired(tx, now);
    const auto code = code_of(wanted.use_case, wanted.path, wanted.body);
    if (auto before = same(tx, wanted, code, now)) return *std::move(before);
    LANGO_CHECK(!wanted.by.empty() && !wanted.use_case.empty(), "somebody proposes something");
    const auto written = tx.run(
        "INSERT INTO proposals (number, use_case, path, body, code, proposed_by, proposed_at, "
        "state, ended_by, outcome, merchant_id) "
        "SELECT COALESCE(MAX(number), 0) + 1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, '', '', ?8 FROM "
        "proposals",
        wanted.use_case, wanted.path, wanted.body, code, wanted.by, now,
        static_cast<int>(State::open),
        wanted.merchant ? std::optional{wanted.merchant->value()} : std::nullopt);
    LANGO_CHECK(written == 1, "a proposal is one row");
    const auto number = tx.first("SELECT MAX(number) FROM proposals",
                                 [](const store::Row& row) { return row.integer(0); });
    return find(tx, number.value_or(0)).value();
}

std::optional<Proposal> find(store::Reader& reader, std::int64_t number) {
    return reader.first("SELECT " LANGO_PROPOSAL_COLUMNS " FROM proposals WHERE number = ?1",
                        from_row, number);
}

std::vector<Proposal> open(store::Reader& reader, Instant now) {
    std::vector<Proposal> all;
    reader.each("SELECT " LANGO_PROPOSAL_COLUMNS
                " FROM proposals WHERE state = " LANGO_PROPOSAL_OPEN " ORDER BY number",
                [&](const store::Row& row) {
                    auto proposal = from_row(row);
                    if (!is_over(proposal, now)) all.push_back(std::move(proposal));
                });
    return all;
}

Agreed agree(store::Tx& tx, std::int64_t number, std::string_view who, std::string_view seen,
             Instant now) {
    const auto proposal = find(tx, number);
    if (!proposal) return Agreed::unknown;
    if (proposal->state != State::open) return Agreed::not_open;
    if (is_over(*proposal, now)) {
        end_as(tx, number, State::expired, "", now);
        return Agreed::expired;
    }
    if (proposal->proposed_by == who) return Agreed::own;
    const auto stands = code_of(proposal->use_case, proposal->path, proposal->body);
    if (proposal->code != seen || stands != seen) return Agreed::changed;
    LANGO_CHECK(!who.empty(), "somebody agrees");
    end_as(tx, number, State::agreed, who, now);
    return Agreed::yes;
}

void note_failure(store::Tx& tx, std::int64_t number, std::string_view why) {
    tx.run("UPDATE proposals SET outcome = ?2 WHERE number = ?1 AND state = ?3", number, why,
           State::agreed);
}

void end(store::Tx& tx, std::int64_t number, bool was_done, std::string_view outcome) {
    tx.run("UPDATE proposals SET state = ?2, outcome = ?3 WHERE number = ?1 AND state = ?4", number,
           static_cast<int>(was_done ? State::carried_out : State::refused), outcome,
           static_cast<int>(State::agreed));
}

void end_expired(store::Tx& tx, Instant now) {
    tx.run("UPDATE proposals SET state = ?3, ended_at = ?4 WHERE state = " LANGO_PROPOSAL_OPEN
           " AND (proposed_at < ?1 OR proposed_at > ?2)",
           now - lives, now + lives, State::expired, now);
}

bool reject(store::Tx& tx, std::int64_t number, std::string_view who, Instant now) {
    const auto proposal = find(tx, number);
    if (!proposal || proposal->state != State::open) return false;
    end_as(tx, number, proposal->proposed_by == who ? State::withdrawn : State::rejected, who, now);
    return true;
}

void withdraw_all(store::Tx& tx, std::string_view proposer, std::string_view who, Instant now) {
    tx.run(
        "UPDATE proposals SET state = ?3, ended_at = ?4, ended_by = ?2 WHERE proposed_by = ?1 AND "
        "state = " LANGO_PROPOSAL_OPEN,
        proposer, who, State::withdrawn, now);
}

}  // namespace lango::approvals
