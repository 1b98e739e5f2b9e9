#include "app/retry_key.hpp"

#include <iostream>

#include "base/random.hpp"

namespace lango::app {

namespace {

constexpr std::size_t length = 20;

}  // namespace

void make_retry_key(std::string& key, const char* flag) {
    if (!key.empty()) return;
    key = SystemRandom{}.alphanumeric(length);
    std::cerr << "if no answer comes, ask again with " << flag << ' ' << key << std::endl;
}

}  // namespace lango::app
