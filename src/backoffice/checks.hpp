// What every call is asked before its handler: whether whoever asks may, and whether what is sent
// is of the table's types. A proposal's call is asked the same again when it is agreed to.
#pragma once
#include <optional>
#include <string>

#include "backoffice/refusals.hpp"
#include "backoffice/use_case.hpp"

namespace lango::backoffice {

// Nothing: they may. Of somebody who is named.
[[nodiscard]] std::optional<Denial> why_not(store::Reader& reader, const UseCase& use,
                                            const Call& call);

struct WrongField {
    Refusal refusal;  // field_missing or field_malformed
    std::string message;
};
// Nothing: all that is required is there, and nothing is of another type than the table says. What
// the table does not name is a text or a number.
[[nodiscard]] std::optional<WrongField> wrong_field(const UseCase& use, const json::Value& body);

}  // namespace lango::backoffice
