// What a statement or a write may throw (store.hpp).
#pragma once
#include <stdexcept>

namespace lango::store {

// A unique key or CHECK refused a statement.
struct Conflict : std::runtime_error {
    using std::runtime_error::runtime_error;
};
// The database cannot do its work: disk full, IO error, corruption, or a statement that is wrong.
struct Broken : std::runtime_error {
    using std::runtime_error::runtime_error;
};
// Nothing was stored and the caller may come again: disk full, store stopping, queue full. An
// edge answers 503 with Retry-After.
struct Unavailable : std::runtime_error {
    using std::runtime_error::runtime_error;
};

}  // namespace lango::store
