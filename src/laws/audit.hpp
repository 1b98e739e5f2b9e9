// Proves every law on everything that is stored: from time to time in the background, at a bounded
// pace, and when somebody asks. Reads in slices, each a transaction of its own, so that the log can
// be checkpointed. What it finds is kept: a new breach of a law of money stops creates and payouts
// until it is gone or a person has acknowledged it; callbacks are taken all the same.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "laws/findings.hpp"
#include "store/store.hpp"

namespace lango::laws {

namespace asio = boost::asio;

struct AuditOptions {
    Duration every{};  // of the background audit; zero: only when asked
    int percent = 2;   // of one core's time that it may take
    // The first one's, where the file is large: to check a table takes a core for as long as
    // reading it does, and whatever waits for the start has the machine to itself until then.
    Duration begins_after = std::chrono::minutes{1};
};

class Audit {
  public:
    struct Parts {
        store::Store& store;
        Clock& clock;
        asio::any_io_executor executor;
        // After each audit, with the breaches that are new.
        std::function<void(const AuditResult&, const std::vector<Breach>& fresh)> ended = {};
        std::function<void(std::string_view error)> trouble = {};  // for logs
    };
    Audit(Parts parts, AuditOptions options);
    ~Audit();

    // Loads what earlier audits found, and begins with one.
    [[nodiscard]] asio::awaitable<void> start();
    [[nodiscard]] asio::awaitable<void> stop();

    // As fast as it can, and kept like the background's.
    [[nodiscard]] asio::awaitable<AuditResult> prove_now();
    // The last that came to its end, in this process or before it.
    [[nodiscard]] std::optional<AuditResult> last() const;
    // Why creates and payouts stand still; nothing while they do not.
    [[nodiscard]] std::optional<std::string> stops() const;
    [[nodiscard]] asio::awaitable<std::vector<Breach>> breaches();
    // A person knows of all that is found, as they saw it (laws::code_of). How many nobody knew of;
    // nothing when it is not what they saw.
    [[nodiscard]] asio::awaitable<std::optional<std::int64_t>> acknowledge(std::string who,
                                                                           std::string seen);

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace lango::laws
