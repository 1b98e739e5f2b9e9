// A person's data, for who asks for it by right (docs/operating/privacy.md).
#include "api/envelope.hpp"
#include "app/admin_endpoints.hpp"
#include "app/decider.hpp"
#include "base/json_writer.hpp"
#include "base/typed.hpp"
#include "privacy/person.hpp"

namespace lango::app {

Answer export_person(SharedParts parts, const Request& request) {
    const auto who = co_await signed_by(parts, request);
    if (who.refusal) co_return *who.refusal;
    const auto phone = typed::phone(who.body.text_at("phone"));
    if (!phone) co_return api::fail(200, "That is no Kenyan mobile number.");
    const auto now = parts->clock.now();
    auto found = co_await parts->store.read([parts, phone = *phone, now](store::Reader& reader) {
        return privacy::exported(reader, parts->master, phone, now);
    });
    co_await record(parts, who.name, "person exported", phone->masked(), "");
    co_return api::ok(std::move(found));
}

Answer mask_person(SharedParts parts, const Request& request) {
    const auto who = co_await signed_by(parts, request);
    if (who.refusal) co_return *who.refusal;
    const auto phone = typed::phone(who.body.text_at("phone"));
    if (!phone) co_return api::fail(200, "That is no Kenyan mobile number.");
    const auto now = parts->clock.now();
    const auto before = now - parts->bookkeeping_for;
    const auto done =
        co_await parts->store.write([parts, phone = *phone, before, now](store::Tx& tx) {
            return privacy::mask_person(tx, parts->master, phone, before, now);
        });
    co_await record(parts, who.name, "person masked", phone->masked(),
                    std::to_string(done.masked) + " rows, " + std::to_string(done.kept) + " kept");
    std::string out;
    json::Writer{out}
        .begin_object()
        .member("status", "ok")
        .member("masked", done.masked)
        .member("kept", done.kept)
        .member("closed_before", format_rfc3339(before))
        .end_object();
    co_return api::ok(std::move(out));
}

}  // namespace lango::app
