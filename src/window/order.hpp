// An order of the payment window: what the shop's link asked for, kept from the payer's first
// prompt on. Its attempts are deposits with the same custom_transaction_id (deposits/deposit.hpp);
// the number of an attempt is its one-time key: a form that was sent twice finds it taken.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.hpp"
#include "base/ids.hpp"
#include "base/random.hpp"
#include "deposits/deposit.hpp"
#include "store/tx.hpp"
#include "window/link.hpp"

namespace lango::window {

using OrderId = Id<struct WindowOrderTag>;

struct Order {
    OrderId id{0};
    MerchantId merchant{0};
    std::string custom_transaction_id;
    std::string label;
    std::optional<Money> fixed_amount;
    std::string success_url;
    std::string fail_url;
    std::string pending_url;
    std::string code;        // "7K29F"
    bool is_signed = false;  // the shop's word, by its signature; else the payer's
    Instant created_at{};
};

inline constexpr int attempts_max = 3;

// Codes to choose from, made before the command that uses one.
using Codes = std::array<std::string, 4>;
[[nodiscard]] Codes draw_codes(Random& random);
// "7k-29f", "7K 29F" to "7K29F"; nothing for a text that can be no code.
[[nodiscard]] std::optional<std::string> read_code(std::string_view typed);

// With the first of the codes that none of the merchant's orders has had.
void insert(store::Tx& tx, Order order, const Codes& codes);
[[nodiscard]] std::optional<Order> find(store::Reader& reader, OrderId id);
[[nodiscard]] std::optional<Order> find(store::Reader& reader, MerchantId merchant,
                                        std::string_view custom_transaction_id);
// The newest with that code.
[[nodiscard]] std::optional<Order> find_by_code(store::Reader& reader, MerchantId merchant,
                                                std::string_view code);
// Whether the link asks for this order again. A redirect counts where the link names one that
// verifies: a merchant's default may change meanwhile.
[[nodiscard]] bool is_same(const Order& order, const Link& link);

// How often anything happened to the order: grows with each event of each attempt.
[[nodiscard]] std::int64_t version(const std::vector<deposits::Deposit>& attempts);
[[nodiscard]] std::int64_t version(store::Reader& reader, MerchantId merchant,
                                   std::string_view custom_transaction_id);

// What the order's address carries: nobody guesses it, and it needs no search to be refused.
[[nodiscard]] std::string token(const crypto::MasterKey& master, OrderId id);
[[nodiscard]] std::optional<OrderId> read_token(const crypto::MasterKey& master,
                                                std::string_view text);

}  // namespace lango::window
