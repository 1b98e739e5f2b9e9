#include "process/terminal.hpp"

#include <unistd.h>

#include <iostream>

#include "base/terminal_text.hpp"

namespace lango::process {

constinit Terminal say{std::cout};
constinit Terminal complain{std::cerr};

Terminal& Terminal::operator<<(Literal literal) {
    *stream_ << literal.text;
    return *this;
}

Terminal& Terminal::operator<<(char character) {
    if (character != '\n') return line({&character, 1});
    *stream_ << character;
    return *this;
}

Terminal& Terminal::line(std::string_view text) {
    *stream_ << terminal_text(text);
    return *this;
}

Terminal& Terminal::lines(std::string_view text) {
    for (std::size_t end = 0; (end = text.find('\n')) != text.npos; text.remove_prefix(end + 1)) {
        line(text.substr(0, end)) << '\n';
    }
    return line(text);
}

Terminal& Terminal::json(std::string_view text) {
    *stream_ << terminal_json(text) << '\n';
    return *this;
}

void Terminal::flush() { stream_->flush(); }

bool is_attended() { return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDOUT_FILENO) == 1; }

std::string typed_line() {
    std::string line;
    std::getline(std::cin, line);
    const auto first = line.find_first_not_of(" \t\r");
    if (first == std::string::npos) return {};
    return line.substr(first, line.find_last_not_of(" \t\r") - first + 1);
}

}  // namespace lango::process
