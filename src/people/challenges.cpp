#include "people/challenges.hpp"

#include <algorithm>
#include <array>

#include "base/crypto.hpp"

namespace lango::people {

namespace {

constexpr std::size_t nonce_size = 32;

std::string nonce_of(Random& random) {
    std::array<unsigned char, nonce_size> bytes{};
    random.fill(bytes);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

std::string act_challenge(const ActAsked& act, std::string_view nonce) {
    std::string text{"lango act\n"};
    text += std::string{act.method} + '\n' + std::string{act.path} + '\n';
    text += crypto::hex(act.body_sha256) + '\n' + crypto::hex(nonce);
    return std::string{crypto::view(crypto::sha256(text))};
}

std::string Challenges::begin(Random& random, Instant now, std::string_view whom) {
    auto challenge = nonce_of(random);
    keep(challenge, {.whom = std::string{whom}, .nonce = {}, .at = now});
    return challenge;
}

std::string Challenges::begin_act(Random& random, Instant now, std::string_view whom,
                                  const ActAsked& act) {
    const auto nonce = nonce_of(random);
    auto challenge = act_challenge(act, nonce);
    keep(challenge, {.whom = std::string{whom}, .nonce = nonce, .at = now});
    return challenge;
}

void Challenges::keep(std::string challenge, Given given) {
    forget(given.at);
    if (given_.size() >= most) {
        given_.erase(std::ranges::min_element(given_, {},
                                              [](const auto& entry) { return entry.second.at; }));
    }
    given_.insert_or_assign(std::move(challenge), std::move(given));
}

void Challenges::forget(Instant now) {
    // Of a clock that was put back those of later, too.
    std::erase_if(given_, [now](const auto& entry) {
        return entry.second.at <= now - lives || entry.second.at > now;
    });
}

std::optional<Challenges::Given> Challenges::taken(std::string_view challenge,
                                                   std::string_view whom, Instant now) {
    forget(now);
    const auto found = given_.find(challenge);
    if (found == given_.end()) return std::nullopt;
    auto given = std::move(found->second);
    given_.erase(found);
    return given.whom == whom ? std::optional{std::move(given)} : std::nullopt;
}

bool Challenges::take(std::string_view challenge, std::string_view whom, Instant now) {
    const auto given = taken(challenge, whom, now);
    return given && given->nonce.empty();
}

std::optional<std::string> Challenges::take_act(std::string_view challenge, std::string_view whom,
                                                Instant now, const ActAsked& act) {
    const auto given = taken(challenge, whom, now);
    if (!given || given->nonce.empty()) return std::nullopt;
    const bool is_this =
        crypto::equal_in_constant_time(act_challenge(act, given->nonce), challenge);
    return is_this ? std::optional{given->nonce} : std::nullopt;
}

}  // namespace lango::people
