#include "app/local_call.hpp"

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include "app/gateway.hpp"
#include "backoffice/call.hpp"
#include "http/response_reader.hpp"

namespace lango::app {

namespace {

using Socket = asio::local::stream_protocol::socket;

constexpr std::size_t answer_max = std::size_t{64} * 1024 * 1024;

std::string request_bytes(http::Method method, const std::string& target, const std::string& body,
                          const Credentials& shown) {
    std::string out = method == http::Method::post ? "POST " : "GET ";
    out += target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
    if (method == http::Method::post) {
        out += "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
               "\r\n";
    }
    for (const auto& [name, value] : headers_of(shown)) {
        out.append(name).append(": ").append(value).append("\r\n");
    }
    return out + "\r\n" + body;
}

http::Response read_answer(Socket& socket) {
    http::ResponseReader reader{answer_max, false};
    std::string received;
    std::array<char, 65'536> buffer{};
    while (reader.state() == http::ResponseReader::State::reading) {
        boost::system::error_code error;
        const auto got = socket.read_some(asio::buffer(buffer), error);
        if (error == asio::error::eof) {
            reader.end();
            break;
        }
        if (error) throw CallFailed{"the gateway did not answer: " + error.message()};
        received.append(buffer.data(), got);
        received.erase(0, reader.feed(received));
    }
    if (reader.state() != http::ResponseReader::State::complete) {
        throw CallFailed{
            "the gateway's answer was cut short: the command may have been carried out"};
    }
    auto answer = reader.take();
    return {.status = answer.status, .body = std::move(answer.body)};
}

}  // namespace

std::vector<std::pair<std::string_view, std::string>> headers_of(const Credentials& shown) {
    std::vector<std::pair<std::string_view, std::string>> headers;
    const auto add = [&](std::string_view name, const std::string& value) {
        if (!value.empty()) headers.emplace_back(name, value);
    };
    add(backoffice::name_header, shown.name);
    add(backoffice::key_header, shown.key);
    add(backoffice::session_header, shown.session);
    return headers;
}

http::Response call(const ops::Config& config, http::Method method, const std::string& target,
                    const std::string& body, const Credentials& shown) {
    const auto path = local_socket_path(config);
    asio::io_context io;
    Socket socket{io};
    boost::system::error_code error;
    // A path that is too long for a socket has no server behind it either.
    try {
        socket.connect(asio::local::stream_protocol::endpoint{path}, error);
    } catch (const boost::system::system_error& failed) {
        error = failed.code();
    }
    const bool nobody = error == asio::error::connection_refused ||
                        error == asio::error::name_too_long ||
                        error == boost::system::errc::no_such_file_or_directory;
    if (nobody) return call_in_process(config, method, target, body, shown);
    if (error) throw CallFailed{"cannot reach the gateway at " + path + ": " + error.message()};
    asio::write(socket, asio::buffer(request_bytes(method, target, body, shown)), error);
    if (error) throw CallFailed{"the gateway went away: " + error.message()};
    return read_answer(socket);
}

}  // namespace lango::app
