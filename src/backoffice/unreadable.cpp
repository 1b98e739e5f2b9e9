// What the rail sent and nobody could read, for people.
#include <algorithm>
#include <charconv>

#include "api/envelope.hpp"
#include "backoffice/endpoints.hpp"
#include "base/crypto.hpp"
#include "base/json_writer.hpp"
#include "base/redact.hpp"
#include "http/target.hpp"
#include "postbacks/readable.hpp"
#include "unreadable/unreadable.hpp"

namespace lango::backoffice {

namespace {

constexpr std::int64_t hours_max = 48;

std::optional<std::int64_t> number_of(std::string_view text) {
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
    return number;
}

void write_message(json::Writer& writer, const unreadable::Kept& kept) {
    writer.member("number", kept.number)
        .member("door", unreadable::name(kept.door))
        .member("subject", kept.subject)
        .member("why", kept.why)
        .member("first_at", format_rfc3339(kept.first_at))
        .member("last_at", format_rfc3339(kept.last_at))
        .member("times", kept.times)
        .member("length", kept.length)
        .member("attended_by", kept.attended_by)
        .member("masked", kept.is_masked);
}

}  // namespace

Answer list_unreadable(SharedParts parts, Call call) {
    const auto query = http::Query::parse(call.request.query);
    const auto after = number_of(query.find("after").value_or("")).value_or(0);
    const auto limit = std::clamp<std::int64_t>(
        number_of(query.find("limit").value_or("")).value_or(100), 1, 1'000);
    auto out = co_await parts->store.read([after, limit](store::Reader& reader) {
        std::string body;
        json::Writer writer{body};
        writer.begin_object()
            .member("status", "ok")
            .member("count", unreadable::count_waiting(reader))
            .key("messages")
            .begin_array();
        for (const auto& kept : unreadable::waiting(reader, after, limit)) {
            writer.begin_object();
            write_message(writer, kept);
            writer.end_object();
        }
        writer.end_array().key("overfull").begin_array();
        for (const auto& hour : unreadable::overfull_hours(reader, hours_max)) {
            writer.begin_object()
                .member("door", unreadable::name(hour.door))
                .member("subject", hour.subject)
                .member("hour", format_rfc3339(hour.from))
                .member("times", hour.times)
                .member("kept", hour.kept)
                .end_object();
        }
        writer.end_array().end_object();
        return body;
    });
    co_return api::ok(std::move(out));
}

// The body twice: as it can be read on a screen, and byte for byte.
Answer show_unreadable(SharedParts parts, Call call) {
    auto number = call.path.at(0);
    const auto id = number_of(number);
    if (!id) co_return api::fail(400, "A message has a number, as lango unreadable list tells it.");
    const auto kept = co_await parts->store.read(
        [id = *id](store::Reader& reader) { return unreadable::find(reader, id); });
    if (!kept) co_return api::fail(200, "There is no such message.");
    std::string out;
    json::Writer writer{out};
    writer.begin_object().member("status", "ok").key("message").begin_object();
    write_message(writer, *kept);
    writer.member("body", postbacks::readable(redact(kept->body)))
        .member("body_base64", crypto::base64(kept->body))
        .end_object()
        .end_object();
    co_return api::ok(std::move(out));
}

Answer attend_unreadable(SharedParts parts, Call call) {
    auto number = call.path.at(0);
    const auto id = number_of(number);
    if (!id) co_return api::fail(400, "A message has a number, as lango unreadable list tells it.");
    const bool attended = co_await parts->store.write(
        [id = *id, who = call.actor.name, now = parts->clock.now()](store::Tx& tx) {
            if (!unreadable::attend(tx, id, who, now)) return false;
            people::record(tx, now, who, "unreadable attended", std::to_string(id), "");
            return true;
        });
    if (!attended) co_return api::fail(200, "That message waits for nobody.");
    co_return api::ok(R"({"status":"ok"})");
}

}  // namespace lango::backoffice
