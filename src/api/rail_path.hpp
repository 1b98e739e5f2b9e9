// Paths that the rail's messages come on, taken apart (routes.cpp). No token is looked at here.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.hpp"

namespace lango::api {

// "/rail/{about}/{subject}/{token}/result": what a token is about stands in its path (routes.cpp).
struct RailPath {
    std::string_view about;
    std::string_view subject;
    std::string_view rest;  // "/{token}/result", or ""
};
// Nothing: the rail has no such paths. It points into `path`.
[[nodiscard]] std::optional<RailPath> split_rail_path(std::string_view path);
// Of such a path without its token: with each token that lets it in. Nothing for other paths.
[[nodiscard]] std::vector<std::string> with_tokens(const crypto::MasterKey& master,
                                                   std::string_view path);

}  // namespace lango::api
