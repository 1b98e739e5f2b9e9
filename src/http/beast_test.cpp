#include "http/beast.hpp"

#include <gtest/gtest.h>

namespace lango::http {
namespace {

class AnyRequest final : public HeadParser<true> {
    void on_request_impl(beast::http::verb, View, View, int, Code&) override {}
    void on_response_impl(int, View, int, Code&) override {}
    void on_field_impl(beast::http::field, View, View, Code&) override {}
    void on_header_impl(Code&) override {}
};
class AnyAnswer final : public HeadParser<false> {
    void on_request_impl(beast::http::verb, View, View, int, Code&) override {}
    void on_response_impl(int, View, int, Code&) override {}
    void on_field_impl(beast::http::field, View, View, Code&) override {}
    void on_header_impl(Code&) override {}
};

constexpr std::string_view request_head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
constexpr std::string_view answer_head = "HTTP/1.1 204 No Content\r\n\r\n";

// A second message to a parser that has read one breaks an assertion of Beast's.
TEST(Beast, AnAssertionThatBreaksIsAnErrorAndNotTheEndOfTheProcess) {
    AnyRequest request;
    EXPECT_FALSE(put_head(request, request_head));
    EXPECT_EQ(put_head(request, request_head), HeadError::bad_value);
    AnyAnswer answer;
    EXPECT_FALSE(put_head(answer, answer_head));
    EXPECT_EQ(put_head(answer, answer_head), HeadError::bad_value);
}

TEST(Beast, AnAssertionOfTheParserThrows) {
    AnyRequest parser;
    EXPECT_THROW((void)parser.content_length(), ParserFailed);
}

TEST(Beast, WhatIsNoWholeHeadIsAnError) {
    AnyRequest parser;
    EXPECT_TRUE(put_head(parser, "GET / HTTP/1.1\r\nHost: a\r\n"));
    AnyRequest more;
    EXPECT_TRUE(put_head(more, "GET / HTTP/1.1\r\nHost: a\r\n\r\nX"));
}

}  // namespace
}  // namespace lango::http
