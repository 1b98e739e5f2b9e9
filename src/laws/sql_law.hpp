// A law that is SQL alone. Each statement finds what breaks it, in rows of three columns: what it
// is, its id, and the words that follow: "deposit", 17, " is booked twice".
#pragma once
#include <span>

#include "ledger/invariants/invariant.hpp"

namespace lango::laws {

struct Finds {
    ledger::Slice::Walk walk;  // over which the two parameters of the statement run
    store::Sql sql;            // of Walk::whole: without parameters
};

struct SqlLawText {
    std::string_view name;
    std::string_view what;
    bool of_money;
    Finds counts;
    std::span<const Finds> finds;
};

class SqlLaw final : public ledger::Invariant {
  public:
    explicit SqlLaw(const SqlLawText& text) : text_(text) {}
    [[nodiscard]] std::string_view name() const override { return text_.name; }
    [[nodiscard]] std::string_view what() const override { return text_.what; }
    [[nodiscard]] bool is_of_money() const override { return text_.of_money; }
    void prove(store::Reader& reader, const ledger::Slice& slice,
               ledger::Proof& proof) const override;

  private:
    const SqlLawText& text_;
};

}  // namespace lango::laws
