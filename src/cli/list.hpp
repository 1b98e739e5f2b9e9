// `lango NOUN list` of any noun of the back office (backoffice/lists/noun.hpp): its filters are the
// command's flags, its columns what is printed.
#pragma once
#include <functional>
#include <string>

#include "backoffice/lists/noun.hpp"
#include "cli/commands.hpp"

namespace lango::cli {

struct ListWords {
    std::string name = "list";
    std::string help = "The latest first";
    // What "state" is unless said; then "any" says that all are meant.
    std::string state = {};
    // In the place of the table; none: a table.
    std::function<void(const json::Value& row)> print = {};
    // What is asked for by a flag of its own is done by this; none: always the list.
    std::function<std::optional<int>(const Operator& shared, int limit)> instead = {};
};

// Returns the command, for flags of its own.
CLI::App* add_list(CLI::App& group, Run& run, const backoffice::lists::Noun& noun,
                   ListWords words = {});

}  // namespace lango::cli
