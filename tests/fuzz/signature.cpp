// Two withdrawal requests with one signed text: they pay the same recipient the same amount, or one
// of them is refused. The input is two lines that say which value goes into which field, and then
// the text; and a body as it is.
#include "api/other_reading.hpp"
#include "api/request_signature.hpp"
#include "api/text.hpp"
#include "api/withdrawal_fields.hpp"
#include "base/json_writer.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace lango;

namespace {

// In byte order, as they are signed: the page's, its sister systems', and one that nobody knows for
// every place between two of the page's. A letter of a line says which: 'a' the first.
constexpr std::array<std::string_view, 23> names{"aaa",
                                                 "account_email",
                                                 "account_name",
                                                 "account_nb",
                                                 "account_number",
                                                 "agent",
                                                 "amount",
                                                 "bank_details",
                                                 "bonus",
                                                 "comment",
                                                 "currency_code",
                                                 "customer",
                                                 "is_test",
                                                 "kind",
                                                 "label",
                                                 "note",
                                                 "payment_a",
                                                 "payment_details",
                                                 "payment_system",
                                                 "payments_details",
                                                 "query",
                                                 "withdrawal_id",
                                                 "x"};

std::vector<std::string_view> split(std::string_view text) {
    std::vector<std::string_view> values;
    for (std::size_t begin = 0; begin <= text.size();) {
        const auto end = std::min(text.find(':', begin), text.size());
        values.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return values;
}
std::string_view line(std::string_view& input) {
    const auto found = input.substr(0, input.find('\n'));
    input.remove_prefix(std::min(input.size(), found.size() + 1));
    return found;
}

// Values of one field. as_sent: in the form that is signed so but is no text, where there is one.
void write(json::Writer& writer, std::string_view name, std::string_view text, bool as_sent) {
    writer.key(name);
    if (name == "is_test" && (text.empty() || (as_sent && text == "1"))) {
        writer.boolean(!text.empty());
    } else if (as_sent && api::text_amount(text) && api::php_number(text) == text) {
        writer.raw(text);
    } else if (as_sent && name != "label" && name != "withdrawal_id") {
        writer.begin_array();
        for (const auto value : split(text)) writer.string(value);
        writer.end_array();
    } else {
        writer.string(text);
    }
}

// The first value goes where its letter says, each other one there or behind it.
std::string body_of(std::string_view letters, const std::vector<std::string_view>& values) {
    std::string out;
    json::Writer writer{out};
    writer.begin_object();
    std::size_t field = 0;
    std::string_view text;
    bool as_sent = false;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const char letter = i < letters.size() ? letters[i] : '\0';
        const auto wanted = std::min<std::size_t>(
            static_cast<std::size_t>(std::max((letter | 0x20) - 'a', 0)), names.size() - 1);
        if (i > 0 && wanted <= field) {
            text = {text.data(),
                    static_cast<std::size_t>(values[i].data() + values[i].size() - text.data())};
        } else {
            if (i > 0) write(writer, names.at(field), text, as_sent);
            field = wanted;
            text = values[i];
            as_sent = letter >= 'A' && letter <= 'Z';
        }
    }
    write(writer, names.at(field), text, as_sent);
    writer.end_object();
    return out;
}

// What a request does, if it is taken.
std::optional<api::Meaning> taken_as(const json::Value& body) {
    static const merchants::Merchant shop{};
    const auto wanted = api::read_withdrawal(body, shop);
    if (!wanted) {
        fuzz::must(!wanted.error().empty(), "a refusal says why");
        return std::nullopt;
    }
    const api::Meaning meaning{.recipient = wanted->phone,
                               .amount = wanted->amount,
                               .is_test = wanted->kind == withdrawals::Kind::test};
    fuzz::must(wanted->amount >= shop.withdrawal_min && wanted->amount <= shop.withdrawal_max &&
                   wanted->amount.is_whole(),
               "an amount is within its limits");
    const bool ambiguous = api::has_other_reading(api::signed_text(body), meaning,
                                                  {shop.withdrawal_min, shop.withdrawal_max});
    return ambiguous ? std::nullopt : std::optional{meaning};
}

void check_pair(std::string_view input) {
    const auto first_letters = line(input);
    const auto second_letters = line(input);
    const auto text = input.substr(0, 400);
    const auto values = split(text);
    const auto first = json::parse(body_of(first_letters, values));
    const auto second = json::parse(body_of(second_letters, values));
    if (!first || !second) return;  // no UTF-8
    fuzz::must(api::signed_text(*first) == text && api::signed_text(*second) == text,
               "both are signed alike");
    const auto one = taken_as(*first);
    const auto other = taken_as(*second);
    fuzz::must(!one || !other || *one == *other, "one signature has one meaning");
}

void check_body(std::string_view input) {
    const auto body = json::parse(input);
    if (!body || body->object() == nullptr) return;
    const auto text = api::signed_text(*body);
    static_cast<void>(taken_as(*body));
    for (const auto& [name, member] : *body->object()) {
        const auto* number = member.number();
        if (number == nullptr) continue;
        const auto php = api::php_number(number->text);
        // PHP reads "-0" as an integer, which has no sign, and "-0.0" as a number that has.
        const bool is_read_otherwise = php.ends_with("INF") || php == "-0";
        fuzz::must(is_read_otherwise || api::php_number(php) == php,
                   "a number that is printed is printed so again");
    }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto input = fuzz::text(data, size);
    if (input.starts_with('{')) {
        check_body(input);
    } else {
        check_pair(input);
    }
    return 0;
}
