// What the rail sent and a run has kept (runs/message.hpp), on its way to its endpoint again or to
// a person.
#pragma once
#include <optional>
#include <string>

#include "base/crypto.hpp"
#include "http/message.hpp"
#include "runs/message.hpp"

namespace lango::recovery {

// As it came: its token is made again, and its digest proves that it came with one of ours. From
// `peer`, whom the door lets in. Nothing when no token of ours gives that digest.
[[nodiscard]] std::optional<http::Request> as_it_came(const runs::KeptMessage& kept,
                                                      const crypto::MasterKey& master,
                                                      const std::string& peer);
// In `lango unreadable list`. False: that takes no more in this hour.
[[nodiscard]] bool keep_for_a_person(store::Tx& tx, runs::Message message, std::string why,
                                     Instant now);

}  // namespace lango::recovery
