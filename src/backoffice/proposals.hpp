// Calls that need a second person (approvals/proposal.hpp).
#pragma once
#include <string>

#include "approvals/proposal.hpp"
#include "backoffice/use_case.hpp"

namespace lango::backoffice {

// Whether this call only proposes: the use case asks for agreement, it is not small enough for one,
// and there is another person who could agree, or was lately (people::has_another), of the same
// merchant where a merchant's person asks. While there is nobody else, one is enough, and the trail
// says who.
[[nodiscard]] http::asio::awaitable<bool> needs_another(SharedParts parts, const UseCase& use,
                                                        const Call& call);
// {"status":"ok","outcome":"proposed","proposal":7,"code":"..."}
[[nodiscard]] Answer propose(SharedParts parts, const UseCase& use, Call call);

}  // namespace lango::backoffice
