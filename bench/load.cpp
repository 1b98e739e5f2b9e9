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
        if (!send_all(connection.socket, request(options_.first + sent_))) {
            throw std::runtime_error{"the gateway closed a connection"};
        }
        ++sent_;
    }
}

std::string Load::request(std::uint64_t number) const {
    // Phones that end in 100 to 999 simply pay (simulator/README.md); no two prompts on one phone.
    const auto phone = 254'700'000'000 + number / 900 * 1000 + 100 + number % 900;
    const auto merchants = options_.secrets.size();
    const bool hot = options_.hot && number % 10 != 0;
    const auto& secret = options_.secrets[hot ? 0 : number / (options_.hot ? 10 : 1) % merchants];
    const auto body = R"({"amount":)" + std::to_string(10 + number % 5000) +
                      R"(,"phone_number":")" + std::to_string(phone) +
                      R"(","currency":"KES","label":"user-)" + std::to_string(number % 100'000) +
                      R"(","custom_transaction_id":")" + options_.prefix + std::to_string(number) +
                      R"("})";
    return "POST /api/v1/payment/create/mpesa?secret=" + secret +
           " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + body;
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
