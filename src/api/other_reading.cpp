#include "api/other_reading.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "api/text.hpp"
#include "base/trim.hpp"

namespace lango::api {

namespace {

// Of a place in the text: what may follow from there on. Bits, so that two sets are joined by "|".
enum Test : unsigned { none = 0, real = 1, test = 2 };

unsigned test_of(std::string_view value) {
    if (value.empty() || value == "0") return real;
    return value == "1" ? test : none;
}

// The page's fields are signed in the order of their names: account_number, amount, comment,
// currency_code, is_test, label, payment_system, withdrawal_id. Its sister systems have
// account_email and account_name in front, bank_details before comment, payment_details and
// payments_details around payment_system: those may hold whatever stands at their place. So with
// known names only recipient and amount stand side by side, and so do currency, test and label;
// with unknown ones anything may stand between any two.
class Text {
  public:
    Text(std::string_view text, const AmountLimits& limits, std::size_t& work)
        : limits_(limits), work_(work) {
        for (std::size_t begin = 0; begin <= text.size();) {
            const auto end = std::min(text.find(':', begin), text.size());
            values_.push_back(text.substr(begin, end - begin));
            begin = end + 1;
        }
    }

    // From the last value to the first, what each place begins is known once what follows is.
    bool means_other_than(const Meaning& meaning) {
        find_ends();
        const auto known = look(meaning, true);
        return known.any ? known.other : look(meaning, false).other;
    }

  private:
    struct Found {
        bool any = false;
        bool other = false;
    };

    // A label of one value or, where that one is blank, of two; more are only longer. It is read as
    // withdrawal_fields.cpp reads it.
    bool is_label(std::size_t at) const {
        if (at >= values_.size()) return false;
        const auto one = trimmed(values_[at]);
        if (!one.empty()) return characters(one) <= label_max;
        if (at + 1 >= values_.size()) return false;
        const auto* begin = values_[at].data();
        const auto* end = values_[at + 1].data() + values_[at + 1].size();
        return characters(trimmed({begin, static_cast<std::size_t>(end - begin)})) <= label_max;
    }

    void find_ends() {
        labels_.assign(values_.size() + 1, false);
        std::optional<std::size_t> system;
        for (std::size_t at = values_.size(); at-- > 0;) {
            ++work_;
            const auto behind = at + (trimmed(values_[at]).empty() ? 2 : 1);
            labels_[at] = system && behind <= *system && is_label(at);
            if (!system && values_[at] == "mpesa") system = at;
        }
    }

    std::optional<Money> amount_of(std::string_view value) const {
        const auto number = text_amount(value);
        const auto money = number ? Money::from_decimal(*number, Currency::kes()) : std::nullopt;
        const bool good =
            money && money->is_whole() && *money >= limits_.min && *money <= limits_.max;
        return good ? money : std::nullopt;
    }

    Found look(const Meaning& meaning, bool side_by_side) {
        Found found;
        bool label = false;     // one begins at the next value, or somewhere behind it
        unsigned tests = none;  // likewise: is_test and all that follows it
        unsigned ends = none;   // likewise, anywhere behind: currency_code and all that follows
        bool amount = false;    // likewise: amount and all that follows
        bool other = false;     // likewise, of another amount or is_test
        for (std::size_t at = values_.size(); at-- > 0;) {
            ++work_;
            const auto value = values_[at];
            if (amount) {
                if (const auto phone = Msisdn::parse(value)) {
                    found.any = true;
                    found.other = found.other || other || *phone != meaning.recipient;
                }
            }
            const auto money = ends != none ? amount_of(value) : std::nullopt;
            const auto mine = meaning.is_test ? test : real;
            const bool is_other = money && (*money != meaning.amount || (ends & ~mine) != none);
            amount = money.has_value() || (amount && !side_by_side);
            other = is_other || (other && !side_by_side);
            if (value == "KES") ends |= tests;
            tests = (label ? test_of(value) : none) | (side_by_side ? none : tests);
            label = labels_[at] || (label && !side_by_side);
        }
        return found;
    }

    const AmountLimits& limits_;
    std::size_t& work_;
    std::vector<std::string_view> values_;
    std::vector<bool> labels_;  // a label begins here, and a payment system follows behind it
};

}  // namespace

bool has_other_reading(std::string_view text, const Meaning& meaning, const AmountLimits& limits,
                       std::size_t* work) {
    std::size_t uncounted = 0;
    return Text{text, limits, work == nullptr ? uncounted : *work}.means_other_than(meaning);
}

}  // namespace lango::api
