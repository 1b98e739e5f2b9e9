// What is kept of one person, by his number (Kenya Data Protection Act 2019, section 26).
#pragma once
#include <string>

#include "privacy/mask.hpp"

namespace lango::privacy {

// Everything that names him, as JSON: payments both ways, what the rail said of them, money in
// suspense, rows of uploaded sheets, claims that nothing proved yet or ever, payouts that a
// restored backup has lost, what was said of payments whose row is gone, merchants who have paid
// him, prompts of the last hours, and what could not be read, or is still to be read, and has his
// whole number in it. Masked rows of his are found by the keyed hash, under keys of before, too.
// Reads every row.
[[nodiscard]] std::string exported(store::Reader& reader, const crypto::MasterKey& master,
                                   Msisdn phone, Instant now);

// Ids of his rows in a table, that are not masked; of orders those that he paid by paybill, too.
[[nodiscard]] std::vector<std::int64_t> rows_of(store::Reader& reader, Table table, Msisdn phone);

struct MaskedPerson {
    std::int64_t masked = 0;
    std::int64_t kept = 0;  // open, disputed, or too young
};
// All of his rows that may be masked, and what merchants remember of him as a recipient.
[[nodiscard]] MaskedPerson mask_person(store::Tx& tx, const crypto::MasterKey& master, Msisdn phone,
                                       Instant closed_before, Instant now);

}  // namespace lango::privacy
