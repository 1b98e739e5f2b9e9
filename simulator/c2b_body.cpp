#include "simulator/c2b_body.hpp"

#include "base/crypto.hpp"
#include "base/json_writer.hpp"
#include "simulator/wire_text.hpp"

namespace lango::simulator {

namespace {

std::string phone_as(PhoneForm form, std::string_view phone) {
    switch (form) {
        case PhoneForm::hashed: {
            const auto hash = crypto::sha256(phone);
            std::string bytes;
            for (const auto byte : hash) bytes += static_cast<char>(byte);
            return crypto::hex(bytes);
        }
        case PhoneForm::masked:
            return std::string{phone.substr(0, 4)} + " ***** " + std::string{phone.substr(9)};
        case PhoneForm::whole:
            break;
    }
    return std::string{phone};
}

}  // namespace

std::string c2b_body(const C2bBody& about) {
    // "254712345678 - JOHN KAMAU"
    const auto named = customer_name(std::string{about.phone});
    const auto first = named.find(" - ") + 3;
    const auto last = named.rfind(' ') + 1;
    std::string out;
    out.reserve(512);
    json::Writer{out}
        .begin_object()
        .member("TransactionType", about.till ? "Buy Goods" : "Pay Bill")
        .member("TransID", about.receipt)
        .member("TransTime", format_eat_compact(about.at))
        .member("TransAmount", shillings(about.amount_minor))
        .member("BusinessShortCode", std::to_string(about.shortcode))
        .member("BillRefNumber", about.reference)
        .member("InvoiceNumber", "")
        .member("OrgAccountBalance", about.balance)
        .member("ThirdPartyTransID", about.third_party_id)
        .member("MSISDN", phone_as(about.form, about.phone))
        .member("FirstName", named.substr(first, last - 1 - first))
        .member("MiddleName", "")
        .member("LastName", named.substr(last))
        .end_object();
    return out;
}

}  // namespace lango::simulator
