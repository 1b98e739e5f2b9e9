#include "api/other_reading.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "api/request_signature.hpp"
#include "api/withdrawal_fields.hpp"
#include "base/json_writer.hpp"
#include "base/random.hpp"

namespace lango::api {
namespace {

using Values = std::vector<std::string>;
using Fields =
    std::vector<std::pair<std::string, std::string>>;  // names with values that are texts

// In byte order, as they are signed. The page's fields, those of its sister systems, and one name
// that nobody knows for every place between two of the page's.
struct Name {
    const char* name;
    bool known = true;
};
constexpr Name names[] = {
    {"aaa", false},      {"account_name"},     {"account_number"},
    {"agent", false},    {"amount"},           {"bank_details"},
    {"bonus", false},    {"comment"},          {"currency_code"},
    {"customer", false}, {"is_test"},          {"kind", false},
    {"label"},           {"note", false},      {"payment_details"},
    {"payment_system"},  {"payments_details"}, {"query", false},
    {"withdrawal_id"},   {"x", false},
};

std::string body_of(const Fields& fields) {
    std::string out;
    json::Writer writer{out};
    writer.begin_object();
    for (const auto& [name, value] : fields) {
        writer.key(name);
        // The one text that a field cannot hold is that of false.
        if (name == "is_test" && value.empty()) {
            writer.raw("false");
        } else {
            writer.string(value);
        }
    }
    writer.end_object();
    return out;
}

merchants::Merchant shop() { return {}; }

std::optional<Meaning> meaning_of(const json::Value& body) {
    const auto wanted = read_withdrawal(body, shop());
    if (!wanted) return std::nullopt;
    return Meaning{.recipient = wanted->phone,
                   .amount = wanted->amount,
                   .is_test = wanted->kind == withdrawals::Kind::test};
}

bool is_refused(const std::string& body) {
    const auto parsed = *json::parse(body);
    const auto meaning = meaning_of(parsed);
    EXPECT_TRUE(meaning) << body;
    return meaning && has_other_reading(signed_text(parsed), *meaning,
                                        {shop().withdrawal_min, shop().withdrawal_max});
}

// ---- Every reading of a text, by trying all: slow, and knows nothing of other_reading.cpp.

struct Readings {
    Values values;
    bool known_only = false;
    Fields fields = {};
    std::vector<std::pair<std::string, Meaning>> found = {};

