// Whom an address stands for, when something is counted by callers: of IPv6 one customer has not
// one address but 2^64 of them.
#pragma once
#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace lango::http {

// What an address is counted by: IPv4 by itself, however it is written; IPv6 by /64, which is one
// customer's, and by /48, which is one site's and may do `site_factor` times as much. What is no
// address is counted by itself.
inline constexpr int site_factor = 8;
struct Network {
    std::string key;
    int factor = 1;
};
[[nodiscard]] std::vector<Network> networks(const std::string& address);

// How much each network has of something.
class NetworkCounts {
  public:
    // Whether one more for this address stays within so many for each of its networks.
    [[nodiscard]] bool has_place(const std::string& address, std::size_t most) const;
    void add(const std::string& address);
    // Of what was added for this address.
    void remove(const std::string& address);
    [[nodiscard]] bool empty() const { return counts_.empty(); }

  private:
    std::map<std::string, std::size_t, std::less<>> counts_;
};

}  // namespace lango::http
