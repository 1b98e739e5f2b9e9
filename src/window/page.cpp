#include "window/page.hpp"

#include <algorithm>

#include "base/crypto.hpp"
#include "base/utf8.hpp"
#include "http/asset.hpp"
#include "web/window.hpp"
#include "window/colours.hpp"
#include "window/gzip.hpp"

namespace lango::window {

namespace {

constexpr std::string_view files = "/window/";

const http::Asset& asset(std::string_view name) {
    const auto* found = http::find_asset(web::window(), name);
    LANGO_ASSERT(found != nullptr);
    return *found;
}

std::string style_hash(std::string_view style) {
    return "'sha256-" + crypto::base64(crypto::view(crypto::sha256(style))) + "'";
}

// "/window/0123456789abcdef/window.js": other bytes have another address.
std::string path_of(std::string_view name) {
    const auto tag = asset(name).etag;
    return std::string{files} + std::string{tag.substr(1, tag.size() - 2)} + "/" +
           std::string{name};
}
const std::string& script_path() {
    static const std::string path = path_of("window.js");
    return path;
}
const std::string& sheet_path() {
    static const std::string path = path_of("window.css");
    return path;
}

std::string policy(const Visit& visit, std::string_view own_style) {
    static const std::string sheet = style_hash(asset("window.css").bytes);
    std::string text =
        "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
        "form-action 'self'; base-uri 'none'; style-src 'self' " +
        sheet;
    if (!own_style.empty()) text += " " + style_hash(own_style);
    text += "; frame-ancestors";
    const bool framed = visit.merchant && !visit.merchant->window.frame_ancestors.empty();
    if (!framed) return text + " 'none'";
    for (const auto& origin : visit.merchant->window.frame_ancestors) text += " " + origin;
    return text;
}

Markup what_stays() {
    return Markup{
               "<meta charset=\"utf-8\"><meta name=\"viewport\" "
               "content=\"width=device-width,initial-scale=1\"><meta name=\"robots\" "
               "content=\"noindex\"><link rel=\"icon\" href=\"data:,\"><script"} +
           attr("src", script_path()) + Markup{" defer></script>"};
}

// Our own sheet, embedded when the program was built: the one part of a page that is no Markup.
std::string with_sheet() {
    auto bytes = (what_stays() + Markup{"<style>"}).html();
    return bytes.append(asset("window.css").bytes).append(Markup{"</style>"}.html());
}

Markup with_way_to_sheet() {
    return what_stays() + void_element("link", {{"rel", "stylesheet"}, {"href", sheet_path()}});
}

// Of every page's head. The first page has its style inside, so that one answer draws it; those of
// an order are loaded again and again, and share one that is kept.
const Packed& what_stays(Screen screen) {
    static const std::string first = with_sheet();
    static const std::string further = with_way_to_sheet().html();
    static const Packed packed_first{first};
    static const Packed packed_further{further};
    switch (screen) {
        case Screen::sent:
        case Screen::unseen:
        case Screen::paybill:
        case Screen::unknown:
        case Screen::paid:
        case Screen::unpaid:
            return packed_further;
        default:
            return packed_first;
    }
}

Markup begin(const Visit& visit, const Colours& colours) {
    return Markup{"<!doctype html><html"} + attr("lang", code(visit.language)) +
           attr("data-colours", colours.scheme) + Markup{"><head>"};
}

Markup refresh(const Page& page) {
    auto when = std::to_string(*page.refresh);
    if (!page.refresh_url.empty()) when += ";url=" + page.refresh_url;
    return element("noscript", {},
                   void_element("meta", {{"http-equiv", "refresh"}, {"content", when}}));
}

Markup head(const Visit& visit, const Page& page, const Colours& colours) {
    auto out = visit.merchant
                   ? element("title", {}, page.title, Markup{" &middot; "}, visit.merchant->name)
                   : element("title", {}, page.title);
    if (!colours.style.empty()) out += Markup{"<style>"} + colours.style + Markup{"</style>"};
    if (page.refresh) out += refresh(page);
    return out + Markup{"</head>"};
}

// "MW" of "Mama Wanjiku": where a merchant has no logo.
std::string initials(std::string_view name) {
    std::string out;
    bool begins = true;
    for (int letters = 0; !name.empty() && letters < 2;) {
        const auto next = utf8::first(name);
        const auto bytes = std::max<std::size_t>(next.bytes, 1);
        if (begins && next.code > ' ') {
            out += name.substr(0, bytes);
            ++letters;
        }
        begins = next.code == ' ';
        name.remove_prefix(bytes);
    }
    return out;
}

// Whose page this is, and where the PIN belongs; the shop's contact.
Markup foot(const Visit& visit, Screen screen) {
    Markup lock;
    if (visit.tls) {
        lock = Markup{
            "<svg viewBox=\"0 0 16 16\" aria-hidden=\"true\"><rect x=\"3\" y=\"7\" width=\"10\" "
            "height=\"7\" rx=\"2\"/><path d=\"M5 7V5a3 3 0 0 1 6 0v2\"/></svg>"};
    }
    Markup pin;
    if (screen != Screen::paid && screen != Screen::problem) {
        pin = Markup{" &middot; "} + fill(sentence(visit.language, Key::pin_never), {});
    }
    Markup contact;
    if (visit.merchant && !visit.merchant->window.contact.empty()) {
        contact = element("p", {},
                          fill(sentence(visit.language, Key::contact),
                               {visit.merchant->name, visit.merchant->window.contact}));
    }
    return element("footer", {}, lock, element("p", {}, element("b", {}, visit.host), pin),
                   contact);
}

Markup mark_of(const Visit& visit) {
    if (visit.merchant->window.logo.empty()) {
        return element("i", {{"aria-hidden", "true"}}, initials(visit.merchant->name));
    }
    return void_element(
        "img", {{"src", logo_path(visit)}, {"alt", ""}, {"width", "44"}, {"height", "44"}});
}

Markup top(const Visit& visit) {
    const auto whose =
        visit.merchant ? mark_of(visit) + element("b", {}, visit.merchant->name) : Markup{};
    const auto there = code(other(visit.language));
    return element("header", {}, whose,
                   element("a",
                           {{"id", "other-language"},
                            {"lang", there},
                            {"hreflang", there},
                            {"href", visit.in_other_language()}},
                           sentence(visit.language, Key::other_language)));
}

Markup body(const Visit& visit, const Page& page) {
    auto main = Markup{"<main"} + attr("data-screen", name(page.screen));
    for (const auto& datum : page.data) main += attr(datum.name, datum.value);
    main += Markup{">"} + page.body + foot(visit, page.screen) + Markup{"</main>"};
    return Markup{"<body>"} + top(visit) + element("div", {{"id", "live"}, {"role", "status"}}) +
           main + Markup{"</body></html>"};
}

}  // namespace

http::Response draw(const Visit& visit, Page page) {
    const auto colours = colours_of(visit.merchant ? visit.merchant->window.colours : "auto");
    http::Response response;
    response.status = page.status;
    response.content_type = "text/html; charset=utf-8";
    const auto before = begin(visit, colours);
    const auto after = head(visit, page, colours) + body(visit, page);
    response.headers = std::move(page.headers);
    response.headers.emplace_back("Vary", "Accept-Encoding");
    if (takes_gzip(visit.request)) {
        response.headers.emplace_back("Content-Encoding", "gzip");
        response.body = gzip(before.html(), what_stays(page.screen), after.html());
    } else {
        response.body = before.html();
        response.body.append(what_stays(page.screen).bytes).append(after.html());
    }
    response.headers.emplace_back("Content-Security-Policy", policy(visit, colours.style.html()));
    response.headers.emplace_back("Content-Language", code(visit.language));
    // The addresses of orders are nobody else's business.
    response.headers.emplace_back("Referrer-Policy", "same-origin");
    response.headers.emplace_back("Permissions-Policy",
                                  "camera=(), geolocation=(), microphone=(), payment=()");
    return response;
}

http::Response go_to(std::string path) {
    http::Response response;
    response.status = 303;
    response.content_type.clear();
    response.headers.emplace_back("Location", std::move(path));
    response.headers.emplace_back("Referrer-Policy", "same-origin");
    return response;
}

std::optional<http::Response> file(const http::Request& request) {
    const bool is_script = request.path == script_path();
    if (!is_script && request.path != sheet_path()) return std::nullopt;
    auto response = http::asset_response(asset(is_script ? "window.js" : "window.css"), request);
    for (auto& [key, value] : response.headers) {
        if (key == "Cache-Control") value = "public, max-age=31536000, immutable";
    }
    return response;
}

std::string logo_path(const Visit& visit) {
    const auto digest = crypto::sha256(visit.merchant->window.logo);
    return visit.base + "/logo/" + crypto::hex(crypto::view(digest).substr(0, 8));
}

http::Response logo(const Visit& visit) {
    http::Response response;
    response.content_type = visit.merchant->window.logo_type;
    response.body = visit.merchant->window.logo;
    response.headers.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
    response.headers.emplace_back("Content-Security-Policy", "default-src 'none'");
    return response;
}

}  // namespace lango::window
