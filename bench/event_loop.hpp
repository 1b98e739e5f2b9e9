// epoll, as little of it as a load generator needs: one thread, callbacks by descriptor, one timer.
// Not Asio, so that the tool that measures costs less than what it measures.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>

namespace lango::bench {

using Steady = std::chrono::steady_clock;

// Owns a descriptor.
class Descriptor {
  public:
    explicit Descriptor(int fd = -1) : fd_(fd) {}
    Descriptor(Descriptor&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
    Descriptor& operator=(Descriptor&& other) noexcept;
    ~Descriptor();
    [[nodiscard]] int get() const { return fd_; }

  private:
    int fd_;
};

// Connected to 127.0.0.1:port, non-blocking, without Nagle's delay. Throws std::system_error.
[[nodiscard]] Descriptor connect_local(std::uint16_t port);
// Listening on 127.0.0.1; port 0 takes a free one. Throws std::system_error.
[[nodiscard]] Descriptor listen_local(std::uint16_t port);
[[nodiscard]] std::uint16_t local_port(const Descriptor& listener);
// Appends what has arrived. False: the peer has closed or reset.
[[nodiscard]] bool receive(const Descriptor& socket, std::string& into);
// Sends all of it; what is sent here always fits the socket's buffer. False: the peer is gone.
[[nodiscard]] bool send_all(const Descriptor& socket, const std::string& text);

class EventLoop {
  public:
    EventLoop();
    // Calls `ready` whenever there is something to read. The descriptor must be removed before it
    // is closed.
    void add(const Descriptor& socket, std::function<void()> ready);
    void remove(const Descriptor& socket);
    // Waits for descriptors, at most until `until`, and calls what is ready.
    void step(Steady::time_point until);

  private:
    Descriptor epoll_;
    std::unordered_map<int, std::function<void()>> ready_;
};

}  // namespace lango::bench
