#include "window/qr.hpp"

#include <qrencode.h>

#include <algorithm>
#include <memory>
#include <string>

namespace lango::window {

namespace {

struct Free {
    void operator()(QRcode* code) const { QRcode_free(code); }
};
constexpr int quiet_zone = 4;

}  // namespace

std::optional<QrPath> qr_path(std::string_view what) {
    const std::unique_ptr<QRcode, Free> code{
        QRcode_encodeString8bit(std::string{what}.c_str(), 0, QR_ECLEVEL_L)};
    if (!code) return std::nullopt;
    const int width = code->width;
    QrPath qr{.side = width + 2 * quiet_zone, .path = {}};
    for (int y = 0; y < width; ++y) {
        for (int x = 0; x < width;) {
            int run = 0;
            while (x + run < width && (code->data[y * width + x + run] & 1U) != 0) ++run;
            if (run > 0) {
                qr.path += "M" + std::to_string(x + quiet_zone) + " " +
                           std::to_string(y + quiet_zone) + "h" + std::to_string(run) + "v1h-" +
                           std::to_string(run) + "z";
            }
            x += std::max(run, 1);
        }
    }
    return qr;
}

Markup qr_picture(std::string_view what, const Content& caption) {
    const auto qr = qr_path(what);
    if (!qr) return {};
    const auto side = std::to_string(qr->side);
    const auto picture =
        Markup{"<svg id=\"qr\" role=\"img\" aria-labelledby=\"qr-text\" viewBox=\"0 0 "} +
        text(side + " " + side) + Markup{"\" shape-rendering=\"crispEdges\"><path d=\""} +
        text(qr->path) + Markup{"\"/></svg>"};
    return element("figure", {}, picture,
                   element("figcaption", {{"id", "qr-text"}, {"class", "quiet"}}, caption));
}

}  // namespace lango::window
