// HTML in which others' text is escaped, by its type (decisions/0042). A std::string is text: it
// becomes part of a Markup by being escaped and in no other way. What else a Markup is made of are
// literals of this program, elements, attributes, and Markups. What does not compile stands in
// markup_refused_test.cpp.
#pragma once
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace lango::window {

// HTML as it stands in our source; nothing that came from outside can be one.
class Literal {
  public:
    template <std::size_t size>
    consteval Literal(const char (&bytes)[size]) : bytes_(bytes, size - 1) {}  // NOLINT
    [[nodiscard]] constexpr std::string_view bytes() const { return bytes_; }

  private:
    std::string_view bytes_;
};

// The name of an element or of an attribute. Not of one whose value is a program or a sheet, where
// escaping as HTML does not help.
class Name {
  public:
    template <std::size_t size>
    consteval Name(const char (&name)[size]) : name_(name, size - 1) {  // NOLINT
        for (const char c : name_) {
            if (c != '-' && (c < 'a' || c > 'z') && (c < '0' || c > '9')) throw "is no name";
        }
        if (name_.empty() || name_.starts_with("on")) throw "is a program's";
        for (const std::string_view one : {"script", "style", "srcdoc"}) {
            if (name_ == one) throw "holds no text";
        }
    }
    [[nodiscard]] constexpr std::string_view name() const { return name_; }

  private:
    std::string_view name_;
};

// Words of ours in which nothing needs to be escaped, so that they are text and HTML alike. {1},
// {2} are places that fill() fills.
class Sentence {
  public:
    template <std::size_t size>
    consteval Sentence(const char (&words)[size]) : words_(words, size - 1) {  // NOLINT
        if (words_.find_first_of("&<>\"") != words_.npos) throw "has to be escaped";
    }
    [[nodiscard]] constexpr std::string_view words() const { return words_; }
    constexpr operator std::string_view() const { return words_; }  // NOLINT

  private:
    std::string_view words_;
};

class Content;

class Markup {
  public:
    Markup() = default;
    explicit Markup(Literal literal) : html_(literal.bytes()) {}

    [[nodiscard]] const std::string& html() const { return html_; }
    [[nodiscard]] bool empty() const { return html_.empty(); }

    Markup& operator+=(const Markup& more) {
        html_ += more.html_;
        return *this;
    }
    friend Markup operator+(Markup left, const Markup& right) { return std::move(left += right); }

  private:
    friend class Content;
    friend class MarkupMaker;
    std::string html_;
};

// What stands in an element, or in a place of a sentence: a Markup as it is, or a text, which is
// escaped. Only for arguments: it owns nothing.
class Content {
  public:
    Content(const Markup& markup) : bytes_(markup.html_), is_html_(true) {}   // NOLINT
    Content(Sentence sentence) : bytes_(sentence.words()), is_html_(true) {}  // NOLINT
    Content(std::string_view text) : bytes_(text) {}                          // NOLINT
    Content(const std::string& text) : bytes_(text) {}                        // NOLINT
    Content(const char* text) : bytes_(text) {}                               // NOLINT

  private:
    friend class MarkupMaker;
    std::string_view bytes_;
    bool is_html_ = false;
};

// NAME="VALUE", or NAME alone; the value is text. Only for arguments: it owns nothing.
class Attribute {
  public:
    Attribute(Name name) : name_(name), is_alone_(true) {}  // NOLINT
    // Left out unless `is_there`.
    Attribute(Name name, std::string_view value, bool is_there = true)
        : name_(name), value_(value), is_there_(is_there) {}
    static Attribute alone(Name name, bool is_there) {
        Attribute made{name};
        made.is_there_ = is_there;
        return made;
    }

  private:
    friend class MarkupMaker;
    Name name_;
    std::string_view value_;
    bool is_alone_ = false;
    bool is_there_ = true;
};
using Attributes = std::initializer_list<Attribute>;
using Contents = std::initializer_list<Content>;

[[nodiscard]] Markup text(std::string_view text);
// With a blank before it, for a tag that is put together from literals.
[[nodiscard]] Markup attr(Name name, std::string_view value);

// <tag attributes>contents</tag>
[[nodiscard]] Markup element_of(Name tag, Attributes attributes, Contents contents);
template <class... Parts>
[[nodiscard]] Markup element(Name tag, Attributes attributes, const Parts&... contents) {
    return element_of(tag, attributes, {Content{contents}...});
}
// <tag attributes>: an element that has no end, such as "input".
[[nodiscard]] Markup void_element(Name tag, Attributes attributes);

// The sentence with its places filled.
[[nodiscard]] Markup fill(Sentence sentence, Contents parts);
// The same as text, for values of attributes.
[[nodiscard]] std::string fill_text(Sentence sentence,
                                    std::initializer_list<std::string_view> parts);

}  // namespace lango::window
