// What the commands print of money and of people: signs, names, and numbers with their middle
// hidden.
#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/json.hpp"
#include "cli/program.hpp"
#include "ledger/ledger.hpp"
#include "store/sqlite/connection.hpp"
#include "withdrawals/create.hpp"

namespace lango::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

class ShownMoney : public testing::Test {
  protected:
    ShownMoney() {
        std::filesystem::create_directories(folder_);
        said({"migrate"});
        const auto key_file = (folder_ / "root.key").string();
        const auto keep = [&key_file](const std::string& answer) {
            std::ofstream{key_file} << json::parse(answer)->text_at("key") << '\n';
            std::filesystem::permissions(
                key_file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        };
        keep(said({"user", "add", "root", "--role", "administrator", "--json"}));
        keep(said({"user", "new-key", "--as", "root", "--key-file", key_file, "--json"}));
        said({"merchant", "create", "shop", "--name", "Mama Wanjiku", "--as", "root", "--key-file",
              key_file});
        book(1, ledger::Outcome::deposit_paid,
             {{{.kind = ledger::AccountKind::rail, .owner = 174379}, Money::kes(-1000)},
              {withdrawals::merchant_account(MerchantId{1}), Money::kes(985)},
              {{.kind = ledger::AccountKind::fees, .owner = 0}, Money::kes(15)}});
    }
    ~ShownMoney() override { std::filesystem::remove_all(folder_); }

    std::string said(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), "lango");
        arguments.insert(arguments.end(), {"--data", folder_.string()});
        std::vector<const char*> argv;
        for (const auto& argument : arguments) argv.push_back(argument.c_str());
        testing::internal::CaptureStdout();
        testing::internal::CaptureStderr();
        const auto code = run_program(static_cast<int>(argv.size()), argv.data(), "1.2.3");
        const auto errors = testing::internal::GetCapturedStderr();
        EXPECT_EQ(code, 0) << errors;
        return testing::internal::GetCapturedStdout();
    }
    // A command of the gateway's, on the database that no process has open.
    template <class F>
    void write(F command) {
        store::sqlite::Connection tx{{.path = (folder_ / "lango.db").string(), .vfs = ""},
                                     store::sqlite::Role::writer,
                                     1024 * 1024};
        tx.script("BEGIN");
        command(tx);
        tx.script("COMMIT");
    }
    void book(std::int64_t subject, ledger::Outcome outcome,
              const std::vector<ledger::Posting>& postings) {
        write([&](store::Tx& tx) {
            EXPECT_EQ(ledger::book(tx, {.subject_id = subject,
                                        .outcome = outcome,
                                        .booked_at = now_,
                                        .postings = postings,
                                        .receipt = std::nullopt,
                                        .amount = Money::kes(1)}),
                      ledger::Booked::now);
        });
    }
    void withdraw(const std::string& own_id, bool needs_approval) {
        write([&](store::Tx& tx) {
            EXPECT_TRUE(withdrawals::create(tx,
                                            {.id = WithdrawalId{++last_},
                                             .merchant = MerchantId{1},
                                             .withdrawal_id = own_id,
                                             .label = "user",
                                             .phone = *Msisdn::parse("254712345678"),
                                             .amount = Money::kes(100),
                                             .fee = Money::zero(),
                                             .comment = {},
                                             .needs_approval = needs_approval},
                                            now_));
        });
    }

    const std::filesystem::path folder_ =
        std::filesystem::path{testing::TempDir()} / ("lango-shown-" + std::to_string(::getpid()));
    const Instant now_ =
        Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::hours{9}};
    std::int64_t last_ = id_floor(now_);
};

TEST_F(ShownMoney, BalancesNameWhoseTheyAreAndWhatTheirSignMeans) {
    book(2, ledger::Outcome::withdrawal_paid_uncovered,
         {{{.kind = ledger::AccountKind::rail, .owner = 174379}, Money::kes(200)},
          {{.kind = ledger::AccountKind::receivable, .owner = 1}, Money::kes(-200)}});
    withdraw("w-1", false);
    EXPECT_EQ(said({"balances"}),
              "rail 174379: KES -800.00  below zero: M-PESA holds this for those below\n"
              "merchant shop (Mama Wanjiku): KES 985.00, of that held 100.00\n"
              "fees 0: KES 15.00\n"
              "receivable shop (Mama Wanjiku): KES -200.00  below zero: the merchant owes it\n");
}

TEST_F(ShownMoney, ListsOfWithdrawalsShowAWholeNumberOnlyToWhoMustApproveIt) {
    withdraw("goes", false);
    const auto listed = said({"withdrawal", "list"});
    EXPECT_THAT(listed, HasSubstr("goes"));
    EXPECT_THAT(listed, HasSubstr(Msisdn::parse("254712345678")->masked()));
    EXPECT_THAT(listed, Not(HasSubstr("254712345678")));
    withdraw("waits", true);
    const auto waiting = said({"withdrawal", "list", "--state", "waiting"});
    EXPECT_THAT(waiting, HasSubstr("needs approval"));
    EXPECT_THAT(waiting, HasSubstr("254712345678"));
    EXPECT_THAT(waiting, Not(HasSubstr("goes")));
}

}  // namespace
}  // namespace lango::cli
