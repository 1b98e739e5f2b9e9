#include "runs/message.hpp"

#include "base/crypto.hpp"
#include "base/result.hpp"

namespace lango::runs {

namespace {

// The token in a path, its fourth part, is the rail's secret: it is made again when it is needed.
std::string without_token(std::string_view path) {
    std::string kept;
    int slashes = 0;
    for (const char c : path) {
        if (c == '/') ++slashes;
        if (slashes != 4) kept += c;
    }
    return kept;
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
    begin_again(tx, *number);
    return *number;
}

void begin_again(store::Tx& tx, std::int64_t number) {
    begin_alone(tx, {.kind = Kind::message, .id = number});
}

void end_message(store::Tx& tx, std::int64_t number) {
    tx.run("DELETE FROM messages_in_work WHERE number = ?1", number);
    take_back(tx, {.kind = Kind::message, .id = number});
    end_alone(tx);
}

void leave_message(store::Tx& tx, std::int64_t number) {
    if (current(tx).alone == Subject{.kind = Kind::message, .id = number}) end_alone(tx);
}

std::optional<KeptMessage> find_message(store::Reader& reader, std::int64_t number) {
    return reader.first(
        "SELECT path, body, digest FROM messages_in_work WHERE number = ?1",
        [](const store::Row& row) {
            return KeptMessage{.message = {.path = row.string(0), .body = row.string(1)},
                               .digest = row.string(2)};
        },
        number);
}

std::vector<std::int64_t> messages_left(store::Reader& reader) {
    std::vector<std::int64_t> found;
    reader.each(
        "SELECT number FROM messages_in_work WHERE number NOT IN (SELECT id FROM set_aside "
        "WHERE kind = ?1) ORDER BY at, number",
        [&](const store::Row& row) { found.push_back(row.integer(0)); }, Kind::message);
    return found;
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

std::set<std::string> messages_set_aside(store::Reader& reader) {
    std::set<std::string> found;
    reader.each(
        "SELECT m.digest FROM messages_in_work m JOIN set_aside s ON s.id = m.number "
        "AND s.kind = ?1",
        [&](const store::Row& row) { found.insert(row.string(0)); }, Kind::message);
    return found;
}

}  // namespace lango::runs
