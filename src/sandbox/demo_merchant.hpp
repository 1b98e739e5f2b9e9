// The sandbox's merchant "demo" and his keys, which only the sandbox's data directory keeps.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <filesystem>
#include <functional>
#include <string>

#include "http/message.hpp"

namespace lango::sandbox {

struct DemoMerchant {
    std::string slug, secret, access_key, private_access_key, private_key, webhook_secret;
};

// An operator's request (backoffice/use_cases.cpp); throws unless it was answered "ok".
using AdminCall = std::function<boost::asio::awaitable<std::string>(
    http::Method method, std::string path, std::string body)>;

// Creates him on the first start and keeps his keys in `file`. When the file is gone, damaged or of
// another database, for instance because an earlier start was killed between the two, he is given
// new keys: nothing else shows the old ones again.
[[nodiscard]] boost::asio::awaitable<DemoMerchant> demo_merchant(AdminCall admin,
                                                                 std::filesystem::path file);

}  // namespace lango::sandbox
