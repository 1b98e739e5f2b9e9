// A text that must not reach a log: prints as "***". reveal() is the named call.
#pragma once
#include <string>
#include <utility>

namespace lango {

class Secret {
  public:
    Secret() = default;
    explicit Secret(std::string value) : value_(std::move(value)) {}
    [[nodiscard]] const std::string& reveal() const { return value_; }
    [[nodiscard]] bool empty() const { return value_.empty(); }
    friend bool operator==(const Secret&, const Secret&) = default;

  private:
    std::string value_;
};

inline const char* format_as(const Secret&) { return "***"; }

}  // namespace lango
