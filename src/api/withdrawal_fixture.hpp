// For tests: the withdrawal endpoints, with money on the merchants' accounts, signed requests, and
// a payout rail that is there and takes nothing.
#pragma once
#include "api/api_fixture.hpp"
#include "api/request_signature.hpp"
#include "base/json.hpp"
#include "ledger/verify.hpp"
#include "rails/payout_fixture.hpp"
#include "rates/rates.hpp"

namespace lango::api::test {

class WithdrawalEndpoints : public Endpoints {
  protected:
    static constexpr const char* path = "/v2/withdrawal/create";
    static constexpr const char* private_key = "test_private_key";

    WithdrawalEndpoints() {
        replace_shops([](merchants::Merchant&) {});
        auto table = rates::page_sample();
        table.id = store_.write([&](store::Tx& tx) { return rates::save(tx, table); });
        rates_ = std::make_shared<const rates::Table>(table);
        credit(1, 100'000);
        context_.payouts = &payouts_;
    }

    // Both shops anew, the first one changed.
    template <class Change>
    void replace_shops(const Change& change) {
        auto one = shop(1);
        change(one);
        directory_.replace({one, shop(2)});
    }
    merchants::Merchant shop(std::int64_t id) {
        auto made = merchant(id, "secret-" + std::to_string(id));
        made.access_key = "access-" + std::to_string(id);
        made.private_key = Secret{private_key};
        made.webhook_secret = Secret{"abcdefghijklmnopqrstuvwx"};
        made.payout_key = Secret{"shop " + std::to_string(id)};
        return made;
    }
    void credit(std::int64_t merchant, std::int64_t shillings) {
        const auto amount = Money::kes(shillings);
        const auto receipt = "CREDIT" + std::to_string(ids_.next(start));
        static_cast<void>(store_.write([&](store::Tx& tx) {
            return ledger::book(
                tx,
                {.subject_id = ids_.next(start),
                 .outcome = ledger::Outcome::deposit_to_suspense,
                 .booked_at = start,
                 .postings = {{{.kind = ledger::AccountKind::rail, .owner = 600996}, -amount},
                              {{.kind = ledger::AccountKind::merchant, .owner = merchant}, amount}},
                 .receipt = receipt,
                 .amount = amount});
        }));
    }
    // With `"signature"` added. body: an object.
    static std::string signed_body(std::string body) {
        const auto parsed = json::parse(body);
        body.pop_back();
        return body + (body.size() > 1 ? "," : "") + R"("signature":")" +
               request_signature(private_key, signed_text(*parsed)) + R"("})";
    }
    // The page's sample, signed, with these members replaced or added; values are JSON, and ""
    // leaves the member out.
    static std::string body(const std::vector<std::pair<std::string, std::string>>& changes = {}) {
        std::vector<std::pair<std::string, std::string>> fields{
            {"withdrawal_id", R"("85858053")"},
            {"payment_system", R"("mpesa")"},
            {"amount", "1000"},
            {"currency_code", R"("KES")"},
            {"label", R"("160496026")"},
            {"comment", R"("withdrawal")"},
            {"account_number", R"("254724653314")"},
            {"is_test", "false"}};
        for (const auto& change : changes) {
            const auto same = std::ranges::find(fields, change.first,
                                                &std::pair<std::string, std::string>::first);
            if (same == fields.end()) {
                fields.push_back(change);
            } else {
                same->second = change.second;
            }
        }
        std::string out;
        for (const auto& [name, value] : fields) {
            if (!value.empty()) {
                out += (out.empty() ? "{\"" : ",\"") + name + "\":" + value;
            }
        }
        return signed_body(out.empty() ? "{}" : out + "}");
    }
    http::Response create(const std::string& sent,
                          const std::string& query = "access_key=access-1") {
        return call(post(path, query, sent));
    }
    http::Response get_signed(const std::string& at, std::string query) {
        query += "&signature=" +
                 request_signature(private_key, signed_text(at, http::Query::parse(query)));
        return call(get(at, query));
    }
    std::string now_text() { return std::to_string(to_micros(clock_.now()) / 1'000'000); }
    std::int64_t withdrawals() { return store_.number("SELECT COUNT(*) FROM withdrawals"); }
    std::string broken_laws() {
        return store_.write([](store::Tx& tx) {
            std::string found;
            for (const auto& proof : ledger::prove_all(tx)) {
                for (const auto& finding : proof.findings) {
                    found += proof.law + ": " + finding.text + "\n";
                }
            }
            return found;
        });
    }

    int payout_wakes_ = 0;
    std::vector<postbacks::Message> told_;
    std::shared_ptr<const rates::Table> rates_;
    rails::test::StillPayouts payout_rail_;
    withdrawals::Settler settler_{
        {.store = store_.store(),
         .clock = clock_,
         .ids = ids_,
         .merchants = directory_,
         .rates = [this] { return rates_; },
         .rail = payout_rail_,
         .hand_over = [this](postbacks::Message message) { told_.push_back(std::move(message)); },
         .noticed = {},
         .wake_worker = [this] { ++payout_wakes_; }},
        {}};
    Payouts payouts_{.settler = settler_, .wake_worker = [this] { ++payout_wakes_; }};
};

}  // namespace lango::api::test
