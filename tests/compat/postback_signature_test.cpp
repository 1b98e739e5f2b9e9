// Postbacks as a merchant's PHP reads them (check_postbacks.php). Fails where php is missing: what
// was not checked is not compatible.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "postbacks/body.hpp"
#include "postbacks/samples.hpp"

namespace lango::postbacks {
namespace {

// What people and programs put into a label and an order's id.
const std::vector<std::string>& texts() {
    static const std::vector<std::string> list = [] {
        std::vector<std::string> made{
            "1507315922",
            "",
            " ",
            "0",
            "null",
            "a/b//c",
            "</script>",
            "\"quoted\" \\back\\ 'single'",
            "é ü ß 日本語",
            "😀👩‍👩‍👧",
            "line\u2028paragraph\u2029end",
            "\u2027\u202A\uFEFF\u200B",
            "tab\tnew\nreturn\rback\bfeed\f",
            "\x1f\x7f\u0080\u009f",
            "\U0010FFFF\uE000",
            "e\u0301",
            "{\"a\":[1,2]}",
            "%2F&amp;\\u0041\\/",
            std::string(190, '/'),
        };
        std::string controls;  // all of them, and NUL
        for (char c = 0; c < 0x20; ++c) controls += c;
        made.push_back(controls);
        return made;
    }();
    return list;
}

struct Folder {
    Folder() {
        auto name = (std::filesystem::temp_directory_path() / "lango-compat-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error{"no temporary folder"};
        path = name;
    }
    ~Folder() { std::filesystem::remove_all(path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    void write(const std::string& name, const std::string& bytes) const {
        std::ofstream{path / name, std::ios::binary} << bytes;
    }
    std::filesystem::path path;
};

struct Ran {
    int code = -1;
    std::string output;
};
Ran run_php(const std::filesystem::path& folder, const std::string& private_access_key) {
    const char* source = std::getenv("LANGO_SOURCE_DIR");
    if (source == nullptr) return {.code = -1, .output = "set LANGO_SOURCE_DIR, as ctest does"};
    const auto command = "php '" + std::string{source} + "/tests/compat/check_postbacks.php' '" +
                         folder.string() + "' '" + private_access_key + "' 2>&1";
    Ran ran;
    auto* pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) return {.code = -1, .output = "cannot start a shell"};
    std::array<char, 4096> buffer{};
    while (const auto read = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
        ran.output.append(buffer.data(), read);
    }
    const int status = ::pclose(pipe);
    ran.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return ran;
}

class PhpReadsPostbacks : public testing::Test {
  protected:
    void write(const std::string& name, const std::string& text, Money amount = Money::kes(3000)) {
        const auto merchant = test::merchant();
        auto facts = test::page_facts();
        facts.label = text;
        facts.custom_transaction_id = text;
        facts.amount = amount;
        const auto parts = deposit_body(merchant, facts, test::page_created, ++number_);
        folder_.write(name + ".body", whole_body(parts, rates::page_sample(), amount));
        folder_.write(name + ".label", text);
    }
    void write_withdrawal(const std::string& name, const std::string& text, int status) {
        const WithdrawalFacts facts{.id = WithdrawalId{7},
                                    .withdrawal_id = text,
                                    .label = text,
                                    .comment = text,
                                    .phone = *Msisdn::parse("254790916213"),
                                    .amount = Money::kes(3000),
                                    .status = status};
        const auto parts = withdrawal_body(test::merchant(), facts, test::page_created);
        folder_.write(name + ".body", whole_body(parts, rates::page_sample(), facts.amount));
        folder_.write(name + ".label", text);
    }
    Ran check() { return run_php(folder_.path, test::merchant().private_access_key.reveal()); }
    Folder folder_;

  private:
    std::int64_t number_ = 0;
};

TEST_F(PhpReadsPostbacks, WithTheSameSignatureWhateverTheLabelHolds) {
    for (std::size_t i = 0; i < texts().size(); ++i) write(std::to_string(i), texts()[i]);
    const auto ran = check();
    EXPECT_EQ(ran.code, 0) << (ran.code == 127 ? "php is missing (Debian package php-cli)\n" : "")
                           << ran.output;
    EXPECT_EQ(ran.output, std::to_string(texts().size()) + " right\n");
}

TEST_F(PhpReadsPostbacks, OfWithdrawalsThatWerePaidAndThatFailed) {
    for (std::size_t i = 0; i < texts().size(); ++i) {
        write_withdrawal(std::to_string(i) + "-paid", texts()[i], 1);
        write_withdrawal(std::to_string(i) + "-failed", texts()[i], 5);
    }
    const auto ran = check();
    EXPECT_EQ(ran.code, 0) << ran.output;
    EXPECT_EQ(ran.output, std::to_string(2 * texts().size()) + " right\n");
}

TEST_F(PhpReadsPostbacks, AndNoticesAWithdrawalsChangedStatus) {
    write_withdrawal("0", "order", 5);
    std::ifstream file{folder_.path / "0.body", std::ios::binary};
    std::string body{std::istreambuf_iterator<char>(file), {}};
    const std::string failed = R"("withdrawal_status":5)";
    body.replace(body.find(failed), failed.size(), R"("withdrawal_status":1)");
    folder_.write("0.body", body);
    const auto ran = check();
    EXPECT_EQ(ran.code, 1) << ran.output;
    EXPECT_NE(ran.output.find("0.body: signature is"), std::string::npos) << ran.output;
}

// From 400 shillings on: below 1e-4, as bitcoins are there, PHP prints an exponent and we never do.
TEST_F(PhpReadsPostbacks, OfEveryAmountWithTheSameNumbers) {
    for (const std::int64_t shillings : {400, 1000, 3000, 15'944, 99'999, 250'000}) {
        write(std::to_string(shillings), "order", Money::kes(shillings));
    }
    write("cents", "order", Money{1'000'050, Currency::kes()});
    const auto ran = check();
    EXPECT_EQ(ran.code, 0) << ran.output;
    EXPECT_EQ(ran.output, "7 right\n");
}

TEST_F(PhpReadsPostbacks, AndNoticesAChangedByte) {
    write("0", "order");
    std::ifstream file{folder_.path / "0.body", std::ios::binary};
    std::string body{std::istreambuf_iterator<char>(file), {}};
    const std::string receipt = "RIR7U1Y6OH";
    body.replace(body.find(receipt), receipt.size(), "RIR7U1Y6OX");
    folder_.write("0.body", body);
    const auto ran = check();
    EXPECT_EQ(ran.code, 1) << ran.output;
    EXPECT_NE(ran.output.find("0.body: signature is"), std::string::npos) << ran.output;
}

}  // namespace
}  // namespace lango::postbacks
