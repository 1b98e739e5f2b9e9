// The command line as people and scripts meet it: exit codes, what is refused, what is suggested.
#include "cli/program.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <vector>

#include "base/json.hpp"
#include "ops/config.hpp"

namespace lango::cli {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

struct Said {
    int code = -1;
    std::string out, err;
};

Said lango(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "lango");
    std::vector<const char*> argv;
    for (const auto& argument : arguments) argv.push_back(argument.c_str());
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    Said said;
    said.code = run_program(static_cast<int>(argv.size()), argv.data(), "1.2.3");
    said.out = testing::internal::GetCapturedStdout();
    said.err = testing::internal::GetCapturedStderr();
    return said;
}

const std::vector<std::vector<std::string>> commands{{"serve"},
                                                     {"sandbox"},
                                                     {"migrate"},
                                                     {"merchant"},
                                                     {"merchant", "create"},
                                                     {"merchant", "list"},
                                                     {"merchant", "rotate-secret"},
                                                     {"merchant", "rotate-keys"},
                                                     {"merchant", "show"},
                                                     {"merchant", "end-old-keys"},
                                                     {"person"},
                                                     {"person", "export"},
                                                     {"person", "mask"},
                                                     {"merchant", "set"},
                                                     {"rates"},
                                                     {"rates", "import"},
                                                     {"rates", "show"},
                                                     {"verify"},
                                                     {"deposit"},
                                                     {"deposit", "settle"},
                                                     {"deposit", "show"},
                                                     {"deposit", "list"},
                                                     {"deposit", "attended"},
                                                     {"postback"},
                                                     {"postback", "exhausted"},
                                                     {"postback", "list"},
                                                     {"postback", "events"},
                                                     {"suspense"},
                                                     {"suspense", "list"},
                                                     {"refund", "list"},
                                                     {"totals"},
                                                     {"trail"},
                                                     {"postback", "resend"},
                                                     {"balances"},
                                                     {"user"},
                                                     {"user", "add"},
                                                     {"user", "remove"},
                                                     {"user", "list"},
                                                     {"withdrawal"},
                                                     {"withdrawal", "list"},
                                                     {"withdrawal", "show"},
                                                     {"withdrawal", "create"},
                                                     {"withdrawal", "approve"},
                                                     {"withdrawal", "reject"},
                                                     {"withdrawal", "settle"},
                                                     {"withdrawal", "batch"},
                                                     {"batch"},
                                                     {"batch", "list"},
                                                     {"batch", "show"},
                                                     {"batch", "release"},
                                                     {"batch", "cancel"},
                                                     {"help"},
                                                     {"help-settings"},
                                                     {"find"},
                                                     {"proposal"},
                                                     {"proposal", "list"},
                                                     {"proposal", "show"},
                                                     {"proposal", "agree"},
                                                     {"proposal", "reject"},
                                                     {"login"},
                                                     {"logout"},
                                                     {"openapi"},
                                                     {"version"}};

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
    return text;
}

TEST(CommandLine, HelpsWithEveryCommand) {
    for (auto command : commands) {
        const auto name = joined(command);
        command.emplace_back("--help");
        const auto said = lango(command);
        EXPECT_EQ(said.code, 0) << name;
        EXPECT_THAT(said.out, HasSubstr("Usage: lango " + name)) << name;
        EXPECT_EQ(said.err, "") << name;
    }
}

TEST(CommandLine, ListsItsCommands) {
    const auto said = lango({"--help"});
    EXPECT_EQ(said.code, 0);
    for (const auto& command : commands) EXPECT_THAT(said.out, HasSubstr("  " + command[0]));
    EXPECT_THAT(said.out, HasSubstr("  simulator"));
}

TEST(CommandLine, TellsItsVersion) {
    EXPECT_EQ(lango({"version"}).out, "lango 1.2.3\n");
    EXPECT_EQ(lango({"--version"}).out, "lango 1.2.3\n");
    EXPECT_EQ(lango({"--version"}).code, 0);
}

TEST(CommandLine, PrintsAnyPageOfHelp) {
    EXPECT_EQ(lango({"help"}).out, lango({"--help"}).out);
    EXPECT_EQ(lango({"help", "merchant", "set"}).out, lango({"merchant", "set", "--help"}).out);
    EXPECT_EQ(lango({"help", "merchant", "set"}).err, "");
}

TEST(CommandLine, PrintsTheTableOfSettings) {
    const auto said = lango({"help-settings"});
    EXPECT_EQ(said.code, 0);
    EXPECT_EQ(said.out, ops::settings_markdown());
}

