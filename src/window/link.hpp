// What a shop's link asks for (merchant-api 1.2): the parameters of the window, in any order, and
// everything that is wrong with them. Names that nobody knows are left alone: shops add a bare
// number against caches.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.hpp"
#include "base/result.hpp"
#include "http/message.hpp"
#include "merchants/merchant.hpp"
#include "window/texts.hpp"

namespace lango::window {

// A verified address to go to: signed, by id, the merchant's default; "" for none.
struct Target {
    std::string url;
    bool named = false;  // by the link itself
};

struct Link {
    std::string label;
    std::string custom_transaction_id;
    std::optional<Money> fixed_amount;  // none: the payer types it
    bool names_system = false;          // wallet_type: else the payer chooses
    Target success;
    Target fail;
    Target pending;
    bool is_signed = false;  // by the shop: what it says is the shop's word and not the payer's
    std::vector<std::string> ignored;  // redirects that did not verify: for the log
};

struct Fault {
    std::string parameter;
    Key says;
    std::vector<std::string> parts = {};  // behind the parameter's name: {2}, {3}
};

// query: as it came, percent-encoded. now: for keys that were changed; without it the current ones
// alone count.
[[nodiscard]] Result<Link, std::vector<Fault>> read_link(std::string_view query,
                                                         const merchants::Merchant& merchant,
                                                         Instant now = Instant::max());

// Whether it is UTF-8 without control characters.
[[nodiscard]] bool is_plain_text(std::string_view text);

}  // namespace lango::window
