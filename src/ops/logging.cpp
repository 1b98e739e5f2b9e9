#include "ops/logging.hpp"

#include <spdlog/details/os.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/base_sink.h>
#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "base/result.hpp"
#include "ops/log_line.hpp"

namespace lango::log {
namespace {

// spdlog's own standard error sinks flush each line; this one keeps lines until it is told.
class StderrSink final : public spdlog::sinks::base_sink<std::mutex> {
  protected:
    void sink_it_(const spdlog::details::log_msg& message) override {
        constexpr std::size_t kept_max = std::size_t{64} * 1024;
        kept_.append(message.payload.data(), message.payload.size());
        kept_ += '\n';
        if (kept_.size() >= kept_max) flush_();
    }
    void flush_() override {
        std::string_view rest = kept_;
        while (!rest.empty()) {
            const ssize_t written = ::write(STDERR_FILENO, rest.data(), rest.size());
            if (written < 0 && errno == EINTR) continue;
            if (written <= 0) break;  // nobody reads: logging must not stop payments
            rest.remove_prefix(static_cast<std::size_t>(written));
        }
        kept_.clear();
    }

  private:
    std::string kept_;
};

class FunctionSink final : public spdlog::sinks::base_sink<std::mutex> {
  public:
    explicit FunctionSink(std::function<void(std::string_view)> write) : write_(std::move(write)) {}

  protected:
    void sink_it_(const spdlog::details::log_msg& message) override {
        write_({message.payload.data(), message.payload.size()});
    }
    void flush_() override {}

  private:
    std::function<void(std::string_view)> write_;
};

spdlog::level::level_enum to_spdlog(Level level) {
    switch (level) {
        case Level::debug:
            return spdlog::level::debug;
        case Level::info:
            return spdlog::level::info;
        case Level::warn:
            return spdlog::level::warn;
        case Level::error:
            return spdlog::level::err;
        case Level::off:
            return spdlog::level::off;
    }
    return spdlog::level::off;
}

// Warnings and errors may be caused by whoever finds our port: of one message, so many are written
// in a second, and the next one after that tells how many were not. A message is constant words, so
// there are few.
class Restraint {
  public:
    // Nothing: leave it out. Else how many were left out before it.
    std::optional<std::uint64_t> admit(std::string_view message, Instant now) {
        const std::lock_guard lock(mutex_);
        auto found = messages_.find(message);
        if (found == messages_.end()) found = messages_.emplace(message, Told{}).first;
        Told& told = found->second;
        if (now < told.since || now - told.since >= std::chrono::seconds{1}) {
            told.since = now;
            told.count = 0;
        }
        if (++told.count <= restrained_above) return std::exchange(told.left_out, 0);
        ++told.left_out;
        return std::nullopt;
    }

  private:
    struct Told {
        Instant since{};
        std::uint64_t count = 0;
        std::uint64_t left_out = 0;
    };
    std::mutex mutex_;
    std::map<std::string, Told, std::less<>> messages_;
};

// What start() set up. Immutable but for the restraint: start and stop put another in its place.
struct Setup {
    spdlog::logger logger;
    bool json;
    std::function<Instant()> now;
    Restraint restraint;

    explicit Setup(Options options)
        : logger("lango", make_sink(options)), json(options.json), now(std::move(options.now)) {
        logger.set_level(spdlog::level::trace);  // enabled() has decided already
        logger.flush_on(spdlog::level::warn);
        if (!now) {
            now = [] { return std::chrono::time_point_cast<Duration>(spdlog::details::os::now()); };
        }
    }
    static spdlog::sink_ptr make_sink(Options& options) {
        if (options.write) return std::make_shared<FunctionSink>(std::move(options.write));
        return std::make_shared<StderrSink>();
    }
};

void write_line(Setup& setup, Instant at, Level level, std::string_view area,
                std::string_view message, Fields fields) {
    const std::string line = setup.json ? json_line(at, level, area, message, fields)
                                        : text_line(at, level, area, message, fields);
    setup.logger.log(to_spdlog(level), spdlog::string_view_t{line.data(), line.size()});
}

Options before_start() { return {.level = Level::warn, .json = false, .write = {}, .now = {}}; }

class Current {
  public:
    std::shared_ptr<Setup> get() {
        const std::lock_guard lock(mutex_);
        return setup_;
    }
    void put(std::shared_ptr<Setup> setup) {
        const std::lock_guard lock(mutex_);
        std::swap(setup_, setup);
        setup->logger.flush();
    }

  private:
    std::mutex mutex_;
    std::shared_ptr<Setup> setup_ = std::make_shared<Setup>(before_start());
};

// Never destroyed: others may log until the process is gone.
Current& current() {
    static auto& instance = *new Current;
    return instance;
}

// Flushes each second while a start() without a write function is in force.
class Flusher {
  public:
    void run() {
        if (thread_.joinable()) return;
        thread_ = std::jthread([this](std::stop_token stop) {
            std::unique_lock lock(mutex_);
            while (!stop.stop_requested()) {
                wake_.wait_for(lock, stop, std::chrono::seconds{1}, [] { return false; });
                current().get()->logger.flush();
            }
        });
    }
    void stop() { thread_ = {}; }

  private:
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::jthread thread_;
};

Flusher& flusher() {
    static Flusher instance;
    return instance;
}

}  // namespace

void start(Options options) {
    const Level level = options.level;
    const bool to_stderr = !options.write;
    current().put(std::make_shared<Setup>(std::move(options)));
    detail::threshold = level;
    if (to_stderr) {
        flusher().run();
    } else {
        flusher().stop();
    }
}

void flush() { current().get()->logger.flush(); }

void stop() {
    flusher().stop();
    detail::threshold = Level::warn;
    current().put(std::make_shared<Setup>(before_start()));
}

Level parse_level(std::string_view name) {
    for (const Level level : {Level::debug, Level::info, Level::warn, Level::error, Level::off}) {
        if (name == level_name(level)) return level;
    }
    LANGO_ASSERT(false && "parse_level: not a level");
    return Level::off;
}

void detail::write(Level level, std::string_view area, std::string_view message, Fields fields) {
    const std::shared_ptr<Setup> setup = current().get();
    const Instant at = setup->now();
    if (level >= Level::warn) {
        const auto left_out = setup->restraint.admit(message, at);
        if (!left_out) return;
        if (*left_out > 0) {
            const Fields what{{"what", message}, {"count", *left_out}};
            write_line(*setup, at, level, "log", "lines were left out", what);
        }
    }
    write_line(*setup, at, level, area, message, fields);
}

}  // namespace lango::log
