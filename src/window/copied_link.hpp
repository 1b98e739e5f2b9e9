// A link's query as it was meant, however it was copied. The page that fixes the link prints it as
// HTML that a browser has read: "&amp;" instead of "&", and "\u00a4cy_code" for "&currency_code",
// since "&curren" is the sign of a currency; and it prints blanks around names and values.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lango::window {

// "amp;x" is x. Where no currency_code is given, "\u00a4cy_code=" inside a value ends that value
// and begins currency_code. Blanks around names and values of such a link are dropped. Any other
// query comes back as it is.
[[nodiscard]] std::string as_meant(std::string_view query);

// A name behind all "amp;" that stand before it, where it stands: nothing is moved, for a stranger
// may send thousands of them.
[[nodiscard]] std::string_view without_entities(std::string_view name);

// Decoded names and values, in the order of the query; keys without "=" are left out: the page's
// snippet appends the time.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> parameters(std::string_view query);

}  // namespace lango::window
