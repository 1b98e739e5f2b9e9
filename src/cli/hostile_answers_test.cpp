// Whatever the gateway answers, and whatever others wrote into its rows: no command sends a control
// character, a mark of direction or bytes that are no text to the terminal.
#include <gmock/gmock.h>
#include <pty.h>
#include <unistd.h>

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "base/json.hpp"
#include "base/json_writer.hpp"
#include "base/terminal_text.hpp"
#include "cli/program.hpp"
#include "http/server.hpp"

namespace lango::cli {
namespace {

using testing::HasSubstr;

// Clears the line and writes another over it; sets the title; turns the rest around.
const std::string evil = "evil\r\x1b[K9 waiting KES 10\x1b]0;x\x07\n\u009b2J\u202E\u200B\x7f";

// Of these there are tens of thousands in an answer.
const std::string innermost = "\x1b[K\u202E";

const std::vector<std::string> lists{
    "withdrawals", "events",    "deposits",   "rail_messages", "refunds",     "attempts",
    "postbacks",   "merchants", "items",      "claims",        "suggestions", "people",
    "acts",        "accounts",  "approvals",  "laws",          "rows",        "receipts",
    "findings",    "keys",      "messages",   "overfull",      "proposals",   "suspense",
    "totals",      "batches",   "wrong_rows", "largest",       "to_new"};
const std::vector<std::string> trees{
    "withdrawal", "deposit", "postback", "item",     "refund", "halt",  "questions_halt",
    "float",      "open",    "per_usd",  "settings", "batch",  "check", "since_last"};
const std::vector<std::string> numbers{
    "amount_minor",  "allocated_minor", "balance_minor",  "held_minor", "utility_minor",
    "working_minor", "charges_minor",   "runway_seconds", "checked",    "payments"};
const std::vector<std::string> texts{"id",
                                     "state",
                                     "amount",
                                     "account_number",
                                     "merchant",
                                     "withdrawal_id",
                                     "fee",
                                     "label",
                                     "created_by",
                                     "receipt",
                                     "result_code",
                                     "approval_code",
                                     "at",
                                     "event",
                                     "detail",
                                     "outcome",
                                     "approvals_given",
                                     "needed",
                                     "order_id",
                                     "created_at",
                                     "last_event",
                                     "phone",
                                     "custom_transaction_id",
                                     "kind",
                                     "body",
                                     "refund_id",
                                     "method",
                                     "reason",
                                     "who",
                                     "answer",
                                     "slug",
                                     "access_key",
                                     "name",
                                     "secret",
                                     "private_access_key",
                                     "private_key",
                                     "webhook_secret",
                                     "old_until",
                                     "key",
                                     "act",
                                     "subject",
                                     "added_at",
                                     "reference",
                                     "paid_at",
                                     "about_order",
                                     "credited_order",
                                     "allocated_by",
                                     "points",
                                     "why",
                                     "paybill",
                                     "since",
                                     "code",
                                     "description",
                                     "lifted_at",
                                     "probe",
                                     "what",
                                     "read_at",
                                     "shortcode",
                                     "attention",
                                     "payment",
                                     "attempts_made",
                                     "table",
                                     "source",
                                     "as_of",
                                     "imported_at",
                                     "rates_known",
                                     "paid_with",
                                     "law",
                                     "owner",
                                     "currency",
                                     "text",
                                     "count",
                                     "time_zone",
                                     "local_time",
                                     "result_text",
                                     "row",
                                     "next",
                                     "searched_to",
                                     "local",
                                     "zone",
                                     "day",
                                     "use_case",
                                     "path",
                                     "proposed_by",
                                     "before",
                                     "after",
                                     "number",
                                     "sum",
                                     "uploaded_by",
                                     "uploaded_at",
                                     "same",
                                     "other_amount",
                                     "added",
                                     "gone"};

// What stands within an entry of an answer; else the answer would have millions of them.
const std::set<std::string> inner{"attempts", "events",  "approvals", "settings", "findings",
                                  "postback", "refunds", "largest",   "to_new",   "since_last"};

// Each name that a command could look for, with a hostile value, as deep as any command looks.
// "message" is what is printed of a refusal.
void write_hostile(json::Writer& writer, int depth, bool refused) {
    writer.begin_object().member("status", refused ? "fail" : "ok").member("message", evil);
    for (const auto& name : texts) writer.member(name, depth > 0 ? evil : innermost);
    for (const auto& name : numbers) writer.member(name, std::int64_t{123});
    if (depth > 0) {
        for (const auto& name : trees) {
            if (depth == 1 && !inner.contains(name)) continue;
            writer.key(name);
            write_hostile(writer, depth - 1, refused);
        }
        for (const auto& name : lists) {
            if (depth == 1 && !inner.contains(name)) continue;
            writer.key(name).begin_array();
            if (name == "findings") {
                writer.string(evil);
            } else {
                write_hostile(writer, depth - 1, refused);
            }
            writer.end_array();
        }
    }
    writer.end_object();
}

struct Said {
    int code = -1;
    std::string out, err;
};

// What a terminal would obey, or not show, spelled out; nothing else is wrong with a text.
std::string obeyed(const std::string& said) {
    std::string found;
    for (std::string_view rest = said; !rest.empty();) {
        const auto character = first_character(rest);
        if (!character.is_shown && rest.front() != '\n') {
            found += (character.is_valid ? "U+" : "byte ") + std::to_string(character.code) + ' ';
        }
        rest.remove_prefix(character.bytes);
    }
    return found;
}

class HostileAnswers : public testing::Test {
  protected:
    HostileAnswers() {
        std::filesystem::create_directories(folder_);
        server_.listen_local((folder_ / "lango.sock").string());
        gateway_ = std::thread{[this] { io_.run(); }};
        std::ofstream{folder_ / "key"} << "k\n";
        std::ofstream{folder_ / "sheet.csv"}
            << "withdrawal_id,account_number,amount,label\nw,254712345678,10,x\n";
        std::ofstream{folder_ / "rates.json"} << "{}";
    }
    ~HostileAnswers() override {
        io_.stop();
        gateway_.join();
        std::filesystem::remove_all(folder_);
    }
    http::asio::awaitable<http::Response> answer(const http::Request& request) {
        {
            const std::scoped_lock lock{mutex_};
            asked_.emplace_back((request.method == http::Method::post ? "POST " : "GET ") +
                                request.path);
        }
        co_return http::Response{.status = 200, .body = refused_ ? refusing_ : answering_};
    }
    static std::string hostile(bool refused) {
        std::string body;
        json::Writer writer{body};
        write_hostile(writer, 2, refused);
        return body;
    }
    std::vector<std::string> asked() {
        const std::scoped_lock lock{mutex_};
        return asked_;
    }
    int run(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), "lango");
        std::vector<const char*> argv;
        for (const auto& argument : arguments) argv.push_back(argument.c_str());
        return run_program(static_cast<int>(argv.size()), argv.data(), "1.2.3");
    }
    Said lango(std::vector<std::string> arguments) const {
        testing::internal::CaptureStdout();
        testing::internal::CaptureStderr();
        Said said;
        said.code = run(std::move(arguments));
        said.out = testing::internal::GetCapturedStdout();
        said.err = testing::internal::GetCapturedStderr();
        return said;
    }
    std::vector<std::string> with_data(std::vector<std::string> arguments) const {
        arguments.insert(arguments.end(), {"--data", folder_.string()});
        return arguments;
    }
    [[nodiscard]] std::string key() const { return (folder_ / "key").string(); }
    [[nodiscard]] std::string file(const char* name) const { return (folder_ / name).string(); }

