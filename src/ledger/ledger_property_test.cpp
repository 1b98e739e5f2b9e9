// Any series of operations leaves the book as a few sums in this file say, and every law holds.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>

#include "ledger/invariants/invariant.hpp"
#include "ledger/ledger_fixture.hpp"

namespace lango::ledger {
namespace {

using test::fees;
using test::merchant;
using test::minor;
using test::rail;
using test::suspense;

enum class Kind { pay, suspend, withdraw, hold, release, capture };

struct Step {
    Kind kind;
    std::int64_t subject;  // few, so that payments meet themselves
    std::int64_t receipt;  // few as well
    std::int64_t amount;
    std::int64_t fee_percent;
};

std::ostream& operator<<(std::ostream& out, const Step& step) {
    static constexpr std::array names{"pay", "suspend", "withdraw", "hold", "release", "capture"};
    return out << names.at(static_cast<std::size_t>(step.kind)) << " subject " << step.subject
               << " receipt " << step.receipt << " amount " << step.amount << " fee "
               << step.fee_percent << '%';
}

rc::Gen<Step> steps() {
    return rc::gen::build<Step>(
        rc::gen::set(&Step::kind, rc::gen::element(Kind::pay, Kind::suspend, Kind::withdraw,
                                                   Kind::hold, Kind::release, Kind::capture)),
        rc::gen::set(&Step::subject, rc::gen::inRange<std::int64_t>(1, 9)),
        rc::gen::set(&Step::receipt, rc::gen::inRange<std::int64_t>(1, 12)),
        rc::gen::set(&Step::amount, rc::gen::inRange<std::int64_t>(1, 25'000'000)),
        rc::gen::set(&Step::fee_percent, rc::gen::inRange<std::int64_t>(0, 101)));
}

// What the book must come to; nothing of it is read from the database.
struct Model {
    std::int64_t rail = 0, merchant = 0, fees = 0, suspense = 0, held = 0;
    std::map<std::int64_t, std::int64_t> open;  // holds by subject
    std::set<std::int64_t> ever_held;
    std::set<std::int64_t> paid, suspended, withdrawn;
    std::set<std::int64_t> receipts;

    Booked expect(std::set<std::int64_t>& done, const Step& step) {
        if (done.contains(step.subject)) return Booked::already;
        if (receipts.contains(step.receipt)) return Booked::receipt_used;
        done.insert(step.subject);
        receipts.insert(step.receipt);
        return Booked::now;
    }
};

std::string receipt_of(const Step& step) { return "R" + std::to_string(step.receipt); }

void pay(test::Book& book, Model& model, const Step& step) {
    const auto fee = step.amount * step.fee_percent / 100;
    const auto expected = model.expect(model.paid, step);
    RC_ASSERT(book.pay(step.subject, minor(step.amount), minor(fee), receipt_of(step)) == expected);
    if (expected != Booked::now) return;
    book.write([&](store::Tx& tx) {
        test::insert_deposit(tx, step.subject, minor(step.amount), receipt_of(step));
    });
    model.rail -= step.amount;
    model.merchant += step.amount - fee;
    model.fees += fee;
}

void suspend(test::Book& book, Model& model, const Step& step) {
    const auto subject = step.subject + 100;
    const auto expected = model.expect(model.suspended, {step.kind, subject, step.receipt, 0, 0});
    RC_ASSERT(book.to_suspense(subject, minor(step.amount), receipt_of(step)) == expected);
    if (expected != Booked::now) return;
    model.rail -= step.amount;
    model.suspense += step.amount;
}

void withdraw(test::Book& book, Model& model, const Step& step) {
    const auto subject = step.subject + 200;
    const std::vector<Posting> postings{{merchant, minor(-step.amount)},
                                        {rail, minor(step.amount)}};
    const auto receipt = "W" + std::to_string(subject);
    const bool done = model.withdrawn.contains(subject);
    if (!done && step.amount > model.merchant - model.held) {
        RC_ASSERT_THROWS_AS(book.book(subject, postings, receipt, Outcome::deposit_to_suspense),
                            LawBroken);
        return;
    }
    RC_ASSERT(book.book(subject, postings, receipt, Outcome::deposit_to_suspense) ==
              (done ? Booked::already : Booked::now));
    if (done) return;
    model.withdrawn.insert(subject);
    model.merchant -= step.amount;
    model.rail += step.amount;
}

void hold(test::Book& book, Model& model, const Step& step) {
    const auto subject = step.subject + 300;
    if (model.ever_held.contains(subject)) return;
    const bool fits = step.amount <= model.merchant - model.held;
    RC_ASSERT(book.hold(subject, minor(step.amount)) == fits);
    if (!fits) return;
    model.ever_held.insert(subject);
    model.open[subject] = step.amount;
    model.held += step.amount;
}

void end_hold(test::Book& book, Model& model, const Step& step) {
    const auto found = model.open.find(step.subject + 300);
    if (found == model.open.end()) return;
    const auto [subject, amount] = *found;
    if (step.kind == Kind::release) {
        book.release(subject);
    } else {
        RC_ASSERT(book.capture(subject, minor(amount)) == Booked::now);
        model.merchant -= amount;
        model.rail += amount;
    }
    model.held -= amount;
    model.open.erase(found);
}

void apply(test::Book& book, Model& model, const Step& step) {
    switch (step.kind) {
        case Kind::pay:
            return pay(book, model, step);
        case Kind::suspend:
            return suspend(book, model, step);
        case Kind::withdraw:
            return withdraw(book, model, step);
        case Kind::hold:
            return hold(book, model, step);
        case Kind::release:
        case Kind::capture:
            return end_hold(book, model, step);
    }
}

RC_GTEST_PROP(Ledger, IsWhatAFewSumsSayAfterAnySeries, ()) {
    test::Book book;
    book.write(test::insert_rates);
    Model model;
    for (const auto& step : *rc::gen::container<std::vector<Step>>(steps())) {
        apply(book, model, step);
    }
    using Stands = std::pair<std::int64_t, std::int64_t>;
    RC_ASSERT(book.stands(rail) == Stands(model.rail, 0));
    RC_ASSERT(book.stands(merchant) == Stands(model.merchant, model.held));
    RC_ASSERT(book.stands(fees) == Stands(model.fees, 0));
    RC_ASSERT(book.stands(suspense) == Stands(model.suspense, 0));
    RC_ASSERT(model.rail + model.merchant + model.fees + model.suspense == 0);
    RC_ASSERT(book.broken_laws() == "");
}

}  // namespace
}  // namespace lango::ledger
