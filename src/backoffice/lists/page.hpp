// A page of a list: the question's texts read by the noun's filters, its rows as JSON.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "backoffice/lists/noun.hpp"
#include "base/result.hpp"
#include "http/message.hpp"

namespace lango::backoffice::lists {

// The error, for people: what is malformed. scope: of a merchant's own person, who never sees
// another's rows, whatever is asked.
[[nodiscard]] Result<Question, std::string> read(store::Reader& reader, const Noun& noun,
                                                 const http::Query& query, Instant now,
                                                 std::optional<MerchantId> scope);

// {"status":"ok","deposits":[{...},...],"next":"0198a3f2c4d5e6f7","searched_to":"...Z"}; next is ""
// where nothing older can be there, else the next page's `before`, and every row since searched_to
// has been looked at ("" where the key is no time).
[[nodiscard]] std::string page_json(store::Reader& reader, const Noun& noun,
                                    const Question& question);

// With the zone of whoever asks.
[[nodiscard]] Asked begun(store::Reader& reader, Instant now, Key key,
                          std::optional<MerchantId> scope);

// Every merchant's short name and zone.
[[nodiscard]] Shown shown(store::Reader& reader);

}  // namespace lango::backoffice::lists
