// What is asked of another server, and what comes back.
#pragma once
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "base/time.hpp"
#include "http/message.hpp"

namespace lango::http {

struct ClientRequest {
    Method method = Method::post;
    std::string url;  // http(s)://host[:port]/path?query
    std::vector<std::pair<std::string, std::string>>
        headers;  // Host and Content-Length come by themselves
    std::string body;
    Duration timeout =
        std::chrono::seconds{10};  // the whole exchange, waiting for a connection included
    std::size_t body_max =
        std::size_t{64} * 1024;  // of the answer; what is longer is cut and flagged
    bool guard_address =
        true;  // refuse private and loopback targets unless the installation allows them
};

struct ClientResponse {
    int status = 0;
    Headers headers;
    std::string body;
    bool truncated = false;
};

// Whether the request may have reached the other side. not_sent is certain: nothing of the request
// was written to a connection that the peer could read whole. unknown is everything else.
enum class Reached { not_sent, unknown };

struct ClientError {
    Reached reached = Reached::unknown;
    std::string
        message;  // for logs and the attempt's record: "connect: connection refused", "timeout"
};

}  // namespace lango::http
