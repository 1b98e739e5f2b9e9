// What passkeys are asked to sign: challenges that are good once, for five minutes, and for
// whoever they were given to. Kept in memory: after a start everybody is asked anew.
//
// One for an act is a hash of the very request that it permits and of a nonce of ours, so that a
// passkey signs exactly this call (docs/formats/passkeys.md).
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/random.hpp"
#include "base/time.hpp"

namespace lango::people {

// The request, as it goes over the wire.
struct ActAsked {
    std::string_view method;       // "POST"
    std::string_view path;         // with its query: "/admin/batches?merchant=shop"
    std::string_view body_sha256;  // 32 bytes
};
// 32 bytes: SHA-256 of
//   "lango act\n" method "\n" path "\n" hex(body_sha256) "\n" hex(nonce)
[[nodiscard]] std::string act_challenge(const ActAsked& act, std::string_view nonce);

class Challenges {
  public:
    static constexpr Duration lives = std::chrono::minutes{5};
    static constexpr std::size_t most = 10'000;  // then the oldest are forgotten

    // For a login, or for a passkey that is made. whom: a session. 32 bytes.
    [[nodiscard]] std::string begin(Random& random, Instant now, std::string_view whom);
    [[nodiscard]] std::string begin_act(Random& random, Instant now, std::string_view whom,
                                        const ActAsked& act);

    // Whether it was given to them, for no act. It is good no more, whatever the answer.
    [[nodiscard]] bool take(std::string_view challenge, std::string_view whom, Instant now);
    // The nonce, where it was given to them for this act, byte for byte: with it anybody can make
    // the challenge again. It is good no more, whatever the answer.
    [[nodiscard]] std::optional<std::string> take_act(std::string_view challenge,
                                                      std::string_view whom, Instant now,
                                                      const ActAsked& act);
    [[nodiscard]] std::size_t size() const { return given_.size(); }

  private:
    struct Given {
        std::string whom;
        std::string nonce;  // "": for no act
        Instant at{};
    };
    void keep(std::string challenge, Given given);
    void forget(Instant now);
    [[nodiscard]] std::optional<Given> taken(std::string_view challenge, std::string_view whom,
                                             Instant now);

    std::map<std::string, Given, std::less<>> given_;
};

}  // namespace lango::people
