// What the commands print with; nothing else in src/ may (tests/lint). Texts come safe: only what
// stands in the program itself, as a literal, is printed as it is, new lines too; every other text
// is taken for somebody else's and goes through terminal_text().
#pragma once
#include <concepts>
#include <iosfwd>
#include <string>
#include <string_view>
#include <type_traits>

namespace lango::process {

class Terminal {
  public:
    struct Literal {
        const char* text;
        consteval Literal(const char* literal)  // NOLINT(google-explicit-constructor)
            : text(literal) {}
    };

    explicit constexpr Terminal(std::ostream& stream) : stream_(&stream) {}

    Terminal& operator<<(Literal literal);
    template <class T>
        requires(std::convertible_to<const T&, std::string_view> && !std::is_array_v<T>)
    Terminal& operator<<(const T& text) {
        return line(text);
    }
    template <std::integral T>
        requires(!std::same_as<T, char> && !std::same_as<T, bool>)
    Terminal& operator<<(T number) {
        return line(std::to_string(number));
    }
    // A new line, or a character of somebody's text.
    Terminal& operator<<(char character);

    // A text of several lines that are ours, such as a page of help: each of them comes safe.
    Terminal& lines(std::string_view text);
    // An answer, and a new line; it stays the same JSON.
    Terminal& json(std::string_view text);
    void flush();

  private:
    Terminal& line(std::string_view text);

    std::ostream* stream_;
};

extern Terminal say;       // standard output: what was asked for
extern Terminal complain;  // standard error: why it was not done, and what is asked of the person

// Somebody sits at both ends: he can be asked, and sees it.
[[nodiscard]] bool is_attended();

// The line that a person types; without its blanks at both ends.
[[nodiscard]] std::string typed_line();

}  // namespace lango::process
