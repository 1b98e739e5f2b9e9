// Whatever others write stands in a page as text: every screen in both languages.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "window/gallery_fixture.hpp"
#include "window/shown.hpp"

namespace lango::window {
namespace {

using test::Gallery;
using test::Words;

// "mark-N", and the text that it stands for.
struct Mark {
    std::string mark;
    std::string text;
};
constexpr std::string_view hostile = R"-(<img src=x onerror="alert('1')">&lt;</main></title>)-";

Words words(const std::vector<Mark>& marks, bool plain) {
    const auto word = [&](std::size_t i) { return plain ? marks.at(i).mark : marks.at(i).text; };
    return {.shop = word(0),
            .organisation = word(1),
            .contact = word(2),
            .host = word(3),
            .receipt = word(4),
            .code = word(5),
            .typed = word(6),
            .parameter = word(7),
            .reference = word(8),
            .address = "https://gateway.example/o/token"};
}

// As this test understands it, and not as the window does.
std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text) {
        const auto at = std::string_view{"&<>\"'"}.find(c);
        constexpr std::array entities{"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
        if (at == std::string_view::npos) {
            out += c;
        } else {
            out += entities.at(at);
        }
    }
    return out;
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
    for (auto at = text.find(what); at != text.npos; at = text.find(what, at + with.size())) {
        text.replace(at, what.size(), with);
    }
    return text;
}

class OthersWords : public testing::TestWithParam<Language> {
  protected:
    OthersWords() {
        for (int i = 0; i < 9; ++i) {
            // The first letters are the same: a merchant's initials are drawn, too.
            const auto letter = std::string(1, static_cast<char>('A' + i)) + " M";
            marks_.push_back({letter + "ark-" + std::to_string(i), letter + std::string{hostile}});
        }
    }
    std::vector<Mark> marks_;
};

// Byte for byte the page with harmless words, but for the words.
TEST_P(OthersWords, ChangeNothingButTheirOwnText) {
    auto plain = Gallery{GetParam(), words(marks_, true)}.draw_all();
    const auto drawn = Gallery{GetParam(), words(marks_, false)}.draw_all();
    ASSERT_EQ(plain.size(), drawn.size());
    for (auto& [name, page] : plain) {
        for (const auto& [mark, text] : marks_) {
            page = replaced(std::move(page), mark, escaped(text));
            page = replaced(std::move(page), shown_code(mark), escaped(shown_code(text)));
        }
        EXPECT_EQ(page, drawn.at(name)) << name;
    }
}

TEST_P(OthersWords, StandInThePages) {
    const auto plain = Gallery{GetParam(), words(marks_, true)}.draw_all();
    for (const auto& [mark, text] : marks_) {
        EXPECT_TRUE(std::ranges::any_of(plain, [&](const auto& page) {
            return page.second.find(mark) != std::string::npos;
        })) << mark;
    }
}

TEST_P(OthersWords, AreTriedOnEveryScreen) {
    Gallery gallery{GetParam(), words(marks_, true)};
    static_cast<void>(gallery.draw_all());
    for (auto screen = Screen::enter; screen <= Screen::state;
         screen = static_cast<Screen>(static_cast<int>(screen) + 1)) {
        EXPECT_NE(std::ranges::find(gallery.screens(), screen), gallery.screens().end())
            << name(screen);
    }
}

INSTANTIATE_TEST_SUITE_P(In, OthersWords, testing::Values(Language::en, Language::sw),
                         [](const auto& info) { return std::string{code(info.param)}; });

}  // namespace
}  // namespace lango::window
