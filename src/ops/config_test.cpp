#include "ops/config.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <array>
#include <filesystem>
#include <fstream>

namespace lango::ops {
namespace {

using std::chrono::seconds;

ConfigSources file_only() { return {.file = "lango.toml", .environment = {}, .flags = {}}; }

Config loaded(std::string_view toml, ConfigSources sources = file_only()) {
    auto config = load_config(sources, toml);
    EXPECT_TRUE(config) << config.error().message;
    return config ? *config : Config{};
}

std::string refusal(std::string_view toml, const ConfigSources& sources = file_only()) {
    const auto config = load_config(sources, toml);
    return config ? "accepted" : config.error().message;
}

// A file of its own in the temporary directory, gone with the object.
class TemporaryFile {
  public:
    explicit TemporaryFile(std::string_view content) {
        std::string name = std::filesystem::temp_directory_path() / "lango-ops-XXXXXX";
        const int fd = ::mkstemp(name.data());
        EXPECT_GE(fd, 0);
        EXPECT_EQ(::write(fd, content.data(), content.size()),
                  static_cast<ssize_t>(content.size()));
        ::close(fd);
        path_ = name;
    }
    ~TemporaryFile() { std::filesystem::remove(path_); }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    [[nodiscard]] const std::string& path() const { return path_; }

