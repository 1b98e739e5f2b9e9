#include "api/envelope.hpp"
#include "backoffice/endpoints.hpp"
#include "backoffice/withdrawal_text.hpp"
#include "base/json.hpp"
#include "base/json_writer.hpp"
#include "merchants/own_settings.hpp"
#include "merchants/plain_outside.hpp"
#include "merchants/settings_of.hpp"

namespace lango::backoffice {

namespace {

// The settings of an object, applied one by one; the first that is wrong undoes all, by throwing.
struct SettingRefused : std::runtime_error {
    using std::runtime_error::runtime_error;
};

void apply_settings(store::Tx& tx, Instant now, std::string_view slug, const json::Object& settings,
                    std::string_view who) {
    for (const auto& [name, value] : settings) {
        const auto* text = value.scalar_text();
        const auto set = text == nullptr
                             ? Unexpected<merchants::SettingError>{{name + " must be a text"}}
                             : merchants::set(tx, now, slug, name, *text, who);
        if (!set) throw SettingRefused{set.error().message};
    }
}

void write_credentials(json::Writer& writer, const merchants::Credentials& credentials) {
    writer.begin_object()
        .member("status", "ok")
        .member("slug", credentials.slug)
        .member("secret", credentials.secret)
        .member("access_key", credentials.access_key)
        .member("private_access_key", credentials.private_access_key)
        .member("private_key", credentials.private_key)
        .member("webhook_secret", credentials.webhook_secret)
        .end_object();
}

}  // namespace

Answer create_merchant(SharedParts parts, Call call) {
    const auto now = parts->clock.now();
    std::string refused;
    try {
        auto created =
            co_await parts->store.write([parts, now, body = call.body, members = call.members(),
                                         who = call.actor.name](store::Tx& tx) {
                auto made = merchants::create(tx, parts->master, parts->random, now,
                                              body.text_at("slug"), body.text_at("name"), who);
                if (!made) throw SettingRefused{made.error().message};
                json::Object settings;
                for (const auto& member : members) {
                    if (member.first != "slug" && member.first != "name")
                        settings.push_back(member);
                }
                apply_settings(tx, now, made->merchant.slug, settings, who);
                return made->credentials;
            });
        co_await parts->refresh();
        std::string out;
        json::Writer writer{out};
        write_credentials(writer, created);
        co_return api::ok(std::move(out));
    } catch (const SettingRefused& error) {
        refused = error.what();
    }
    co_return api::fail(200, refused);
}

Answer set_merchant(SharedParts parts, Call call) {
    auto slug = call.path.at(0);
    const auto now = parts->clock.now();
    std::string refused;
    for (const auto& [name, value] : call.members()) {
        if (call.actor.merchant && !merchants::is_their_own(name)) {
            co_return refuse(Refusal::refused, name + " is the operator's to set; yours are " +
                                                   merchants::own_settings_text());
        }
    }
    try {
        co_await parts->store.write(
            [now, slug, settings = call.members(), who = call.actor.name](store::Tx& tx) {
                apply_settings(tx, now, slug, settings, who);
            });
        co_await parts->refresh();
        const auto merchant = co_await merchant_of(parts, slug);
        if (!merchant || !merchants::is_plain_outside(merchant->postback_url)) {
            co_return api::ok(R"({"status":"ok"})");
        }
        std::string out;
        json::Writer{out}
            .begin_object()
            .member("status", "ok")
            .member("warning", merchants::plain_postback_warning)
            .end_object();
        co_return api::ok(std::move(out));
    } catch (const SettingRefused& error) {
        refused = error.what();
    }
    co_return api::fail(200, refused);
}

namespace {

// "overlap" of the body: how long old keys stay good. Nothing for a text that is none.
std::optional<Duration> overlap_of(const Call& call) {
    const auto text = call.text("overlap");
    if (text.empty()) return merchants::overlap_usual;
    if (text == "0" || text == "0s") return Duration::zero();
    return merchants::parse_pause(text);
}

http::Response no_overlap() { return api::fail(200, "an overlap is a time such as 24h, or 0s"); }

}  // namespace

Answer rotate_secret(SharedParts parts, Call call) {
    auto slug = call.path.at(0);
    const auto overlap = overlap_of(call);
    if (!overlap) co_return no_overlap();
    const auto now = parts->clock.now();
    const auto rotated = co_await parts->store.write([parts, slug, now, overlap = *overlap,
                                                      who = call.actor.name](store::Tx& tx) {
        return merchants::rotate_secret(tx, parts->master, parts->random, now, slug, who, overlap);
    });
    if (!rotated) co_return api::fail(200, rotated.error().message);
    co_await parts->refresh();
    std::string out;
    json::Writer{out}
        .begin_object()
        .member("status", "ok")
        .member("slug", slug)
        .member("secret", *rotated)
        .end_object();
    co_return api::ok(std::move(out));
}

Answer rotate_keys(SharedParts parts, Call call) {
    auto slug = call.path.at(0);
    const auto overlap = overlap_of(call);
    if (!overlap) co_return no_overlap();
    const auto now = parts->clock.now();
    const auto rotated = co_await parts->store.write([parts, slug, now, overlap = *overlap,
                                                      who = call.actor.name](store::Tx& tx) {
        return merchants::rotate_keys(tx, parts->master, parts->random, now, slug, who, overlap);
    });
    if (!rotated) co_return api::fail(200, rotated.error().message);
    co_await parts->refresh();
    std::string out;
    json::Writer writer{out};
    write_credentials(writer, *rotated);
    co_return api::ok(std::move(out));
}

namespace {

constexpr std::size_t reason_max = 200;

// In the merchant's trail and in the people's.
Answer put_state(SharedParts parts, Call call, bool disabled) {
    const auto reason = call.text("reason");
    if (reason.size() > reason_max) {
        co_return refuse(Refusal::field_malformed, "A reason has at most 200 characters.");
    }
    const auto put = co_await parts->store.write([slug = call.path.at(0), reason, disabled,
                                                  name = call.actor.name,
                                                  now = parts->clock.now()](store::Tx& tx) {
        auto done = disabled ? merchants::disable(tx, now, slug, name)
                             : merchants::enable(tx, now, slug, name);
        if (done) {
            people::record(tx, now, name, disabled ? "merchant disabled" : "merchant enabled", slug,
                           reason);
        }
        return done;
    });
    if (!put) co_return api::fail(200, put.error().message);
    co_await parts->refresh();
    co_return api::ok(R"({"status":"ok"})");
}

}  // namespace

Answer disable_merchant(SharedParts parts, Call call) {
    return put_state(std::move(parts), std::move(call), true);
}

Answer enable_merchant(SharedParts parts, Call call) {
    return put_state(std::move(parts), std::move(call), false);
}

namespace {

void write_merchant(json::Writer& writer, const merchants::Merchant& merchant) {
    writer.begin_object()
        .member("slug", merchant.slug)
        .member("name", merchant.name)
        .member("access_key", merchant.access_key)
        .member("state", merchants::state_text(merchant))
        .member("postback_url", merchant.postback_url)
        .member("time_zone", merchant.time_zone)
        .member("deposit_min", merchant.deposit_min.text())
        .member("deposit_max", merchant.deposit_max.text())
        .member("fee_percent", merchant.fee_percent.text())
        .member("fee_fixed", merchant.fee_fixed.text())
        .member("created_at", format_rfc3339(merchant.created_at))
        .key("settings")
        .begin_object();
    for (const auto& [name, value] : merchants::settings_of(merchant)) writer.member(name, value);
    writer.end_object().end_object();
}

}  // namespace

Answer list_merchants(SharedParts parts, Call call) {
    const auto all = co_await parts->store.read(
        [parts](store::Reader& reader) { return merchants::list(reader, parts->master); });
    std::string out;
    json::Writer writer{out};
    writer.begin_object().member("status", "ok").key("merchants").begin_array();
    for (const auto& merchant : all) {
        const bool is_theirs = !call.actor.merchant || call.actor.merchant == merchant.id;
        if (is_theirs) write_merchant(writer, merchant);
    }
    writer.end_array().end_object();
    co_return api::ok(std::move(out));
}

}  // namespace lango::backoffice
