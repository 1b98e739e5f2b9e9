// Whatever is sent to any act of the table: it is answered, and what is of another type than the
// table says is answered 400 with a code, before anything is done or proposed.
#include "backoffice/operators_fixture.hpp"
#include "backoffice/use_case.hpp"

namespace lango::backoffice {
namespace {

using testing::HasSubstr;

std::string nested(std::size_t levels, const std::string& open, const std::string& close) {
    std::string text;
    for (std::size_t i = 0; i < levels; ++i) text += open;
    text += "1";
    for (std::size_t i = 0; i < levels; ++i) text += close;
    return text;
}

class Bodies : public test::Operators {
  protected:
    Bodies() {
        enrol("root", "administrator");
        enrol("second", "administrator");
    }
    static std::vector<const UseCase*> acts() {
        std::vector<const UseCase*> found;
        for (const auto& use : use_cases()) {
            if (!use.is_question()) found.push_back(&use);
        }
        return found;
    }
    // in_braces: what stands in each of the path's.
    http::Response send(const UseCase& use, const std::string& body,
                        const std::string& in_braces = "x") {
        std::string path;
        for (std::string_view rest = use.path; !rest.empty();) {
            const auto open = rest.find('{');
            path += rest.substr(0, open);
            rest = open == std::string_view::npos ? "" : rest.substr(rest.find('}') + 1);
            if (open != std::string_view::npos) path += in_braces;
        }
        auto request = post(path, "", body);
        request.headers.add(std::string{name_header}, "root");
        request.headers.add(std::string{key_header}, keys_[3].second);
        return store_.wait_for(router_.handle(request));
    }
    static std::string good(std::string_view type) {
        if (type == "list") return "[]";
        return type == "yes or no" ? "true" : "\"1\"";
    }
    // All fields, and this one as it stands in `value`.
    static std::string with(const UseCase& use, std::string_view name, const std::string& value) {
        std::string body = "{";
        bool is_there = false;
        for (const auto& field : use.input) {
            body += (body.size() > 1 ? "," : "") + ("\"" + std::string{field.name} + "\":") +
                    (field.name == name ? value : good(field.type));
            is_there = is_there || field.name == name;
        }
        if (!is_there) body += (body.size() > 1 ? ",\"" : "\"") + std::string{name} + "\":" + value;
        return body + "}";
    }
    void expect_code(const http::Response& answer, std::string_view code, const UseCase& use,
                     const std::string& body) {
        EXPECT_EQ(answer.status, 400) << use.name << ": " << body.substr(0, 200) << answer.body;
        EXPECT_THAT(answer.body, HasSubstr(R"("code":")" + std::string{code} + "\"")) << use.name;
        EXPECT_TRUE(json::parse(answer.body)) << use.name;
    }
    std::int64_t done() {
        return store_.number(
            "SELECT (SELECT COUNT(*) FROM proposals) + (SELECT COUNT(*) FROM operator_acts)");
    }
};

TEST_F(Bodies, ThatAreNoObjectAreRefusedByEveryAct) {
    const auto before = done();
    for (const auto* use : acts()) {
        if (use->body != Body::object) continue;
        for (const auto& body :
             {std::string{"[]"}, std::string{"\"text\""}, std::string{"1"}, std::string{"null"},
              std::string{"true"}, std::string{"{"}, std::string{"{}}"}, std::string{"{\"a\":}"},
              std::string{"\xff"}, std::string(1, '\0'), nested(1000, "[", "]"),
              nested(1000, "{\"a\":", "}"), nested(100'000, "[", "")}) {
            expect_code(send(*use, body), "not_an_object", *use, body);
        }
    }
    EXPECT_EQ(done(), before);
}

TEST_F(Bodies, WithFieldsOfAnotherTypeAreRefusedByEveryAct) {
    const auto before = done();
    const std::vector<std::string> kinds{"[]", "{}",    "null",    "true",
                                         "1",  "\"1\"", "[[[1]]]", R"({"a":{"b":[null]}})"};
    std::size_t tried = 0;
    for (const auto* use : acts()) {
        if (use->body != Body::object) continue;
        for (const auto& field : use->input) {
            for (const auto& kind : kinds) {
                const bool is_scalar = kind == "1" || kind == "\"1\"";
                const bool fits = field.type == "list"        ? kind.front() == '['
                                  : field.type == "yes or no" ? kind == "true"
                                                              : is_scalar;
                if (fits) continue;
                const auto body = with(*use, field.name, kind);
                expect_code(send(*use, body), "field_malformed", *use, body);
                ++tried;
            }
        }
        // What the table does not name, too: a merchant's settings are sent so.
        for (const auto* kind : {"[]", "{}", "null", "true"}) {
            const auto body = with(*use, "fee-percent", kind);
            expect_code(send(*use, body), "field_malformed", *use, body);
        }
        for (const auto& field : use->input) {
            if (!field.required) continue;
            expect_code(send(*use, "{}"), "field_missing", *use, "{}");
        }
    }
    EXPECT_GT(tried, 200U);
    EXPECT_EQ(done(), before) << "nothing was done, and nothing proposed";
}

// The types are right and the rest is not: every handler answers, and throws at nobody. The
// gateway's own person, so that nothing is only proposed.
TEST_F(Bodies, OfSenselessTextsAreAnsweredByEveryAct) {
    const std::vector<std::string> values{"\"\"",
                                          "\" \"",
                                          "\"x\"",
                                          "\"\\u0000\"",
                                          "\"\\ud83d\\ude00\"",
                                          "-1",
                                          "1e999",
                                          "0.0000000001",
                                          "\"../..\"",
                                          "\"9223372036854775808\"",
                                          "\"0000000000000000\"",
                                          "\"ffffffffffffffff\"",
                                          '"' + std::string(100'000, 'a') + '"'};
    for (const auto* use : acts()) {
        if (use->name == "user.log_in") continue;  // of nobody whom a key names
        for (const auto& value : values) {
            std::string body = "{";
            for (const auto& field : use->input) {
                const bool is_text = field.type != "list" && field.type != "yes or no";
                body += (body.size() > 1 ? "," : "") + ("\"" + std::string{field.name} + "\":") +
                        (is_text ? value : good(field.type));
            }
            body += "}";
            for (const auto* in_braces : {"x", "0000000000000001", "%00", "%ff", "shop"}) {
                std::string path;
                for (std::string_view rest = use->path; !rest.empty();) {
                    const auto open = rest.find('{');
                    path += rest.substr(0, open);
                    rest = open == std::string_view::npos ? "" : rest.substr(rest.find('}') + 1);
                    if (open != std::string_view::npos) path += in_braces;
                }
                auto request = post(path, "", body);
                request.acting_as = "test";
                const auto answer = store_.wait_for(router_.handle(request));
                EXPECT_LT(answer.status, 500) << use->name << body.substr(0, 200);
            }
        }
    }
    EXPECT_EQ(broken_laws(), "");
}

}  // namespace
}  // namespace lango::backoffice
