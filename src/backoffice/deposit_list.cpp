#include <algorithm>
#include <charconv>
#include <optional>

#include "api/envelope.hpp"
#include "backoffice/endpoints.hpp"
#include "base/json_writer.hpp"
#include "base/typed.hpp"
#include "deposits/search.hpp"
#include "ledger/ledger.hpp"

namespace lango::backoffice {

namespace {

constexpr std::int64_t limit_max = 1'000;
constexpr const char* usual_zone = "Africa/Nairobi";

// What is wrong with the question, or what is searched for.
using Wanted = Result<deposits::Search, std::string>;

std::optional<deposits::State> state_named(std::string_view text) {
    for (auto number = 1; number <= static_cast<int>(deposits::State::expired); ++number) {
        const auto state = static_cast<deposits::State>(number);
        if (deposits::name(state) == text) return state;
    }
    return std::nullopt;
}

std::optional<std::int64_t> number_of(std::string_view text) {
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = read.ec == std::errc{} && read.ptr == text.data() + text.size();
    return whole ? std::optional{value} : std::nullopt;
}

// One filter of the query, each with what is said when it cannot be read.
class Filters {
  public:
    Filters(store::Reader& reader, const http::Query& query, Instant now)
        : reader_(reader), query_(query), now_(now) {}

    Wanted read() {
        zone_ = zone();
        take("state", "created, pushing, prompted, unknown, verifying, paid, failed or expired",
             [&](const std::string& text) { return search_.state = state_named(text); });
        take("merchant", "a merchant's slug",
             [&](const std::string& text) { return search_.merchant = merchant(text); });
        take("since", time_form, [&](const std::string& text) {
            return search_.since = typed::instant(text, now_, zone_);
        });
        take("until", time_form, [&](const std::string& text) {
            return search_.until = typed::instant(text, now_, zone_);
        });
        take("amount", "a number of shillings", [&](const std::string& text) {
            const auto amount = typed::amount(text);
            if (amount) search_.amount = *amount;
            return search_.amount;
        });
        take("phone", "a Kenyan number",
             [&](const std::string& text) { return search_.phone = typed::phone(text); });
        take("before", "what the last page said", [&](const std::string& text) {
            const auto id = typed::id(text);
            search_.before = id.value_or(0);
            return id;
        });
        take("limit", "1 to 1000", [&](const std::string& text) {
            const auto limit = number_of(text);
            search_.limit = std::clamp<std::int64_t>(limit.value_or(1), 1, limit_max);
            return limit;
        });
        if (const auto receipt = value("receipt"); !receipt.empty()) {
            search_.receipt = ledger::meant_receipt(reader_, receipt);
        }
        search_.label = value("label");
        if (!wrong_.empty()) return Unexpected<std::string>{wrong_};
        return search_;
    }

  private:
    static constexpr const char* time_form = "a time such as 2026-11-29, 2026-11-29 14:05 or 24h";

    std::string value(std::string_view name) const {
        return std::string{query_.find(name).value_or("")};
    }
    template <class Read>
    void take(std::string_view name, std::string_view form, const Read& read) {
        const auto text = value(name);
        if (text.empty() || read(text) || !wrong_.empty()) return;
        wrong_ = std::string{name} + " is not " + std::string{form};
    }
    std::optional<MerchantId> merchant(const std::string& slug) {
        return reader_.first(
            "SELECT id FROM merchants WHERE slug = ?1",
            [](const store::Row& row) { return MerchantId{row.integer(0)}; }, slug);
    }
    // The merchant's, where one was named: times are as they look there.
    std::string zone() {
        const auto of_merchant = reader_.first(
            "SELECT time_zone FROM merchants WHERE slug = ?1",
            [](const store::Row& row) { return row.string(0); }, value("merchant"));
        return of_merchant && known_zone(*of_merchant) ? *of_merchant : usual_zone;
    }

    store::Reader& reader_;
    const http::Query& query_;
    Instant now_;
    std::string zone_;
    deposits::Search search_{};
    std::string wrong_;
};

void write_row(json::Writer& writer, const deposits::Deposit& deposit, const std::string& slug,
               const std::string& zone) {
    writer.begin_object()
        .member("order_id", hex16(deposit.id.value()))
        .member("custom_transaction_id", deposit.custom_transaction_id)
        .member("merchant", slug)
        .member("label", deposit.label)
        .member("state", deposits::name(deposit.state))
        .member("amount", deposit.amount.text())
        .member("currency", deposit.amount.currency().code())
        .member("phone", deposit.phone.masked())
        .member("receipt", deposit.receipt)
        .member("result_code", deposit.result_code)
        .key("needs_review")
        .boolean(deposit.has(deposits::Flag::attention))
        .member("created_at", format_rfc3339(deposit.created_at))
        .member("local", format_in_zone(deposit.created_at, zone))
        .end_object();
}

std::map<MerchantId, std::string> zones(store::Reader& reader) {
    std::map<MerchantId, std::string> all;
    reader.each("SELECT id, time_zone FROM merchants", [&](const store::Row& row) {
        if (known_zone(row.string(1))) all.emplace(MerchantId{row.integer(0)}, row.string(1));
    });
    return all;
}

std::string page_json(store::Reader& reader, const deposits::Search& search) {
    const auto page = deposits::search(reader, search);
    const auto slugs = merchant_slugs(reader);
    const auto in_zone = zones(reader);
    const auto of = [](const auto& map, MerchantId merchant, const char* otherwise) {
        const auto found = map.find(merchant);
        return found == map.end() ? std::string{otherwise} : found->second;
    };
    std::string out;
    json::Writer writer{out};
    writer.begin_object().member("status", "ok").key("deposits").begin_array();
    for (const auto& deposit : page.deposits) {
        write_row(writer, deposit, of(slugs, deposit.merchant, ""),
                  of(in_zone, deposit.merchant, usual_zone));
    }
    writer.end_array()
        .member("next", page.next == 0 ? std::string{} : hex16(page.next))
        .end_object();
    return out;
}

}  // namespace

Answer list_deposits(SharedParts parts, Call call) {
    struct Found {
        std::string wrong;
        std::string page;
    };
    const auto found =
        co_await parts->store.read([query = http::Query::parse(call.request.query),
                                    now = parts->clock.now()](store::Reader& reader) {
            const auto wanted = Filters{reader, query, now}.read();
            if (!wanted) return Found{.wrong = wanted.error(), .page = {}};
            return Found{.wrong = {}, .page = page_json(reader, *wanted)};
        });
    if (!found.wrong.empty()) co_return refuse(Refusal::field_malformed, found.wrong);
    co_return api::ok(found.page);
}

}  // namespace lango::backoffice
