// For tests that ask for every use case of the table: what is sent, and of whose it is.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "backoffice/use_case.hpp"
#include "base/json_writer.hpp"

namespace lango::backoffice::test {

// Of the merchant "shop", whose only batch is the first one.
struct Subjects {
    std::string deposit;
    std::string withdrawal;
};

inline std::vector<std::string> path_of(const UseCase& use, const Subjects& subjects) {
    if (use.path.find("{slug}") != std::string_view::npos) return {"shop"};
    if (use.path.starts_with("/admin/deposits")) return {subjects.deposit};
    if (use.path.starts_with("/admin/batches")) return {"1"};
    if (use.path.starts_with("/admin/proposals")) return {"1"};
    if (use.path.starts_with("/admin/users")) return {"viewer-shop"};
    if (use.path.starts_with("/admin/roles")) return {"cashier"};
    if (use.path.starts_with("/admin/set-aside")) return {"deposit", subjects.deposit};
    return {subjects.withdrawal};
}

inline std::string target_for(const UseCase& use, const Subjects& subjects) {
    const auto arguments = path_of(use, subjects);
    std::string target;
    std::size_t used = 0;
    for (std::size_t at = 0; at < use.path.size(); ++at) {
        if (use.path[at] != '{') {
            target += use.path[at];
            continue;
        }
        target += arguments.at(used++);
        at = use.path.find('}', at);
    }
    return target;
}

// Of what is said of a field: the shop, and its order.
inline std::string_view value_of(std::string_view field, const Subjects& subjects) {
    if (field == "merchant") return "shop";
    if (field == "order_id") return subjects.deposit;
    return field == "receipt" ? "" : "1";
}

inline std::string body_for(const UseCase& use, const Subjects& subjects) {
    std::string body;
    json::Writer writer{body};
    writer.begin_object();
    for (const auto& field : use.input) {
        writer.key(field.name);
        if (field.type == "list") {
            writer.begin_array().end_array();
        } else if (field.type == "yes or no") {
            writer.boolean(true);
        } else {
            writer.string(value_of(field.name, subjects));
        }
    }
    writer.end_object();
    return body;
}

// Sessions, keys and invitations are everybody's own; of these questions everybody has the rows
// that are theirs (lists/lists_test.cpp, lists/totals_test.cpp, roles_test.cpp).
inline bool is_ones_own(const UseCase& use) {
    static const std::set<std::string_view> names{"find",
                                                  "totals",
                                                  "deposit.list",
                                                  "withdrawal.list",
                                                  "merchant.list",
                                                  "refund.list",
                                                  "suspense.list",
                                                  "postback.list",
                                                  "postback.event_list",
                                                  "balance.list",
                                                  "user.list",
                                                  "role.list",
                                                  "proposal.list",
                                                  "user.log_in",
                                                  "user.log_out",
                                                  "user.new_key",
                                                  "user.own_invitation"};
    return names.contains(use.name);
}

}  // namespace lango::backoffice::test
