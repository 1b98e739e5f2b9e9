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

struct Visit {
    const http::Request& request;
    Merchant merchant;  // none: nobody was found
    std::string base;   // what stands before the pages' paths: "" or "/plugin/demo"
    http::Query query;
    Language language = Language::en;
    bool tls = false;  // the payer's browser came by https

    // "/plugin/demo/o/TOKEN?lang=sw", with more parameters behind, such as "&view=paybill".
    [[nodiscard]] std::string order_path(const std::string& token,
                                         std::string_view more = {}) const {
        return base + "/o/" + token + "?lang=" + std::string{code(language)} + std::string{more};
    }
    // The same page in the other language.
    [[nodiscard]] std::string in_other_language() const;
};

}  // namespace lango::window
