#include "cli/batch_text.hpp"

#include <charconv>

#include "base/typed.hpp"

namespace lango::cli {

namespace {

void print_row(const json::Value& row) {
    say << "  row " << row.text_at("row") << ": KES " << amount_at(row, "amount") << " to "
        << row.text_at("account_number") << '\n';
}

// How many were printed.
std::int64_t print_rows(const json::Value& check, std::string_view name) {
    const auto* rows = check.find(name);
    if (rows == nullptr || rows->array() == nullptr) return 0;
    for (const auto& row : *rows->array()) print_row(row);
    return static_cast<std::int64_t>(rows->array()->size());
}

void print_repeated(const json::Value& check) {
    const auto* groups = check.find("repeated");
    if (groups == nullptr || groups->array() == nullptr || groups->array()->empty()) return;
    say << "THE SAME RECIPIENT AND AMOUNT MORE THAN ONCE:\n";
    for (const auto& group : *groups->array()) {
        if (group.array() == nullptr) continue;
        for (const auto& row : *group.array()) print_row(row);
    }
    const auto more =
        count_at(check, "repeats") - static_cast<std::int64_t>(groups->array()->size());
    if (more > 0) say << "  and " << more << " more\n";
}

void print_difference(const json::Value& check) {
    const auto* since = check.find("since_last");
    if (since == nullptr || since->object() == nullptr) return;
    say << "against batch " << since->text_at("batch") << ": " << since->text_at("same")
        << " recipients get the same, " << since->text_at("other_amount") << " another amount, "
        << since->text_at("added") << " are new, " << since->text_at("gone") << " are gone\n";
}

}  // namespace

std::int64_t count_at(const json::Value& object, std::string_view name) {
    const auto text = object.text_at(name);
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::string amount_at(const json::Value& object, std::string_view name) {
    const auto amount = typed::amount(object.text_at(name));
    return amount ? money_text(amount->minor()) : object.text_at(name);
}

void print_batch(const json::Value& batch) {
    say << batch.text_at("number") << "  " << batch.text_at("state") << "  "
        << batch.text_at("merchant") << "  " << batch.text_at("rows") << " rows, KES "
        << amount_at(batch, "sum") << "  uploaded by " << batch.text_at("uploaded_by") << ", "
        << batch.text_at("uploaded_at") << "; made " << batch.text_at("made") << ", there already "
        << batch.text_at("there") << ", refused " << batch.text_at("refused") << ", left "
        << batch.text_at("left") << '\n';
    if (!batch.text_at("why").empty()) say << "  " << batch.text_at("why") << '\n';
}

void print_check(const json::Value& batch, const json::Value& check) {
    say << batch.text_at("rows") << " rows, KES " << amount_at(batch, "sum")
        << " in all\nthe largest:\n";
    static_cast<void>(print_rows(check, "largest"));
    const auto to_new = count_at(check, "new_recipients");
    say << "to recipients who were never paid: " << to_new << '\n';
    const auto shown = print_rows(check, "to_new");
    if (to_new > shown) say << "  and " << to_new - shown << " more\n";
    print_repeated(check);
    print_difference(check);
}

void print_wrong(const json::Value* rows) {
    if (rows == nullptr || rows->array() == nullptr) return;
    for (const auto& row : *rows->array()) {
        complain << "row " << row.text_at("row") << ": " << row.text_at("reason") << '\n';
    }
}

}  // namespace lango::cli
