// Files that others could read are closed, and their owner is told.
#include "process/private_files.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "process/files.hpp"

namespace lango::process {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class PrivateFiles : public testing::Test {
  protected:
    PrivateFiles() { fs::create_directories(folder_); }
    ~PrivateFiles() override { fs::remove_all(folder_); }
    fs::path file(const std::string& name, mode_t mode) {
        const auto path = folder_ / name;
        std::ofstream{path} << "x";
        ::chmod(path.c_str(), mode);
        return path;
    }
    static unsigned mode(const fs::path& path) {
        struct stat found{};
        ::stat(path.c_str(), &found);
        return found.st_mode & 07777U;
    }

    const fs::path folder_ =
        fs::path{testing::TempDir()} / ("lango-private-" + std::to_string(::getpid()));
};

// As an administrator's mkdir or a container's volume leaves it.
TEST_F(PrivateFiles, TheDataDirectoryAndAllInItAreClosedWhoeverMadeThem) {
    ::chmod(folder_.c_str(), 0755);
    const auto database = file("lango.db", 0644);
    const auto log = file("lango.db-wal", 0666);
    const auto key = file("master.key", 0600);
    const auto told = close_data(folder_);
    EXPECT_EQ(told.size(), 3U);
    EXPECT_EQ(mode(folder_), 0700U);
    for (const auto& path : {database, log, key}) EXPECT_EQ(mode(path), 0600U) << path;
    EXPECT_THAT(told, testing::Contains(HasSubstr("lango.db had mode 0644")));
    EXPECT_THAT(close_data(folder_), IsEmpty());
}

// Whoever may write there takes the mark away, and an older backup passes for the newest.
TEST_F(PrivateFiles, NobodyElseMayWriteWhereTheMarkIs) {
    ::chmod(folder_.c_str(), 0777);
    const auto mark = file("lango.mark", 0666);
    const auto other = file("other", 0666);
    EXPECT_THAT(close_state(folder_),
                ElementsAre(HasSubstr(" had mode 0777"), HasSubstr("lango.mark had mode 0666")));
    EXPECT_EQ(mode(folder_), 0755U);
    EXPECT_EQ(mode(mark), 0644U);
    EXPECT_EQ(mode(other), 0666U) << "somebody else's";
    EXPECT_THAT(close_state(folder_), IsEmpty());
    EXPECT_THAT(close_state(folder_ / "none"), IsEmpty());
    EXPECT_FALSE(fs::exists(folder_ / "none"));
}

TEST_F(PrivateFiles, AreThoseOfTheDataAndOfTheState) {
    ops::Config config;
    config.data.directory = (folder_ / "data").string();
    const auto state = folder_ / "data.state";
    for (const auto& directory : {fs::path{config.data.directory}, state}) {
        fs::create_directories(directory);
        ::chmod(directory.c_str(), 0777);
    }
    EXPECT_EQ(close_files(config).size(), 2U);
    EXPECT_EQ(mode(config.data.directory), 0700U);
    EXPECT_EQ(mode(state), 0755U);
}

TEST_F(PrivateFiles, AFileOfSecretsIsClosedToOthersAndStaysReadableForItsGroup) {
    ops::Config config;
    config.secret_files = {file("open.toml", 0644).string(), file("group", 0640).string(),
                           file("own", 0400).string(), (folder_ / "none").string()};
    EXPECT_THAT(close_secrets(config), ElementsAre(HasSubstr("open.toml had mode 0644")));
    EXPECT_EQ(mode(folder_ / "open.toml"), 0640U);
    EXPECT_EQ(mode(folder_ / "group"), 0640U);
    EXPECT_EQ(mode(folder_ / "own"), 0400U);
}

TEST_F(PrivateFiles, WhereSecretsStandIsKnownFromTheSettings) {
    const auto passkey = file("passkey", 0644);
    const auto keys = file("keys.toml", 0644);
    const auto named = [](const std::string& path, const std::string& text) {
        ops::ConfigSources sources;
        sources.file = path;
        return ops::load_config(sources, text)->secret_files;
    };
    EXPECT_THAT(named(keys, "[rail]\npasskey_file = \"" + passkey.string() + "\"\n"),
                ElementsAre(passkey.string()));
    EXPECT_THAT(named(keys, "[rail]\npasskey = \"p\"\nconsumer_key = \"k\"\n"),
                ElementsAre(keys.string()));
    EXPECT_THAT(named(keys, "[rail]\nshortcode = 600123\n"), IsEmpty());
    EXPECT_TRUE(is_open_to_others(passkey));
}

// Another user of a shared directory may have made FILE.tmp before us.
TEST_F(PrivateFiles, AFileIsWrittenUnderANameThatNobodyCouldTakeBefore) {
    const auto victim = file("victim", 0600);
    const auto target = folder_ / "info.json";
    fs::create_symlink(victim, folder_ / "info.json.tmp");
    fs::create_symlink(victim, target);
    write_file(target, "keys");
    EXPECT_EQ(read_file(victim), "x");
    EXPECT_EQ(read_file(target), "keys");
    EXPECT_FALSE(fs::is_symlink(target));
    EXPECT_EQ(mode(target), 0600U);
    EXPECT_EQ(std::distance(fs::directory_iterator{folder_}, {}), 3);
    EXPECT_THROW(write_file(folder_ / "none" / "x", "keys"), std::runtime_error);
}

}  // namespace
}  // namespace lango::process
