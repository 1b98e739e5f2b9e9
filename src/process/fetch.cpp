#include "process/fetch.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <optional>
#include <stdexcept>

#include "http/beast_client.hpp"

namespace lango::process {

std::string fetch(const std::string& url) {
    using namespace std::chrono_literals;
    http::asio::io_context io;
    http::BeastClient client{io.get_executor(), {}};
    http::ClientRequest request;
    request.method = http::Method::get;
    request.url = url;
    request.timeout = 60s;
    request.body_max = std::size_t{64} * 1024 * 1024;
    request.guard_address = false;  // a person at this machine asked for it
    std::optional<Result<http::ClientResponse, http::ClientError>> answer;
    std::exception_ptr failed;
    http::asio::co_spawn(io, client.send(std::move(request)),
                         [&](const std::exception_ptr& error, auto result) {
                             failed = error;
                             answer.emplace(std::move(result));
                             io.stop();  // the connection kept for later has no later
                         });
    io.run();
    if (failed) std::rethrow_exception(failed);
    if (!answer || !*answer) {
        throw std::runtime_error{url + ": " + (answer ? answer->error().message : "no answer")};
    }
    if ((*answer)->status != 200) {
        throw std::runtime_error{url + " answered " + std::to_string((*answer)->status)};
    }
    if ((*answer)->truncated) throw std::runtime_error{url + " answered more than 64 MiB"};
    return std::move((*answer)->body);
}

}  // namespace lango::process
