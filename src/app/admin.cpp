#include "app/admin.hpp"

#include <algorithm>
#include <charconv>

#include "api/envelope.hpp"
#include "base/json.hpp"
#include "base/json_writer.hpp"
#include "deposits/deposit.hpp"
#include "ledger/verify.hpp"
#include "merchants/merchants.hpp"
#include "rates/rates.hpp"

namespace lango::app {

namespace {

using http::PathArguments;
using http::Request;
using http::Response;
using Answer = http::asio::awaitable<Response>;
using SharedParts = std::shared_ptr<const AdminParts>;

constexpr std::string_view who = "command line";

// The settings of an object, applied one by one; the first that is wrong undoes all, by throwing.
struct SettingRefused : std::runtime_error {
    using std::runtime_error::runtime_error;
};

void apply_settings(store::Tx& tx, Instant now, std::string_view slug,
                    const json::Object& settings) {
    for (const auto& [name, value] : settings) {
        if (name == "slug" || (name == "name" && value.string() == nullptr)) continue;
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

Answer create_merchant(SharedParts parts, const Request& request) {
    const auto body = json::parse(request.body);
    if (!body || body->object() == nullptr) co_return api::fail(400, "Send a JSON object.");
    const auto now = parts->clock.now();
    std::string refused;
    try {
        auto created = co_await parts->store.write([parts, now, body = *body](store::Tx& tx) {
            auto made = merchants::create(tx, parts->master, parts->random, now,
                                          body.text_at("slug"), body.text_at("name"), who);
            if (!made) throw SettingRefused{made.error().message};
            json::Object settings;
            for (const auto& member : *body.object()) {
                if (member.first != "slug" && member.first != "name") settings.push_back(member);
            }
            apply_settings(tx, now, made->merchant.slug, settings);
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

Answer set_merchant(SharedParts parts, const Request& request, std::string slug) {
    const auto body = json::parse(request.body);
    if (!body || body->object() == nullptr) co_return api::fail(400, "Send a JSON object.");
    const auto now = parts->clock.now();
    std::string refused;
    try {
        co_await parts->store.write([now, slug, settings = *body->object()](store::Tx& tx) {
            apply_settings(tx, now, slug, settings);
        });
        co_await parts->refresh();
        co_return api::ok(R"({"status":"ok"})");
    } catch (const SettingRefused& error) {
        refused = error.what();
    }
    co_return api::fail(200, refused);
}

Answer rotate_secret(SharedParts parts, std::string slug) {
    const auto now = parts->clock.now();
    const auto rotated = co_await parts->store.write([parts, slug, now](store::Tx& tx) {
        return merchants::rotate_secret(tx, parts->master, parts->random, now, slug, who);
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

Answer list_merchants(SharedParts parts) {
    const auto all = co_await parts->store.read(
        [parts](store::Reader& reader) { return merchants::list(reader, parts->master); });
    std::string out;
    json::Writer writer{out};
    writer.begin_object().member("status", "ok").key("merchants").begin_array();
    for (const auto& merchant : all) {
        writer.begin_object()
            .member("slug", merchant.slug)
            .member("name", merchant.name)
            .member("access_key", merchant.access_key)
            .member("postback_url", merchant.postback_url)
            .member("time_zone", merchant.time_zone)
            .member("deposit_min", merchant.deposit_min.text())
            .member("deposit_max", merchant.deposit_max.text())
            .member("fee_percent", merchant.fee_percent.text())
            .member("fee_fixed", merchant.fee_fixed.text())
            .member("created_at", format_rfc3339(merchant.created_at))
            .end_object();
    }
    writer.end_array().end_object();
    co_return api::ok(std::move(out));
}

Answer import_rates(SharedParts parts, const Request& request) {
    const auto query = http::Query::parse(request.query);
    const auto now = parts->clock.now();
    auto table =
        rates::parse_table(request.body, std::string{query.find("source").value_or("import")}, now);
    if (!table) co_return api::fail(200, table.error().message);
    const auto id = co_await parts->store.write(
        [table = *table](store::Tx& tx) { return rates::save(tx, table); });
    co_await parts->refresh();
    const auto known =
        std::ranges::count_if(table->per_usd, [](const Decimal& rate) { return !rate.is_zero(); });
    std::string out;
    json::Writer{out}
        .begin_object()
        .member("status", "ok")
        .member("table", id)
        .member("rates_known", static_cast<std::int64_t>(known))
        .end_object();
    co_return api::ok(std::move(out));
}

Answer show_rates(SharedParts parts) {
    const auto table =
        co_await parts->store.read([](store::Reader& reader) { return rates::latest(reader); });
    if (!table) co_return api::fail(200, "No rates are stored yet.");
    std::string out;
    json::Writer writer{out};
    writer.begin_object()
        .member("status", "ok")
        .member("table", table->id)
        .member("source", table->source)
        .member("as_of", format_rfc3339(table->as_of))
        .member("imported_at", format_rfc3339(table->imported_at))
        .key("per_usd")
        .begin_object();
    for (std::size_t i = 0; i < table->per_usd.size(); ++i) {
        writer.key(rates::codes().at(i)).decimal(table->per_usd.at(i));
    }
    writer.end_object().end_object();
    co_return api::ok(std::move(out));
}

Answer verify(SharedParts parts) {
    const auto proofs =
        co_await parts->store.read([](store::Reader& reader) { return ledger::prove_all(reader); });
    std::string out;
    json::Writer writer{out};
    writer.begin_object().member("status", "ok").key("laws").begin_array();
    for (const auto& proof : proofs) {
        writer.begin_object()
            .member("law", proof.law)
            .member("checked", static_cast<std::int64_t>(proof.checked))
            .member("what", proof.what)
            .key("findings")
            .begin_array();
        for (const auto& finding : proof.findings) writer.string(finding.text);
        writer.end_array().end_object();
    }
    writer.end_array().end_object();
    co_return api::ok(std::move(out));
}

Answer receipts(SharedParts parts, const Request& request) {
    const auto query = http::Query::parse(request.query);
    const std::string after{query.find("after").value_or("")};
    std::int64_t limit = 1000;
    const auto asked = query.find("limit").value_or("");
    std::from_chars(asked.data(), asked.data() + asked.size(), limit);
    limit = std::clamp<std::int64_t>(limit, 1, 10'000);
    auto out = co_await parts->store.read([after, limit](store::Reader& reader) {
        std::string body;
        json::Writer writer{body};
        writer.begin_object().member("status", "ok").key("receipts").begin_array();
        reader.each(
            "SELECT receipt, amount FROM receipts WHERE receipt > ?1 ORDER BY receipt LIMIT ?2",
            [&](const store::Row& row) {
                writer.begin_object()
                    .member("receipt", row.text(0))
                    .member("amount_minor", row.integer(1))
                    .end_object();
            },
            after, limit);
        writer.end_array().end_object();
        return body;
    });
    co_return api::ok(std::move(out));
}

Answer balances(SharedParts parts) {
    auto out = co_await parts->store.read([](store::Reader& reader) {
        std::string body;
        json::Writer writer{body};
        writer.begin_object().member("status", "ok").key("accounts").begin_array();
        reader.each(
            "SELECT kind, owner, currency, balance, held FROM accounts ORDER BY kind, owner",
            [&](const store::Row& row) {
                static constexpr std::array<std::string_view, 5> kinds{"", "rail", "merchant",
                                                                       "fees", "suspense"};
                writer.begin_object()
                    .member("kind", kinds.at(static_cast<std::size_t>(row.integer(0))))
                    .member("owner", row.integer(1))
                    .member("currency", row.text(2))
                    .member("balance_minor", row.integer(3))
                    .member("held_minor", row.integer(4))
                    .end_object();
            });
        writer.end_array().end_object();
        return body;
    });
    co_return api::ok(std::move(out));
}

Answer settle(SharedParts parts, const Request& request, std::string order_id) {
    const auto id = parse_hex16(order_id);
    const auto body = json::parse(request.body);
    const auto receipt = body ? body->text_at("receipt") : std::string{};
    if (!id || receipt.empty())
        co_return api::fail(400, "Send {\"receipt\":\"...\"} for an order.");
    const auto deposit = co_await parts->store.read(
        [id = DepositId{*id}](store::Reader& reader) { return deposits::find(reader, id); });
    if (!deposit) co_return api::fail(200, "There is no such order.");
    const auto observed =
        co_await parts->settle(deposit->id, {.source = rails::Source::person,
                                             .fate = rails::Fate::paid,
                                             .code = "0",
                                             .description = {},
                                             .checkout_request_id = {},
                                             .merchant_request_id = {},
                                             .receipt = receipt,
                                             .amount = deposit->amount,
                                             .raw = "settled by hand: " + receipt});
    std::string out;
    json::Writer{out}
        .begin_object()
        .member("status", "ok")
        .member("outcome", deposits::name(observed))
        .end_object();
    co_return api::ok(std::move(out));
}

}  // namespace

http::Router admin_routes(AdminParts given) {
    const auto parts = std::make_shared<const AdminParts>(std::move(given));
    using http::Method;
    http::Router router;
    router.add(Method::post, "/admin/merchants", [parts](const Request& r, const PathArguments&) {
        return create_merchant(parts, r);
    });
    router.add(Method::get, "/admin/merchants",
               [parts](const Request&, const PathArguments&) { return list_merchants(parts); });
    router.add(
        Method::post, "/admin/merchants/{slug}/rotate-secret",
        [parts](const Request&, const PathArguments& p) { return rotate_secret(parts, p.at(0)); });
    router.add(Method::post, "/admin/merchants/{slug}/settings",
               [parts](const Request& r, const PathArguments& p) {
                   return set_merchant(parts, r, p.at(0));
               });
    router.add(Method::post, "/admin/rates",
               [parts](const Request& r, const PathArguments&) { return import_rates(parts, r); });
    router.add(Method::get, "/admin/rates",
               [parts](const Request&, const PathArguments&) { return show_rates(parts); });
    router.add(Method::get, "/admin/verify",
               [parts](const Request&, const PathArguments&) { return verify(parts); });
    router.add(Method::get, "/admin/receipts",
               [parts](const Request& r, const PathArguments&) { return receipts(parts, r); });
    router.add(Method::get, "/admin/balances",
               [parts](const Request&, const PathArguments&) { return balances(parts); });
    router.add(
        Method::post, "/admin/deposits/{order_id}/settle",
        [parts](const Request& r, const PathArguments& p) { return settle(parts, r, p.at(0)); });
    return router;
}

}  // namespace lango::app
