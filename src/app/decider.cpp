#include "app/decider.hpp"

#include "api/envelope.hpp"
#include "operators/operators.hpp"
#include "postbacks/readable.hpp"

namespace lango::app {

namespace {

constexpr std::size_t name_shown = 40;  // bytes: no operator's name is longer

// Of keys that are tried, the trail tells: whoever sits at this machine can try many.
http::asio::awaitable<void> note_refused_key(SharedParts parts, const Request& request,
                                             const std::string& name) {
    if (parts->key_refused) parts->key_refused(request);
    co_await record(parts, std::string{operator_name}, "key refused",
                    postbacks::readable(name.substr(0, name_shown)), request.path);
}

}  // namespace

http::asio::awaitable<Decider> signed_by(SharedParts parts, const Request& request) {
    Decider who;
    auto body = json::parse(request.body);
    if (!body || body->object() == nullptr) {
        who.refusal = api::fail(400, "Send a JSON object.");
        co_return who;
    }
    who.body = std::move(*body);
    who.name = who.body.text_at("as");
    const bool known = co_await parts->store.read(
        [parts, name = who.name, key = who.body.text_at("key")](store::Reader& reader) {
            return operators::is_his(reader, parts->master, name, key);
        });
    if (!known) {
        if (!who.name.empty()) co_await note_refused_key(parts, request, who.name);
        who.refusal = api::fail(200, who.name.empty()
                                         ? "Say who decides: --as NAME."
                                         : "There is no operator " + who.name + " with this key.");
    }
    co_return who;
}

http::asio::awaitable<Decider> decider(SharedParts parts, const Request& request) {
    if (parts->withdrawals != nullptr) co_return co_await signed_by(parts, request);
    Decider who;
    who.refusal =
        api::fail(200, "Payouts are off, or the gateway does not run: nothing can be decided.");
    co_return who;
}

http::asio::awaitable<void> record(SharedParts parts, std::string who, std::string act,
                                   std::string subject, std::string detail) {
    co_await parts->store.write([now = parts->clock.now(), who = std::move(who),
                                 act = std::move(act), subject = std::move(subject),
                                 detail = std::move(detail)](store::Tx& tx) {
        operators::record(tx, now, who, act, subject, detail);
    });
}

}  // namespace lango::app
