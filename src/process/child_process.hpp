// This program once more, beside us: the sandbox's simulator.
#pragma once
#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace lango::process {

// Ends with us, whatever ends us.
class ChildProcess {
  public:
    // Before any thread was started. What the child says is appended to a log file. Throws
    // std::runtime_error.
    ChildProcess(const std::vector<std::string>& arguments, const std::filesystem::path& log);
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    [[nodiscard]] bool running();
    // SIGTERM, and waits; SIGKILL after five seconds.
    void stop();

  private:
    pid_t pid_ = -1;  // -1: gone and waited for
};

}  // namespace lango::process
