// One merchant with his keys: which are good, until when, and when each was used last.
#include <map>

#include "api/envelope.hpp"
#include "backoffice/endpoints.hpp"
#include "base/json_writer.hpp"
#include "merchants/settings_of.hpp"

namespace lango::backoffice {

namespace {

void write_key(json::Writer& writer, std::string_view kind, std::string_view access_key,
               const std::optional<Instant>& until, const std::optional<Instant>& used_at) {
    writer.begin_object().member("kind", kind).member("access_key", access_key);
    writer.key("until");
    until ? writer.string(format_rfc3339(*until)) : writer.null();
    writer.key("used_at");
    used_at ? writer.string(format_rfc3339(*used_at)) : writer.null();
    writer.end_object();
}

void write_keys(json::Writer& writer, store::Reader& reader, const merchants::Merchant& merchant,
                Instant now) {
    const auto used = [&](std::string_view key) { return merchants::last_use(reader, key); };
    writer.key("keys").begin_array();
    write_key(writer, "secret", "", std::nullopt, used(merchant.secret_hash));
    write_key(writer, "pair", merchant.access_key, std::nullopt, used(merchant.access_key));
    for (const auto& former : merchant.former_keys) {
        if (former.until <= now) continue;
        if (!former.secret_hash.empty()) {
            write_key(writer, "secret", "", former.until, used(former.secret_hash));
        }
        if (!former.access_key.empty()) {
            write_key(writer, "pair", former.access_key, former.until, used(former.access_key));
        }
    }
    writer.end_array();
}

std::string merchant_json(store::Reader& reader, const merchants::Merchant& merchant, Instant now) {
    std::string out;
    json::Writer writer{out};
    writer.begin_object()
        .member("status", "ok")
        .member("slug", merchant.slug)
        .member("access_key", merchant.access_key)
        .member("created_at", format_rfc3339(merchant.created_at))
        .member("state", merchants::state_text(merchant));
    if (const auto change = merchants::last_state_change(reader, merchant.id)) {
        writer.member("state_since", format_rfc3339(change->at)).member("state_by", change->who);
    }
    write_keys(writer, reader, merchant, now);
    writer.key("settings").begin_object();
    for (const auto& [name, value] : merchants::settings_of(merchant)) writer.member(name, value);
    writer.end_object().end_object();
    return out;
}

}  // namespace

Answer end_old_keys(SharedParts parts, Call call) {
    auto slug = call.path.at(0);
    const auto ended = co_await parts->store.write(
        [slug, who = call.actor.name, now = parts->clock.now()](store::Tx& tx) {
            return merchants::end_former_keys(tx, now, slug, who);
        });
    if (!ended) co_return api::fail(200, ended.error().message);
    co_await parts->refresh();
    co_return api::ok(R"({"status":"ok"})");
}

Answer show_merchant(SharedParts parts, Call call) {
    auto slug = call.path.at(0);
    // What was noted since is kept first.
    const auto uses = parts->merchants == nullptr ? std::map<std::string, Instant>{}
                                                  : parts->merchants->uses().take();
    const auto shown = co_await parts->store.write(
        [parts, slug, uses, now = parts->clock.now()](store::Tx& tx) -> std::optional<std::string> {
            merchants::save_key_uses(tx, uses);
            for (const auto& merchant : merchants::list(tx, parts->master)) {
                if (merchant.slug == slug) return merchant_json(tx, merchant, now);
            }
            return std::nullopt;
        });
    if (!shown) co_return api::fail(200, "there is no merchant " + slug);
    co_return api::ok(*shown);
}

}  // namespace lango::backoffice
