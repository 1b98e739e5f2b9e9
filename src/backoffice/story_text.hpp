// What the stories of deposits and withdrawals share, as JSON.
#pragma once
#include <string>

#include "base/json_writer.hpp"
#include "postbacks/attempts.hpp"
#include "store/tx.hpp"

namespace lango::backoffice {

// "at" in UTC, "local" by the clock of a zone.
json::Writer& write_time(json::Writer& writer, Instant at, const std::string& zone);

// An object: what the merchant was told, each attempt, and when the next one comes.
void write_told(json::Writer& writer, const postbacks::Told& told, const std::string& zone);

// A list: every booking of a payment with its postings, in the order in which they were made.
void write_ledger(json::Writer& writer, store::Reader& reader, std::int64_t subject_id);

}  // namespace lango::backoffice
