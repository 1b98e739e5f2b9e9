// Calls that need a second person (approvals/proposal.hpp).
#pragma once
#include <string>

#include "approvals/proposal.hpp"
#include "backoffice/use_case.hpp"

namespace lango::backoffice {

// Whether this actor's call only proposes: the use case asks for agreement, and there is another
// person who could give it. While there is nobody else, one is enough, and the trail says who.
[[nodiscard]] http::asio::awaitable<bool> needs_another(SharedParts parts, const UseCase& use,
                                                        const Actor& actor);
// {"status":"ok","outcome":"proposed","proposal":7,"code":"..."}
[[nodiscard]] Answer propose(SharedParts parts, const UseCase& use, Call call);
// The same members in the same order, without blanks.
[[nodiscard]] std::string canonical(const json::Value& body);

}  // namespace lango::backoffice
