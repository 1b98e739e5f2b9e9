// The frame around every screen: head, style, languages, headers. A page is whole without a script
// and takes nothing from elsewhere.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "http/message.hpp"
#include "window/markup.hpp"
#include "window/standing.hpp"
#include "window/texts.hpp"
#include "window/visit.hpp"

namespace lango::window {

struct Page {
    int status = 200;
    Screen screen = Screen::problem;
    Markup title;
    Markup body;  // what stands in main
    // Attributes of main, for the script.
    struct Datum {
        Name name;  // "data-version"
        std::string value;
    };
    std::vector<Datum> data = {};
    // Without a script: loads `refresh_url` ("": itself) after so many seconds.
    std::optional<int> refresh = {};
    std::string refresh_url = {};
    std::vector<std::pair<std::string, std::string>> headers = {};
};

[[nodiscard]] http::Response draw(const Visit& visit, Page page);
// To a page of ours, by GET.
[[nodiscard]] http::Response go_to(std::string path);

// The window's own files, /window/NAME; nothing for other names.
[[nodiscard]] std::optional<http::Response> file(const http::Request& request);
// B/logo/HASH of the merchant.
[[nodiscard]] std::string logo_path(const Visit& visit);
[[nodiscard]] http::Response logo(const Visit& visit);

}  // namespace lango::window
