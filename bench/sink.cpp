#include "bench/sink.hpp"

#include <sys/socket.h>

#include <charconv>

#include "bench/http_text.hpp"

namespace lango::bench {

Sink::Sink(EventLoop& loop, std::uint16_t port, std::string marker, std::uint64_t first,
           std::size_t count)
    : loop_(loop),
      listener_(listen_local(port)),
      marker_(std::move(marker)),
      first_(first),
      arrivals_(count) {
    loop_.add(listener_, [this] { accept_all(); });
}

void Sink::accept_all() {
    while (true) {
        Descriptor socket{
            ::accept4(listener_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)};
        if (socket.get() < 0) return;
        auto connection = std::make_unique<Connection>();
        connection->socket = std::move(socket);
        auto& kept = *connection;
        connections_[kept.socket.get()] = std::move(connection);
        loop_.add(kept.socket, [this, &kept] { read(kept); });
    }
}

void Sink::read(Connection& connection) {
    static const std::string ok =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
        "15\r\n\r\n{\"status\":\"ok\"}";
    bool open = receive(connection.socket, connection.buffer);
    while (open) {
        const auto message = first_message(connection.buffer);
        if (!message) return;
        take(message->body);
        connection.buffer.erase(0, message->size());
        open = send_all(connection.socket, ok);
    }
    loop_.remove(connection.socket);
    connections_.erase(connection.socket.get());
}

void Sink::take(std::string_view body) {
    const auto at = body.find(marker_);
    std::uint64_t number = 0;
    if (at == body.npos) return;
    const auto digits = body.substr(at + marker_.size());
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc{} || number < first_ || number - first_ >= arrivals_.size()) return;
    auto& arrival = arrivals_[number - first_];
    if (arrival != Steady::time_point{}) {
        ++repeated_;
        return;
    }
    arrival = Steady::now();
    ++distinct_;
}

}  // namespace lango::bench
