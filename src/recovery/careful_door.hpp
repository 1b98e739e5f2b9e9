// The rail's messages around a run that is careful (runs/run.hpp): each is kept before it is read,
// and read alone; one that two runs died of is not read again until a person has it tried. What
// earlier runs have left unread is read again, one after the other.
#pragma once
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/crypto.hpp"
#include "http/router.hpp"
#include "runs/watch.hpp"
#include "runtime/task_group.hpp"
#include "store/store.hpp"

namespace lango::recovery {

class CarefulDoor {
  public:
    struct Parts {
        http::asio::any_io_executor executor;
        store::Store& store;
        Clock& clock;
        runs::Watch& watch;
        const crypto::MasterKey& master;
        std::string peer;  // an address that the rail's messages come from
        // Who is not the rail is answered before anything is done for him.
        std::function<std::optional<http::Response>(const http::Request&)> refused;
        std::function<void(std::string_view outcome)> noticed;  // as context.callback_noticed
    };
    explicit CarefulDoor(Parts parts);
    // Which messages are set aside: at the start, and when a person has changed it.
    [[nodiscard]] http::asio::awaitable<void> refresh();
    // Outlives the service. Once: what is kept goes to this `inner`, too.
    [[nodiscard]] http::Service before(http::Service inner);
    // Begins to read what earlier runs have left, when everything else has started.
    [[nodiscard]] http::asio::awaitable<void> start();
    // Waits for the one that is read.
    [[nodiscard]] http::asio::awaitable<void> stop();

    enum class Again : std::int8_t {
        read,
        kept,       // it could not be read now
        not_ours,   // no token of ours gives its digest: it never came through the door
        not_there,  // none of that number is kept
    };
    // A person has one tried that is set aside; it stays so unless it has been read.
    [[nodiscard]] http::asio::awaitable<Again> read_again(std::int64_t number);

  private:
    [[nodiscard]] http::asio::awaitable<http::Response> serve(const http::Request& request);
    [[nodiscard]] http::asio::awaitable<http::Response> read_alone(const http::Request& request);
    enum class Named : bool { no, yes };
    [[nodiscard]] http::asio::awaitable<Again> read_kept(std::int64_t number, Named named);
    [[nodiscard]] http::asio::awaitable<bool> reads(const http::Request& request);
    [[nodiscard]] http::asio::awaitable<void> ended(std::int64_t number, bool read);
    [[nodiscard]] http::asio::awaitable<void> read_left();
    [[nodiscard]] http::asio::awaitable<Again> read_left(std::int64_t number);
    [[nodiscard]] http::asio::awaitable<void> give_to_a_person(std::int64_t number);
    void read_later(std::int64_t number);
    void begin_reading();

    Parts parts_;
    http::Service inner_;
    std::set<std::string> set_aside_;  // runs::digest_of
    std::deque<std::int64_t> left_;    // to be read again
    std::unique_ptr<Timer> pause_;     // before the next of them
    runtime::TaskGroup reading_;
    bool stopping_ = false;
};

}  // namespace lango::recovery
