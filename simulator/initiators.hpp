// Who may act for an organisation (daraja.md 5.2): the initiator's name and the password inside
// SecurityCredential. Three wrong passwords in a row lock it until somebody unlocks it.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.hpp"
#include "simulator/core.hpp"

namespace lango::simulator {

class Initiators {
  public:
    explicit Initiators(const Core& core) : core_(core) {}

    // ResultCode: "0", "2001" (no such name, or a wrong password) or "8006" (locked).
    [[nodiscard]] std::string check(const Shortcode& shortcode, std::string_view name,
                                    std::string_view credential);
    [[nodiscard]] bool locked(std::int64_t shortcode) const;
    void unlock(std::int64_t shortcode) { count(shortcode, 0); }
    [[nodiscard]] const CredentialKey& key();

    // False: not a line of ours.
    [[nodiscard]] bool replay(const json::Value& line);

  private:
    // Whoever calls encrypts once and sends that for days: the last one is not opened again.
    [[nodiscard]] std::optional<std::string> open(std::string_view credential);
    void count(std::int64_t shortcode, std::int64_t wrong);

    const Core& core_;
    std::shared_ptr<const CredentialKey> key_;
    std::string opened_;
    std::optional<std::string> password_;         // inside opened_
    std::map<std::int64_t, std::int64_t> wrong_;  // by shortcode, since the last right one
};

}  // namespace lango::simulator
