// What an operator can set, read once at start. Every setting stands in one table (settings.cpp);
// the TOML file, the environment, the command line, --help and docs/configuration.md all come from
// it. Flags win over the environment, that over the file, that over the defaults, and the defaults
// are the ones written here.
//
//   [http]            LANGO_HTTP_PORT=8080          --http-port 8080
//   port = 8080
//
// What is unknown or wrong is refused: a gateway does not start on a setting it did not understand.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"

namespace CLI {
class App;
}

namespace lango::ops {

struct Config {
    struct Data {
        std::string directory = "./lango-data";
        std::string state_directory;  // "": directory + ".state"
        std::int64_t cache_mb = 56;
    } data;
    struct Http {
        std::string address = "127.0.0.1";
        std::uint16_t port = 8080;  // 0: a free one
        std::vector<std::string> trusted_proxies;
        std::int64_t connections_per_address = 2000;
        std::string public_url;  // without a slash at its end; "" = http://address:port
    } http;
    struct Backoffice {
        std::string listen;      // "127.0.0.1:8084"; "": there is no console
        std::string public_url;  // without a slash at its end; "" = http://localhost:PORT
        Duration idle = std::chrono::minutes{30};
        Duration session = std::chrono::hours{12};
    } backoffice;
    struct Metrics {
        std::string address = "127.0.0.1";
        std::uint16_t port = 9090;  // 0: a free one
    } metrics;
    struct Log {
        std::string level = "info";   // debug, info, warn, error
        std::string format = "json";  // json, text
        bool requests = false;
    } log;
    struct Rail {
        std::string base_url = "https://api.safaricom.co.ke";
        std::int64_t shortcode = 0;  // 0 until it is set
        std::string till;            // digits; "" = paybill
        Secret consumer_key;
        Secret consumer_secret;
        Secret passkey;
        // Daraja 7.1; empty: callbacks are taken from anywhere.
        std::vector<std::string> callback_addresses = {
            "196.201.214.200", "196.201.214.206", "196.201.213.114", "196.201.214.207",
            "196.201.214.208", "196.201.213.44",  "196.201.212.127", "196.201.212.138",
            "196.201.212.129", "196.201.212.136", "196.201.212.74",  "196.201.212.69"};
        // A success that a callback claims is confirmed by a query above this amount: 0 always,
        // -1 never. Not set and callback_addresses empty: 0 (Daraja 7.1).
        std::int64_t confirm_above_kes = 10'000;
        int pushes_per_second = 50;
        int queries_per_minute = 0;  // 0: what rails/daraja knows of base_url
        Duration timeout = std::chrono::seconds{20};
        std::size_t concurrency = 64;
        std::string description = "Payment";
        bool allow_plain_http = false;  // of base_url and of http.public_url, beyond this machine
    } rail;
    struct Payouts {
        std::string initiator;  // "" = payouts are off
        Secret initiator_password;
        std::string password_expires;  // YYYY-MM-DD; "" = not known
        std::string certificate;       // a file
        std::int64_t shortcode = 0;    // 0 = rail.shortcode
        std::string command = "BusinessPayment";
        int b2c_version = 3;
        std::string status_field = "OriginalConversationID";
        int payouts_per_second = 20;
        std::size_t concurrency = 64;
        std::int64_t float_alarm_kes = 0;  // 0 = no alarm
        Duration float_poll = std::chrono::seconds{300};
        Duration pay_timeout = std::chrono::seconds{60};
        Duration query_after = std::chrono::seconds{60};
        Duration not_found_after = std::chrono::seconds{120};
    } payouts;
    struct Paybill {
        bool register_at_start = false;
        std::string nominated_number;  // 2547...; "": the rail's list is registered elsewhere
        int api_version = 2;
        std::string on_silence = "Completed";  // or "Cancelled"
        bool take_unknown = false;
        Duration sweep = std::chrono::seconds{900};  // 0: only while a claim waits
    } paybill;
    struct Deposits {
        Duration expire_after = std::chrono::seconds{600};
        Duration query_after = std::chrono::seconds{75};
    } deposits;
    struct Postbacks {
        bool allow_private_addresses = false;
        Duration timeout = std::chrono::seconds{10};
        Duration lease = std::chrono::seconds{30};
        std::size_t concurrency_per_merchant = 64;
    } postbacks;
    struct Verify {
        std::int64_t every_h = 24;  // 0 = only lango verify
    } verify;
    struct Approvals {
        std::int64_t allocate_alone_kes = 10'000;  // 0 = always two people
    } approvals;
    struct Limits {
        int creates_per_second = 0;  // of one merchant; 0 = no limit
        std::size_t requests_in_flight = 2000;
        int prompts_per_phone_hour = 10;       // by the payment window; 0 = no limit
        int window_requests_per_minute = 120;  // of one address; 0 = no limit
        std::size_t windows_waiting = 10'000;
        std::size_t windows_waiting_per_address = 256;  // 0 = no limit
    } limits;
    struct Privacy {
        int mask_after_days = 0;      // 0 = the job is off
        int bookkeeping_days = 2557;  // seven years: nothing younger is masked
    } privacy;
    std::vector<std::string> secret_files;  // that secrets stand in; no setting
};

// Where settings come from. A value given to a list setting is split at commas.
struct ConfigSources {
    using Pairs = std::vector<std::pair<std::string, std::string>>;
    std::string file;   // a path; "" = none. It must be readable.
    Pairs environment;  // variables by name; only those that begin with LANGO_ count
    Pairs flags;        // settings by name ("http.port")
};

// All that is wrong, one fault a line, each naming the file and line, variable or flag. Reads the
// file and the files that *_file settings name.
struct ConfigError {
    std::string message;
};
[[nodiscard]] Result<Config, ConfigError> load_config(const ConfigSources& sources);
// The same with the file's text at hand; file is its name in messages.
[[nodiscard]] Result<Config, ConfigError> load_config(const ConfigSources& sources,
                                                      std::string_view file_text);

// Adds --config and a flag for each setting to a command. What the command line gave is in
// `into` (file and flags) once it was parsed; both must outlive that. Secrets have only their
// --..-file flag, because a process list shows flags.
void add_flags(CLI::App& app, ConfigSources& into);
// The process's LANGO_* variables into sources.environment; without --config, LANGO_CONFIG names
// the file, or lango.toml in the working directory if there is one.
void add_environment(const char* const* environ, ConfigSources& into);

// "--http-prot" gives "--http-port", for the error of an unknown flag; "" when nothing is near.
[[nodiscard]] std::string nearest_flag(std::string_view unknown);

// docs/configuration.md; a test compares.
[[nodiscard]] std::string settings_markdown();

// Where the rail and payers reach us: http.public_url, or http://address:port with the port that
// was bound.
[[nodiscard]] std::string public_url(const Config& config, std::uint16_t port_bound);

// "127.0.0.1:8084", "[::1]:8084"; nothing for what is neither.
struct Listen {
    std::string address;
    std::uint16_t port = 0;
};
[[nodiscard]] std::optional<Listen> parse_listen(std::string_view text);
// Where people reach the console: backoffice.public_url, or http://localhost:PORT with the port
// that was bound. "": there is none.
[[nodiscard]] std::string console_url(const Config& config, std::uint16_t port_bound);
// The same where nothing is bound, by the port that is set.
[[nodiscard]] std::string console_url(const Config& config);

}  // namespace lango::ops
