#include "api/envelope.hpp"
#include "app/admin_endpoints.hpp"
#include "base/json.hpp"
#include "base/json_writer.hpp"
#include "operators/operators.hpp"

namespace lango::app {

namespace {

constexpr std::size_t acts_shown = 100;

struct People {
    std::vector<operators::Operator> operators;
    std::vector<operators::Act> acts;
};

}  // namespace

Answer add_operator(SharedParts parts, const Request& request) {
    const auto body = json::parse(request.body);
    if (!body || body->object() == nullptr) co_return api::fail(400, "Send a JSON object.");
    const auto name = body->text_at("name");
    const auto key =
        co_await parts->store.write([parts, name, now = parts->clock.now()](store::Tx& tx) {
            return operators::add(tx, parts->master, parts->random, now, name, operator_name);
        });
    if (!key) co_return api::fail(200, key.error().message);
    std::string out;
    json::Writer{out}
        .begin_object()
        .member("status", "ok")
        .member("name", name)
        .member("key", *key)
        .end_object();
    co_return api::ok(std::move(out));
}

Answer remove_operator(SharedParts parts, std::string name) {
    const auto removed =
        co_await parts->store.write([name, now = parts->clock.now()](store::Tx& tx) {
            return operators::remove(tx, now, name, operator_name);
        });
    if (!removed) co_return api::fail(200, removed.error().message);
    co_return api::ok(R"({"status":"ok"})");
}

Answer list_operators(SharedParts parts) {
    const auto people = co_await parts->store.read([](store::Reader& reader) {
        return People{.operators = operators::list(reader),
                      .acts = operators::trail(reader, acts_shown)};
    });
    std::string out;
    json::Writer writer{out};
    writer.begin_object().member("status", "ok").key("operators").begin_array();
    for (const auto& person : people.operators) {
        writer.begin_object()
            .member("name", person.name)
            .member("added_at", format_rfc3339(person.added_at))
            .end_object();
    }
    writer.end_array().key("acts").begin_array();
    for (const auto& act : people.acts) {
        writer.begin_object()
            .member("number", act.number)
            .member("at", format_rfc3339(act.at))
            .member("who", act.who)
            .member("act", act.act)
            .member("subject", act.subject)
            .member("detail", act.detail)
            .end_object();
    }
    writer.end_array().end_object();
    co_return api::ok(std::move(out));
}

}  // namespace lango::app
