// What a load sends: the whole HTTP request of an order, by its number.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace lango::bench {

using Requests = std::function<std::string(std::uint64_t number)>;

// POST /api/v1/payment/create/mpesa, spread over merchants by their secrets. hot: nine of ten for
// the first one.
[[nodiscard]] Requests payments(std::vector<std::string> secrets, bool hot, std::string prefix);

struct Keys {
    std::string access_key;
    std::string private_key;
};
// POST /v2/withdrawal/create of KES 10 each, signed.
[[nodiscard]] Requests withdrawals(Keys keys, std::string prefix);

}  // namespace lango::bench
