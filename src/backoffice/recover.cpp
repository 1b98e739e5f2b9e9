#include "backoffice/recover.hpp"

#include "approvals/proposal.hpp"
#include "backoffice/call.hpp"
#include "people/people.hpp"

namespace lango::backoffice {

Result<std::string, std::string> recover(store::Tx& tx, const crypto::MasterKey& master,
                                         Random& random, Instant now, std::string_view name) {
    auto key = people::recover(tx, master, random, now, name, machine_name);
    if (!key) return Unexpected<std::string>{key.error().message};
    approvals::withdraw_all(tx, name, machine_name, now);
    return *std::move(key);
}

}  // namespace lango::backoffice
