#include "bench/load.hpp"

#include <stdexcept>

#include "bench/http_text.hpp"

namespace lango::bench {

Load::Load(EventLoop& loop, LoadOptions options)
    : loop_(loop), options_(std::move(options)), connections_(options_.connections) {
    for (auto& connection : connections_) {
        connection.socket = connect_local(options_.port);
        loop_.add(connection.socket, [this, &connection] { read(connection); });
        free_.push_back(&connection);
    }
    starts_.reserve(options_.count);
    latencies_.reserve(options_.count);
    began_ = Steady::now();
}

Steady::time_point Load::due(std::size_t index) const {
    if (options_.rate <= 0) return Steady::now();
    const std::chrono::duration<double> after{static_cast<double>(index) / options_.rate};
    return began_ + std::chrono::duration_cast<Steady::duration>(after);
}

Steady::time_point Load::next_due() const {
    if (sent_ == options_.count || free_.empty()) return Steady::time_point::max();
    return due(sent_);
}

void Load::pump() {
    while (sent_ < options_.count && !free_.empty()) {
        const auto at = due(sent_);
        if (at > Steady::now()) return;
        auto& connection = *free_.back();
        free_.pop_back();
        connection.due = at;
        starts_.push_back(at);
        if (!send_all(connection.socket, options_.requests(options_.first + sent_))) {
            throw std::runtime_error{"the gateway closed a connection"};
        }
        ++sent_;
    }
}

void Load::read(Connection& connection) {
    if (!receive(connection.socket, connection.buffer)) {
        if (answered()) return loop_.remove(connection.socket);  // idle while postbacks are awaited
        throw std::runtime_error{"the gateway closed a connection"};
    }
    const auto answer = first_message(connection.buffer);
    if (!answer) return;
    ended_ = Steady::now();
    latencies_.push_back(
        std::chrono::duration<double, std::micro>(ended_ - connection.due).count());
    if (!answer->body.starts_with(R"({"status":"ok")")) {
        if (refused_++ == 0) first_refusal_ = std::string{answer->body};
    }
    connection.buffer.clear();
    ++done_;
    free_.push_back(&connection);
    pump();
}

}  // namespace lango::bench
