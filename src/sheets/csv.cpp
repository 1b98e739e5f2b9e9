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

class Reader {
  public:
    explicit Reader(std::string_view text) : text_(text), separator_(separator_of(text)) {}

    Result<Sheet, std::string> read() {
        while (at_ < text_.size()) {
            const auto number = line_;
            Row row{.number = number, .cells = {}};
            if (!read_row(row)) return wrong(number, "a quote is not closed, or text follows it");
            if (row.cells.size() > columns_max) return wrong(number, "more than 64 columns");
            const bool empty = std::ranges::all_of(row.cells, &std::string::empty);
            if (!empty) sheet_.push_back(std::move(row));
            if (sheet_.size() > rows_max) return wrong(number, "more than 50000 rows");
        }
        return std::move(sheet_);
    }

  private:
    // False: the quotes are wrong.
    bool read_row(Row& row) {
        for (;;) {
            if (row.cells.size() > columns_max) return true;
            std::string cell;
            if (peek() == '"' ? !read_quoted(cell) : !read_plain(cell)) return false;
            row.cells.push_back(std::move(cell));
            const char next = peek();
            if (next == separator_) {
                ++at_;
                continue;
            }
            end_line();
            return true;
        }
    }
    bool read_plain(std::string& cell) {
        const auto end =
            std::min(text_.find_first_of(std::string{separator_, '\n', '\r'}, at_), text_.size());
        auto plain = text_.substr(at_, end - at_);
        while (plain.starts_with(' ')) plain.remove_prefix(1);
        while (plain.ends_with(' ')) plain.remove_suffix(1);
        cell = plain;
        at_ = end;
        return true;
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
                return at_ == text_.size() || peek() == separator_ || peek() == '\n' ||
                       peek() == '\r';
            }
        }
        return false;
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
    Sheet sheet_;
};

}  // namespace

Result<Sheet, std::string> read_csv(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    if (text.find('\0') != std::string_view::npos) {
        return Unexpected<std::string>{"this is neither CSV nor XLSX"};
    }
    return Reader{text}.read();
}

}  // namespace lango::sheets
