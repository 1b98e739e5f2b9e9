#include <algorithm>

#include "sheets/sheet.hpp"

namespace lango::sheets {

namespace {

Unexpected<std::string> wrong(std::size_t line, std::string_view what) {
    return Unexpected<std::string>{"line " + std::to_string(line) + ": " + std::string{what}};
}

char separator_of(std::string_view text) {
    const auto first = text.substr(0, text.find('\n'));
    for (const char c : {'\t', ';'}) {
        if (first.find(c) != std::string_view::npos && first.find(',') == std::string_view::npos) {
            return c;
        }
    }
    return ',';
}

// A first line "sep=;", which spreadsheets write, obey and do not show. Takes it off the text.
std::optional<char> said_separator(std::string_view& text) {
    auto line = text.substr(0, text.find('\n'));
    const auto length = line.size();
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.size() > 1 && line.starts_with('"') && line.ends_with('"')) {
        line = line.substr(1, line.size() - 2);
    }
    const auto is = [&](std::size_t i, char lower) { return (line[i] | 0x20) == lower; };
    if (line.size() != 5 || !is(0, 's') || !is(1, 'e') || !is(2, 'p') || line[3] != '=') {
        return std::nullopt;
    }
    const char separator = line[4];
    if (std::string_view{",;\t|:"}.find(separator) == std::string_view::npos) return std::nullopt;
    text.remove_prefix(std::min(length + 1, text.size()));
    return separator;
}

class Reader {
  public:
    Reader(std::string_view text, char separator) : text_(text), separator_(separator) {}

    Result<Sheet, std::string> read() {
        while (at_ < text_.size()) {
            const auto number = line_;
            Row row{.number = number, .cells = {}, .shown = {}};
            if (const auto problem = read_row(row)) return wrong(number, *problem);
            if (!row.cells.empty()) sheet_.push_back(std::move(row));
            if (sheet_.size() > rows_max) return wrong(number, "more than 50000 rows");
        }
        return std::move(sheet_);
    }

  private:
    // What is wrong with it, if anything is.
    std::optional<std::string> read_row(Row& row) {
        for (std::size_t column = 0;; ++column) {
            std::string cell;
            if (is_quoted()) skip_blanks();
            if (peek() != '"') {
                read_plain(cell);
            } else if (!read_quoted(cell)) {
                return "a quote is not closed, or text follows it";
            }
            if (auto problem = cells_.put(row, column, std::move(cell))) return problem;
            if (peek() != separator_) break;
            ++at_;
        }
        end_line();
        return std::nullopt;
    }
    void read_plain(std::string& cell) {
        const auto end =
            std::min(text_.find_first_of(std::string{separator_, '\n', '\r'}, at_), text_.size());
        cell = text_.substr(at_, end - at_);
        at_ = end;
    }
    bool read_quoted(std::string& cell) {
        for (++at_; at_ < text_.size(); ++at_) {
            if (text_[at_] == '\n') ++line_;
            if (text_[at_] != '"') {
                cell += text_[at_];
            } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
                cell += text_[++at_];
            } else {
                ++at_;
                skip_blanks();
                return at_ == text_.size() || peek() == separator_ || peek() == '\n' ||
                       peek() == '\r';
            }
        }
        return false;
    }
    // Its quote may stand behind blanks.
    [[nodiscard]] bool is_quoted() const {
        const auto first = text_.find_first_not_of(' ', at_);
        return first < text_.size() && text_[first] == '"';
    }
    void skip_blanks() {
        while (peek() == ' ') ++at_;
    }
    void end_line() {
        if (peek() == '\r') ++at_;
        if (peek() == '\n') ++at_;
        ++line_;
    }
    [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

    std::string_view text_;
    char separator_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
    Cells cells_;
    Sheet sheet_;
};

}  // namespace

Result<Sheet, std::string> read_csv(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    if (text.find('\0') != std::string_view::npos) {
        return Unexpected<std::string>{"this is neither CSV nor XLSX"};
    }
    const auto said = said_separator(text);
    return Reader{text, said ? *said : separator_of(text)}.read();
}

}  // namespace lango::sheets
