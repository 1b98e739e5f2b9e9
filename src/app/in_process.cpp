#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <filesystem>

#include "app/admin.hpp"
#include "app/files.hpp"
#include "app/gateway.hpp"
#include "app/local_call.hpp"
#include "app/master_key_file.hpp"
#include "base/system_clock.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace lango::app {

namespace {

// Without a running gateway nobody could send the postback or answer the rail.
asio::awaitable<deposits::Observed> refuse_settle(DepositId, rails::Observation) {
    throw CallFailed{"a deposit is settled by the running gateway: start it with lango serve"};
    co_return deposits::Observed::ignored;
}

asio::awaitable<void> nothing() { co_return; }

http::Request request_of(http::Method method, const std::string& target, const std::string& body) {
    const auto question = target.find('?');
    http::Request request;
    request.method = method;
    request.path = target.substr(0, question);
    if (question != std::string::npos) request.query = target.substr(question + 1);
    request.body = body;
    return request;
}

}  // namespace

http::Response call_in_process(const ops::Config& config, http::Method method,
                               const std::string& target, const std::string& body) {
    auto options = database_options(config);
    options.threading = store::Threading::inline_;
    if (method == http::Method::get && !std::filesystem::exists(options.path)) {
        throw CallFailed{"there is no database in " + config.data.directory +
                         " (--data names another directory)"};
    }
    asio::io_context io;
    SystemClock clock{io.get_executor()};
    SystemRandom random;
    make_private_directory(config.data.directory);
    const auto master = load_or_make_master_key(config.data.directory, random);
    const auto store = store::open_sqlite(options, io.get_executor());
    IdSource ids{random};
    laws::Audit audit{{.store = *store, .clock = clock, .executor = io.get_executor()}, {}};
    const auto router = admin_routes({.store = *store,
                                      .clock = clock,
                                      .random = random,
                                      .master = master,
                                      .ids = ids,
                                      .refresh = nothing,
                                      .wake_postbacks = [](MerchantId) {},
                                      .settle = refuse_settle,
                                      .withdrawals = nullptr,
                                      .shortcode = config.rail.shortcode,
                                      .audit = &audit});
    const auto request = request_of(method, target, body);
    http::Response answer;
    std::exception_ptr failed;
    asio::co_spawn(io, router.handle(request),
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
