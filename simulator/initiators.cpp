#include "simulator/initiators.hpp"

#include "base/json_writer.hpp"
#include "simulator/journal_line.hpp"

namespace lango::simulator {

namespace {

constexpr std::int64_t wrong_max = 3;

}  // namespace

const CredentialKey& Initiators::key() {
    if (key_ == nullptr) key_ = core_.config.credential_key;
    if (key_ == nullptr) {
        key_ = std::make_shared<const CredentialKey>(CredentialKey::make(core_.clock.now()));
    }
    return *key_;
}

std::string Initiators::check(const Shortcode& shortcode, std::string_view name,
                              std::string_view credential) {
    if (locked(shortcode.number)) return "8006";
    if (name != shortcode.initiator) return "2001";
    const auto password = open(credential);
    if (password == shortcode.initiator_password) {
        if (wrong_.contains(shortcode.number)) count(shortcode.number, 0);
        return "0";
    }
    count(shortcode.number, wrong_[shortcode.number] + 1);
    return "2001";
}

std::optional<std::string> Initiators::open(std::string_view credential) {
    if (credential != opened_) {
        password_ = key().open(credential);
        opened_ = credential;
    }
    return password_;
}

bool Initiators::locked(std::int64_t shortcode) const {
    const auto found = wrong_.find(shortcode);
    return found != wrong_.end() && found->second >= wrong_max;
}

void Initiators::count(std::int64_t shortcode, std::int64_t wrong) {
    std::string line;
    json::Writer{line}
        .begin_object()
        .member("wrong_credentials", wrong)
        .member("shortcode", shortcode)
        .end_object();
    core_.journal(line);
    if (wrong == 0)
        wrong_.erase(shortcode);
    else
        wrong_[shortcode] = wrong;
}

bool Initiators::replay(const json::Value& line) {
    if (line.find("wrong_credentials") == nullptr) return false;
    const auto wrong = integer_at(line, "wrong_credentials");
    const auto shortcode = integer_at(line, "shortcode");
    if (wrong == 0)
        wrong_.erase(shortcode);
    else
        wrong_[shortcode] = wrong;
    return true;
}

}  // namespace lango::simulator
