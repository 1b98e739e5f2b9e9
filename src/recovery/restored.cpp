#include "recovery/restored.hpp"

#include "base/crypto.hpp"
#include "deposits/take.hpp"
#include "ops/logging.hpp"
#include "people/trail.hpp"
#include "withdrawals/after_restore.hpp"

namespace lango::recovery {

Restored::Restored(Parts parts) : parts_(std::move(parts)) {
    if (parts_.mark == nullptr) return;
    keeper_ = std::make_unique<restore::Keeper>(
        restore::Keeper::Parts{.store = parts_.store,
                               .clock = parts_.clock,
                               .random = parts_.random,
                               .place = *parts_.mark,
                               .executor = parts_.executor,
                               .doubt = [this](store::Tx& tx, Instant now) { doubt(tx, now); },
                               .trouble =
                                   [](std::string_view error) {
                                       log::error("restore",
                                                  "the mark of what was told cannot be renewed",
                                                  {{"error", error}});
                                   }},
        restore::KeeperOptions{.is_new = parts_.is_new});
}

void Restored::doubt(store::Tx& tx, Instant now) const {
    withdrawals::doubt_all(tx, parts_.route(), now);
    deposits::doubt_all(tx, now);
}

void Restored::stands(const std::optional<restore::Restoration>& open) {
    held_below_ = open ? id_floor(open->found_at) : 0;
    why_ = open ? open->why : std::string{};
    if (parts_.metrics != nullptr) parts_.metrics->restored.set(open ? 1 : 0);
    if (!open) return;
    log::error("restore",
               "an older backup stands here: what its rows would send is halted, everything is "
               "asked about; lango restore show says what a person must do",
               {{"why", open->why},
                {"gone_from", format_rfc3339(open->data_to)},
                {"gone_to", format_rfc3339(open->found_at)}});
}

asio::awaitable<void> Restored::open() {
    if (keeper_) static_cast<void>(co_await keeper_->open());
    stands(
        co_await parts_.store.write([](store::Tx& tx) { return restore::open_restoration(tx); }));
}

void Restored::start() {
    if (keeper_) keeper_->start();
    if (!why_.empty()) parts_.begun();
}

asio::awaitable<void> Restored::stop() {
    if (keeper_) co_await keeper_->stop();
}

asio::awaitable<void> Restored::found(std::string why) {
    if (!why_.empty()) co_return;
    const auto open = co_await parts_.store.write(
        [this, why = std::move(why), now = parts_.clock.now()](store::Tx& tx) {
            if (restore::begin(tx, why, now)) doubt(tx, now);
            return restore::open_restoration(tx);
        });
    stands(open);
    parts_.begun();
}

asio::awaitable<std::string> Restored::lift(std::string who, std::string seen) {
    auto refused = co_await parts_.store.write([who = std::move(who), seen = std::move(seen),
                                                now = parts_.clock.now()](store::Tx& tx) {
        const auto open = restore::open_restoration(tx);
        if (!open) return std::string{"No older backup stands here: nothing is halted for it."};
        const auto waiting = withdrawals::unanswered(tx, open->found_at);
        if (waiting > 0) {
            return std::to_string(waiting) +
                   " payouts of the backup are still being asked about: wait for their "
                   "answers (lango withdrawal list --state unknown)";
        }
        if (seen != code_of(*open)) {
            return std::string{
                "Say what you were shown: lango restore show prints the code, "
                "--seen CODE."};
        }
        restore::lift(tx, *open, who, now);
        people::record(tx, now, who, "restored backup: halt lifted", std::to_string(open->number),
                       "looked at the organisation's portal from " + format_rfc3339(open->data_to) +
                           " to " + format_rfc3339(open->found_at));
        return std::string{};
    });
    if (!refused.empty()) co_return refused;
    stands(std::nullopt);
    log::warn("restore", "a person has lifted the halt of an older backup");
    parts_.lifted();
    co_return std::string{};
}

asio::awaitable<void> Restored::renew_mark() {
    if (keeper_) co_await keeper_->renew();
}

std::optional<std::string> Restored::trouble() const {
    if (!why_.empty()) {
        return "an older backup stands here (" + why_ +
               "): payouts and postbacks of its rows are halted: lango restore show";
    }
    return keeper_ ? keeper_->trouble() : std::nullopt;
}

std::string code_of(const restore::Restoration& open) {
    const auto text = std::to_string(open.number) + " " + format_rfc3339(open.data_to) + " " +
                      format_rfc3339(open.found_at);
    return crypto::hex(crypto::view(crypto::sha256(text))).substr(0, 8);
}

}  // namespace lango::recovery
