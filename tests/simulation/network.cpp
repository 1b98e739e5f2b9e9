#include "tests/simulation/network.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

namespace lango::simulation {

namespace {

using Unreached = Unexpected<http::ClientError>;

http::Request received(const http::ClientRequest& sent, std::string& authority) {
    http::Request request;
    request.method = sent.method;
    const auto scheme_end = sent.url.find("://") + 3;
    const auto path_at = sent.url.find('/', scheme_end);
    authority = sent.url.substr(scheme_end, path_at - scheme_end);
    const auto target = path_at == std::string::npos ? std::string{"/"} : sent.url.substr(path_at);
    const auto question = target.find('?');
    request.path = target.substr(0, question);
    if (question != std::string::npos) request.query = target.substr(question + 1);
    for (const auto& [name, value] : sent.headers) request.headers.add(name, value);
    request.body = sent.body;
    request.peer = "10.0.0.1";
    return request;
}

}  // namespace

void Network::host(std::string authority, http::Service service, Faults faults) {
    hosts_.insert_or_assign(std::move(authority), Host{std::move(service), faults});
}

asio::awaitable<Network::Outcome> Network::send(http::ClientRequest sent) {
    std::string authority;
    auto request = received(sent, authority);
    const auto found = hosts_.find(authority);
    const auto faults = found == hosts_.end() ? Faults{} : found->second.faults;
    const auto began = clock_.now();
    auto arrives = began + Duration{static_cast<std::int64_t>(random_.below(
                               static_cast<std::uint64_t>(faults.delay_max.count()) + 1))};
    const bool late = chance(faults.late_percent);
    if (late)
        arrives += Duration{static_cast<std::int64_t>(
            random_.below(static_cast<std::uint64_t>(faults.late_max.count())))};
    const bool lost = chance(faults.request_lost_percent);
    const bool reply_lost = chance(faults.reply_lost_percent);
    const bool doubled = chance(faults.doubled_percent);
    trace_.push_back(std::to_string(to_micros(began)) + " " + authority + request.path +
                     (lost ? " lost" : "") + (reply_lost ? " reply lost" : "") +
                     (doubled ? " doubled" : "") + (late ? " late" : ""));
    if (doubled && !lost) {
        asio::co_spawn(executor_, deliver_again(authority, request), asio::detached);
    }
    if (lost || arrives > began + sent.timeout) {
        if (!lost) asio::co_spawn(executor_, deliver_again(authority, request), asio::detached);
        co_await clock_.sleep_until(began + sent.timeout);
        co_return Unreached{
            http::ClientError{.reached = http::Reached::unknown, .message = "timeout"}};
    }
    co_await clock_.sleep_until(arrives);
    if (!hosts_.contains(authority)) {
        co_return Unreached{http::ClientError{.reached = http::Reached::not_sent,
                                              .message = "connect: connection refused"}};
    }
    auto outcome = co_await deliver(authority, std::move(request));
    const auto gives_up = began + sent.timeout;
    if (reply_lost || clock_.now() > gives_up) {
        co_await clock_.sleep_until(gives_up);
        co_return Unreached{
            http::ClientError{.reached = http::Reached::unknown, .message = "timeout"}};
    }
    co_return outcome;
}

asio::awaitable<Network::Outcome> Network::deliver(std::string authority, http::Request request) {
    ++travelling_;
    const auto service = hosts_.at(authority).service;
    const auto response = co_await service(request);
    --travelling_;
    http::ClientResponse answer;
    answer.status = response.status;
    for (const auto& [name, value] : response.headers) answer.headers.add(name, value);
    answer.body = response.body;
    co_return answer;
}

asio::awaitable<void> Network::deliver_again(std::string authority, http::Request request) {
    co_await clock_.sleep_until(clock_.now() +
                                std::chrono::seconds{1 + static_cast<int>(random_.below(40))});
    if (hosts_.contains(authority))
        static_cast<void>(co_await deliver(std::move(authority), std::move(request)));
}

}  // namespace lango::simulation
