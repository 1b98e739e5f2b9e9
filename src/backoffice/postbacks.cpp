#include <charconv>

#include "api/envelope.hpp"
#include "backoffice/endpoints.hpp"
#include "base/json_writer.hpp"
#include "base/typed.hpp"
#include "postbacks/attempts.hpp"

namespace lango::backoffice {

namespace {

constexpr std::size_t page_max = 1000;

std::size_t limit_of(const Request& request) {
    const auto query = http::Query::parse(request.query);
    const auto text = query.find("limit").value_or("");
    std::size_t limit = 0;
    std::from_chars(text.data(), text.data() + text.size(), limit);
    return limit == 0 ? 100 : std::min(limit, page_max);
}

}  // namespace

Answer resend_postback(SharedParts parts, Call call) {
    auto payment = call.path.at(0);
    const auto id = typed::id(payment);
    if (!id) co_return api::fail(400, "A payment's id has 16 hex digits.");
    const auto merchant = co_await parts->store.write(
        [id = *id, who = call.actor.name, now = parts->clock.now()](store::Tx& tx) {
            const auto whose = postbacks::resend(tx, id, now);
            if (whose) people::record(tx, now, who, "postback resent", hex16(id), "");
            return whose;
        });
    if (!merchant) co_return api::fail(200, "There is no postback for this payment.");
    parts->wake_postbacks(*merchant);
    co_return api::ok(R"({"status":"ok"})");
}

Answer exhausted_postbacks(SharedParts parts, Call call) {
    const auto found =
        co_await parts->store.read([limit = limit_of(call.request)](store::Reader& reader) {
            return postbacks::exhausted(reader, limit);
        });
    std::string out;
    json::Writer writer{out};
    writer.begin_object().member("status", "ok").key("postbacks").begin_array();
    for (const auto& postback : found) {
        writer.begin_object()
            .member("payment", hex16(postback.subject_id))
            .member("merchant_id", postback.merchant.value())
            .member("attempts", std::int64_t{postback.attempts})
            .member("created_at", format_rfc3339(postback.created_at))
            .end_object();
    }
    writer.end_array().end_object();
    co_return api::ok(std::move(out));
}

}  // namespace lango::backoffice
