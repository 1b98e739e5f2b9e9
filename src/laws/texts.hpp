// The laws of this folder, by the file that has them; for laws.cpp.
#pragma once
#include <array>
#include <memory>
#include <vector>

#include "laws/sql_law.hpp"

namespace lango::laws {

using LawList = std::vector<std::unique_ptr<ledger::Invariant>>;

void add_bookings(LawList& laws);
void add_owners(LawList& laws);
void add_deliveries(LawList& laws);
void add_stories(LawList& laws);
void add_approvals(LawList& laws);
void add_refunds_told(LawList& laws);
void add_postbacks(LawList& laws);
void add_receipts(LawList& laws);
void add_settings(LawList& laws);
void add_answers(LawList& laws);
void add_counts(LawList& laws);

}  // namespace lango::laws