TEST(CommandLine, RefusesWhatItDoesNotUnderstand) {
    const struct {
        std::vector<std::string> arguments;
        const char* words;
    } cases[] = {
        {{}, "A subcommand is required"},
        {{"merchant"}, "A subcommand is required"},
        {{"mercahnt", "list"}, "Did you mean merchant?"},
        {{"verfy"}, "Did you mean verify?"},
        {{"help", "mercahnt"}, "there is no command lango mercahnt"},
        {{"merchant", "lst"}, "Did you mean list?"},
        {{"merchant", "create"}, "SLUG is required"},
        {{"merchant", "set", "shop", "name"}, "VALUE is required"},
        {{"deposit", "settle", "0198"}, "--receipt is required"},
        {{"serve", "--http-prot", "1"}, "Did you mean --http-port?"},
        {{"serve", "--http-prot=1"}, "Did you mean --http-port?"},
        {{"merchant", "create", "shop", "--deposit-mix", "1"}, "Did you mean --deposit-min?"},
        {{"balances", "--jsn"}, "Did you mean --json?"},
        {{"verify", "--agianst", "http://rail"}, "Did you mean --against?"},
        {{"sandbox", "--auto-pay", "soon"}, "--auto-pay"},
        {{"sandbox", "--log-level", "loud"}, "--log-level"},
        {{"sandbox", "--port", "70000"}, "--port"},
        {{"rates", "show", "--yesterday"}, "--yesterday"},
    };
    for (const auto& c : cases) {
        const auto said = lango(c.arguments);
        EXPECT_EQ(said.code, 2) << joined(c.arguments);
        EXPECT_THAT(said.err, HasSubstr(c.words)) << joined(c.arguments);
        EXPECT_EQ(said.out, "") << joined(c.arguments);
    }
}

TEST(CommandLine, SuggestsNothingWhereNothingIsNear) {
    EXPECT_THAT(lango({"rates", "show", "--yesterday"}).err, Not(HasSubstr("Did you mean")));
}

