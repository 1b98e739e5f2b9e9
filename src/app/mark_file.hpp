// The mark of what was told outside (restore/mark.hpp) as a file: STATE/lango.mark, mode 0600.
#pragma once
#include "ops/config.hpp"
#include "restore/mark.hpp"

namespace lango::app {

// data.state_directory, or beside the data directory where it is not set: people copy whole data
// directories.
[[nodiscard]] std::filesystem::path state_directory(const ops::Config& config);

class MarkFile final : public restore::MarkPlace {
  public:
    explicit MarkFile(std::filesystem::path directory) : directory_(std::move(directory)) {}
    [[nodiscard]] std::optional<std::string> read() override;
    void write(const std::string& text) override;
    [[nodiscard]] std::string name() const override { return path().string(); }

  private:
    [[nodiscard]] std::filesystem::path path() const { return directory_ / "lango.mark"; }
    std::filesystem::path directory_;
};

}  // namespace lango::app
