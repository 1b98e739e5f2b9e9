// The mark of what was told outside (restore/mark.hpp) as a file: STATE/lango.mark, mode 0600.
#pragma once
#include "process/private_files.hpp"
#include "restore/mark.hpp"

namespace lango::app {

using process::state_directory;

class MarkFile final : public restore::MarkPlace {
  public:
    explicit MarkFile(std::filesystem::path directory) : directory_(std::move(directory)) {}
    [[nodiscard]] std::optional<std::string> read() override;
    void write(const std::string& text) override;
    [[nodiscard]] std::string name() const override { return path().string(); }
    static constexpr const char* file_name = "lango.mark";

  private:
    [[nodiscard]] std::filesystem::path path() const { return directory_ / file_name; }
    std::filesystem::path directory_;
};

}  // namespace lango::app
