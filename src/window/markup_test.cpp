#include "window/markup.hpp"

#include <gtest/gtest.h>

#include <type_traits>

namespace lango::window {
namespace {

// What a Markup is made of, and that nothing else becomes one by itself. markup_refused_test.cpp
// has the calls that must not compile.
static_assert(!std::is_constructible_v<Markup, std::string>);
static_assert(!std::is_constructible_v<Markup, std::string_view>);
static_assert(!std::is_constructible_v<Markup, const char*>);
static_assert(!std::is_constructible_v<Markup, Content>);
static_assert(!std::is_convertible_v<std::string, Markup>);
static_assert(!std::is_convertible_v<std::string_view, Markup>);
static_assert(!std::is_assignable_v<Markup&, std::string>);
static_assert(!std::is_convertible_v<Markup, std::string>);
static_assert(!std::is_convertible_v<Markup, std::string_view>);
static_assert(!std::is_constructible_v<Literal, std::string>);
static_assert(!std::is_constructible_v<Sentence, std::string>);
static_assert(!std::is_constructible_v<Sentence, std::string_view>);
static_assert(!std::is_constructible_v<Name, std::string_view>);
template <class Left, class Right>
concept joins = requires(Left left, Right right) { left + right; };
static_assert(joins<Markup, Markup>);
static_assert(!joins<Markup, std::string>);
static_assert(!joins<std::string, Markup>);
static_assert(!joins<Markup, std::string_view>);

const std::string name = R"(<b class="x">Wanjiku's & Co)";
const std::string escaped = "&lt;b class=&quot;x&quot;&gt;Wanjiku&#39;s &amp; Co";

TEST(Markup, EscapesTexts) {
    EXPECT_EQ(text(name).html(), escaped);
    EXPECT_EQ(text("").html(), "");
    EXPECT_EQ(text("&").html(), "&amp;");
    EXPECT_EQ(text("plain").html(), "plain");
    EXPECT_EQ(text("a<").html(), "a&lt;");
    EXPECT_EQ(text(std::string_view{"a\0<", 3}).html(), (std::string{"a\0", 2} + "&lt;"));
}

TEST(Markup, KeepsLiteralsAndWhatIsEscapedAsTheyAre) {
    auto made = Markup{"<p>"} + text(name);
    made += Markup{"</p>"};
    EXPECT_EQ(made.html(), "<p>" + escaped + "</p>");
    EXPECT_FALSE(made.empty());
    EXPECT_TRUE(Markup{}.empty());
    EXPECT_EQ((Markup{"<a"} + attr("href", name) + Markup{">"}).html(),
              "<a href=\"" + escaped + "\">");
}

TEST(Markup, HasElementsThatEscapeWhatIsText) {
    EXPECT_EQ(element("p", {}).html(), "<p></p>");
    EXPECT_EQ(element("p", {{"class", "quiet"}}, "a & b").html(),
              "<p class=\"quiet\">a &amp; b</p>");
    EXPECT_EQ(element("p", {}, element("b", {}, name), ": ", std::string_view{"<"}).html(),
              "<p><b>" + escaped + "</b>: &lt;</p>");
    EXPECT_EQ(element("p", {{"data-x", name}}).html(), "<p data-x=\"" + escaped + "\"></p>");
}

TEST(Markup, HasAttributesThatStandAloneOrAreLeftOut) {
    const auto made = [](bool is_there) {
        return void_element("input", {{"required"},
                                      {"value", ""},
                                      {"aria-invalid", "true", is_there},
                                      Attribute::alone("checked", is_there)})
            .html();
    };
    EXPECT_EQ(made(true), "<input required value=\"\" aria-invalid=\"true\" checked>");
    EXPECT_EQ(made(false), "<input required value=\"\">");
}

TEST(Markup, FillsThePlacesOfSentences) {
    EXPECT_EQ(fill("{2} of {1}.", {"a", "b"}).html(), "b of a.");
    EXPECT_EQ(fill("The shop's name: {1}", {name}).html(), "The shop's name: " + escaped);
    EXPECT_EQ(fill("{1}{1}", {element("b", {}, name)}).html(),
              "<b>" + escaped + "</b><b>" + escaped + "</b>");
    EXPECT_EQ(fill("none", {}).html(), "none");
    EXPECT_EQ(fill("{1} and {2}", {"{2}"}).html(), "{2} and ") << "what is filled in has no places";
    EXPECT_EQ(fill("ends {", {}).html(), "ends {");
    EXPECT_EQ(fill_text("{2} of {1}.", {name, "all"}), "all of " + name + ".");
    EXPECT_EQ(fill_text("none", {}), "none");
}

}  // namespace
}  // namespace lango::window