    void try_from(std::size_t value, std::size_t name) {
        if (name == std::size(names)) {
            if (value < values.size()) return;
            auto body = body_of(fields);
            if (const auto meaning = meaning_of(*json::parse(body))) {
                found.emplace_back(std::move(body), *meaning);
            }
            return;
        }
        if (!is_required(names[name].name)) try_from(value, name + 1);  // not sent
        if (known_only && !names[name].known) return;
        std::string joined;
        for (auto end = value; end < values.size(); ++end) {
            joined += (end == value ? "" : ":") + values[end];
            if (!may_be(names[name].name, joined)) continue;
            fields.emplace_back(names[name].name, joined);
            try_from(end + 1, name + 1);
            fields.pop_back();
        }
    }
    // Only to try less in vain: read_withdrawal decides.
    static bool is_required(std::string_view name) {
        return name == "account_number" || name == "amount" || name == "currency_code" ||
               name == "is_test" || name == "label" || name == "payment_system";
    }
    static bool may_be(std::string_view name, std::string_view value) {
        if (name == "account_number") return value.size() == 12;
        if (name == "currency_code") return value == "KES";
        if (name == "payment_system") return value == "mpesa";
        if (name == "is_test") return value.empty() || value == "1" || value == "0";
        if (name == "amount") return value == "10" || value == "50000";
        return true;
    }
};

Values split(std::string_view text) {
    Values values;
    for (std::size_t begin = 0; begin <= text.size();) {
        const auto end = std::min(text.find(':', begin), text.size());
        values.emplace_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return values;
}

std::vector<std::pair<std::string, Meaning>> all_readings(const std::string& text,
                                                          bool known_only) {
    Readings readings{.values = split(text), .known_only = known_only};
    readings.try_from(0, 0);
    return std::move(readings.found);
}

bool is_one(const std::vector<std::pair<std::string, Meaning>>& readings, const Meaning& meaning) {
    return std::ranges::all_of(readings,
                               [&](const auto& reading) { return reading.second == meaning; });
}

// Values that like to be taken for one another.
std::string any_value(SeededRandom& random, std::string_view name) {
    const auto pick = [&](std::initializer_list<const char*> list) {
        return std::string{list.begin()[random.next() % list.size()]};
    };
    if (name == "account_number") return pick({"254700000001", "254700000002"});
    if (name == "amount") return pick({"10", "50000"});
    if (name == "currency_code") return "KES";
    if (name == "is_test") return pick({"", "1", "0"});
    if (name == "payment_system") return "mpesa";
    const auto one = [&] {
        return pick({"l", "l", "hello", "", "1", "0", "10", "50000", "5", "KES", "mpesa",
                     "254700000001", "254700000002"});
    };
    auto value = name == "label" && random.next() % 2 == 0 ? std::string{"l"} : one();
    while (random.next() % 4 == 0) value += ":" + one();
    return value;
}

Fields any_request(SeededRandom& random) {
    const std::set<std::string_view> demanded{"account_number", "amount", "currency_code",
                                              "is_test",        "label",  "payment_system"};
    Fields fields;
    for (const auto& name : names) {
        const bool often = name.known && std::string_view{name.name} != "account_name";
        if (demanded.contains(name.name) || random.next() % (often ? 4 : 8) == 0) {
            fields.emplace_back(name.name, any_value(random, name.name));
        }
    }
    return fields;
}

TEST(OtherReading, RefusesWhatIsAmbiguousAndNothingElse) {
    SeededRandom random{11};
    int requests = 0;
    int refused = 0;
    int of_unknown_names = 0;
    while (requests < 400) {
        const auto fields = any_request(random);
        const auto body = body_of(fields);
        const auto parsed = *json::parse(body);
        const auto meaning = meaning_of(parsed);
        const auto text = signed_text(parsed);
        if (!meaning || split(text).size() > 10) continue;
        ++requests;
        const auto known = all_readings(text, true);
        const auto all = known.empty() ? all_readings(text, false) : known;
        const bool is_ambiguous = !is_one(all, *meaning);
        EXPECT_EQ(is_refused(body), is_ambiguous) << body;
        refused += is_ambiguous ? 1 : 0;
        of_unknown_names += known.empty() ? 1 : 0;
    }
    EXPECT_GT(refused, 10);
    EXPECT_GT(requests - refused, 80);
    EXPECT_GT(of_unknown_names, 30);
}

TEST(OtherReading, LetsOneSignatureMeanOnlyOneThing) {
    SeededRandom random{12};
    int texts = 0;
    int ambiguous = 0;
    while (texts < 60) {
        const auto text = signed_text(*json::parse(body_of(any_request(random))));
        if (split(text).size() > 9) continue;
        ++texts;
        std::optional<Meaning> taken;
        bool any_refused = false;
        for (const auto& [body, meaning] : all_readings(text, false)) {
            if (is_refused(body)) {
                any_refused = true;
                continue;
            }
            if (!taken) taken = meaning;
            EXPECT_EQ(*taken, meaning) << text;
        }
        ambiguous += any_refused ? 1 : 0;
    }
    EXPECT_GT(ambiguous, 4);
}

// ---- What was tried from outside.

constexpr const char* crafted =
    R"("label":"254700000001:50000:x:KES:0:l","payment_system":"mpesa","withdrawal_id":"F2"})";

TEST(OtherReading, LetsNoFieldInFrontMoveRecipientAndAmount) {
    const std::string honest =
        R"({"account_name":"Jane","account_number":"254724653314","amount":1000,)"
        R"("comment":"withdrawal","currency_code":"KES","is_test":false,)" +
        std::string{crafted};
    const auto moved = [](const std::string& name) {
        return "{\"" + name +
               R"(":"Jane:254724653314:1000:withdrawal:KES:","account_number":"254700000001",)"
               R"("amount":50000,"comment":"x","currency_code":"KES","is_test":"0","label":"l",)"
               R"("payment_system":"mpesa","withdrawal_id":"F2"})";
    };
    ASSERT_EQ(signed_text(*json::parse(honest)), signed_text(*json::parse(moved("account_aaa"))));
    for (const auto* name : {"account_aaa", "account_name", "account_email", "a", "Z", ""}) {
        EXPECT_TRUE(is_refused(moved(name))) << name;
    }
    // Whoever chose that label spoils the request, and no more.
    EXPECT_TRUE(is_refused(honest));
}

TEST(OtherReading, MakesNoTestReal) {
    const std::string begin =
        R"({"account_number":"254724653314","amount":1000,"currency_code":"KES",)";
    const auto honest = begin + R"("is_test":true,"label":":lab","payment_system":"mpesa"})";
    const auto moved =
        begin + R"("is_aaa":"1","is_test":false,"label":"lab","payment_system":"mpesa"})";
    ASSERT_EQ(signed_text(*json::parse(honest)), signed_text(*json::parse(moved)));
    EXPECT_TRUE(is_refused(moved));
    EXPECT_FALSE(is_refused(honest));
}

TEST(OtherReading, TakesColonsAndUnknownFields) {
    const auto with = [](const std::string& more, const std::string& comment = "withdrawal",
                         const std::string& label = "160496026") {
        return R"({"withdrawal_id":"85858053","payment_system":"mpesa","amount":1000,)"
               R"("currency_code":"KES","label":")" +
               label + R"(","comment":")" + comment +
               R"(","account_number":"254724653314","is_test":false)" + more + "}";
    };
    for (const auto* comment : {"order: 5", "12:30", "a:b:c", ":", "http://shop.example/1", "500",
                                "50000", "1", "KES", "transaction_id=0", "254700000001", ""}) {
        EXPECT_FALSE(is_refused(with("", comment))) << comment;
    }
    // Those that could be the fields themselves.
    for (const auto* comment : {"254700000001:50000", "KES:1"}) {
        EXPECT_TRUE(is_refused(with("", comment))) << comment;
    }
    for (const auto* label : {"u:7", "1", "0", "254700000001", "KES", "mpesa", "12:30"}) {
        EXPECT_FALSE(is_refused(with("", "withdrawal", label))) << label;
    }
    for (const auto* more :
         {R"(,"account_name":"A. Moraa")", R"(,"account_email":"a@b.example")",
          R"(,"bank_details":{"bank_code":"1","branch_code":"2"})", R"(,"payments_details":{})",
          R"(,"agent":"Jane")", R"(,"customer":"Jane: a good one")", R"(,"customer":"7")",
          R"(,"timestamp":1790000000)", R"(,"zone":"1")", R"(,"nonce":"1:2")",
          R"(,"aaa":"254700000001")", R"(,"Amount":"1000")"}) {
        EXPECT_FALSE(is_refused(with(more))) << more;
    }
}

TEST(OtherReading, LooksAtEachValueABoundedNumberOfTimes) {
    const auto work_for = [](std::size_t count) {
        std::string text = "254724653314:1000:";
        for (std::size_t i = 0; i < count; ++i) text += i % 2 == 0 ? "KES::" : "254700000001:50:";
        text += "KES::l:mpesa";
        std::size_t work = 0;
        static_cast<void>(has_other_reading(
            text, {.recipient = *Msisdn::parse("254724653314"), .amount = Money::kes(1000)},
            {shop().withdrawal_min, shop().withdrawal_max}, &work));
        return std::pair{work, split(text).size()};
    };
    for (const std::size_t count : {1U, 100U, 10'000U}) {
        const auto [work, values] = work_for(count);
        EXPECT_GT(work, 0U);
        EXPECT_LE(work, 3 * values);
    }
}

}  // namespace
}  // namespace lango::api