class WithData : public testing::Test {
  protected:
    WithData() { std::filesystem::create_directories(folder_); }
    ~WithData() override { std::filesystem::remove_all(folder_); }
    // A command on a data directory of its own.
    Said on_data(std::vector<std::string> arguments) {
        arguments.insert(arguments.end(), {"--data", (folder_ / "data").string()});
        return lango(std::move(arguments));
    }
    static void keep_key(const std::string& file, const Said& said) {
        EXPECT_EQ(said.code, 0) << said.err;
        std::ofstream{file} << json::parse(said.out)->text_at("key") << '\n';
        std::filesystem::permissions(
            file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    }
    // An administrator's, who is made by the first of them.
    Said by_root(std::vector<std::string> arguments) {
        const auto key_file = (folder_ / "root.key").string();
        if (!std::filesystem::exists(key_file)) {
            keep_key(key_file,
                     on_data({"user", "add", "root", "--role", "administrator", "--json"}));
            keep_key(key_file, on_data({"user", "new-key", "--as", "root", "--key-file", key_file,
                                        "--json"}));
        }
        arguments.insert(arguments.end(), {"--as", "root", "--key-file", key_file});
        return on_data(std::move(arguments));
    }
    std::string config(const std::string& text) {
        std::ofstream{folder_ / "lango.toml"} << text;
        return (folder_ / "lango.toml").string();
    }
    const std::filesystem::path folder_ =
        std::filesystem::path{testing::TempDir()} / ("lango-program-" + std::to_string(::getpid()));
};

TEST_F(WithData, SettingsThatAreNotUnderstoodAreAllNamedAtOnce) {
    const auto file = config("[http]\nprot = 8080\n[log]\nlevel = \"loud\"\n");
    const auto said = lango({"balances", "--config", file});
    EXPECT_EQ(said.code, 2);
    EXPECT_THAT(said.err, StartsWith("lango: "));
    EXPECT_THAT(said.err, HasSubstr("http.port"));
    EXPECT_THAT(said.err, HasSubstr("log.level"));
}

TEST_F(WithData, ASettingsFileThatIsNotThereIsSaid) {
    const auto said = lango({"balances", "--config", (folder_ / "none.toml").string()});
    EXPECT_EQ(said.code, 2);
    EXPECT_THAT(said.err, HasSubstr("none.toml"));
}

TEST_F(WithData, NothingIsMadeByLookingAtIt) {
    for (const auto* command : {"balances", "verify"}) {
        const auto said = on_data({command});
        EXPECT_EQ(said.code, 1) << command;
        EXPECT_THAT(said.err, HasSubstr("there is no database in ")) << command;
    }
    EXPECT_FALSE(std::filesystem::exists(folder_ / "data"));
}

TEST_F(WithData, AMerchantIsMadeListedChangedAndGivenNewKeys) {
    const auto made = by_root(
        {"merchant", "create", "shop", "--name", "A shop", "--fee-percent", "1.5", "--json"});
    ASSERT_EQ(made.code, 0) << made.err;
    const auto keys = json::parse(made.out);
    ASSERT_TRUE(keys);
    EXPECT_EQ(keys->text_at("secret").size(), 32U);

    EXPECT_EQ(by_root({"merchant", "set", "shop", "deposit-min", "50"}).out,
              "shop: deposit-min was set\n");
    const auto listed = on_data({"merchant", "list"});
    EXPECT_EQ(listed.code, 0);
    EXPECT_THAT(listed.out, StartsWith("shop  access key " + keys->text_at("access_key")));
    EXPECT_THAT(listed.out, HasSubstr("\n  name                    A shop\n"));
    EXPECT_THAT(listed.out, HasSubstr("\n  deposit-min             50\n"));
    EXPECT_THAT(listed.out, HasSubstr("\n  fee-percent             1.5\n"));
    EXPECT_THAT(listed.out, HasSubstr("\n  postback-url            (not set)\n"));
    EXPECT_THAT(listed.out, Not(HasSubstr(keys->text_at("secret"))));

    const auto rotated = by_root({"merchant", "rotate-keys", "shop"});
    EXPECT_EQ(rotated.code, 0);
    EXPECT_THAT(rotated.out, StartsWith("The old set of keys stays good for 24h."));
    EXPECT_THAT(rotated.out, Not(HasSubstr(keys->text_at("access_key"))));
    const auto shown = on_data({"merchant", "show", "shop"}).out;
    EXPECT_THAT(shown, HasSubstr("an old one, good until "));
    EXPECT_THAT(shown, HasSubstr("never used"));
    EXPECT_THAT(shown, HasSubstr("\n  time-zone               Africa/Nairobi\n"));
    EXPECT_THAT(by_root({"merchant", "rotate-secret", "shop", "--at-once"}).out,
                StartsWith("The old secret ended."));
    EXPECT_EQ(by_root({"merchant", "end-old-keys", "shop"}).code, 0);
    EXPECT_THAT(on_data({"merchant", "show", "shop"}).out, Not(HasSubstr("an old one")));
    EXPECT_EQ(on_data({"verify"}).code, 0);
}

TEST_F(WithData, WhatTheGatewayRefusesIsOne) {
    ASSERT_EQ(by_root({"merchant", "create", "shop"}).code, 0);
    const struct {
        std::vector<std::string> arguments;
        const char* words;
    } cases[] = {
        {{"merchant", "create", "shop"}, "lango: there is a merchant shop already\n"},
        {{"merchant", "set", "nobody", "name", "x"}, "lango: there is no merchant nobody\n"},
        {{"merchant", "set", "shop", "slug", "x"}, "lango: there is no setting slug; there are "},
        {{"merchant", "set", "shop", "fee-percent", "101"},
         "lango: fee-percent is a number from 0 to 100 with at most 6 decimals\n"},
        {{"merchant", "rotate-secret", "nobody"}, "lango: there is no merchant nobody\n"},
        {{"merchant", "rotate-keys", "nobody"}, "lango: there is no merchant nobody\n"},
        {{"rates", "import", "/nowhere/rates.json"}, "lango: there is no file "},
        {{"deposit", "settle", "00000000000000ff", "--receipt", "NLJ7RT61SV"},
         "lango: There is no such order.\n"},
        {{"deposit", "attended", "00000000000000ff"}, "lango: There is no such order.\n"},
    };
    for (const auto& c : cases) {
        const auto said = by_root(c.arguments);
        EXPECT_EQ(said.code, 1) << joined(c.arguments);
        EXPECT_THAT(said.err, StartsWith(c.words)) << joined(c.arguments);
        EXPECT_EQ(said.out, "") << joined(c.arguments);
    }
}

// As the settings' page would have it without the line that names the proxy.
TEST_F(WithData, ServesNoRailWhoseEveryCallbackWouldBeRefused) {
    const auto file = config(
        "[http]\nport = 0\npublic_url = \"https://pay.example.co.ke\"\n[metrics]\nport = 0\n"
        "[rail]\nshortcode = 600123\nconsumer_key = \"k\"\nconsumer_secret = \"s\"\n"
        "passkey = \"p\"\n");
    const auto said =
        lango({"serve", "--config", file, "--data-directory", (folder_ / "data").string()});
    EXPECT_EQ(said.code, 1);
    EXPECT_THAT(said.err, HasSubstr("http.trusted_proxies must name the proxy"));
}

TEST_F(WithData, AServerThatNeverRanSaysAllThatIsWrongAndNothingOfStopping) {
    const auto data = (folder_ / "data").string();
    const auto said = lango({"serve", "--config", config(""), "--data-directory", data});
    EXPECT_EQ(said.code, 1);
    EXPECT_THAT(said.err, StartsWith("lango: http.trusted_proxies"));
    for (const auto* setting :
         {"\nrail.shortcode", "\nrail.consumer_key", "\nrail.passkey", "\nhttp.public_url"}) {
        EXPECT_THAT(said.err, HasSubstr(setting));
    }
    EXPECT_THAT(said.err, Not(HasSubstr("stop")));
    EXPECT_FALSE(std::filesystem::exists(data));
}

TEST(CommandLine, TellsWhoNamesNoCommandWhatThereIs) {
    const auto said = lango({});
    EXPECT_EQ(said.code, 2);
    EXPECT_THAT(said.err, HasSubstr("Usage: lango [OPTIONS] SUBCOMMAND"));
    EXPECT_THAT(said.err, HasSubstr("\n  verify"));
    const auto group = lango({"merchant"});
    EXPECT_THAT(group.err, HasSubstr("Usage: merchant"));
    EXPECT_THAT(group.err, HasSubstr("\n  rotate-keys"));
    EXPECT_THAT(lango({"merchant", "create"}).err, Not(HasSubstr("Usage:")));
}

TEST(CommandLine, NamesTheSettingsOfAMerchantInItsHelp) {
    const auto help = lango({"merchant", "set", "--help"}).out;
    for (const auto* setting : {"postback-url", "time-zone", "approvals-needed", "window-logo"}) {
        EXPECT_THAT(help, HasSubstr(setting));
    }
}

TEST_F(WithData, WhereThereIsNothingThatIsSaid) {
    ASSERT_EQ(on_data({"migrate"}).code, 0);
    EXPECT_EQ(on_data({"paybill", "list"}).out, "No money waits for an order.\n");
    EXPECT_EQ(on_data({"withdrawal", "list"}).out, "none\n");
    EXPECT_EQ(on_data({"balances"}).out, "Nothing was booked yet.\n");
}

TEST_F(WithData, OneMerchantIsShown) {
    ASSERT_EQ(by_root({"merchant", "create", "shop"}).code, 0);
    ASSERT_EQ(by_root({"merchant", "create", "other"}).code, 0);
    const auto shown = on_data({"merchant", "show", "shop"});
    EXPECT_THAT(shown.out, StartsWith("shop  access key "));
    EXPECT_THAT(shown.out, HasSubstr("\n  deposit-min             10\n"));
    EXPECT_THAT(shown.out, Not(HasSubstr("other")));
    EXPECT_EQ(on_data({"merchant", "show", "nobody"}).err, "lango: there is no merchant nobody\n");
}

TEST_F(WithData, APlainPostbackAddressIsRemarkedOn) {
    ASSERT_EQ(by_root({"merchant", "create", "shop"}).code, 0);
    const auto set = [&](const char* url) {
        return by_root({"merchant", "set", "shop", "postback-url", url}).err;
    };
    EXPECT_THAT(set("http://shop.example/postback"), HasSubstr("postback-url is http://"));
    EXPECT_EQ(set("https://shop.example/postback"), "");
    EXPECT_EQ(set("http://127.0.0.1:8000/postback"), "");
}

TEST_F(WithData, NoDepositWaitsForAPersonAtFirst) {
    ASSERT_EQ(on_data({"migrate"}).code, 0);
    const auto said = on_data({"deposit", "list", "--attention"});
    EXPECT_EQ(said.out, "0 wait for a person\n") << said.err;
    EXPECT_EQ(said.code, 0);
}

// A merchant is made whole or not at all.
TEST_F(WithData, AMerchantWithAWrongSettingIsNotMade) {
    const auto said = by_root({"merchant", "create", "shop", "--deposit-max", "0"});
    EXPECT_EQ(said.code, 1);
    EXPECT_THAT(said.err, HasSubstr("limit is a whole number of shillings"));
    EXPECT_THAT(on_data({"merchant", "list"}).out, StartsWith("No merchants yet"));
}

TEST_F(WithData, TheSchemaIsBroughtUpToDateOnce) {
    EXPECT_THAT(on_data({"migrate"}).out, HasSubstr("schema version 0 -> "));
    EXPECT_THAT(on_data({"migrate"}).out, HasSubstr("is up to date: schema version "));
}

}  // namespace
}  // namespace lango::cli
