// For tests: a disk that takes its time.
#pragma once
#include <memory>
#include <utility>
#include <vector>

#include "api/service.hpp"
#include "base/clock.hpp"
#include "store/store.hpp"

namespace lango::api::test {

// Keeps commands back until it is told to let them go.
class SlowStore final : public store::Store {
  public:
    explicit SlowStore(store::Store& real) : real_(real) {}
    bool slow = false;
    void catch_up() {
        slow = false;
        for (auto& command : std::exchange(waiting_, {})) real_.submit(std::move(command));
    }
    [[nodiscard]] std::optional<std::string> trouble() const override { return real_.trouble(); }
    [[nodiscard]] store::Stats stats() const override { return real_.stats(); }
    void stop() override { real_.stop(); }
    void submit(std::unique_ptr<store::Command> command) override {
        if (slow)
            waiting_.push_back(std::move(command));
        else
            real_.submit(std::move(command));
    }
    void submit(std::unique_ptr<store::Query> query) override { real_.submit(std::move(query)); }
    [[nodiscard]] asio::any_io_executor executor() const override { return real_.executor(); }

  private:
    store::Store& real_;
    std::vector<std::unique_ptr<store::Command>> waiting_;
};

}  // namespace lango::api::test
