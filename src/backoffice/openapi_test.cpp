// The table of use cases as a document, and the words of refusals.
#include "backoffice/openapi.hpp"

#include <gmock/gmock.h>

#include <set>

#include "backoffice/refusals.hpp"
#include "backoffice/use_case.hpp"
#include "base/json.hpp"

namespace lango::backoffice {
namespace {

using testing::HasSubstr;

TEST(Openapi, NamesEveryUseCaseAndIsJson) {
    const auto document = json::parse(openapi("1.2.3"));
    ASSERT_TRUE(document);
    EXPECT_EQ(document->find("info")->text_at("version"), "1.2.3");
    const auto* const paths = document->find("paths");
    ASSERT_NE(paths, nullptr);
    for (const auto& use : use_cases()) {
        const auto* const path = paths->find(use.path);
        ASSERT_NE(path, nullptr) << use.path;
        const auto* const operation = path->find(use.is_question() ? "get" : "post");
        ASSERT_NE(operation, nullptr) << use.name;
        EXPECT_EQ(operation->text_at("operationId"), use.name);
        EXPECT_EQ(operation->text_at("x-permission"), people::name(use.permission));
        const auto* const another = operation->find("x-needs-another-person");
        ASSERT_NE(another, nullptr) << use.name;
        EXPECT_EQ(*another->boolean(), use.agreement == Agreement::another) << use.name;
        EXPECT_EQ(operation->find("requestBody") == nullptr, use.body == Body::none) << use.name;
        const auto* const refused = operation->find("responses")->find("403")->find("content");
        ASSERT_NE(refused, nullptr) << use.name;
        EXPECT_EQ(refused->find("application/json")->find("schema")->text_at("$ref"),
                  "#/components/schemas/Refusal");
    }
    const auto* const refusal = document->find("components")->find("schemas")->find("Refusal");
    EXPECT_NE(refusal->find("properties")->find("permission"), nullptr);
    const auto parameters = [&](const char* path) {
        std::string names;
        for (const auto& one : *paths->find(path)->find("get")->find("parameters")->array()) {
            names += one.text_at("name") + (one.text_at("in") == "query" ? "? " : " ");
        }
        return names;
    };
    EXPECT_EQ(parameters("/admin/suspense"),
              "merchant? since? until? state? reason? amount? phone? reference? order? receipt? "
              "before? limit? ");
    EXPECT_EQ(parameters("/admin/totals"), "by? merchant? since? until? from? ");
    EXPECT_EQ(parameters("/admin/deposits/{order_id}"), "order_id ");
}

TEST(Refusals, HaveCodesOfTheirOwn) {
    std::set<std::string_view> codes;
    for (int i = 0; i <= static_cast<int>(Refusal::refused); ++i) {
        const auto refusal = static_cast<Refusal>(i);
        EXPECT_TRUE(codes.insert(code(refusal)).second);
        EXPECT_THAT(refuse(refusal).body, HasSubstr(std::string{code(refusal)}));
    }
    EXPECT_EQ(refuse_without(people::Permission::withdrawals_approve).body,
              R"({"status":"fail","code":"not_permitted","message":"Your role does not permit )"
              R"(this: it lacks withdrawals_approve.","permission":"withdrawals_approve"})");
    EXPECT_EQ(refuse(Denial{.refusal = Refusal::key_needed}).body,
              refuse(Refusal::key_needed).body);
    EXPECT_EQ(refuse(Refusal::refused, "because").body,
              R"({"status":"fail","code":"refused","message":"because"})");
}

}  // namespace
}  // namespace lango::backoffice
