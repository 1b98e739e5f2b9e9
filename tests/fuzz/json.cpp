// A body as merchants' JSON, strictly, and as a rail's, repaired: what is read is what was sent, or
// nothing.
#include "api/text.hpp"
#include "base/json_members.hpp"
#include "base/json_repair.hpp"
#include "base/json_writer.hpp"
#include "base/terminal_text.hpp"
#include "tests/fuzz/damage.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace lango;

namespace {

void write(const json::Value& value, json::Writer& writer) {
    if (value.is_null()) writer.null();
    if (const auto* truth = value.boolean()) writer.boolean(*truth);
    if (const auto* number = value.number()) writer.raw(number->text);
    if (const auto* text = value.string()) writer.string(*text);
    if (const auto* items = value.array()) {
        writer.begin_array();
        for (const auto& item : *items) write(item, writer);
        writer.end_array();
    }
    if (const auto* members = value.object()) {
        writer.begin_object();
        for (const auto& [name, member] : *members) write(member, writer.key(name));
        writer.end_object();
    }
}
std::string printed(const json::Value& value) {
    std::string out;
    json::Writer writer{out};
    write(value, writer);
    return out;
}

// The same, but for texts that say of themselves that they were repaired.
bool is_true_to(const json::Value& read, const json::Value& sent) {
    if (const auto* text = read.string(); text != nullptr && json::is_repaired(*text)) {
        return sent.string() != nullptr;
    }
    if (const auto *items = read.array(), *theirs = sent.array(); items != nullptr) {
        return theirs != nullptr && std::ranges::equal(*items, *theirs, is_true_to);
    }
    if (const auto *members = read.object(), *theirs = sent.object(); members != nullptr) {
        return theirs != nullptr && std::ranges::equal(*members, *theirs, [](auto& a, auto& b) {
                   return a.first == b.first && is_true_to(a.second, b.second);
               });
    }
    return printed(read) == printed(sent);
}

// A text cut at its strings' quotes: outside, inside, outside, ...
std::vector<std::string_view> cut_at_strings(std::string_view text) {
    std::vector<std::string_view> parts;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool inside = parts.size() % 2 == 1;
        if (inside && text[at] == '\\') {
            ++at;
        } else if (text[at] == '"') {
            parts.push_back(text.substr(begin, at - begin));
            begin = at + 1;
        }
    }
    parts.push_back(text.substr(begin));
    return parts;
}

void check_repair(std::string_view input) {
    const auto repaired = json::repair(input);
    if (input.starts_with("\xEF\xBB\xBF")) input.remove_prefix(3);
    const auto before = cut_at_strings(input);
    const auto after = cut_at_strings(repaired);
    fuzz::must(before.size() == after.size(), "no repair moves where a string ends");
    for (std::size_t i = 0; i < before.size(); ++i) {
        const bool is_free_text = i % 2 == 1;
        fuzz::must(before[i] == after[i] || (is_free_text && json::is_repaired(after[i])),
                   "only free text is repaired, and says so");
    }
    if (!repaired.starts_with("\xEF\xBB\xBF")) {
        fuzz::must(json::repair(repaired) == repaired, "what is repaired needs no repair");
    }
}

void check_rows(std::string_view input, const json::Value* strict) {
    const auto split = json::split_rows(input, "{[[");
    if (strict != nullptr) fuzz::must(split.has_value(), "JSON can be cut into rows");
    if (!split) return;
    std::size_t bytes = split->rest.size();
    for (const auto row : split->rows) {
        fuzz::must(row.starts_with('{') && row.ends_with('}'), "a row is an object");
        bytes += row.size() - json::row_mark.size();
    }
    fuzz::must(bytes == input.size(), "no byte is lost between rows");
    if (strict == nullptr || strict->object() == nullptr) return;
    std::size_t row = 0;
    for (const auto& [name, member] : *strict->object()) {
        if (member.array() == nullptr) continue;
        for (const auto& list : *member.array()) {
            if (list.array() == nullptr) continue;
            for (const auto& item : *list.array()) {
                if (item.object() == nullptr) continue;
                fuzz::must(row < split->rows.size(), "no row is hidden");
                const auto read = json::parse(split->rows[row++]);
                fuzz::must(read && printed(*read) == printed(item), "a row is read as it stands");
            }
        }
    }
    fuzz::must(row == split->rows.size(), "nothing else is a row");
}

void check_fields(const json::Value& object) {
    const auto counting = json::counting_members(*object.object());
    for (const auto* member : counting) {
        fuzz::must(object.find(member->first) == &member->second, "the last of a name counts");
        const auto sound = json::sound_text(object, member->first);
        const auto* text = member->second.scalar_text();
        fuzz::must(!sound || (text != nullptr && *sound == *text), "a sound text is the member's");
        const auto amount = api::sent_amount(member->second);
        if (amount.number) {
            fuzz::must(Decimal::parse(amount.number->text()) == amount.number,
                       "an amount that is printed is read again");
        }
    }
    const bool repeats = counting.size() != object.object()->size();
    fuzz::must(json::is_within(object, object.object()->size()) || object.object()->empty() ||
                   !printed(object).empty(),
               "members are counted");
    for (const auto& [name, member] : *object.object()) {
        if (json::stands_twice(object, {name})) {
            fuzz::must(repeats && !json::sound_text(object, name),
                       "what stands twice is not taken");
        }
    }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto input = fuzz::text(data, size);
    const fuzz::Damage damage{.kind = fuzz::take(input), .place = fuzz::take(input)};
    check_repair(input);
    const auto strict = json::parse(input);
    check_rows(input, strict ? &*strict : nullptr);
    const auto lenient = json::parse_leniently(input);
    if (lenient && lenient->object() != nullptr) check_fields(*lenient);
    if (!strict) return 0;
    const auto text = printed(*strict);
    fuzz::must(lenient && printed(*lenient) == text, "sound JSON is read alike by both");
    const auto again = json::parse(text);
    fuzz::must(again && printed(*again) == text, "what is written is read again");
    const auto shown = json::parse(terminal_json(input));
    fuzz::must(shown && printed(*shown) == text, "what a terminal shows is the same JSON");
    if (const auto bad = fuzz::damaged(input, damage)) {
        const auto read = json::parse_leniently(*bad);
        fuzz::must(!read || is_true_to(*read, *strict), "damage makes no other text");
    }
    return 0;
}