    const std::filesystem::path folder_ =
        std::filesystem::path{testing::TempDir()} / ("lango-evil-" + std::to_string(::getpid()));
    std::atomic<bool> refused_ = false;
    const std::string answering_ = hostile(false);
    const std::string refusing_ = hostile(true);
    std::mutex mutex_;
    std::vector<std::string> asked_;
    SystemRandom random_;
    http::asio::io_context io_{1};
    http::Server server_{io_.get_executor(),
                         {},
                         [this](const http::Request& request) { return answer(request); },
                         random_};
    std::thread gateway_;
};

// Every command that asks the gateway, as a person would type it; {} stands for none of its own.
std::map<std::string, std::vector<std::string>> asking(const std::string& key,
                                                       const std::string& sheet,
                                                       const std::string& rates) {
    const std::vector<std::string> by{"--as", "amina", "--key-file", key};
    const auto signed_by = [&](std::vector<std::string> more) {
        more.insert(more.end(), by.begin(), by.end());
        return more;
    };
    const std::string id = "00000000000000ff";
    return {
        {"merchant create", {"shop"}},
        {"merchant list", {}},
        {"merchant show", {"shop"}},
        {"merchant rotate-secret", {"shop"}},
        {"merchant rotate-keys", {"shop"}},
        {"merchant set", {"shop", "name", "x"}},
        {"rates import", {rates}},
        {"rates show", {}},
        {"verify", {}},
        {"deposit settle", {id, "--receipt", "NLJ7RT61SV"}},
        {"deposit show", {id}},
        {"deposit list", {"--attention"}},
        {"deposit attended", {id}},
        {"postback resend", {id}},
        {"postback exhausted", {}},
        {"balances", {}},
        {"payouts show", {}},
        {"payouts resume", {}},
        {"payouts float", {}},
        {"user add", {"amina"}},
        {"user remove", {"amina"}},
        {"user list", {}},
        {"withdrawal list", {}},
        {"withdrawal show", {id}},
        {"withdrawal create",
         signed_by({"shop", "--account-number", "0712345678", "--amount", "10", "--label", "x"})},
        {"withdrawal approve", signed_by({id})},
        {"withdrawal reject", signed_by({id})},
        {"withdrawal settle", signed_by({id, "--failed"})},
        {"withdrawal batch", signed_by({"shop", sheet, "--sum", "10"})},
        {"batch list", {}},
        {"batch show", {"7"}},
        {"batch release", signed_by({"7", "--sum", "10"})},
        {"batch cancel", signed_by({"7"})},
        {"paybill register", {}},
        {"paybill reference", {id}},
        {"paybill list", {}},
        {"paybill show", {"NLJ7RT61SV"}},
        {"paybill suggest", {"NLJ7RT61SV"}},
        {"paybill allocate", signed_by({"NLJ7RT61SV", "--order", id})},
        {"refund create", signed_by({"--order", id, "--reason", "x"})},
        {"refund list", {}},
        {"postback list", {}},
        {"postback events", {}},
        {"suspense list", {}},
        {"proposal list", {}},
        {"totals", {}},
        {"trail", {}},
        {"refund show", {id}},
    };
}

