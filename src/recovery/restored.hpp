// What the gateway does about an older backup that stands in its place: finds it out, halts what
// goes out, has everything asked about, says so, and goes on when a person has looked.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "ops/metrics.hpp"
#include "rails/claims.hpp"
#include "restore/keeper.hpp"
#include "restore/restoration.hpp"

namespace lango::recovery {

namespace asio = boost::asio;

class Restored {
  public:
    struct Parts {
        asio::any_io_executor executor;
        store::Store& store;
        Clock& clock;
        Random& random;
        restore::MarkPlace* mark = nullptr;         // none: only what callbacks show is found out
        bool is_new = false;                        // the database is meant to be empty
        std::function<rails::PayoutRoute()> route;  // of payouts that keep none
        std::function<void()> begun;                // everything is to be asked about
        std::function<void()> lifted;               // what was held goes out
        ops::Metrics* metrics = nullptr;
    };
    explicit Restored(Parts parts);

    // Before anything goes out or comes in.
    [[nodiscard]] asio::awaitable<void> open();
    void start();
    [[nodiscard]] asio::awaitable<void> stop();
    // The rail told of something, with our token, whose row is not there.
    [[nodiscard]] asio::awaitable<void> found(std::string why);
    // "": lifted. Else why not, for people. seen: code_of() what the person was shown.
    [[nodiscard]] asio::awaitable<std::string> lift(std::string who, std::string seen);
    // Marks a point in time: a copy of the database made before it is found when it is put back.
    [[nodiscard]] asio::awaitable<void> renew_mark();

    // Postbacks about payments with smaller ids are held back; 0: none are.
    [[nodiscard]] std::int64_t held_below() const { return held_below_; }
    // Why what goes out is halted, or soon cannot be kept apart.
    [[nodiscard]] std::optional<std::string> trouble() const;

  private:
    void doubt(store::Tx& tx, Instant now) const;
    void stands(const std::optional<restore::Restoration>& open);

    Parts parts_;
    std::unique_ptr<restore::Keeper> keeper_;
    std::int64_t held_below_ = 0;
    std::string why_;  // "": not restored
};

// Names what a person has been shown, as an approval's code does.
[[nodiscard]] std::string code_of(const restore::Restoration& open);

}  // namespace lango::recovery
