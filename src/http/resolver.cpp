#include "http/resolver.hpp"

#include <netdb.h>
#include <netinet/in.h>

#include <boost/asio/post.hpp>
#include <cstring>
#include <utility>

#include "http/message.hpp"

namespace lango::http {

namespace {

constexpr std::size_t threads = 8;
constexpr std::chrono::seconds kept{30};
constexpr std::size_t kept_max = 10'000;

struct Found {
    std::vector<asio::ip::address> addresses;
    std::string error;
};

asio::ip::address address_of(const sockaddr& socket_address) {
    if (socket_address.sa_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, &socket_address, sizeof v4);
        return asio::ip::address_v4(ntohl(v4.sin_addr.s_addr));
    }
    sockaddr_in6 v6{};
    std::memcpy(&v6, &socket_address, sizeof v6);
    asio::ip::address_v6::bytes_type bytes;
    std::memcpy(bytes.data(), &v6.sin6_addr, bytes.size());
    return asio::ip::address_v6(bytes, v6.sin6_scope_id);
}

Found ask_system(const std::string& host) {
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_ADDRCONFIG;
    addrinfo* list = nullptr;
    Found found;
    const int failed = ::getaddrinfo(host.c_str(), nullptr, &hints, &list);
    if (failed != 0) {
        found.error = lowercase(::gai_strerror(failed));
        return found;
    }
    for (const addrinfo* entry = list; entry != nullptr; entry = entry->ai_next) {
        if (entry->ai_family == AF_INET || entry->ai_family == AF_INET6) {
            found.addresses.push_back(address_of(*entry->ai_addr));
        }
    }
    ::freeaddrinfo(list);
    if (found.addresses.empty()) found.error = "no address";
    return found;
}

std::shared_ptr<Lookup> known(const asio::ip::address& address) {
    auto lookup = std::make_shared<Lookup>();
    lookup->done = true;
    lookup->addresses.push_back(address);
    return lookup;
}

}  // namespace

Resolver::Resolver(asio::any_io_executor executor)
    : executor_(std::move(executor)), lookups_(std::make_shared<Lookups>()) {}

Resolver::~Resolver() {
    if (!threads_) return;
    threads_->stop();
    threads_->join();
}

std::shared_ptr<Lookup> Resolver::look_up(const std::string& host) {
    boost::system::error_code error;
    const auto literal = asio::ip::make_address(host, error);
    if (!error) return known(literal);
    if (host == "localhost" || host.ends_with(".localhost"))
        return known(asio::ip::address_v4::loopback());
    const auto now = std::chrono::steady_clock::now();
    if (lookups_->size() >= kept_max) forget_old(now);
    std::shared_ptr<Lookup>& lookup = (*lookups_)[host];
    if (lookup && (!lookup->done || now - lookup->answered < kept)) return lookup;
    lookup = std::make_shared<Lookup>();
    if (!threads_) threads_.emplace(threads);
    // The answer travels back to the executor's thread, which alone touches lookups.
    asio::post(*threads_, [host, executor = executor_, lookups = std::weak_ptr<Lookups>(lookups_)] {
        asio::post(executor, [host, lookups, found = ask_system(host)]() mutable {
            const auto still = lookups.lock();
            if (!still) return;
            const std::shared_ptr<Lookup> answered = still->at(host);
            answered->done = true;
            answered->answered = std::chrono::steady_clock::now();
            answered->addresses = std::move(found.addresses);
            answered->error = std::move(found.error);
            while (!answered->waiting.empty()) {
                Event& event = answered->waiting.front();
                answered->waiting.pop_front();
                event.happen();
            }
        });
    });
    return lookup;
}

void Resolver::forget_old(std::chrono::steady_clock::time_point now) {
    std::erase_if(*lookups_, [now](const auto& entry) {
        return entry.second->done && now - entry.second->answered >= kept;
    });
}

}  // namespace lango::http
