#include "simulator/credential_key.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "simulator/credential_fixture.hpp"

namespace lango::simulator {
namespace {

constexpr Instant now = Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23}};

class ACredentialKey : public testing::Test {
  protected:
    std::string path_ = (std::filesystem::temp_directory_path() /
                         ("lango-credential-key-" + std::to_string(::getpid())))
                            .string();
    ~ACredentialKey() override { std::filesystem::remove(path_); }
    static const CredentialKey& key() {
        static const auto made = CredentialKey::make(now);
        return made;
    }
};

TEST_F(ACredentialKey, OpensWhatItsCertificateEncrypted) {
    const auto sealed = security_credential(key().certificate(), "Safaricom999!*!");
    EXPECT_EQ(sealed.size(), 344U);  // daraja.md 5.2: 2048 bits
    EXPECT_NE(sealed, security_credential(key().certificate(), "Safaricom999!*!"));
    EXPECT_EQ(key().open(sealed), "Safaricom999!*!");
}

TEST_F(ACredentialKey, OpensNothingElse) {
    EXPECT_NE(key().open(""), "Safaricom999!*!");
    EXPECT_EQ(key().open("not base64 at all"), std::nullopt);
    EXPECT_NE(key().open(crypto::base64("Safaricom999!*!")), "Safaricom999!*!");
    const auto other = CredentialKey::make(now);
    EXPECT_NE(key().open(security_credential(other.certificate(), "Safaricom999!*!")),
              "Safaricom999!*!");
}

TEST_F(ACredentialKey, IsKeptInAFileThatNobodyElseReads) {
    const auto first = CredentialKey::kept_in(path_, now);
    const auto second = CredentialKey::kept_in(path_, now);
    EXPECT_EQ(first.certificate(), second.certificate());
    EXPECT_EQ(second.open(security_credential(first.certificate(), "x")), "x");
    struct stat status{};
    ASSERT_EQ(::stat(path_.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(ACredentialKey, SaysWhenItsFileHoldsSomethingElse) {
    std::ofstream{path_} << "hello";
    EXPECT_THROW(static_cast<void>(CredentialKey::kept_in(path_, now)), std::runtime_error);
    std::ofstream{path_} << key().certificate();
    EXPECT_THROW(static_cast<void>(CredentialKey::kept_in(path_, now)), std::runtime_error);
    const auto other = CredentialKey::make(now);
    const auto pem = key().pem();
    EXPECT_THROW(static_cast<void>(CredentialKey::from_pem(
                     pem.substr(0, pem.find("-----BEGIN CERT")) + other.certificate())),
                 std::runtime_error);
    EXPECT_THROW(static_cast<void>(CredentialKey::kept_in("/nowhere/key.pem", now)),
                 std::runtime_error);
}

}  // namespace
}  // namespace lango::simulator
