#include "api/envelope.hpp"
#include "backoffice/endpoints.hpp"
#include "base/json_writer.hpp"
#include "withdrawals/backlog.hpp"
#include "withdrawals/payout_float.hpp"

namespace lango::backoffice {

namespace {

Response off() {
    return api::fail(200,
                     "Payouts are off, or the gateway does not run: payouts.initiator turns them "
                     "on.");
}

std::string_view what_of(rails::Halts what) {
    if (what == rails::Halts::questions) return "questions";
    return what == rails::Halts::everything ? "everything" : "payouts";
}

void write_halt(json::Writer& writer, std::string_view key,
                const std::optional<withdrawals::Halt>& halt) {
    writer.key(key);
    if (!halt) {
        writer.null();
        return;
    }
    writer.begin_object()
        .member("what", what_of(halt->what))
        .member("since", format_rfc3339(halt->began_at))
        .member("code", halt->code)
        .member("description", halt->description)
        .member("withdrawal", hex16(halt->withdrawal.value()))
        .member("lifted_at", halt->lifted_at ? format_rfc3339(*halt->lifted_at) : std::string{})
        .member("probe", halt->probe.value() == 0 ? std::string{} : hex16(halt->probe.value()))
        .end_object();
}

void write_float(json::Writer& writer, const std::optional<withdrawals::StoredFloat>& stored,
                 Money paid_in_a_day) {
    writer.key("float");
    if (!stored) {
        writer.null();
        return;
    }
    const auto left = withdrawals::runway(stored->reading.utility, paid_in_a_day);
    writer.begin_object()
        .member("read_at", format_rfc3339(stored->read_at))
        .member("utility_minor", stored->reading.utility.minor())
        .member("working_minor", stored->reading.working.minor())
        .member("charges_minor", stored->reading.charges.minor())
        .key("runway_seconds");
    if (left)
        writer.integer(*left / std::chrono::seconds{1});
    else
        writer.null();
    writer.end_object();
}

}  // namespace

Answer show_payouts(SharedParts parts, Call call) {
    if (parts->payouts == nullptr) co_return off();
    auto out = co_await parts->store.read(
        [shortcode = parts->payouts->shortcode(), now = parts->clock.now()](store::Reader& reader) {
            std::string body;
            json::Writer writer{body};
            writer.begin_object().member("status", "ok").member("shortcode", shortcode);
            write_halt(writer, "halt", withdrawals::open_halt(reader));
            write_halt(writer, "law_halt", withdrawals::open_law_halt(reader));
            write_halt(writer, "questions_halt", withdrawals::open_questions_halt(reader));
            writer.member("seen", withdrawals::halt_code(reader));
            write_float(writer, withdrawals::latest_float(reader, shortcode),
                        withdrawals::paid_within_a_day(reader, now));
            const auto counted = withdrawals::backlog(reader);
            writer.key("open").begin_object();
            for (const auto& [state, count] : counted.open) {
                writer.member(withdrawals::name(state), count);
            }
            writer.end_object().member("attention", counted.attention).end_object();
            return body;
        });
    co_return api::ok(std::move(out));
}

Answer resume_payouts(SharedParts parts, Call call) {
    if (parts->payouts == nullptr) co_return off();
    const auto refused = co_await parts->payouts->resume(call.actor.name, call.text("seen"));
    if (!refused.empty()) co_return api::fail(200, refused);
    co_return api::ok(R"({"status":"ok"})");
}

Answer ask_float(SharedParts parts, Call call) {
    if (parts->payouts == nullptr) co_return off();
    co_await parts->store.write([who = call.actor.name, now = parts->clock.now()](store::Tx& tx) {
        people::record(tx, now, who, "float asked for", "", "");
    });
    if (!co_await parts->payouts->ask_float()) {
        co_return api::fail(200, "Safaricom did not take the question, or it must not be asked.");
    }
    co_return api::ok(R"({"status":"ok"})");
}

}  // namespace lango::backoffice
