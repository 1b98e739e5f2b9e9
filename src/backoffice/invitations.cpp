// Links with which people make the passwords that they show in the browser.
#include "people/invitations.hpp"

#include "api/envelope.hpp"
#include "backoffice/endpoints.hpp"
#include "base/json_writer.hpp"

namespace lango::backoffice {

namespace {

Answer invite(SharedParts parts, std::string name, const Actor& by) {
    if (parts->console_url.empty()) {
        co_return refuse(Refusal::not_running,
                         "There is no console: backoffice.listen and backoffice.public_url are not "
                         "set.");
    }
    const bool is_trusted = by.channel == Actor::Channel::process;
    const auto made = co_await parts->store.write(
        [parts, name, who = by.name, is_trusted, now = parts->clock.now()](store::Tx& tx) {
            return people::invite(tx, parts->master, parts->random, now, name, who, is_trusted);
        });
    if (!made) co_return refuse(Refusal::refused, made.error().message);
    std::string out;
    json::Writer{out}
        .begin_object()
        .member("status", "ok")
        .member("name", name)
        .member("url", parts->console_url + "/invitation/" + made->token)
        .member("ends_at", format_rfc3339(made->ends_at))
        .end_object();
    co_return api::ok(std::move(out));
}

}  // namespace

Answer invite_person(SharedParts parts, Call call) {
    const auto name = call.path.at(0);
    co_return co_await invite(parts, name, call.actor);
}

Answer invite_oneself(SharedParts parts, Call call) {
    const auto name = call.actor.name;
    co_return co_await invite(parts, name, call.actor);
}

}  // namespace lango::backoffice
