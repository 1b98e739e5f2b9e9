#include "backoffice/lists/page.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "backoffice/lists/filters.hpp"
#include "backoffice/lists/nouns.hpp"
#include "base/typed.hpp"

namespace lango::backoffice::lists {

namespace {

constexpr std::size_t params_max = 20;
constexpr char tie_mark = '.';

store::Param param_of(const Value& value) {
    return std::visit([](const auto& one) { return store::Param{one}; }, value);
}

using Sink = store::RowSink;

template <std::size_t... I>
void ask(store::Reader& reader, store::Sql sql, const Sink& sink,
         const std::vector<store::Param>& all, std::index_sequence<I...>) {
    reader.each(sql, sink, all[I]...);
}
template <std::size_t count>
void ask_with(store::Reader& reader, store::Sql sql, const Sink& sink,
              const std::vector<store::Param>& all) {
    ask(reader, sql, sink, all, std::make_index_sequence<count>{});
}
using Ask = void (*)(store::Reader&, store::Sql, const Sink&, const std::vector<store::Param>&);
template <std::size_t... I>
constexpr std::array<Ask, sizeof...(I)> askers(std::index_sequence<I...>) {
    return {&ask_with<I>...};
}

// With as many parameters as there are.
void each(store::Reader& reader, store::Sql sql, const std::vector<store::Param>& all,
          const Sink& sink) {
    static constexpr auto by_count = askers(std::make_index_sequence<params_max + 1>{});
    LANGO_REQUIRE(all.size() <= params_max);
    by_count.at(all.size())(reader, sql, sink, all);
}

bool read_limit(Question& question, std::string_view text) {
    std::int64_t limit = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), limit);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return false;
    question.limit = std::clamp<std::int64_t>(limit, 1, limit_max);
    return true;
}

// As a page's `next`; where there is a tie with that behind a dot.
bool read_before(Question& question, std::string_view text) {
    const auto mark = text.find(tie_mark);
    const auto key = typed::id(text.substr(0, mark));
    if (!key) return false;
    question.before = *key;
    if (mark == std::string_view::npos) return true;
    const auto tie = typed::id(text.substr(mark + 1));
    if (tie) question.tie = *tie;
    return tie.has_value();
}

struct Place {
    std::int64_t key = 0;  // 0: there is none
    std::int64_t tie = 0;
};

class Pager {
  public:
    Pager(store::Reader& reader, const Noun& noun, const Question& question, json::Writer& writer)
        : reader_(reader),
          noun_(noun),
          question_(question),
          shown_(shown(reader)),
          writer_(writer) {
        shown_.zone = question.zone;
    }

    // The `before` of the next page.
    Place write() { return question_.keys ? write_named() : write_scanned(); }

  private:
    Place write_scanned() {
        write_rows({.from = question_.from, .before = question_.before, .limit = question_.limit});
        return count_ == question_.limit ? last_ : first_unseen();
    }

    // One by one: what an index names.
    Place write_named() {
        for (const auto key : *question_.keys) {
            if (key >= question_.before || key < question_.from || key == key_max) continue;
            write_rows({.from = key, .before = key + 1, .limit = 1});
            if (count_ == question_.limit) {
                return key == question_.keys->back() && !question_.is_cut ? Place{} : last_;
            }
        }
        const bool may_be_more = question_.is_cut && !question_.keys->empty();
        return may_be_more ? Place{.key = question_.keys->back()} : Place{};
    }

    struct Slice {
        std::int64_t from = 0;
        std::int64_t before = 0;
        std::int64_t limit = 0;
    };
    void write_rows(const Slice& slice) {
        std::vector<store::Param> params{slice.before, slice.from, noun_.looks, slice.limit};
        if (noun_.is_owned()) params.emplace_back(question_.merchant);
        for (const auto& value : question_.values) params.push_back(param_of(value));
        each(reader_, noun_.page, params, [this](const store::Row& row) { write_row(row); });
    }

    void write_row(const store::Row& row) {
        writer_.begin_object();
        for (const auto& column : noun_.columns) {
            writer_.key(column.name);
            try {
                column.write({.writer = writer_,
                              .row = row,
                              .at = column.at,
                              .shown = shown_,
                              .owner = noun_.owner});
            } catch (const Unsound&) {
                writer_.string("?");  // told elsewhere, by its row; the others are still to be seen
            }
        }
        writer_.end_object();
        ++count_;
        last_ = {.key = row.integer(0), .tie = noun_.key == Key::time ? row.integer(1) : 0};
    }

