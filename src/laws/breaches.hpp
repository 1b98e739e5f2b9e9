// What audits found, as rows.
#pragma once
#include <optional>
#include <vector>

#include "laws/findings.hpp"
#include "store/tx.hpp"

namespace lango::laws {

// "deposit 0198a3f2c4d5e6f7" of "deposit 0198a3f2c4d5e6f7 is paid and not booked".
[[nodiscard]] std::string subject_of(std::string_view said);

// All that an audit found.
[[nodiscard]] std::vector<Breach> breaches_of(const AuditResult& result);
// What stands after an audit that could not be kept: a law that says of a subject what it said when
// it was stored is as old, and as well known, as that.
[[nodiscard]] std::vector<Breach> standing(const AuditResult& result,
                                           const std::vector<Breach>& stored);
// Keeps a whole audit: what is not found any more goes, what is new comes; returns that. What a law
// says otherwise of a known subject is new, too: whoever knew that an account is off by a cent does
// not know that it is off by a million. The first audit of a database finds nothing new: what an
// earlier version left is told, and known.
[[nodiscard]] std::vector<Breach> keep(store::Tx& tx, const AuditResult& result);
[[nodiscard]] std::vector<Breach> stored_breaches(store::Reader& reader);
[[nodiscard]] std::optional<AuditResult> last_audit(store::Reader& reader);
// Of all that nobody knows of, as 16 hex digits: whoever acknowledges it says what they saw.
[[nodiscard]] std::string code_of(const std::vector<Breach>& breaches);
// How many nobody knew of. Nothing is acknowledged, and nothing returned, when what nobody knows of
// is not what was seen.
[[nodiscard]] std::optional<std::int64_t> acknowledge(store::Tx& tx, std::string_view who,
                                                      std::string_view seen, Instant now);

}  // namespace lango::laws
