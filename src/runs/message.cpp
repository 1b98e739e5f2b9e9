#include "runs/message.hpp"

#include "base/crypto.hpp"
#include "base/result.hpp"

namespace lango::runs {

namespace {

// The token in a path is the rail's secret: what stands before it says what the message is about.
std::string without_token(std::string_view path) {
    std::size_t at = 0;
    for (int slashes = 0; at < path.size(); ++at) {
        if (path[at] == '/' && ++slashes == 4) break;
    }
    return std::string{path.substr(0, at)};
}

}  // namespace

std::string digest_of(std::string_view path, std::string_view body) {
    std::string text{path};
    text += '\n';
    text += body;
    return std::string{crypto::view(crypto::sha256(text))};
}

std::int64_t begin_message(store::Tx& tx, const Message& message, Instant now) {
    const auto digest = digest_of(message.path, message.body);
    tx.run(
        "INSERT INTO messages_in_work (digest, at, died, path, body) VALUES (?1, ?2, 0, ?3, ?4) "
        "ON CONFLICT (digest) DO UPDATE SET at = ?2",
        store::Blob{digest}, now, without_token(message.path), store::Blob{message.body});
    const auto number = tx.first(
        "SELECT number FROM messages_in_work WHERE digest = ?1",
        [](const store::Row& row) { return row.integer(0); }, store::Blob{digest});
    LANGO_ASSERT(number);
    begin_alone(tx, {.kind = Kind::message, .id = *number});
    return *number;
}

void end_message(store::Tx& tx, std::int64_t number) {
    tx.run("DELETE FROM messages_in_work WHERE number = ?1", number);
    end_alone(tx);
}

std::optional<Message> set_aside_message(store::Tx& tx, std::int64_t number, std::int64_t run,
                                         Instant now) {
    tx.run("UPDATE messages_in_work SET died = died + 1 WHERE number = ?1", number);
    auto message = tx.first(
        "SELECT path, body FROM messages_in_work WHERE number = ?1 AND died > 1",
        [](const store::Row& row) { return Message{.path = row.string(0), .body = row.string(1)}; },
        number);
    if (message) set_aside(tx, {.kind = Kind::message, .id = number}, run, now);
    return message;
}

bool let_message_in(store::Tx& tx, std::int64_t number) {
    if (!take_back(tx, {.kind = Kind::message, .id = number})) return false;
    tx.run("DELETE FROM messages_in_work WHERE number = ?1", number);
    return true;
}

std::set<std::string> messages_set_aside(store::Reader& reader) {
    std::set<std::string> found;
    reader.each(
        "SELECT m.digest FROM messages_in_work m JOIN set_aside s ON s.id = m.number "
        "AND s.kind = ?1",
        [&](const store::Row& row) { found.insert(row.string(0)); },
        static_cast<int>(Kind::message));
    return found;
}

}  // namespace lango::runs