    Place first_unseen() {
        const bool has_tie = noun_.key == Key::time;
        std::vector<store::Param> params{question_.before, question_.from,
                                         noun_.looks + (has_tie ? 1 : 0)};
        if (has_tie) {
            params.emplace_back(noun_.looks);
            params.emplace_back(question_.tie);
        }
        Place place;
        each(reader_, noun_.rest, params, [&](const store::Row& row) {
            place = {.key = row.integer(0), .tie = has_tie ? row.integer(1) : 0};
        });
        return place;
    }

    store::Reader& reader_;
    const Noun& noun_;
    const Question& question_;
    Shown shown_;
    json::Writer& writer_;
    std::int64_t count_ = 0;
    Place last_{};
};

// Every row since then has been looked at.
std::string time_of(const Noun& noun, const Place& place) {
    if (place.key == 0 || noun.key == Key::number) return {};
    return format_rfc3339(noun.key == Key::id ? id_time(place.key) : from_micros(place.key));
}

std::string text_of(const Noun& noun, const Place& place) {
    if (place.key == 0) return {};
    return hex16(place.key) + (noun.key == Key::time ? tie_mark + hex16(place.tie) : std::string{});
}

// "" when the filter was read.
std::string wrong_with(Asked& asked, const Filter& filter, const http::Query& query) {
    const std::string text{query.find(filter.name).value_or("")};
    if (text.empty() && !filter.is_hidden) {
        for (std::size_t i = 0; i < filter.binds; ++i) asked.bind(nullptr);
        return {};
    }
    const auto bound = asked.question.values.size();
    if (!filter.read(asked, text)) {
        return std::string{filter.name} + " is not " + std::string{filter.about};
    }
    LANGO_REQUIRE(asked.question.values.size() == bound + filter.binds);
    return {};
}

}  // namespace

const Noun* noun_at(std::string_view path) {
    const auto found = std::ranges::find(nouns, path, &Noun::path);
    return found == nouns.end() ? nullptr : *found;
}

Shown shown(store::Reader& reader) {
    Shown all;
    reader.each("SELECT id, slug, time_zone FROM merchants", [&](const store::Row& row) {
        const MerchantId id{row.integer(0)};
        all.slugs.emplace(id, row.string(1));
        if (known_zone(row.string(2))) all.zones.emplace(id, row.string(2));
    });
    return all;
}

Asked begun(store::Reader& reader, Instant now, Key key, std::optional<MerchantId> scope) {
    Asked asked{.reader = reader, .now = now, .key = key, .scope = scope};
    if (!scope) return asked;
    const auto zones = shown(reader).zones;
    const auto zone = zones.find(*scope);
    if (zone != zones.end()) asked.question.zone = zone->second;
    return asked;
}

Result<Question, std::string> read(store::Reader& reader, const Noun& noun,
                                   const http::Query& query, Instant now,
                                   std::optional<MerchantId> scope) {
    using Wrong = Unexpected<std::string>;
    // Rows that are nobody's are not for merchants' people.
    LANGO_REQUIRE(!scope || noun.is_owned());
    auto asked = begun(reader, now, noun.key, scope);
    if (const auto limit = query.find("limit").value_or("");
        !limit.empty() && !read_limit(asked.question, limit)) {
        return Wrong{"limit is not 1 to 1000"};
    }
    if (const auto before = query.find("before").value_or("");
        !before.empty() && !read_before(asked.question, before)) {
        return Wrong{"before is not what the last page said"};
    }
    for (const auto& filter : noun.filters) {
        if (auto wrong = wrong_with(asked, filter, query); !wrong.empty()) return Wrong{wrong};
    }
    asked.question.merchant = asked.whose();
    return std::move(asked.question);
}

std::string page_json(store::Reader& reader, const Noun& noun, const Question& question) {
    std::string out;
    json::Writer writer{out};
    writer.begin_object().member("status", "ok").key(noun.plural).begin_array();
    const auto next = Pager{reader, noun, question, writer}.write();
    writer.end_array()
        .member("next", text_of(noun, next))
        .member("searched_to", time_of(noun, next))
        .end_object();
    return out;
}

}  // namespace lango::backoffice::lists
