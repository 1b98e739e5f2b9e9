#include "rails/payer_phone.hpp"

#include <algorithm>

#include "base/crypto.hpp"

namespace lango::rails {

namespace {

bool is_hex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool fits_mask(std::string_view mask, std::string_view raw) {
    const auto head = mask.substr(0, mask.find_first_not_of("0123456789"));
    const auto tail = mask.substr(mask.find_last_not_of("0123456789") + 1);
    return !head.empty() && !tail.empty() && raw.starts_with(head) && raw.ends_with(tail);
}

}  // namespace

PhoneForm phone_form(std::string_view phone) {
    if (phone.size() == 64 && std::ranges::all_of(phone, is_hex)) return PhoneForm::hashed;
    if (Msisdn::parse(phone)) return PhoneForm::whole;
    return phone.find('*') == std::string_view::npos ? PhoneForm::none : PhoneForm::masked;
}

bool may_be(std::string_view phone, Msisdn number) {
    switch (phone_form(phone)) {
        case PhoneForm::whole:
            return phone == number.raw();
        case PhoneForm::hashed:
            return crypto::unhex(phone) == crypto::view(crypto::sha256(number.raw()));
        case PhoneForm::masked:
            return fits_mask(phone, number.raw());
        case PhoneForm::none:
            return false;
    }
    return false;
}

std::string shown(std::string_view phone) {
    switch (phone_form(phone)) {
        case PhoneForm::whole:
            return Msisdn::parse(phone)->masked();
        case PhoneForm::masked:
            return std::string{phone};
        case PhoneForm::hashed:
            return "hashed";
        case PhoneForm::none:
            return "";
    }
    return "";
}

}  // namespace lango::rails
