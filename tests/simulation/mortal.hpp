// A gateway that can be killed before and after every step that anybody else could notice: each
// write, each request that it sends, each that it receives. An undisturbed life gives the list of
// steps; replaying it with a death at each of them leaves none out.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "http/client.hpp"
#include "http/router.hpp"
#include "store/store.hpp"

namespace lango::simulation {

namespace asio = boost::asio;

struct Death {
    std::size_t step = 0;  // counted from 0
    bool after = false;    // its effect stands, and the gateway never learns of it
};

// What happened, and what is to happen. Outlives all lives.
struct Script {
    bool recording = false;
    std::optional<Death> death;  // happens once, while recording
    std::vector<std::string> steps;
};

// One life of the gateway: what it sees of the outside. Once dead, all it does comes to nothing.
class Life {
  public:
    Life(Script& script, store::Store& store, http::Client& client);
    ~Life();
    [[nodiscard]] store::Store& store();
    [[nodiscard]] http::Client& client();
    [[nodiscard]] http::Service service(http::Service of_gateway);
    [[nodiscard]] bool dead() const { return dead_; }
    void die() { dead_ = true; }

    // For the parts below. begin: the step's number; nothing when the gateway is dead now.
    [[nodiscard]] std::optional<std::size_t> begin(std::string what);
    // Whether the gateway learns of the effect.
    [[nodiscard]] bool end(std::size_t step);

  private:
    class MortalStore;
    class MortalClient;
    Script& script_;
    bool dead_ = false;
    std::unique_ptr<MortalStore> store_;
    std::unique_ptr<MortalClient> client_;
};

}  // namespace lango::simulation
