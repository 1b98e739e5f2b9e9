// What the rail sends while a run is careful is kept from before it is read until it has been. The
// rail does not send it again: what a run that died left here, the next one reads. What two runs
// died of is set aside, and known again when the rail repeats it. Two, because whoever dies of
// anything else while messages come one after the other has nearly always one in work. Nothing is
// deleted unread.
#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "runs/run.hpp"

namespace lango::runs {

// SHA-256 of path and body: what is the same message.
[[nodiscard]] std::string digest_of(std::string_view path, std::string_view body);

struct Message {
    std::string path;  // as it came; as kept: without its token
    std::string body;
};
// Before it is read; it goes alone from then on. Its number.
std::int64_t begin_message(store::Tx& tx, const Message& message, Instant now);
// One that is kept goes alone, to be read again.
void begin_again(store::Tx& tx, std::int64_t number);
// It has been read: gone, and set aside no more.
void end_message(store::Tx& tx, std::int64_t number);
// It could not be read now: it stays, and goes alone no more.
void leave_message(store::Tx& tx, std::int64_t number);

struct KeptMessage {
    Message message;
    std::string digest;  // of the path with its token: proves that the token was ours
};
[[nodiscard]] std::optional<KeptMessage> find_message(store::Reader& reader, std::int64_t number);
// Those that are to be read again, the oldest first: none that is set aside.
[[nodiscard]] std::vector<std::int64_t> messages_left(store::Reader& reader);
// The run died while this was read alone. The second time it waits for a person; nothing the first
// time.
[[nodiscard]] std::optional<Message> set_aside_message(store::Tx& tx, std::int64_t number,
                                                       std::int64_t run, Instant now);
// Digests of those that are not read.
[[nodiscard]] std::set<std::string> messages_set_aside(store::Reader& reader);

}  // namespace lango::runs
