// A call as it is kept in a proposal, and read again: as bytes, which a hand in the database may
// have changed.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "approvals/proposal.hpp"
#include "backoffice/use_case.hpp"

namespace lango::backoffice {

// The same members in the same order, without blanks.
[[nodiscard]] std::string canonical(const json::Value& body);

struct ProposedCall {
    const UseCase* use;
    json::Value body;               // an object, of the table's fields
    std::vector<std::string> path;  // what stands in the braces of the use case's path
};
// Nothing where it is damaged: there is no such use case, its path is not that one's, or its body
// is no object of that one's fields.
[[nodiscard]] std::optional<ProposedCall> read(const approvals::Proposal& proposal);

}  // namespace lango::backoffice
