#include "ops/process.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace lango::ops {

namespace {

std::string text_of(const char* path) {
    std::ifstream file{path};
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

// When the machine began: "btime 1764400000" in /proc/stat.
std::int64_t booted_unix_seconds() {
    std::istringstream words{text_of("/proc/stat")};
    for (std::string word; words >> word;) {
        std::int64_t seconds = 0;
        if (word == "btime" && words >> seconds) return seconds;
    }
    return 0;
}

}  // namespace

// proc(5), /proc/pid/stat: the name in brackets may hold anything, so fields count from behind it.
std::optional<ProcessLook> look_at_this_process() {
    const auto stat = text_of("/proc/self/stat");
    const auto end_of_name = stat.rfind(')');
    if (end_of_name == std::string::npos) return std::nullopt;
    std::istringstream fields{stat.substr(end_of_name + 1)};
    std::string skipped;
    std::int64_t user = 0, system = 0, started = 0, virtual_bytes = 0, resident_pages = 0;
    for (int field = 3; field < 14; ++field) fields >> skipped;
    fields >> user >> system;
    for (int field = 16; field < 22; ++field) fields >> skipped;
    fields >> started >> virtual_bytes >> resident_pages;
    if (!fields) return std::nullopt;
    const std::int64_t ticks = ::sysconf(_SC_CLK_TCK);
    ProcessLook look{.cpu = std::chrono::microseconds{(user + system) * 1'000'000 / ticks},
                     .resident_bytes = resident_pages * ::sysconf(_SC_PAGESIZE),
                     .virtual_bytes = virtual_bytes,
                     .open_files = 0,
                     .open_files_max = 0,
                     .started_unix_seconds = booted_unix_seconds() + started / ticks};
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator{"/proc/self/fd", error}) {
        static_cast<void>(entry);
        ++look.open_files;
    }
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        look.open_files_max = static_cast<std::int64_t>(limit.rlim_cur);
    }
    return look;
}

}  // namespace lango::ops
