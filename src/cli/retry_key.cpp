#include "cli/retry_key.hpp"

#include "base/random.hpp"
#include "process/terminal.hpp"

namespace lango::cli {

using process::complain;

namespace {

constexpr std::size_t length = 20;

}  // namespace

void make_retry_key(std::string& key, const char* flag) {
    if (!key.empty()) return;
    key = SystemRandom{}.alphanumeric(length);
    complain << "if no answer comes, ask again with " << flag << ' ' << key << '\n';
    complain.flush();
}

}  // namespace lango::cli
