#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "simulator/daraja_fixture.hpp"
#include "simulator/journal_file.hpp"

namespace lango::simulator {
namespace {

constexpr const char* subscriber = "254712345678";

class TheJournal : public DarajaTest {
  protected:
    void SetUp() override { begin(); }
    using Codes = std::vector<std::string>;
};

TEST_F(TheJournal, BringsBackPaymentsBalancesAndReceipts) {
    const auto paid = push(subscriber, 100);
    const auto failed = push("254712345032", 100);
    let_time_pass(2s);
    const auto before = daraja_->ledger().payments();
    restart();
    const auto& after = daraja_->ledger().payments();
    ASSERT_EQ(after.size(), 1U);
    EXPECT_EQ(after[0].receipt, before[0].receipt);
    EXPECT_EQ(after[0].checkout_request_id, paid);
    EXPECT_EQ(after[0].completed_at, before[0].completed_at);
    EXPECT_EQ(daraja_->ledger().balance(subscriber), 49'990'000);
    EXPECT_EQ(query(paid), "0");
    EXPECT_EQ(query(failed), "1032");
    push("254712345679", 100);
    let_time_pass(2s);
    EXPECT_NE(daraja_->ledger().payments().at(1).receipt, before[0].receipt);
    expect_balanced(2);
}

TEST_F(TheJournal, GivesOpenPromptsAFreshDecisionAndNobodyElse) {
    const auto failed = push("254712345032", 100);
    let_time_pass(2s);
    const auto open = push(subscriber, 100);
    callbacks_.clear();
    restart();
    EXPECT_EQ(push(subscriber, 50), "");  // its prompt is still there
    let_time_pass(2s);
    EXPECT_EQ(codes(), Codes{"0"});
    EXPECT_EQ(query(open), "0");
    EXPECT_EQ(query(failed), "1032");
    expect_balanced(1);
}

TEST_F(TheJournal, IsWrittenBeforeTheCallbackGoesOut) {
    push(subscriber);
    EXPECT_EQ(journal_.size(), 1U);
    merchant_status = 0;
    let_time_pass(2s);
    ASSERT_EQ(journal_.size(), 2U);
    EXPECT_NE(journal_[1].find("\"paid\""), std::string::npos);
}

TEST_F(TheJournal, MayEndWithinALineAndHoldsNoOther) {
    push(subscriber);
    let_time_pass(2s);
    journal_.back().resize(20);
    restart();
    expect_balanced(0);
    let_time_pass(2s);
    expect_balanced(1);
    EXPECT_THROW(daraja_->replay("{}"), std::runtime_error);
    EXPECT_THROW(daraja_->replay(R"({"paid":"x","amount_minor":"many"})"), std::runtime_error);
}

class TheJournalFile : public testing::Test {
  protected:
    std::filesystem::path path_ =
        std::filesystem::temp_directory_path() / ("lango-journal-" + std::to_string(::getpid()));
    ~TheJournalFile() override { std::filesystem::remove(path_); }
    std::vector<std::string> lines() {
        std::vector<std::string> out;
        JournalFile{path_}.each_line([&](const std::string& line) { out.push_back(line); });
        return out;
    }
};

TEST_F(TheJournalFile, KeepsWhatWasAppended) {
    JournalFile{path_}.append("a");
    JournalFile{path_}.append("b");
    EXPECT_EQ(lines(), (std::vector<std::string>{"a", "b"}));
}

TEST_F(TheJournalFile, GoesOnAfterALineThatWasCutOff) {
    std::ofstream{path_} << "a\n{\"pa";
    JournalFile{path_}.append("b");
    EXPECT_EQ(lines(), (std::vector<std::string>{"a", "{\"pa", "b"}));
}

TEST_F(TheJournalFile, SaysWhyItCannotBeOpened) {
    EXPECT_THROW(JournalFile{"/nowhere/journal"}, std::system_error);
}

}  // namespace
}  // namespace lango::simulator
