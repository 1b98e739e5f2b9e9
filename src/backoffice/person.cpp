// A person's data, for who asks for it by right (docs/operating/privacy.md).
#include "privacy/person.hpp"
#include "api/envelope.hpp"
#include "backoffice/endpoints.hpp"
#include "base/json_writer.hpp"
#include "base/typed.hpp"

namespace lango::backoffice {

Answer export_person(SharedParts parts, Call call) {
    const auto phone = typed::phone(call.text("phone"));
    if (!phone) co_return api::fail(200, "That is no Kenyan mobile number.");
    const auto now = parts->clock.now();
    // Nobody sees it without a trail.
    co_await parts->store.write([who = call.actor.name, phone = *phone, now](store::Tx& tx) {
        people::record(tx, now, who, "person exported", phone.masked(), "");
    });
    auto found = co_await parts->store.read([parts, phone = *phone, now](store::Reader& reader) {
        return privacy::exported(reader, parts->master, phone, now);
    });
    co_return api::ok(std::move(found));
}

Answer mask_person(SharedParts parts, Call call) {
    const auto phone = typed::phone(call.text("phone"));
    if (!phone) co_return api::fail(200, "That is no Kenyan mobile number.");
    const auto now = parts->clock.now();
    const auto before = now - parts->bookkeeping_for;
    const auto done = co_await parts->store.write([parts, phone = *phone, before, now,
                                                   who = call.actor.name](store::Tx& tx) {
        const auto did = privacy::mask_person(tx, parts->master, phone, before, now);
        people::record(tx, now, who, "person masked", phone.masked(),
                       std::to_string(did.masked) + " rows, " + std::to_string(did.kept) + " kept");
        return did;
    });
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

}  // namespace lango::backoffice
