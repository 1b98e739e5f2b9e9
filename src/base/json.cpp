#include "base/json.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <limits>
#include <ranges>
#include <utility>

namespace lango::json {
namespace {

namespace bj = boost::json;

// Builds the tree from the parser's events. Open containers stand on a stack of their own and move
// into their parent when they close.
class Builder {
  public:
    static constexpr std::size_t max_array_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_object_size = max_array_size;
    static constexpr std::size_t max_string_size = max_array_size;
    static constexpr std::size_t max_key_size = max_array_size;

    [[nodiscard]] Value take() { return std::move(root_); }

    bool on_document_begin(bj::error_code&) { return true; }
    bool on_document_end(bj::error_code&) { return true; }

    bool on_array_begin(bj::error_code&) { return open(false); }
    bool on_array_end(std::size_t, bj::error_code&) {
        Value closed{Value::Variant(std::move(open_.back().items))};
        open_.pop_back();
        return put(std::move(closed));
    }
    bool on_object_begin(bj::error_code&) { return open(true); }
    bool on_object_end(std::size_t, bj::error_code&) {
        Value closed{Value::Variant(std::move(open_.back().members))};
        open_.pop_back();
        return put(std::move(closed));
    }

    bool on_string_part(bj::string_view part, std::size_t, bj::error_code&) { return keep(part); }
    bool on_string(bj::string_view last, std::size_t, bj::error_code&) {
        return put(Value{Value::Variant(std::in_place_type<std::string>, whole(last))});
    }
    bool on_key_part(bj::string_view part, std::size_t, bj::error_code&) { return keep(part); }
    bool on_key(bj::string_view last, std::size_t, bj::error_code&) {
        Object& members = open_.back().members;
        // What a request's body usually needs, at once. Deeper objects grow as they come, so that
        // a hostile text cannot make a hundred bytes out of each of its own.
        if (members.empty() && open_.size() == 1) members.reserve(8);
        members.emplace_back(whole(last), Value());
        return true;
    }

    bool on_number_part(bj::string_view part, bj::error_code&) { return keep(part); }
    // The parser's idea of the value is dropped: only the text is exact.
    bool on_int64(std::int64_t, bj::string_view last, bj::error_code&) { return number(last); }
    bool on_uint64(std::uint64_t, bj::string_view last, bj::error_code&) { return number(last); }
    template <class Approximation>
    bool on_double(Approximation, bj::string_view last, bj::error_code&) {
        return number(last);
    }
    bool on_bool(bool value, bj::error_code&) { return put(Value{Value::Variant(value)}); }
    bool on_null(bj::error_code&) { return put(Value()); }
    bool on_comment_part(bj::string_view, bj::error_code&) { return true; }
    bool on_comment(bj::string_view, bj::error_code&) { return true; }

  private:
    struct Open {
        bool is_object;
        Array items;
        Object members;
    };

    bool open(bool is_object) {
        if (open_.empty()) open_.reserve(4);
        open_.push_back({is_object, {}, {}});
        return true;
    }
    bool put(Value value) {
        if (open_.empty()) {
            root_ = std::move(value);
        } else if (open_.back().is_object) {
            open_.back().members.back().second = std::move(value);
        } else {
            open_.back().items.push_back(std::move(value));
        }
        return true;
    }
    bool number(bj::string_view last) {
        return put(Value{Value::Variant(std::in_place_type<Number>, Number{whole(last)})});
    }
    bool keep(bj::string_view part) {
        parts_.append(part.data(), part.size());
        return true;
    }
    std::string whole(bj::string_view last) {
        if (parts_.empty()) return {last.data(), last.size()};
        parts_.append(last.data(), last.size());
        return std::exchange(parts_, {});
    }

    Value root_;
    std::vector<Open> open_;
    std::string parts_;  // of a string, key or number that comes in several
};

}  // namespace

const Value* Value::find(std::string_view name) const {
    const Object* members = object();
    if (members == nullptr) return nullptr;
    for (const Member& member : std::views::reverse(*members)) {
        if (member.first == name) return &member.second;
    }
    return nullptr;
}

std::string Value::text_at(std::string_view name) const {
    const auto* value = find(name);
    const auto* text = value == nullptr ? nullptr : value->scalar_text();
    return text == nullptr ? std::string{} : *text;
}

const std::string* Value::scalar_text() const {
    if (const Number* n = number()) return &n->text;
    return string();
}

Result<Value, ParseError> parse(std::string_view text) {
    bj::parse_options options;
    options.max_depth = depth_max;
    bj::basic_parser<Builder> parser(options);
    bj::error_code error;
    const std::size_t used = parser.write_some(false, text.data(), text.size(), error);
    if (error) return Unexpected<ParseError>({error.message(), used});
    if (used < text.size()) return Unexpected<ParseError>({"text after the value", used});
    return parser.handler().take();
}

}  // namespace lango::json
