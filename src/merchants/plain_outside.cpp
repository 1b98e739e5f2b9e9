#include "merchants/plain_outside.hpp"

#include <boost/asio/ip/address.hpp>
#include <string>

namespace lango::merchants {

bool is_plain_outside(std::string_view url) {
    constexpr std::string_view scheme = "http://";
    if (!url.starts_with(scheme)) return false;
    auto host = url.substr(scheme.size());
    host = host.substr(0, host.find_first_of("/?#"));
    host = host.substr(host.rfind('@') + 1);
    if (host.starts_with('[')) {
        host = host.substr(1, host.find(']') - 1);
    } else {
        host = host.substr(0, host.find(':'));
    }
    if (host == "localhost" || host.ends_with(".localhost")) return false;
    boost::system::error_code error;
    const auto address = boost::asio::ip::make_address(std::string{host}, error);
    return error || !address.is_loopback();
}

}  // namespace lango::merchants
