// Takes the person out of payments that are over (docs/operating/privacy.md). Amounts, receipts,
// times and bookings stay: they are the books. The number gives way to a keyed hash of itself, by
// which the same person's rows can still be found by who knows the number and has the master key.
// Raw messages of the rail give way to their SHA-256, bodies that nobody could read to the keyed
// hashes of the numbers in them (bodies.hpp): their SHA-256 stands beside them, by which the same
// body is known when it comes again.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/crypto.hpp"
#include "base/ids.hpp"
#include "base/msisdn.hpp"
#include "store/tx.hpp"

namespace lango::privacy {

// In place of a number: negative, so that nobody takes it for one.
[[nodiscard]] std::int64_t hidden_number(const crypto::MasterKey& master, Msisdn phone);
// In place of a number that is kept as a text.
[[nodiscard]] std::string hidden_text(const crypto::MasterKey& master, std::string_view phone);
[[nodiscard]] std::string hidden_text_of(std::int64_t hidden_number);
// To find what was masked: under today's key first, then under each one that stood before.
[[nodiscard]] std::vector<std::int64_t> hidden_numbers(const crypto::MasterKey& master,
                                                       Msisdn phone);

// unreadable: what the rail sent and nobody could read, which is over once a person has read it.
// lost: payouts of a row that a restored backup has not, over once a person has booked them.
// claims: money that nothing proved, over once it was booked or dismissed. in_work: messages of the
// rail that runs died of, over once a person has read them among the unreadable ones. messages: of
// the rail, under the id of a payment whose row is gone; the row is that id. batch_rows: of
// uploaded sheets, over with their batch and the withdrawal that was made of them.
enum class Table : std::int8_t {
    deposits = 1,
    withdrawals = 2,
    suspense = 3,
    unreadable = 4,
    lost = 5,
    claims = 6,
    in_work = 7,
    messages = 8,
    batch_rows = 9
};
// Claims first: one that names nobody is found by the number of the deposit that it is about.
// Rows of batches behind withdrawals: they are over when those are masked.
inline constexpr std::array tables{Table::claims,     Table::deposits, Table::withdrawals,
                                   Table::batch_rows, Table::suspense, Table::in_work,
                                   Table::unreadable, Table::lost,     Table::messages};

// Rows of a table, in the order of their ids, that were closed before a time and are not masked:
// whether they may be is mask()'s to say. Looks at no more than `looked_at` rows.
struct Candidates {
    std::vector<std::int64_t> ids;
    std::int64_t next = 0;  // go on behind this id
    bool more = false;
};
[[nodiscard]] Candidates candidates(store::Reader& reader, Table table, std::int64_t after,
                                    Instant closed_before, std::size_t looked_at);

// One write. False, and nothing changed: it is open, disputed (a person must look, money of it
// waits in suspense, a refund of it is under way), its merchant has yet to be told, it was closed,
// or came once more, at `closed_before` or later, or it is masked.
[[nodiscard]] bool mask(store::Tx& tx, const crypto::MasterKey& master, Table table,
                        std::int64_t id, Instant closed_before, Instant now);

}  // namespace lango::privacy
