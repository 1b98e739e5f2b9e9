// The two people with whom the sandbox's back office is tried out, so that what one proposes the
// other can agree to. They come in as everybody does: by an invitation, a password and a phone.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/json_writer.hpp"
#include "base/random.hpp"
#include "base/time.hpp"
#include "http/message.hpp"
#include "sandbox/demo_merchant.hpp"

namespace lango::sandbox {

struct SandboxPerson {
    std::string name;
    std::string password;
    std::string totp_secret;  // as it is typed into a phone
    std::string key;          // for the terminal; also in the file NAME.key

    // What their phone shows.
    [[nodiscard]] std::string code_at(Instant now) const;
};

struct SandboxDoors {
    AdminCall admin;
    std::function<boost::asio::awaitable<http::Response>(const http::Request&)> console;
    std::string url;  // of the console
};

// Makes them on the first start, and again when their file is gone or of another database.
[[nodiscard]] boost::asio::awaitable<std::vector<SandboxPerson>> sandbox_people(
    SandboxDoors doors, std::filesystem::path folder, Clock& clock, Random& random);

// {"name":"amina","password":"...","totp_secret":"...","key":"..."}
void write_login(json::Writer& writer, const SandboxPerson& person);

}  // namespace lango::sandbox
