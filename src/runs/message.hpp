// What the rail sends while a run is careful is kept from before it is read until it has been. What
// two runs died of stays, and is known again when the rail repeats it. Two, because the rail rarely
// repeats itself: who dies of anything else while messages come one after the other has nearly
// always one in work.
#pragma once
#include <set>
#include <string>
#include <string_view>

#include "runs/run.hpp"

namespace lango::runs {

// SHA-256 of path and body: what is the same message.
[[nodiscard]] std::string digest_of(std::string_view path, std::string_view body);

struct Message {
    std::string path;
    std::string body;
};
// Before it is read; it goes alone from then on. Its number.
std::int64_t begin_message(store::Tx& tx, const Message& message, Instant now);
// It has been read.
void end_message(store::Tx& tx, std::int64_t number);
// The run died while only this was read. The second time it stays, and waits for a person; nothing
// the first time.
[[nodiscard]] std::optional<Message> set_aside_message(store::Tx& tx, std::int64_t number,
                                                       std::int64_t run, Instant now);
// A person lets it in when the rail sends it again. False: it was not set aside.
bool let_message_in(store::Tx& tx, std::int64_t number);
// Digests of those that are not read.
[[nodiscard]] std::set<std::string> messages_set_aside(store::Reader& reader);

}  // namespace lango::runs
