// The port through which randomness enters: libsodium in production, a seeded generator in
// simulation and tests.
#pragma once
#include <cstdint>
#include <span>
#include <string>

namespace lango {

class Random {
  public:
    virtual ~Random() = default;
    virtual void fill(std::span<unsigned char> out) = 0;

    [[nodiscard]] std::uint64_t next();
    // Uniform in [0, bound); bound > 0.
    [[nodiscard]] std::uint64_t below(std::uint64_t bound);
    // Characters of the alphabet A-Z a-z 0-9.
    [[nodiscard]] std::string alphanumeric(std::size_t length);
};

// The operating system's generator. Safe for keys; any thread.
class SystemRandom final : public Random {
  public:
    void fill(std::span<unsigned char> out) override;
};

// splitmix64 from a seed: the same seed, the same bytes. Never for keys.
class SeededRandom final : public Random {
  public:
    explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
    void fill(std::span<unsigned char> out) override;

  private:
    std::uint64_t state_;
};

}  // namespace lango
