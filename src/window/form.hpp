// What a payer sends: the fields, the key that the form was made with, and what his browser keeps.
#pragma once
#include <optional>
#include <string>

#include "base/msisdn.hpp"
#include "window/context.hpp"
#include "window/screens.hpp"
#include "window/visit.hpp"

namespace lango::window {

// Of the order's attempt with that number, from 1: a form is good for one attempt.
[[nodiscard]] std::string form_key(const crypto::MasterKey& master, MerchantId merchant,
                                   std::string_view custom_transaction_id, std::size_t attempt);

// Whether another site's page sent it.
[[nodiscard]] bool is_foreign(const http::Request& request);

struct Typed {
    std::optional<Msisdn> phone;
    std::optional<Money> amount;
    bool remember = false;
    std::string key;
};
// Puts what was typed, and what is wrong with it, into the form.
[[nodiscard]] Typed read_form(const http::Request& request, EnterForm& form);

// Cookies. This browser typed the phone of that attempt:
[[nodiscard]] std::string own_cookie(const Context& context, const Visit& visit,
                                     const std::string& token, DepositId attempt);
[[nodiscard]] bool is_own(const Context& context, const Visit& visit, DepositId attempt);
// The number to remember on this device, sealed; or that it be forgotten.
[[nodiscard]] std::string phone_cookie(const Context& context, const Visit& visit,
                                       const std::optional<Msisdn>& phone);
[[nodiscard]] std::optional<Msisdn> remembered_phone(const Context& context, const Visit& visit);

}  // namespace lango::window
