#include "paybill/claim_by_hand.hpp"

#include "deposits/deposit.hpp"
#include "ledger/ledger.hpp"
#include "people/trail.hpp"
#include "rails/receipt.hpp"
#include "suspense/claims.hpp"

namespace lango::paybill {

namespace {

// Claims have the form of today; what is booked may have one of before.
std::optional<suspense::Claim> claim_of(store::Reader& reader, const ClaimByHand& said) {
    auto claim = suspense::find_claim(reader, said.receipt);
    const auto read = rails::read_receipt(said.receipt);
    return claim || !read ? claim : suspense::find_claim(reader, *read);
}

// Empty when it may be done.
std::string objection(store::Tx& tx, const ClaimByHand& said,
                      const std::optional<suspense::Claim>& claim, Instant now) {
    if (said.note.empty()) return "Say what was seen, and where: --note TEXT.";
    if (said.note.size() > note_max) return "The note is longer than 500 bytes.";
    if (!claim) return "There is no such claim: lango paybill list.";
    if (ledger::is_used(tx, claim->receipt)) {
        suspense::settle_claim(tx, claim->receipt, now);
        return "That receipt is booked already.";
    }
    return {};
}

std::string objection_to_amount(const ClaimByHand& said, const suspense::Claim& claim) {
    if (claim.amount.is_zero()) {
        if (said.amount && *said.amount > Money::zero()) return {};
        return "M-PESA did not say how much it was: look at the portal, --amount.";
    }
    if (!said.amount || *said.amount == claim.amount) return {};
    return "The claim is of KES " + claim.amount.text() + ": leave --amount out.";
}

// 0: nobody knows. Claims of before kept none; that of their prompt may be known.
std::int64_t shortcode_of(store::Reader& reader, const suspense::Claim& claim) {
    if (claim.shortcode != 0 || !claim.about) return claim.shortcode;
    const auto prompted = deposits::find(reader, *claim.about);
    return prompted ? prompted->shortcode : 0;
}

}  // namespace

Result<IntakeOutcome, std::string> book_claim(store::Tx& tx, const ClaimByHand& said,
                                              const deposits::ObserveContext& context,
                                              Instant now) {
    const auto claim = claim_of(tx, said);
    auto why_not = objection(tx, said, claim, now);
    if (why_not.empty()) why_not = objection_to_amount(said, *claim);
    if (!why_not.empty()) return Unexpected<std::string>{std::move(why_not)};
    const auto amount = claim->amount.is_zero() ? *said.amount : claim->amount;
    auto outcome = take(tx,
                        {.receipt = claim->receipt,
                         .amount = amount,
                         .reference = claim->reference,
                         .prompted = claim->about,
                         .phone = claim->phone,
                         .order = {},
                         .shortcode = shortcode_of(tx, *claim),
                         .paid_at = claim->at,
                         .raw = "booked by hand: " + claim->receipt + " " + amount.text(),
                         .surely_prompted = claim->about.has_value()},
                        Told::person, context, now);
    if (outcome.what == Taken::unreadable) {
        return Unexpected<std::string>{"That is no receipt of M-PESA's."};
    }
    people::record(tx, now, said.who, "claim booked", claim->receipt,
                   "KES " + amount.text() + ": " + said.note);
    return outcome;
}

std::string dismiss_claim(store::Tx& tx, const ClaimByHand& said, Instant now) {
    const auto claim = claim_of(tx, said);
    if (auto why_not = objection(tx, said, claim, now); !why_not.empty()) return why_not;
    if (!suspense::dismiss_claim(tx, claim->receipt, now)) return "It was dismissed before.";
    people::record(tx, now, said.who, "claim dismissed", claim->receipt, said.note);
    return {};
}

}  // namespace lango::paybill
