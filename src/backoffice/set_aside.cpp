// What runs of the gateway died of, and its retry.
#include <charconv>

#include "api/envelope.hpp"
#include "backoffice/endpoints.hpp"
#include "base/crypto.hpp"
#include "base/json_writer.hpp"
#include "base/redact.hpp"
#include "base/typed.hpp"
#include "postbacks/readable.hpp"
#include "recovery/lives.hpp"
#include "runs/message.hpp"

namespace lango::backoffice {

namespace {

std::optional<runs::Subject> subject_of(std::string_view kind_text, const std::string& id_text) {
    const auto kind = runs::parse_kind(kind_text);
    if (!kind) return std::nullopt;
    if (*kind != runs::Kind::message) {
        const auto id = typed::id(id_text);
        if (!id) return std::nullopt;
        return runs::Subject{.kind = *kind, .id = *id};
    }
    std::int64_t number = 0;
    const auto* end = id_text.data() + id_text.size();
    const auto read = std::from_chars(id_text.data(), end, number);
    if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
    return runs::Subject{.kind = *kind, .id = number};
}

struct Shown {
    runs::SetAside one;
    std::optional<runs::Message> message;  // what it says: people decide by it
};

std::vector<Shown> all_shown(store::Reader& reader) {
    std::vector<Shown> all;
    for (const auto& one : runs::all_set_aside(reader)) {
        all.push_back({.one = one, .message = {}});
        if (one.subject.kind != runs::Kind::message) continue;
        if (auto kept = runs::find_message(reader, one.subject.id)) {
            all.back().message = std::move(kept->message);
        }
    }
    return all;
}

void note_retry(store::Tx& tx, runs::Subject subject, std::string_view who, Instant now) {
    people::record(tx, now, who, "set aside: tried again",
                   std::string{runs::name(subject.kind)} + " " + recovery::text_of(subject), "");
}

// It may die of it: the trail comes first.
Answer read_message(SharedParts parts, std::int64_t number, std::string who) {
    co_await parts->store.write(
        [number, who = std::move(who), now = parts->clock.now()](store::Tx& tx) {
            note_retry(tx, {.kind = runs::Kind::message, .id = number}, who, now);
        });
    using Again = recovery::CarefulDoor::Again;
    const auto came = co_await parts->read_again(number);
    if (came == Again::not_there) co_return api::fail(200, "That is not set aside.");
    if (came == Again::kept) {
        co_return api::fail(200,
                            "It could not be read now, and stays set aside: the log says why.");
    }
    if (came == Again::not_ours) {
        co_return api::fail(200,
                            "No token of ours fits it, or it was masked: it is not read, and stays "
                            "set aside.");
    }
    co_await parts->tried_again(std::nullopt);
    co_return api::ok(R"({"status":"ok"})");
}

}  // namespace

Answer list_set_aside(SharedParts parts, Call call) {
    const auto all =
        co_await parts->store.read([](store::Reader& reader) { return all_shown(reader); });
    std::string out;
    json::Writer writer{out};
    writer.begin_object().member("status", "ok").key("set_aside").begin_array();
    for (const auto& [one, message] : all) {
        writer.begin_object()
            .member("kind", runs::name(one.subject.kind))
            .member("id", recovery::text_of(one.subject))
            .member("at", format_rfc3339(one.at))
            .member("run", one.run);
        if (message) {
            writer.member("path", message->path)
                .member("length", static_cast<std::int64_t>(message->body.size()))
                .member("body", postbacks::readable(redact(message->body)))
                .member("body_base64", crypto::base64(message->body));
        }
        writer.end_object();
    }
    writer.end_array().end_object();
    co_return api::ok(std::move(out));
}

Answer retry_set_aside(SharedParts parts, Call call) {
    auto kind = call.path.at(0);
    auto id = call.path.at(1);
    const auto subject = subject_of(kind, id);
    if (!subject) {
        co_return api::fail(400, "Say the kind and the id as lango set-aside list tells them.");
    }
    if (subject->kind == runs::Kind::message)
        co_return co_await read_message(parts, subject->id, call.actor.name);
    const auto tried = co_await parts->store.write(
        [subject = *subject, who = call.actor.name, now = parts->clock.now()](store::Tx& tx) {
            const auto again = recovery::try_again(tx, subject, who, now);
            if (again) note_retry(tx, subject, who, now);
            return again;
        });
    if (!tried) co_return api::fail(200, "That is not set aside.");
    co_await parts->tried_again(tried->merchant);
    co_return api::ok(R"({"status":"ok"})");
}

}  // namespace lango::backoffice
