#include "window/page.hpp"

#include <algorithm>

#include "base/crypto.hpp"
#include "base/utf8.hpp"
#include "http/asset.hpp"
#include "web/window.hpp"
#include "window/colours.hpp"
#include "window/gzip.hpp"
#include "window/shown.hpp"

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

std::string what_stays(const std::string& style) {
    return "<meta charset=\"utf-8\"><meta name=\"viewport\" "
           "content=\"width=device-width,initial-scale=1\"><meta name=\"robots\" "
           "content=\"noindex\"><link rel=\"icon\" href=\"data:,\"><script src=\"" +
           script_path() + "\" defer></script>" + style;
}

// Of every page's head. The first page has its style inside, so that one answer draws it; those of
// an order are loaded again and again, and share one that is kept.
const Packed& what_stays(Screen screen) {
    static const std::string first =
        what_stays("<style>" + std::string{asset("window.css").bytes} + "</style>");
    static const std::string further =
        what_stays("<link rel=\"stylesheet\" href=\"" + sheet_path() + "\">");
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

std::string begin(const Visit& visit, const Colours& colours) {
    return "<!doctype html><html lang=\"" + std::string{code(visit.language)} +
           "\" data-colours=\"" + colours.scheme + "\"><head>";
}

std::string head(const Visit& visit, const Page& page, const Colours& colours) {
    std::string out = "<title>" + page.title;
    if (visit.merchant) out += " &middot; " + html(visit.merchant->name);
    out += "</title>";
    if (!colours.style.empty()) out += "<style>" + colours.style + "</style>";
    if (page.refresh) {
        out += "<noscript><meta http-equiv=\"refresh\" content=\"" + std::to_string(*page.refresh);
        if (!page.refresh_url.empty()) out += ";url=" + html(page.refresh_url);
        out += "\"></noscript>";
    }
    return out + "</head>";
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
std::string foot(const Visit& visit, Screen screen) {
    std::string out = "<footer>";
    if (visit.tls) {
        out +=
            "<svg viewBox=\"0 0 16 16\" aria-hidden=\"true\"><rect x=\"3\" y=\"7\" width=\"10\" "
            "height=\"7\" rx=\"2\"/><path d=\"M5 7V5a3 3 0 0 1 6 0v2\"/></svg>";
    }
    out += "<p><b>" + html(visit.host) + "</b>";
    if (screen != Screen::paid && screen != Screen::problem) {
        out.append(" &middot; ").append(text(visit.language, Key::pin_never));
    }
    out += "</p>";
    if (visit.merchant && !visit.merchant->window.contact.empty()) {
        out += "<p>" +
               fill(text(visit.language, Key::contact),
                    {html(visit.merchant->name), html(visit.merchant->window.contact)}) +
               "</p>";
    }
    return out + "</footer>";
}

std::string body(const Visit& visit, const Page& page) {
    std::string out = "<body><header>";
    if (visit.merchant) {
        out += visit.merchant->window.logo.empty()
                   ? "<i aria-hidden=\"true\">" + html(initials(visit.merchant->name)) + "</i>"
                   : "<img src=\"" + html(logo_path(visit)) +
                         "\" alt=\"\" width=\"44\" height=\"44\">";
        out += "<b>" + html(visit.merchant->name) + "</b>";
    }
    const auto there = other(visit.language);
    out += "<a id=\"other-language\" lang=\"" + std::string{code(there)} + "\" hreflang=\"" +
           std::string{code(there)} + "\" href=\"" + html(visit.in_other_language()) + "\">" +
           std::string{text(visit.language, Key::other_language)} +
           "</a></header><div id=\"live\" role=\"status\"></div><main data-screen=\"" +
           std::string{name(page.screen)} + "\"";
    for (const auto& [key, value] : page.data) {
        out.append(" data-").append(key).append("=\"").append(html(value)).append("\"");
    }
    return out + ">" + page.body + foot(visit, page.screen) + "</main></body></html>";
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
        response.body = gzip(before, what_stays(page.screen), after);
    } else {
        response.body = before + std::string{what_stays(page.screen).bytes} + after;
    }
    response.headers.emplace_back("Content-Security-Policy", policy(visit, colours.style));
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
