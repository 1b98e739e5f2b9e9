// The use cases by a session of the console: who asks is its person, and a code of their phone
// stands for the key.
#pragma once
#include "backoffice/use_case.hpp"

namespace lango::console {

struct Desk;

class BrowserDoor final : public backoffice::Door {
  public:
    explicit BrowserDoor(Desk& desk) : desk_(desk) {}
    [[nodiscard]] http::asio::awaitable<backoffice::Known> who_asks(
        backoffice::SharedParts parts, const http::Request& request,
        json::Value& body) const override;
    [[nodiscard]] http::asio::awaitable<std::optional<http::Response>> step_up(
        backoffice::SharedParts parts, const backoffice::Call& call) const override;

  private:
    Desk& desk_;
};

}  // namespace lango::console
