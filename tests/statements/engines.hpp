// The store's engines, as those see them who only want to know whether a statement can be run.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "store/conformance.hpp"
#include "store/tx.hpp"

namespace lango::statements {

// What is wrong with a statement; "" when nothing is.
using Prepare = std::function<std::string(store::Sql)>;

struct Engine {
    std::string name;
    // Whether it runs the statements of src/store.
    bool is_the_store_s = false;
    // A new database with the gateway's schema, its volatile tables included.
    std::function<Prepare(const std::string& place)> open;
};
// A second engine is a second line there.
[[nodiscard]] std::vector<Engine> engines();

}  // namespace lango::statements
