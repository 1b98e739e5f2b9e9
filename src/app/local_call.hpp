// An operator's command, carried out by the running gateway or, when none runs on this data
// directory, by the same code in this process (backoffice/use_cases.cpp lists the endpoints).
#pragma once
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/message.hpp"
#include "ops/config.hpp"

namespace lango::app {

// The command could not be carried out; the text is for people.
struct CallFailed : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// Who asks: by name and key, or by the token of a session; neither: whoever is at this machine.
struct Credentials {
    std::string name;
    std::string key;
    std::string session;
};

// As headers of a request.
[[nodiscard]] std::vector<std::pair<std::string_view, std::string>> headers_of(
    const Credentials& shown);

// target: path and query. Blocks until answered. Throws CallFailed.
[[nodiscard]] http::Response call(const ops::Config& config, http::Method method,
                                  const std::string& target, const std::string& body,
                                  const Credentials& shown);

// The second half of call(): opens the database itself. GET does not make one that is not there.
[[nodiscard]] http::Response call_in_process(const ops::Config& config, http::Method method,
                                             const std::string& target, const std::string& body,
                                             const Credentials& shown);

}  // namespace lango::app
