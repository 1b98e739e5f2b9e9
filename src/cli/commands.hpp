// The command line: one file a command. Each adds itself to the program; when it was chosen, it
// leaves what is to be run. Exit codes: 0 done, 1 refused or failed, 2 not understood.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

#include "app/local_call.hpp"
#include "base/json.hpp"
#include "http/message.hpp"
#include "ops/config.hpp"
#include "process/terminal.hpp"

namespace CLI {
class App;
}

namespace lango::cli {

using process::complain;
using process::is_attended;
using process::say;
using process::typed_line;

using Run = std::function<int()>;

void add_serve(CLI::App& program, Run& run);
void add_sandbox(CLI::App& program, Run& run);
void add_migrate(CLI::App& program, Run& run);
void add_merchant(CLI::App& program, Run& run);
void add_rates(CLI::App& program, Run& run);
void add_verify(CLI::App& program, Run& run);
void add_find(CLI::App& program, Run& run);
void add_totals(CLI::App& program, Run& run);
void add_deposit(CLI::App& program, Run& run);
void add_postback(CLI::App& program, Run& run);
void add_balances(CLI::App& program, Run& run);
void add_payouts(CLI::App& program, Run& run);
void add_user(CLI::App& program, Run& run);
void add_role(CLI::App& program, Run& run);
void add_trail(CLI::App& program, Run& run);
void add_proposal(CLI::App& program, Run& run);
void add_login(CLI::App& program, Run& run);
void add_withdrawal(CLI::App& program, Run& run);
void add_batch(CLI::App& program, Run& run);
void add_paybill(CLI::App& program, Run& run);
void add_suspense(CLI::App& program, Run& run);
void add_unreadable(CLI::App& program, Run& run);
void add_refund(CLI::App& program, Run& run);
void add_set_aside(CLI::App& program, Run& run);
void add_restore(CLI::App& program, Run& run);
void add_backup(CLI::App& program, Run& run);
void add_key(CLI::App& program, Run& run);
void add_person(CLI::App& program, Run& run);

// Exit code 2.
struct UsageError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// Nothing was done yet: another person must agree. Exit code 0, and the text says how.
struct Proposed : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// What the commands of an operator share: whose data, and how to print.
struct Operator {
    ops::ConfigSources sources;
    bool json = false;
    std::string as;             // whose act it is; "": the session's
    std::string key_file;       // "": the key is asked for
    bool by_session = false;    // by the session that is kept, whatever names LANGO_AS
    bool shows_itself = false;  // whom --as names shows the key with questions, too: who sees what

    // --config, --data, --json; and --as, --key-file
    void add_flags(CLI::App& command);
    [[nodiscard]] ops::Config config() const;  // throws UsageError
    // The answer as a tree. Refused: the reason on standard error, and nothing. With --json the
    // answer is printed as it came.
    [[nodiscard]] std::shared_ptr<const json::Value> ask(http::Method method,
                                                         const std::string& target,
                                                         const std::string& body = {}) const;

  private:
    // Who asks; the key is asked for once. A question needs nobody.
    mutable std::optional<app::Credentials> shown_{};
};

// Variables of the environment and the default file come in here. Throws UsageError.
[[nodiscard]] ops::Config config_from(ops::ConfigSources sources);

// "1000000" as "1,000,000"; 123456 hundredths as "1,234.56".
[[nodiscard]] std::string grouped(std::int64_t number);
[[nodiscard]] std::string money_text(std::int64_t minor);
// money_text() of a member in hundredths.
[[nodiscard]] std::string minor_text(const json::Value& object, std::string_view name);

}  // namespace lango::cli
