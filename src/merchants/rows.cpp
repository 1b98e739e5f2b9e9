#include "merchants/rows.hpp"

#include <algorithm>

#include "merchants/payout_key.hpp"
#include "merchants/seal.hpp"
#include "merchants/window_settings.hpp"
#include "store/errors.hpp"

namespace lango::merchants {

namespace {

#define LANGO_MERCHANT_COLUMNS                                                                   \
    "id, slug, name, secret_hash, access_key, private_access_key, private_key, webhook_secret, " \
    "postback_url, time_zone, deposit_min, deposit_max, fee_percent, fee_fixed, ip_allow_list, " \
    "created_at, withdrawal_min, withdrawal_max, payout_fee_percent, payout_fee_fixed, "         \
    "domain, balance_check, approval_from, approval_day_total, approval_new_recipient, "         \
    "approvals_needed, postback_schedule, postback_give_up, paybill_amount, "                    \
    "needs_withdrawal_id, failed_events, disabled"

// A sealed key that does not open: the master key is not the one the database was made with.
Secret open(const crypto::MasterKey* master, const store::Row& row, int column,
            std::string_view name) {
    if (master == nullptr) return {};
    auto secret = master->open(seal_use(MerchantId{row.integer(0)}, name), row.text(column));
    if (!secret)
        throw store::Broken{"a merchant's key does not open: is this the right master.key?"};
    return std::move(*secret);
}

PostbackSchedule schedule_of(std::string_view pauses, std::string_view give_up) {
    PostbackSchedule schedule;
    if (auto own = parse_pauses(pauses)) schedule.pauses = std::move(*own);
    schedule.give_up_after = parse_pause(give_up).value_or(schedule.give_up_after);
    return schedule;
}

Merchant from_row(const store::Row& row, const crypto::MasterKey* master) {
    const auto percent = Decimal::parse(row.text(12));
    const auto payout_percent = Decimal::parse(row.text(18));
    if (!percent || !payout_percent) throw store::Broken{"a merchant's fee is no number"};
    return Merchant{
        .id = MerchantId{row.integer(0)},
        .slug = row.string(1),
        .name = row.string(2),
        .secret_hash = row.string(3),
        .access_key = row.string(4),
        .private_access_key = open(master, row, 5, "private_access_key"),
        .private_key = open(master, row, 6, "private_key"),
        .webhook_secret = open(master, row, 7, "webhook_secret"),
        .payout_key = {},
        .former_keys = {},
        .postback_url = row.string(8),
        .postback_schedule = schedule_of(row.text(26), row.text(27)),
        .time_zone = row.string(9),
        .deposit_min = Money{row.integer(10), Currency::kes()},
        .deposit_max = Money{row.integer(11), Currency::kes()},
        .fee_percent = *percent,
        .fee_fixed = Money{row.integer(13), Currency::kes()},
        .withdrawal_min = Money{row.integer(16), Currency::kes()},
        .withdrawal_max = Money{row.integer(17), Currency::kes()},
        .payout_fee_percent = *payout_percent,
        .payout_fee_fixed = Money{row.integer(19), Currency::kes()},
        .ip_allow_list = split(row.text(14)),
        .domain = row.string(20),
        .balance_check = row.integer(21) != 0,
        .needs_withdrawal_id = row.integer(29) != 0,
        .failed_events = row.integer(30) != 0,
        .payout_rules = {.from = Money{row.integer(22), Currency::kes()},
                         .day_total = Money{row.integer(23), Currency::kes()},
                         .new_recipient = row.integer(24) != 0,
                         .needed = static_cast<int>(row.integer(25))},
        .paybill_amount = row.text(28) == "exact" ? PaybillAmount::exact : PaybillAmount::at_least,
        .window = {},
        .created_at = row.instant(15),
        .is_disabled = row.integer(31) != 0};
}

// Into merchants that were read from their own rows, in the order of their ids.
void read_former_keys(store::Reader& reader, const crypto::MasterKey& master,
                      std::vector<Merchant>& merchants) {
    const auto opened = [&](const store::Row& row, int column, std::string_view name) {
        return row.is_null(column) ? Secret{} : open(&master, row, column, name);
    };
    reader.each(
        "SELECT merchant_id, until, secret_hash, access_key, private_access_key, private_key, "
        "webhook_secret FROM merchant_former_keys ORDER BY merchant_id, number DESC",
        [&](const store::Row& row) {
            const auto merchant =
                std::ranges::lower_bound(merchants, MerchantId{row.integer(0)}, {}, &Merchant::id);
            if (merchant == merchants.end() || merchant->id != MerchantId{row.integer(0)}) return;
            merchant->former_keys.push_back(
                {.until = row.instant(1),
                 .secret_hash = row.is_null(2) ? std::string{} : row.string(2),
                 .access_key = row.string(3),
                 .private_access_key = opened(row, 4, "private_access_key"),
                 .private_key = opened(row, 5, "private_key"),
                 .webhook_secret = opened(row, 6, "webhook_secret")});
        });
}

}  // namespace

std::string joined(const std::vector<std::string>& list) {
    std::string out;
    for (const auto& item : list) out += (out.empty() ? "" : ",") + item;
    return out;
}

std::vector<std::string> split(std::string_view list) {
    std::vector<std::string> out;
    while (!list.empty()) {
        const auto comma = std::min(list.find(','), list.size());
        auto item = list.substr(0, comma);
        while (item.starts_with(' ')) item.remove_prefix(1);
        while (item.ends_with(' ')) item.remove_suffix(1);
        if (!item.empty()) out.emplace_back(item);
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return out;
}

std::optional<Merchant> find(store::Reader& reader, const crypto::MasterKey* master,
                             std::string_view slug) {
    return reader.first(
        "SELECT " LANGO_MERCHANT_COLUMNS " FROM merchants WHERE slug = ?1",
        [master](const store::Row& row) { return from_row(row, master); }, slug);
}

std::vector<Merchant> list(store::Reader& reader, const crypto::MasterKey& master) {
    std::vector<Merchant> all;
    reader.each("SELECT " LANGO_MERCHANT_COLUMNS " FROM merchants ORDER BY id",
                [&](const store::Row& row) { all.push_back(from_row(row, &master)); });
    read_former_keys(reader, master, all);
    read_window_settings(reader, all);
    const auto secret = payout_secret(reader, master);
    for (auto& merchant : all) merchant.payout_key = payout_key(secret, merchant.slug);
    return all;
}

void audit(store::Tx& tx, MerchantId merchant, Instant now, std::string_view who,
           std::string_view setting, std::string_view before, std::string_view after) {
    tx.run(
        "INSERT INTO merchant_changes (merchant_id, number, at, who, setting, before, after) "
        "SELECT ?1, COALESCE(MAX(number), 0) + 1, ?2, ?3, ?4, ?5, ?6 FROM merchant_changes "
        "WHERE merchant_id = ?1",
        merchant, now, who, setting, before, after);
}

}  // namespace lango::merchants