// Their words are the program's own, or the log's.
const std::set<std::string> own_words{"serve",   "sandbox",       "migrate", "simulator",
                                      "version", "help-settings", "help"};

std::vector<std::string> split(const std::string& name) {
    const auto blank = name.find(' ');
    if (blank == std::string::npos) return {name};
    return {name.substr(0, blank), name.substr(blank + 1)};
}

// The names under "SUBCOMMANDS:" of a page of help.
std::vector<std::string> subcommands(const std::string& help) {
    std::vector<std::string> names;
    std::istringstream lines{help};
    bool listed = false;
    for (std::string line; std::getline(lines, line);) {
        if (listed && line.starts_with("  ") && line.size() > 2 && line[2] != ' ') {
            names.push_back(line.substr(2, line.find(' ', 2) - 2));
        }
        listed = listed || line.find("ubcommands:") != std::string::npos ||
                 line.find("SUBCOMMANDS:") != std::string::npos;
    }
    return names;
}

TEST_F(HostileAnswers, ReachNoTerminalThroughAnyCommand) {
    for (const bool refused : {false, true}) {
        refused_ = refused;
        for (const auto& [name, arguments] : asking(key(), file("sheet.csv"), file("rates.json"))) {
            for (const bool as_json : {false, true}) {
                auto command = split(name);
                command.insert(command.end(), arguments.begin(), arguments.end());
                if (as_json) command.emplace_back("--json");
                const auto said = lango(with_data(command));
                EXPECT_EQ(obeyed(said.out), "") << name << '\n' << said.out;
                EXPECT_EQ(obeyed(said.err), "") << name << '\n' << said.err;
                // The answer did come through: else nothing was shown here.
                EXPECT_FALSE(said.out.empty() && said.err.empty()) << name;
                if (refused) EXPECT_THAT(said.err, HasSubstr("evil??[K9")) << name;
            }
        }
    }
}

