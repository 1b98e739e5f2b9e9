// Parameters and rows of SQL statements, the same for every engine.
#pragma once
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include "base/ids.hpp"
#include "base/time.hpp"

namespace lango::store {

struct Blob {
    std::string_view bytes;
};

// Borrows texts and blobs: valid while the call runs.
class Param {
  public:
    using Variant = std::variant<std::nullptr_t, std::int64_t, std::string_view, Blob>;
    Param(std::nullptr_t) : value_(nullptr) {}  // NOLINT(google-explicit-constructor)
    template <std::integral T>
    Param(T value) : value_(static_cast<std::int64_t>(value)) {}  // NOLINT
    template <class E>
        requires std::is_enum_v<E>
    Param(E enumerator) : value_(static_cast<std::int64_t>(enumerator)) {}  // NOLINT
    Param(std::string_view text) : value_(text) {}                          // NOLINT
    Param(const std::string& text) : value_(std::string_view{text}) {}      // NOLINT
    Param(const char* text) : value_(std::string_view{text}) {}             // NOLINT
    Param(Blob blob) : value_(blob) {}                                      // NOLINT
    Param(Instant at) : value_(to_micros(at)) {}                            // NOLINT
    template <class Tag>
    Param(Id<Tag> id) : value_(id.value()) {}  // NOLINT
    template <class T>
    Param(const std::optional<T>& value)
        : value_(value ? Param{*value}.value_ : Variant{nullptr}) {}  // NOLINT
    [[nodiscard]] const Variant& value() const { return value_; }

  private:
    Variant value_;
};

// One row while a query runs; texts die with the callback. Columns count from 0. Asking a column
// for another type than the statement gives is a broken program.
class Row {
  public:
    [[nodiscard]] virtual bool is_null(int column) const = 0;
    [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
    [[nodiscard]] virtual std::string_view text(int column) const = 0;  // text or blob bytes

    [[nodiscard]] Instant instant(int column) const { return from_micros(integer(column)); }
    [[nodiscard]] std::string string(int column) const { return std::string{text(column)}; }
    [[nodiscard]] std::optional<std::int64_t> maybe_integer(int column) const {
        return is_null(column) ? std::nullopt : std::optional{integer(column)};
    }
    [[nodiscard]] std::optional<std::string> maybe_string(int column) const {
        return is_null(column) ? std::nullopt : std::optional{string(column)};
    }

  protected:
    ~Row() = default;
};

}  // namespace lango::store
