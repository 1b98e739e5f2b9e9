// What an organisation is asked and told of a customer's payment (daraja.md 4.2): flat JSON, every
// value a string.
#pragma once
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace lango::simulator {

enum class PhoneForm : std::int8_t {
    hashed,  // version 1: SHA-256 of the twelve digits
    masked,  // version 2: "2547 ***** 126"
    whole,   // a switch of ours
};

struct C2bBody {
    std::string_view receipt;
    Instant at;
    std::int64_t amount_minor = 0;
    std::int64_t shortcode = 0;
    std::string_view reference;  // "" for a till
    bool till = false;
    std::string_view balance;         // "" in a validation
    std::string_view third_party_id;  // as the validation was answered
    std::string_view phone;
    PhoneForm form = PhoneForm::hashed;
};

[[nodiscard]] std::string c2b_body(const C2bBody& about);

}  // namespace lango::simulator
