// Reads the rail's own list of payments for deposits that nobody told the fate of. One reading at a
// time answers for all that wait; what is asked for meanwhile waits for the next one. The rows have
// their next due time already: a reading that comes to nothing loses nothing.
#pragma once
#include <functional>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "deposits/take.hpp"
#include "deposits/worker.hpp"

namespace lango::deposits {

// A stretch of time in the list, its ends included.
struct Stretch {
    Instant from{};
    Instant to{};
    friend bool operator==(const Stretch&, const Stretch&) = default;
};
// Where a deposit's payment can stand: from a minute before its push to 15 minutes after it; when
// nobody will ask again, to this day.
[[nodiscard]] Stretch stretch_of(const Check& check, Instant now);
// What is to be read for all of them, overlaps joined, in order of time: first what deposits need
// that will be asked about again, then the long stretches of those that will not.
[[nodiscard]] std::vector<Stretch> stretches(const std::vector<Check>& waiting, Instant now);

class ListReader {
  public:
    struct Parts {
        rails::Rail& rail;
        Clock& clock;
        Observer& observer;
        std::function<void(std::string_view operation, std::string_view error)> trouble;
    };
    explicit ListReader(Parts parts) : parts_(std::move(parts)) {}

    void ask(std::vector<Check> checks);
    // Whether read() must be called: somebody waits and nobody reads.
    [[nodiscard]] bool has_work() const { return !reading_ && !waiting_.empty() && !stopping_; }
    [[nodiscard]] bool is_reading() const { return reading_; }
    // Reads until nobody waits, or stop(). Throws nothing.
    [[nodiscard]] asio::awaitable<void> read();
    // Breaks off, within one question to the rail.
    void stop();

  private:
    struct Reading;
    [[nodiscard]] asio::awaitable<void> read_for(Reading& reading);
    enum class Part : std::int8_t { read, too_long, silent };
    [[nodiscard]] asio::awaitable<Part> read_part(Reading& reading, Stretch part);
    [[nodiscard]] asio::awaitable<void> match(Reading& reading,
                                              std::vector<rails::PulledPayment> payments);
    [[nodiscard]] asio::awaitable<void> tell(DepositId id, rails::PulledPayment payment);

    [[nodiscard]] bool may_keep_page();

    Parts parts_;
    std::optional<Instant> page_kept_at_;  // the last page that nobody could read
    static constexpr Duration page_pause = std::chrono::hours{1};
    std::vector<Check> waiting_;
    bool reading_ = false;
    bool stopping_ = false;

    static constexpr Duration slice_max = std::chrono::minutes{16};
    static constexpr Duration slice_min = std::chrono::seconds{4};
    static constexpr std::size_t few = 10'000;
    Duration slice_ = slice_max;  // of a stretch that is read at once: less while payments are many
    static constexpr std::size_t waiting_max = 100'000;
};

}  // namespace lango::deposits
