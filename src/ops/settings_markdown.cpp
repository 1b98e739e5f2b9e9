#include "ops/settings.hpp"

namespace lango::ops {
namespace {

constexpr std::string_view introduction = R"(# Configuration

<!-- Written by `lango help-settings`; do not edit. The table is src/ops/settings.cpp. -->

Lango reads its settings once, when it starts, from four places. The later wins:

1. the defaults on this page;
2. a TOML file: `--config FILE`, else the one that `LANGO_CONFIG` names, else `lango.toml` in the
   working directory if there is one;
3. environment variables;
4. flags.

The same setting is `port` under `[http]` in the file, `LANGO_HTTP_PORT` in the environment and
`--http-port` on the command line. In variables and flags the items of a list are separated by
commas; an empty text is an empty list.

Lango does not start on a setting that it does not know or understand. It names all that is wrong at
once, with file and line, variable or flag, and what was probably meant. Kubernetes
sets variables such as `LANGO_SERVICE_HOST` beside a Service named lango: name it otherwise, or set
`enableServiceLinks: false`.

Secrets are best kept in files: `passkey_file` under `[rail]` names a file that holds the passkey and
nothing else (a line end does not count). There is no flag for a secret itself, because every user
of a machine can read its process list.

```toml
[http]
public_url = "https://pay.example.co.ke"
trusted_proxies = ["127.0.0.1"]  # nginx or another, which ends TLS and sets X-Forwarded-For

[rail]
shortcode = 600123
consumer_key_file = "/etc/lango/consumer-key"
consumer_secret_file = "/etc/lango/consumer-secret"
passkey_file = "/etc/lango/passkey"
```
)";

std::string code(std::string_view text) { return "`" + std::string(text) + "`"; }

std::string values(const Setting& setting) {
    if (setting.is_number()) {
        std::string out = std::to_string(setting.least) + " to " + std::to_string(setting.most);
        return setting.unit.empty() ? out : out + " " + std::string(setting.unit);
    }
    return std::string(setting.type());
}

void describe(std::string& out, std::string_view name, const Setting& setting, bool from_file) {
    const std::string_view key = name.substr(name.find('.') + 1);
    out += "\n### " + std::string(key) + "\n\n";
    if (from_file) {
        out += "A file that holds " + code(setting.name) + ", instead of it.\n\n";
    } else {
        out += std::string(setting.help) + ".\n\n";
    }
    out += "| values | default | variable | flag |\n|---|---|---|---|\n";
    out += "| " + (from_file ? std::string("path") : values(setting));
    out += " | " + code(from_file ? "\"\"" : default_text(setting));
    out += " | " + code(environment_name(name));
    out += " | " + (setting.is<Secret>() && !from_file ? "none" : code(flag_name(name))) + " |\n";
}

}  // namespace

std::string settings_markdown() {
    std::string out(introduction);
    std::string_view section;
    for (const Setting& setting : settings()) {
        const std::string_view here = setting.name.substr(0, setting.name.find('.'));
        if (here != section) {
            out += "\n## [" + std::string(here) + "]\n";
            section = here;
        }
        describe(out, setting.name, setting, false);
        if (setting.is<Secret>()) {
            describe(out, std::string(setting.name) + std::string(file_suffix), setting, true);
        }
    }
    return out;
}

}  // namespace lango::ops