  private:
    std::string path_;
};

TEST(Config, HasDefaultsWithoutAnySource) {
    const Config config = loaded("", {});
    EXPECT_EQ(config.http.address, "127.0.0.1");
    EXPECT_EQ(config.http.port, 8080);
    EXPECT_EQ(config.deposits.query_after, seconds{75});
    EXPECT_EQ(config.rail.callback_addresses.size(), 12U);
    EXPECT_EQ(config.rail.confirm_above_kes, 10'000);
}

TEST(Config, ReadsAFile) {
    const Config config = loaded(R"(
        [http]
        port = 9000
        trusted_proxies = ["10.0.0.1", "::1"]
        [log]
        requests = true
        [rail]
        shortcode = 600123
        passkey = "hunter2"
        timeout_s = 30
    )");
    EXPECT_EQ(config.http.port, 9000);
    EXPECT_EQ(config.http.trusted_proxies, (std::vector<std::string>{"10.0.0.1", "::1"}));
    EXPECT_TRUE(config.log.requests);
    EXPECT_EQ(config.rail.shortcode, 600'123);
    EXPECT_EQ(config.rail.passkey.reveal(), "hunter2");
    EXPECT_EQ(config.rail.timeout, seconds{30});
}

TEST(Config, FlagsWinOverEnvironmentOverFile) {
    ConfigSources sources = file_only();
    constexpr std::string_view toml = "[http]\nport = 1\n[log]\nlevel = \"warn\"\n";
    EXPECT_EQ(loaded(toml, sources).http.port, 1);
    sources.environment = {{"LANGO_HTTP_PORT", "2"}, {"LANGO_LOG_LEVEL", "error"}};
    EXPECT_EQ(loaded(toml, sources).http.port, 2);
    sources.flags = {{"http.port", "3"}};
    const Config config = loaded(toml, sources);
    EXPECT_EQ(config.http.port, 3);
    EXPECT_EQ(config.log.level, "error");
}

TEST(Config, RefusesUnknownSettingsWithASuggestion) {
    EXPECT_EQ(refusal("[http]\nprot = 8080\n"),
              "unknown setting http.prot in lango.toml line 2: did you mean http.port?");
    EXPECT_EQ(refusal("port = 8080\n"), "unknown setting port in lango.toml line 1");
    EXPECT_EQ(refusal("[x]\ncompletely_different = 1\n"),
              "unknown setting x.completely_different in lango.toml line 2");
}

TEST(Config, RefusesUnknownVariablesWithASuggestionAndLeavesOthersAlone) {
    EXPECT_EQ(refusal("", {.file = "", .environment = {{"LANGO_HTP_PORT", "1"}}, .flags = {}}),
              "unknown environment variable LANGO_HTP_PORT: did you mean LANGO_HTTP_PORT?");
    EXPECT_EQ(refusal("", {.file = "",
                           .environment = {{"PATH", "/bin"}, {"LANGO_SOURCE_DIR", "/src"}},
                           .flags = {}}),
              "accepted");
}

TEST(Config, NamesTheLineOfWhatIsWrong) {
    const std::string port = "must be a whole number from 0 to 65535";
    EXPECT_EQ(refusal("\n[http]\nport = \"8080\"\n"), "http.port in lango.toml line 3 " + port);
    EXPECT_EQ(refusal("[http]\nport = 65536\n"), "http.port in lango.toml line 2 " + port);
    EXPECT_EQ(refusal("[http]\nport = 80.5\n"), "http.port in lango.toml line 2 " + port);
    EXPECT_EQ(refusal("[log]\nrequests = 1\n"),
              "log.requests in lango.toml line 2 must be true or false");
    EXPECT_EQ(refusal("[rail]\ntimeout_s = 0\n"),
              "rail.timeout_s in lango.toml line 2 must be a whole number from 1 to 300 (s)");
    EXPECT_EQ(refusal("[rail]\ndescription = 1\n"),
              "rail.description in lango.toml line 2 must be a text in quotes");
    EXPECT_EQ(refusal("[http]\ntrusted_proxies = [1]\n"),
              "http.trusted_proxies in lango.toml line 2 must be a list of texts, as in [\"a\", "
              "\"b\"]");
    EXPECT_EQ(refusal("[http]\nport = \n").substr(0, 21), "in lango.toml line 2:");
}

TEST(Config, NamesTheVariableOrFlagOfWhatIsWrong) {
    EXPECT_EQ(refusal("", {.file = "", .environment = {{"LANGO_HTTP_PORT", ""}}, .flags = {}}),
              "http.port of LANGO_HTTP_PORT must be a whole number from 0 to 65535");
    EXPECT_EQ(refusal("", {.file = "", .environment = {}, .flags = {{"rail.timeout_s", "1e1"}}}),
              "rail.timeout_s of --rail-timeout-s must be a whole number from 1 to 300 (s)");
}

TEST(Config, ReportsAllFaultsAtOnce) {
    EXPECT_EQ(
        refusal("[http]\nport = -1\nprot = 1\n",
                {.file = "lango.toml", .environment = {{"LANGO_LOG_FORMAT", "xml"}}, .flags = {}}),
        "http.port in lango.toml line 2 must be a whole number from 0 to 65535\n"
        "unknown setting http.prot in lango.toml line 3: did you mean http.port?\n"
        "log.format of LANGO_LOG_FORMAT must be json or text, not \"xml\"");
}

TEST(Config, ChecksWhatTextsMayBe) {
    const auto with = [](const std::string& name, const std::string& value) {
        return refusal("", {.file = "", .environment = {}, .flags = {{name, value}}});
    };
    EXPECT_EQ(with("http.public_url", "https://pay.example.co.ke"), "accepted");
    EXPECT_EQ(with("http.public_url", ""), "accepted");
    EXPECT_NE(with("http.public_url", "https://pay.example.co.ke/"), "accepted");
    EXPECT_NE(with("http.public_url", "pay.example.co.ke"), "accepted");
    EXPECT_NE(with("rail.base_url", ""), "accepted");
    EXPECT_NE(with("http.address", "localhost"), "accepted");
    EXPECT_EQ(with("http.address", "::1"), "accepted");
    EXPECT_EQ(with("rail.description", "Exactly 13 ch"), "accepted");
    EXPECT_NE(with("rail.description", "Exactly 14 cha"), "accepted");
    EXPECT_NE(with("rail.till", "12a"), "accepted");
    EXPECT_NE(with("http.trusted_proxies", "10.0.0.1,proxy"), "accepted");
}

TEST(Config, SplitsListsOfVariablesAtCommas) {
    const auto addresses = [](const std::string& text) {
        return loaded("", {.file = "",
                           .environment = {{"LANGO_RAIL_CALLBACK_ADDRESSES", text}},
                           .flags = {}})
            .rail.callback_addresses;
    };
    EXPECT_EQ(addresses("10.0.0.1, 10.0.0.2,"), (std::vector<std::string>{"10.0.0.1", "10.0.0.2"}));
    EXPECT_TRUE(addresses("").empty());
}

TEST(Config, ConfirmsEveryClaimWhereCallbacksComeFromAnywhereUnlessTold) {
    EXPECT_EQ(loaded("[rail]\ncallback_addresses = []\n").rail.confirm_above_kes, 0);
    EXPECT_EQ(
        loaded("[rail]\ncallback_addresses = []\nconfirm_above_kes = -1\n").rail.confirm_above_kes,
        -1);
}

TEST(Config, RefusesALeaseThatEndsBeforeTheAttempt) {
    EXPECT_NE(refusal("[postbacks]\nlease_s = 10\n").find("postbacks.lease_s must be more than"),
              std::string::npos);
    EXPECT_NE(refusal("[deposits]\nquery_after_s = 600\n").find("deposits.query_after_s"),
              std::string::npos);
}

TEST(Config, ReadsASecretFromAFileWithoutItsLineEnd) {
    const TemporaryFile file("s3cret with blank \n");
    const ConfigSources sources{
        .file = "", .environment = {}, .flags = {{"rail.passkey_file", file.path()}}};
    EXPECT_EQ(loaded("", sources).rail.passkey.reveal(), "s3cret with blank ");
}

TEST(Config, RefusesASecretFileThatIsNotThere) {
    EXPECT_EQ(refusal("[rail]\npasskey_file = \"/nowhere/passkey\"\n"),
              "rail.passkey_file in lango.toml line 2 must be a file that can be read");
    EXPECT_NE(refusal("[rail]\npasskey_file = \"/tmp\"\n"), "accepted");
}

TEST(Config, RefusesASecretAndItsFileInOneSource) {
    EXPECT_NE(refusal("[rail]\npasskey = \"a\"\npasskey_file = \"b\"\n")
                  .find("rail.passkey is set twice"),
              std::string::npos);
}

TEST(Config, NeverShowsASecretInAFault) {
    EXPECT_EQ(refusal("[rail]\npasskey = 4711\n").find("4711"), std::string::npos);
}

TEST(Config, RefusesAFileThatCannotBeRead) {
    const auto config =
        load_config({.file = "/nowhere/lango.toml", .environment = {}, .flags = {}});
    ASSERT_FALSE(config);
    EXPECT_EQ(config.error().message, "the settings file /nowhere/lango.toml cannot be read");
}

TEST(Config, LoadsTheFileItIsGiven) {
    const TemporaryFile file("[http]\nport = 7\n");
    const auto config = load_config({.file = file.path(), .environment = {}, .flags = {}});
    ASSERT_TRUE(config);
    EXPECT_EQ(config->http.port, 7);
}

ConfigSources parsed(std::vector<const char*> arguments) {
    CLI::App app;
    ConfigSources sources;
    add_flags(app, sources);
    arguments.insert(arguments.begin(), "lango");
    app.parse(static_cast<int>(arguments.size()), arguments.data());
    return sources;
}

TEST(Flags, BecomeSettings) {
    const ConfigSources sources = parsed({"--config", "x.toml", "--http-port", "81",
                                          "--log-requests", "--rail-passkey-file=/etc/passkey"});
    EXPECT_EQ(sources.file, "x.toml");
    ConfigSources::Pairs flags = sources.flags;
    std::ranges::sort(flags);
    EXPECT_EQ(flags, (ConfigSources::Pairs{{"http.port", "81"},
                                           {"log.requests", "true"},
                                           {"rail.passkey_file", "/etc/passkey"}}));
}

TEST(Flags, CanTurnASwitchOff) {
    EXPECT_EQ(parsed({"--log-requests=false"}).flags,
              (ConfigSources::Pairs{{"log.requests", "false"}}));
}

TEST(Flags, TakeNoSecretOnTheCommandLine) {
    EXPECT_THROW(parsed({"--rail-passkey", "x"}), CLI::ParseError);
}

TEST(Flags, SuggestTheNearestForOneThatIsUnknown) {
    EXPECT_EQ(nearest_flag("--http-prot"), "--http-port");
    EXPECT_EQ(nearest_flag("--http-prot=1"), "--http-port");
    EXPECT_EQ(nearest_flag("--nothing-of-that-kind"), "");
}

TEST(Environment, GivesOnlyOurVariablesAndTheFile) {
    const std::array entries = {"PATH=/bin", "LANGO_CONFIG=/etc/lango.toml", "LANGO_HTTP_PORT=5=6",
                                static_cast<const char*>(nullptr)};
    ConfigSources sources;
    add_environment(entries.data(), sources);
    EXPECT_EQ(sources.file, "/etc/lango.toml");
    EXPECT_EQ(sources.environment.back(),
              (std::pair<std::string, std::string>{"LANGO_HTTP_PORT", "5=6"}));
    ConfigSources with_flag;
    with_flag.file = "mine.toml";
    add_environment(entries.data(), with_flag);
    EXPECT_EQ(with_flag.file, "mine.toml");
}

TEST(PublicUrl, IsTheListenersWhereNoneIsSet) {
    Config config;
    EXPECT_EQ(public_url(config, 4000), "http://127.0.0.1:4000");
    config.http.address = "::1";
    EXPECT_EQ(public_url(config, 4000), "http://[::1]:4000");
    config.http.public_url = "https://pay.example.co.ke";
    EXPECT_EQ(public_url(config, 4000), "https://pay.example.co.ke");
}

TEST(ConsoleUrl, IsLocalhostWhereNoneIsSetAndNoneWhereNothingListens) {
    Config config;
    EXPECT_EQ(console_url(config), "");
    config.backoffice.public_url = "https://console.example.co.ke";
    EXPECT_EQ(console_url(config), "") << "nothing listens";
    config.backoffice.listen = "127.0.0.1:8084";
    EXPECT_EQ(console_url(config), "https://console.example.co.ke");
    config.backoffice.public_url = "";
    EXPECT_EQ(console_url(config), "http://localhost:8084");
    EXPECT_EQ(console_url(config, 40'000), "http://localhost:40000");
}

TEST(Listen, IsAnAddressAndAPort) {
    const auto v4 = parse_listen("127.0.0.1:8084");
    ASSERT_TRUE(v4);
    EXPECT_EQ(v4->address + " " + std::to_string(v4->port), "127.0.0.1 8084");
    EXPECT_EQ(parse_listen("[::1]:0")->address, "::1");
    for (const auto* wrong : {"", "8084", ":8084", "localhost:8084", "127.0.0.1", "127.0.0.1:",
                              "127.0.0.1:65536", "127.0.0.1:80x", "::1:8084", "[127.0.0.1]:80"}) {
        EXPECT_FALSE(parse_listen(wrong)) << wrong;
    }
    EXPECT_NE(refusal("[backoffice]\nlisten = \"8084\"").find("such as 127.0.0.1:8084"),
              std::string::npos);
    for (const auto* wrong : {"console.example", "https://console.example/", "https://a@b",
                              "https://console.example/path", "https://Console.example"}) {
        EXPECT_NE(refusal("[backoffice]\npublic_url = \"" + std::string{wrong} + "\""), "accepted")
            << wrong;
    }
    EXPECT_EQ(refusal("[backoffice]\npublic_url = \"https://console.example:8443\""), "accepted");
}

TEST(Config, ThatPaysOutHasAPasswordAndACertificate) {
    const auto refusal = [](const std::string& more) {
        const auto config = load_config({.file = "lango.toml", .environment = {}, .flags = {}},
                                        "[payouts]\n" + more);
        return config ? std::string{} : config.error().message;
    };
    EXPECT_EQ(refusal("initiator = \"api\"\n"),
              "payouts.initiator_password must be set beside payouts.initiator\n"
              "payouts.certificate must be set beside payouts.initiator");
    EXPECT_EQ(refusal("initiator = \"api\"\ninitiator_password = \"p\"\ncertificate = \"c\"\n"),
              "");
    EXPECT_EQ(refusal("certificate = \"c\"\n"), "");
    EXPECT_EQ(refusal("b2c_version = 2\n"), "payouts.b2c_version must be 3 or 1");
    EXPECT_NE(refusal("password_expires = \"soon\"\n"), "");
    EXPECT_NE(refusal("command = \"BusinessPay\"\n"), "");
}

}  // namespace
}  // namespace lango::ops
