#include "ops/settings.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <limits>
#include <set>

namespace lango::ops {
namespace {

TEST(Settings, HaveNamesVariablesAndFlagsOfTheirOwn) {
    std::set<std::string> names, variables, flags;
    for (const std::string& name : setting_names()) {
        EXPECT_TRUE(names.insert(name).second) << name;
        EXPECT_TRUE(variables.insert(environment_name(name)).second) << name;
        EXPECT_TRUE(flags.insert(flag_name(name)).second) << name;
        EXPECT_NE(environment_name(name), "LANGO_CONFIG");
        ASSERT_TRUE(find_setting(name)) << name;
    }
}

TEST(Settings, SpellTheirNamesAsDocumented) {
    EXPECT_EQ(environment_name("rail.passkey_file"), "LANGO_RAIL_PASSKEY_FILE");
    EXPECT_EQ(flag_name("rail.passkey_file"), "--rail-passkey-file");
    EXPECT_FALSE(find_setting("http.port_file"));
    EXPECT_TRUE(find_setting("rail.passkey_file")->from_file);
}

TEST(Settings, AcceptTheirOwnDefaults) {
    for (const Setting& setting : settings()) {
        if (setting.is<Secret>()) continue;
        std::string faults;
        const std::string name(setting.name);
        const std::size_t dot = name.find('.');
        const std::string toml = "[" + name.substr(0, dot) + "]\n" + name.substr(dot + 1) + " = " +
                                 default_text(setting) + "\n";
        const std::vector<Given> given = read_toml(toml, "test", faults);
        ASSERT_EQ(faults, "") << toml;
        ASSERT_EQ(given.size(), 1U) << toml;
        Config config;
        EXPECT_EQ(assign(config, setting, given[0]), std::nullopt) << toml;
    }
}

// assign() casts to the type of the place.
TEST(Settings, HaveBoundsThatFitTheirTypes) {
    for (const Setting& setting : settings()) {
        if (!setting.is_number()) continue;
        EXPECT_LT(setting.least, setting.most) << setting.name;
        if (setting.is<std::uint16_t>()) {
            EXPECT_LE(setting.most, std::numeric_limits<std::uint16_t>::max()) << setting.name;
        }
        if (setting.is<int>()) {
            EXPECT_LE(setting.most, std::numeric_limits<int>::max()) << setting.name;
        }
        if (!setting.is<std::int64_t>() && !setting.is<int>()) {
            EXPECT_GE(setting.least, 0) << setting.name;
        }
    }
}

TEST(Settings, HaveHelpOfOneLineWithoutAFullStop) {
    for (const Setting& setting : settings()) {
        EXPECT_FALSE(setting.help.empty()) << setting.name;
        EXPECT_EQ(setting.help.find('\n'), setting.help.npos) << setting.name;
        EXPECT_FALSE(setting.help.ends_with('.')) << setting.name;
    }
}

TEST(Settings, AreDocumented) {
    const char* source = std::getenv("LANGO_SOURCE_DIR");
    ASSERT_NE(source, nullptr) << "set LANGO_SOURCE_DIR, as ctest does";
    std::ifstream in(std::string(source) + "/docs/configuration.md");
    const std::string page{std::istreambuf_iterator<char>(in), {}};
    EXPECT_EQ(page, settings_markdown())
        << "write it again: lango help-settings > docs/configuration.md";
}

}  // namespace
}  // namespace lango::ops
