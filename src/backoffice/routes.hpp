// What people do: the same use cases (use_cases.cpp has the table of them), reached in the browser,
// through the running server's local socket or, when none runs, in the command's own process. Never
// the file behind its back.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "api/context.hpp"
#include "base/clock.hpp"
#include "base/crypto.hpp"
#include "base/random.hpp"
#include "deposits/observe.hpp"
#include "http/router.hpp"
#include "laws/audit.hpp"
#include "paybill/desk.hpp"
#include "rails/daraja/paybill_registration.hpp"
#include "recovery/careful_door.hpp"
#include "store/store.hpp"
#include "withdrawals/worker.hpp"

namespace lango::recovery {
class Restored;
}

namespace lango::backoffice {

// What operators do about money out as a whole. None of it while payouts are off, or in a command's
// own process.
class PayoutControl {
  public:
    virtual ~PayoutControl() = default;
    // That payouts leave from.
    [[nodiscard]] virtual std::int64_t shortcode() const = 0;
    // Asks the rail for the float now; the answer comes later. False: it cannot be asked.
    [[nodiscard]] virtual http::asio::awaitable<bool> ask_float() = 0;
    // What made the halt is mended: one payout tries, and when it is paid the others follow. seen:
    // the halt's code (withdrawals::halt_code). "": lifted. Else why not, for people: none is open,
    // it is not the one that was seen, or a law of money is broken.
    [[nodiscard]] virtual http::asio::awaitable<std::string> resume(std::string who,
                                                                    std::string seen) = 0;
};

struct AdminParts {
    store::Store& store;
    Clock& clock;
    Random& random;
    const crypto::MasterKey& master;
    IdSource& ids;
    std::function<http::asio::awaitable<void>()> refresh;
    std::function<void(MerchantId)> wake_postbacks;
    // What was set aside is due again, a merchant's postback for one.
    std::function<http::asio::awaitable<void>(std::optional<MerchantId>)> tried_again;
    // A message that was set aside is read.
    std::function<http::asio::awaitable<recovery::CarefulDoor::Again>(std::int64_t number)>
        read_again;
    std::function<http::asio::awaitable<deposits::Observed>(DepositId, rails::Observation,
                                                            store::Also also)>
        settle;
    PayoutControl* payouts = nullptr;
    // None where nothing can be paid out, and outside of a running gateway.
    const api::Payouts* withdrawals = nullptr;
    std::function<void()> wake_batches = {};          // one was released
    const merchants::Directory* merchants = nullptr;  // likewise none outside of one
    std::int64_t shortcode = 0;                       // that payers pay to
    // Both none in a command's own process: it could not be told of the rail's answer, nor tell a
    // merchant of his.
    std::function<http::asio::awaitable<rails::daraja::PaybillRegistration>()> register_paybill =
        {};
    paybill::Desk* desk = nullptr;
    laws::Audit* audit = nullptr;
    recovery::Restored* restored = nullptr;  // likewise none in a command's own process
    std::int64_t payout_shortcode = 0;       // that payouts leave from
    std::function<void(const http::Request&)> key_refused = {};  // an operator's
    Duration bookkeeping_for{};  // what was closed since may not be masked
    // Money in suspense up to this one person gives to an order alone.
    Money allocate_alone = Money::zero();
    std::string console_url = {};  // where invitations lead; "": there is no console
};

class Door;
// All use cases by one way in.
[[nodiscard]] http::Router routes_of(std::shared_ptr<const AdminParts> parts,
                                     std::shared_ptr<const Door> door);
// By name and key, by a session of `lango login`, by the program itself, or by nobody.
[[nodiscard]] std::shared_ptr<const Door> local_socket();
// By the local socket, and in a command's own process.
[[nodiscard]] http::Router admin_routes(AdminParts parts);

}  // namespace lango::backoffice
