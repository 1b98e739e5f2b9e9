#include "refunds/retry.hpp"

#include "base/crypto.hpp"

namespace lango::refunds {

std::string asked(const NewRefund& wanted) {
    std::string text;
    // Lengths first, so that no two requests read the same.
    const auto add = [&](const std::string& part) {
        text += std::to_string(part.size()) + ":" + part;
    };
    add(wanted.deposit ? hex16(wanted.deposit->value()) : "");
    add(wanted.receipt);
    add(wanted.amount ? std::to_string(wanted.amount->minor()) : "");
    add(wanted.method ? std::string{name(*wanted.method)} : "");
    add(wanted.phone ? wanted.phone->raw() : "");
    add(wanted.reason);
    add(wanted.who);
    return crypto::hex(crypto::view(crypto::sha256(text)));
}

Result<std::optional<WithdrawalId>, std::string> made_before(store::Reader& reader,
                                                             const NewRefund& wanted) {
    if (wanted.retry_key.empty()) return std::optional<WithdrawalId>{};
    struct Earlier {
        WithdrawalId id;
        std::string asked;
    };
    const auto earlier = reader.first(
        "SELECT withdrawal_id, asked FROM refunds WHERE retry_key = ?1",
        [](const store::Row& row) {
            return Earlier{.id = WithdrawalId{row.integer(0)}, .asked = row.string(1)};
        },
        wanted.retry_key);
    if (!earlier) return std::optional<WithdrawalId>{};
    if (earlier->asked != asked(wanted)) {
        return Unexpected<std::string>{"This retry key made another refund, " +
                                       hex16(earlier->id.value()) + "."};
    }
    return std::optional{earlier->id};
}

}  // namespace lango::refunds
