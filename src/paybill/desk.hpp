// The paybill's commands, each durable when it returns, with what follows once they are: the
// postback goes out, counts are counted, the rail's list is read sooner.
#pragma once
#include <functional>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "deposits/worker.hpp"
#include "paybill/claim_by_hand.hpp"
#include "paybill/intake.hpp"
#include "paybill/judge.hpp"
#include "runtime/task_group.hpp"
#include "store/store.hpp"

namespace lango::paybill {

namespace asio = boost::asio;

class Desk {
  public:
    struct Parts {
        store::Store& store;
        Clock& clock;
        const merchants::Directory& merchants;
        deposits::Observer& observer;
        Rules rules;
        std::function<void()> wake_sweep;  // the rail's list is to be read soon; may be empty
    };
    explicit Desk(Parts parts);

    // On the account of the payment's shortcode. When the books refuse it, the rail's words are
    // kept for a person before this throws why.
    [[nodiscard]] asio::awaitable<Taken> take(rails::PaybillPayment payment, Told told);
    // Whether a confirmation that came to the address of one shortcode may name this other one.
    [[nodiscard]] bool is_ours(std::int64_t shortcode) const;
    // The answer within `within`, whatever the store does: what is not known by then is taken, for
    // at worst it waits in suspense.
    [[nodiscard]] asio::awaitable<Verdict> judge(std::optional<rails::PaybillPayment> payment,
                                                 Duration within);
    // By an operator, whose trail tells it. Empty: done. Else why not, for people.
    [[nodiscard]] asio::awaitable<std::string> allocate(std::string receipt, DepositId order,
                                                        std::string who);
    // Likewise of a claim that nothing proves.
    [[nodiscard]] asio::awaitable<Result<Taken, std::string>> book_claim(ClaimByHand claim);
    [[nodiscard]] asio::awaitable<std::string> dismiss_claim(ClaimByHand claim);
    // The rail's list has news, somebody says: it is read soon. Nothing else follows from it.
    void hint_of_news() const {
        if (parts_.wake_sweep) parts_.wake_sweep();
    }
    // What cannot be read is kept for a person.
    [[nodiscard]] asio::awaitable<void> keep_unreadable(unreadable::Message message);
    // The same, of which nobody waits for the end.
    void keep_unreadable_beside(unreadable::Message message);

  private:
    Parts parts_;
    runtime::TaskGroup beside_;  // what outlives an answer that could not wait
};

}  // namespace lango::paybill
