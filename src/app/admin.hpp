// What operators do by the command line: the same endpoints, reached through the running server's
// local socket or, when none runs, in the command's own process. Never the file behind its back.
//
//   POST /admin/merchants                        {"slug","name", settings...} -> credentials
//   GET  /admin/merchants
//   GET  /admin/merchants/{slug}                 his settings, keys and when those were used
//   POST /admin/merchants/{slug}/rotate-secret   {"overlap":"24h"}; "0s": the old one ends now
//   POST /admin/merchants/{slug}/rotate-keys     likewise; every key anew -> credentials
//   POST /admin/merchants/{slug}/end-old-keys    those that are still good end now
//   POST /admin/merchants/{slug}/settings        {"setting":"value",...}
//   POST /admin/rates?source=                    a rate service's JSON
//   GET  /admin/rates
//   GET  /admin/verify                           every law, proved on the whole database
//   GET  /admin/verify/last                      when that was done last, and what was found
//   POST /admin/verify/acknowledge               {"as","key"}: a person knows of all that is found
//   GET  /admin/receipts?after=&limit=           what is booked, for comparing with the rail:
//                                                  `reads` is the receipt as the rail writes it
//   GET  /admin/balances
//   GET  /admin/payouts                          halt, float, what is under way
//   POST /admin/payouts/resume                   a person ends the halt
//   POST /admin/payouts/float                    asks the rail what it holds
//   GET  /admin/restore                          whether an older backup stands here
//   POST /admin/restore/mark                     a copy made before now is an older one
//   POST /admin/restore/lift                     {"as","key","seen"}: what was held goes out
//   POST /admin/restore/lost/{receipt}           {"as","key","merchant","amount"}: his payout
//   POST /admin/paybill/register                 tells the rail where it reaches us
//   POST /admin/paybill/references               {"order_id"}: what its payer is to type
//   GET  /admin/paybill/unmatched?after=&limit=  money in suspense, and claims that wait for proof
//   GET  /admin/paybill/unmatched/{receipt}      one of it, with orders that it may be for
//   POST /admin/paybill/unmatched/{receipt}/allocate  {"as","key","order_id"}: it is for that order
//   POST /admin/paybill/claims/{receipt}/book     {"as","key","note","amount"}: that money came
//   POST /admin/paybill/claims/{receipt}/dismiss  {"as","key","note"}: it did not
//   POST /admin/deposits/{order_id}/settle       {"receipt"}: a person has seen the money
//   GET  /admin/deposits/{order_id}              its story: events, what the rail said, postback
//   GET  /admin/deposits/attention?limit=        what a person must look at, oldest first
//   POST /admin/deposits/{order_id}/attended     a person has looked: off that list
//   POST /admin/postbacks/{payment}/resend       at once, whatever became of it; ids as order_id
//   GET  /admin/postbacks/exhausted?limit=       those that are given up, oldest first
//   GET  /admin/set-aside                        what a run died of: nobody tries it again
//   POST /admin/set-aside/{kind}/{id}/retry      tries it again
//   GET  /admin/operators                        who decides, and what was decided last
//   POST /admin/operators                        {"name"} -> his key, shown once
//   POST /admin/operators/{name}/remove
//   GET  /admin/withdrawals?state=               the latest
//   GET  /admin/withdrawals/{id}
//   POST /admin/withdrawals                      {"as","key","merchant","account_number",...}
//   POST /admin/withdrawals/batch                {"as","key","merchant","dry_run","rows":[...]}
//   POST /admin/withdrawals/{id}/approve         {"as","key","seen"}: the code of what was seen
//   POST /admin/withdrawals/{id}/reject          {"as","key","reason"}
//   POST /admin/withdrawals/{id}/settle          {"as","key","verdict","receipt","reason"}
//   POST /admin/person/export                    {"as","key","phone"}: all that names him
//   POST /admin/person/mask                      likewise: takes him out of what is over
//   GET  /admin/refunds?before=&limit=           the latest
//   GET  /admin/refunds/{id}                     a refund is a withdrawal: likewise approved, ...
//   POST /admin/refunds                          {"as","key","order_id" or "receipt","amount",
//                                                "method","phone","reason","retry_key"}
#pragma once
#include <functional>
#include <optional>

#include "api/context.hpp"
#include "app/careful_door.hpp"
#include "app/paybill_registration.hpp"
#include "base/clock.hpp"
#include "base/crypto.hpp"
#include "base/random.hpp"
#include "deposits/observe.hpp"
#include "http/router.hpp"
#include "laws/audit.hpp"
#include "paybill/desk.hpp"
#include "store/store.hpp"
#include "withdrawals/worker.hpp"

namespace lango::app {

class Payouts;
class Restored;

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
    std::function<http::asio::awaitable<CarefulDoor::Again>(std::int64_t number)> read_again;
    std::function<http::asio::awaitable<deposits::Observed>(DepositId, rails::Observation)> settle;
    Payouts* payouts = nullptr;  // none while payouts are off, and in a command's own process
    // None where nothing can be paid out, and outside of a running gateway.
    const api::Payouts* withdrawals = nullptr;
    const merchants::Directory* merchants = nullptr;  // likewise none outside of one
    std::int64_t shortcode = 0;                       // that payers pay to
    // Both none in a command's own process: it could not be told of the rail's answer, nor tell a
    // merchant of his.
    std::function<http::asio::awaitable<PaybillRegistration>()> register_paybill = {};
    paybill::Desk* desk = nullptr;
    laws::Audit* audit = nullptr;
    Restored* restored = nullptr;       // likewise none in a command's own process
    std::int64_t payout_shortcode = 0;  // that payouts leave from
    std::function<void(const http::Request&)> key_refused = {};  // an operator's
    Duration bookkeeping_for{};  // what was closed since may not be masked
};

[[nodiscard]] http::Router admin_routes(AdminParts parts);

}  // namespace lango::app
