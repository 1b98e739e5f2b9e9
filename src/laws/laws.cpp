#include "laws/laws.hpp"

#include "laws/texts.hpp"

namespace lango::laws {

ledger::Laws all() {
    static const LawList own = [] {
        LawList laws;
        add_bookings(laws);
        add_stories(laws);
        add_approvals(laws);
        add_refunds_told(laws);
        add_postbacks(laws);
        add_deliveries(laws);
        add_owners(laws);
        add_receipts(laws);
        add_settings(laws);
        add_answers(laws);
        add_counts(laws);
        return laws;
    }();
    static const auto list = [] {
        std::vector<const ledger::Invariant*> laws{ledger::laws().begin(), ledger::laws().end()};
        for (const auto& law : own) laws.push_back(law.get());
        return laws;
    }();
    return list;
}

}  // namespace lango::laws
