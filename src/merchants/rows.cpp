#include "merchants/rows.hpp"

#include <algorithm>

#include "merchants/payout_key.hpp"
#include "merchants/seal.hpp"
#include "merchants/window_settings.hpp"
#include "store/columns.hpp"
#include "store/errors.hpp"

namespace lango::merchants {

namespace {

// A sealed key that does not open: the master key is not the one the database was made with.
Secret open(const crypto::MasterKey* master, const store::Row& row, int column,
            std::string_view name) {
    if (master == nullptr) return {};
    auto secret = master->open(seal_use(MerchantId{row.integer(0)}, name), row.text(column));
    if (!secret)
        throw store::Broken{"a merchant's key does not open: is this the right master.key?"};
    return std::move(*secret);
}

// What the keys are opened with, none where they are not asked for, and what they are sealed with.
struct Seals {
    const crypto::MasterKey* master = nullptr;
    Random* random = nullptr;
    MerchantId merchant{0};
};

struct SealedBytes {
    std::string bytes;
    operator store::Blob() const { return {bytes}; }  // NOLINT(google-explicit-constructor)
};

template <store::Text Name>
struct Sealed {
    template <class T>
    static T read(const auto& cell) {
        return open(cell.context.master, cell.row, cell.at, Name.view());
    }
    static SealedBytes write(const Secret& secret, const Seals& seals) {
        return {seals.master->seal(seal_use(seals.merchant, Name.view()), secret.reveal(),
                                   *seals.random)};
    }
};
struct Percent {
    template <class T>
    static T read(const auto& cell) {
        const auto percent = Decimal::parse(cell.row.text(cell.at));
        if (!percent) throw store::Broken{"a merchant's fee is no number"};
        return *percent;
    }
    static std::string write(const Decimal& percent) { return percent.text(); }
};
struct Addresses {
    template <class T>
    static T read(const auto& cell) {
        return split(cell.row.text(cell.at));
    }
    static std::string write(const std::vector<std::string>& list) { return joined(list); }
};
// Of a schedule what is everybody's is kept as '', so that it changes with it.
struct Pauses {
    template <class T>
    static T read(const auto& cell) {
        return parse_pauses(cell.row.text(cell.at)).value_or(PostbackSchedule{}.pauses);
    }
    static std::string write(const std::vector<Duration>& pauses) {
        return pauses == PostbackSchedule{}.pauses ? "" : pauses_text(pauses);
    }
};
struct GiveUp {
    template <class T>
    static T read(const auto& cell) {
        return parse_pause(cell.row.text(cell.at)).value_or(PostbackSchedule{}.give_up_after);
    }
    static std::string write(Duration after) {
        return after == PostbackSchedule{}.give_up_after ? "" : pause_text(after);
    }
};
struct Overpaid {
    template <class T>
    static T read(const auto& cell) {
        return cell.row.text(cell.at) == text(PaybillAmount::exact) ? PaybillAmount::exact
                                                                    : PaybillAmount::at_least;
    }
    static std::string_view write(PaybillAmount amount) { return text(amount); }
};

using store::Kes;
using store::Life;
using store::Plain;
template <store::Text Name, auto Member, class Codec = Plain>
using Fixed = store::Column<Name, Member, Codec, Life::fixed>;
template <store::Text Name, auto Member, class Codec = Plain>
using Setting = store::Column<Name, Member, Codec, Life::changes>;
template <store::Text Name, auto Member, class Codec = Plain>
using Rule =
    store::ColumnAt<Name, store::Inside<&Merchant::payout_rules, Member>, Codec, Life::changes>;
template <store::Text Name, auto Member, class Codec>
using Schedule = store::ColumnAt<Name, store::Inside<&Merchant::postback_schedule, Member>, Codec,
                                 Life::changes>;
// Keys are changed by the statements of rotations, is_disabled by disable and enable.
using Rows = store::Table<
    Merchant, "merchants", store::Column<"id", &Merchant::id, Plain, Life::key>,
    Fixed<"slug", &Merchant::slug>, Setting<"name", &Merchant::name>,
    Fixed<"secret_hash", &Merchant::secret_hash, store::Bytes>,
    Fixed<"access_key", &Merchant::access_key>,
    Fixed<"private_access_key", &Merchant::private_access_key, Sealed<"private_access_key">>,
    Fixed<"private_key", &Merchant::private_key, Sealed<"private_key">>,
    Fixed<"webhook_secret", &Merchant::webhook_secret, Sealed<"webhook_secret">>,
    Setting<"postback_url", &Merchant::postback_url>, Setting<"time_zone", &Merchant::time_zone>,
    Setting<"deposit_min", &Merchant::deposit_min, Kes>,
    Setting<"deposit_max", &Merchant::deposit_max, Kes>,
    Setting<"fee_percent", &Merchant::fee_percent, Percent>,
    Setting<"fee_fixed", &Merchant::fee_fixed, Kes>,
    Setting<"ip_allow_list", &Merchant::ip_allow_list, Addresses>,
    Fixed<"created_at", &Merchant::created_at>,
    Setting<"withdrawal_min", &Merchant::withdrawal_min, Kes>,
    Setting<"withdrawal_max", &Merchant::withdrawal_max, Kes>,
    Setting<"payout_fee_percent", &Merchant::payout_fee_percent, Percent>,
    Setting<"payout_fee_fixed", &Merchant::payout_fee_fixed, Kes>,
    Setting<"domain", &Merchant::domain>, Setting<"balance_check", &Merchant::balance_check>,
    Rule<"approval_from", &PayoutRules::from, Kes>,
    Rule<"approval_day_total", &PayoutRules::day_total, Kes>,
    Rule<"approval_new_recipient", &PayoutRules::new_recipient>,
    Rule<"approvals_needed", &PayoutRules::needed>,
    Schedule<"postback_schedule", &PostbackSchedule::pauses, Pauses>,
    Schedule<"postback_give_up", &PostbackSchedule::give_up_after, GiveUp>,
    Setting<"paybill_amount", &Merchant::paybill_amount, Overpaid>,
    Setting<"needs_withdrawal_id", &Merchant::needs_withdrawal_id>,
    Setting<"failed_events", &Merchant::failed_events>,
    store::Column<"disabled", &Merchant::is_disabled, Plain, Life::apart>>;

Merchant from_row(const store::Row& row, const crypto::MasterKey* master) {
    Merchant merchant;
    Rows::read(row, merchant, Seals{.master = master});
    return merchant;
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

std::string_view text(PaybillAmount amount) {
    return amount == PaybillAmount::exact ? "exact" : "at-least";
}

void insert(store::Tx& tx, const crypto::MasterKey& master, Random& random,
            const Merchant& merchant) {
    Rows::insert(tx, merchant,
                 Seals{.master = &master, .random = &random, .merchant = merchant.id});
}

void save_settings(store::Tx& tx, const Merchant& merchant) { Rows::update(tx, merchant); }

std::optional<Merchant> find(store::Reader& reader, const crypto::MasterKey* master,
                             std::string_view slug) {
    return reader.first(
        Rows::select<"FROM merchants WHERE slug = ?1">,
        [master](const store::Row& row) { return from_row(row, master); }, slug);
}

std::vector<Merchant> list(store::Reader& reader, const crypto::MasterKey& master) {
    std::vector<Merchant> all;
    reader.each(Rows::select<"FROM merchants ORDER BY id">,
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