// Also those that nobody has named above yet, as far as they go without arguments.
TEST_F(HostileAnswers, AreTriedOnEveryCommandThatThereIs) {
    const auto named = asking("", "", "");
    std::size_t tried = 0;
    const auto groups = subcommands(lango({"--help"}).out);
    EXPECT_GT(groups.size(), 10U);
    for (const auto& group : groups) {
        if (own_words.contains(group)) continue;
        auto names = subcommands(lango({group, "--help"}).out);
        if (names.empty()) names.emplace_back();
        for (const auto& name : names) {
            const auto whole = name.empty() ? group : group + " " + name;
            ++tried;
            if (named.contains(whole)) continue;
            const auto said = lango(with_data(split(whole)));
            EXPECT_EQ(obeyed(said.out + said.err), "") << whole;
        }
    }
    EXPECT_GE(tried, named.size());
}

TEST_F(HostileAnswers, ShowWhatAnApprovalCoversOnLinesOfTheirOwn) {
    const auto said = lango(with_data(
        {"withdrawal", "approve", "00000000000000ff", "--as", "amina", "--key-file", key()}));
    const std::string safe = terminal_text(evil);
    EXPECT_THAT(said.out, HasSubstr("\nmerchant   " + safe + "\namount     KES " + safe +
                                    "\nrecipient  " + safe + "\n"));
}

// A terminal of the test's own at standard input and output.
class Attended {
  public:
    explicit Attended(const std::string& typed) {
        std::cout.flush();
        in_ = ::dup(STDIN_FILENO);
        out_ = ::dup(STDOUT_FILENO);
        int slave = -1;
        EXPECT_EQ(::openpty(&master_, &slave, nullptr, nullptr, nullptr), 0);
        ::dup2(slave, STDIN_FILENO);
        ::dup2(slave, STDOUT_FILENO);
        ::close(slave);
        EXPECT_EQ(::write(master_, typed.data(), typed.size()), static_cast<ssize_t>(typed.size()));
        std::cin.clear();
    }
    ~Attended() {
        std::cout.flush();
        ::dup2(in_, STDIN_FILENO);
        ::dup2(out_, STDOUT_FILENO);
        for (const int one : {in_, out_, master_}) ::close(one);
    }
    Attended(const Attended&) = delete;
    Attended& operator=(const Attended&) = delete;

  private:
    int in_ = -1, out_ = -1, master_ = -1;
};

TEST_F(HostileAnswers, AreNotApprovedByWhoDoesNotTypeTheAmount) {
    const auto approve = with_data(
        {"withdrawal", "approve", "00000000000000ff", "--as", "amina", "--key-file", key()});
    const auto approved = "POST /admin/withdrawals/00000000000000ff/approve";
    {
        const Attended terminal{"10\n"};
        EXPECT_EQ(run(approve), 1);
    }
    EXPECT_THAT(asked(), testing::Not(testing::Contains(approved)));
    {
        // A script sends the code of what it was shown instead.
        const Attended terminal{"10\n"};
        auto scripted = approve;
        scripted.insert(scripted.end(), {"--seen", "abc"});
        EXPECT_EQ(run(scripted), 0);
    }
    EXPECT_THAT(asked(), testing::Contains(approved));
}

}  // namespace
}  // namespace lango::cli
