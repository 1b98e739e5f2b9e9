// How the gateway's runs follow each other (runs/run.hpp): what a start does about the death of the
// run before it, and what a person does about what was set aside then.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/ids.hpp"
#include "ops/metrics.hpp"
#include "runs/run.hpp"

namespace lango::recovery {

// Begins the run, and sets aside what went alone when the one before it died.
[[nodiscard]] runs::Begun begin_run(store::Tx& tx, Instant now);
// In the log and the metrics.
void notice_run(const runs::Begun& begun, ops::Metrics* metrics);

// Of every kind, those of which there is none as well.
using SetAsideCounts = std::map<runs::Kind, std::int64_t>;
[[nodiscard]] SetAsideCounts count_set_aside(store::Reader& reader);
// As people name it: 16 hex digits of a payment, or a message's number.
[[nodiscard]] std::string text_of(runs::Subject subject);

struct TriedAgain {
    std::optional<MerchantId> merchant = std::nullopt;  // whose postbacks are due
};
// A person has it tried again. Nothing when it was not set aside, and of messages:
// CarefulDoor::read_again.
[[nodiscard]] std::optional<TriedAgain> try_again(store::Tx& tx, runs::Subject subject,
                                                  std::string_view who, Instant now);

}  // namespace lango::recovery
