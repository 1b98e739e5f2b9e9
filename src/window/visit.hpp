// One request to the window: whose, in which language, and where its pages stand.
#pragma once
#include <memory>
#include <string>

#include "http/message.hpp"
#include "merchants/merchant.hpp"
#include "window/language.hpp"
#include "window/order.hpp"

namespace lango::window {

using Merchant = std::shared_ptr<const merchants::Merchant>;

// What the window itself adds to a signed link, whose own parameters must stay as they are: the
// language and the payment system that the payer chose.
inline constexpr std::string_view shown_in = "shown_in";
inline constexpr std::string_view chosen_system = "chosen_system";

struct Visit {
    const http::Request& request;
    Merchant merchant;  // none: nobody was found
    std::string host;   // ours, that the payer's browser came by
    std::string base;   // what stands before the pages' paths: "" or "/plugin/demo"
    http::Query query;
    Language language = Language::en;
    bool tls = false;  // the payer's browser came by https

    // "/plugin/demo/o/TOKEN?lang=sw", with more parameters behind, such as "&view=paybill".
    [[nodiscard]] std::string order_path(const std::string& token,
                                         std::string_view more = {}) const {
        return base + "/o/" + token + "?lang=" + std::string{code(language)} + std::string{more};
    }
    // The link's query with this parameter in the place of `name`; signed ones are only added to.
    [[nodiscard]] std::string query_with(std::string_view name, std::string_view added,
                                         std::string_view value) const;
    // The same page in the other language.
    [[nodiscard]] std::string in_other_language() const;
};

}  // namespace lango::window
