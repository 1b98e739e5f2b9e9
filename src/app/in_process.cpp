#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <filesystem>

#include "app/gateway.hpp"
#include "app/local_call.hpp"
#include "app/mark_file.hpp"
#include "app/master_key_file.hpp"
#include "backoffice/routes.hpp"
#include "base/system_clock.hpp"
#include "merchants/payout_key.hpp"
#include "process/files.hpp"
#include "process/private_files.hpp"
#include "process/terminal.hpp"
#include "recovery/restored.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace lango::app {

namespace {

// Without a running gateway nobody could send the postback or answer the rail.
asio::awaitable<deposits::Observed> refuse_settle(DepositId, rails::Observation, store::Also) {
    throw CallFailed{"a deposit is settled by the running gateway: start it with lango serve"};
    co_return deposits::Observed::ignored;
}

asio::awaitable<recovery::CarefulDoor::Again> refuse_read(std::int64_t) {
    throw CallFailed{"a message is read by the running gateway: start it with lango serve"};
    co_return recovery::CarefulDoor::Again::kept;
}

asio::awaitable<void> nothing() { co_return; }

// A question tells nothing outside, and leaves no mark.
asio::awaitable<http::Response> answer_to(const http::Router& router, const http::Request& request,
                                          recovery::Restored& restored) {
    if (request.method == http::Method::get) co_return co_await router.handle(request);
    co_await restored.open();
    auto answer = co_await router.handle(request);
    co_await restored.stop();
    co_return answer;
}

// A database of before is read like one of now.
void seal_what_is_old(asio::io_context& io, store::Store& store, const crypto::MasterKey& master,
                      Random& random) {
    std::exception_ptr failed;
    asio::co_spawn(io, store.write([&](store::Tx& tx) {
        return merchants::ensure_payout_secret(tx, master, random);
    }),
                   [&](const std::exception_ptr& error, const Secret&) { failed = error; });
    io.run();
    io.restart();
    if (failed) std::rethrow_exception(failed);
}

http::Request request_of(http::Method method, const std::string& target, const std::string& body,
                         const Credentials& shown) {
    const auto question = target.find('?');
    http::Request request;
    request.method = method;
    request.path = target.substr(0, question);
    if (question != std::string::npos) request.query = target.substr(question + 1);
    request.body = body;
    for (auto& [name, value] : headers_of(shown)) request.headers.add(std::string{name}, value);
    return request;
}

}  // namespace

http::Response call_in_process(const ops::Config& config, http::Method method,
                               const std::string& target, const std::string& body,
                               const Credentials& shown) {
    auto options = database_options(config);
    options.threading = store::Threading::inline_;
    if (method == http::Method::get && !std::filesystem::exists(options.path)) {
        throw CallFailed{"there is no database in " + config.data.directory +
                         " (--data names another directory)"};
    }
    asio::io_context io;
    SystemClock clock{io.get_executor()};
    SystemRandom random;
    process::make_private_directory(config.data.directory);
    for (const auto& told : process::close_files(config)) {
        process::complain << "lango: " << told << '\n';
    }
    const auto master = load_or_make_master_key(config.data.directory, random);
    const auto store = store::open_sqlite(options, io.get_executor());
    seal_what_is_old(io, *store, master, random);
    IdSource ids{random};
    laws::Audit audit{{.store = *store, .clock = clock, .executor = io.get_executor()}, {}};
    MarkFile place{state_directory(config)};
    recovery::Restored restored{{.executor = io.get_executor(),
                                 .store = *store,
                                 .clock = clock,
                                 .random = random,
                                 .mark = &place,
                                 .route = [] { return rails::PayoutRoute{.knows_repeats = true}; },
                                 .begun = [] {},
                                 .lifted = [] {}}};
    const auto router = backoffice::admin_routes(
        {.store = *store,
         .clock = clock,
         .random = random,
         .master = master,
         .ids = ids,
         .refresh = nothing,
         .wake_postbacks = [](MerchantId) {},
         .tried_again = [](std::optional<MerchantId>) { return nothing(); },
         .read_again = refuse_read,
         .settle = refuse_settle,
         .withdrawals = nullptr,
         .shortcode = config.rail.shortcode,
         .audit = &audit,
         .restored = &restored,
         .payout_shortcode = config.payouts.shortcode,
         .bookkeeping_for = std::chrono::days{config.privacy.bookkeeping_days},
         .allocate_alone = Money::kes(config.approvals.allocate_alone_kes),
         .console_url = ops::console_url(config)});
    const auto request = request_of(method, target, body, shown);
    http::Response answer;
    std::exception_ptr failed;
    asio::co_spawn(io, answer_to(router, request, restored),
                   [&](const std::exception_ptr& error, http::Response response) {
                       failed = error;
                       answer = std::move(response);
                   });
    io.run();
    store->stop();
    if (failed) std::rethrow_exception(failed);
    return answer;
}

}  // namespace lango::app
