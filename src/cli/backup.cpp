#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <boost/asio/io_context.hpp>

#include "app/backup.hpp"
#include "base/system_clock.hpp"
#include "cli/commands.hpp"
#include "process/terminal.hpp"

namespace lango::cli {

namespace {

int back_up(const Operator& shared, const std::string& directory, bool with_key) {
    boost::asio::io_context io;
    SystemClock clock{io.get_executor()};
    const auto made = app::make_backup(shared.config(), directory, with_key, clock.now());
    // From here on this copy is an older one, whatever happens next.
    auto quiet = shared;
    quiet.json = false;
    const bool marked = quiet.ask(http::Method::post, "/admin/restore/mark") != nullptr;
    if (shared.json) {
        say << R"({"status":"ok","directory":")" << directory << R"(","bytes":)" << made.bytes
            << R"(,"schema":)" << made.schema << R"(,"needs_key":")" << made.key << "\"}\n";
    } else {
        say << directory << ": " << made.bytes << " bytes, schema version " << made.schema
            << std::string{made.laws_proved ? ", every law holds" : ", laws not proved"} << '\n'
            << (with_key ? "The master key is with it: whoever has this has the keys of "
                           "every merchant."
                         : "The master key is not with it: keep master.key (" + made.key +
                               ") elsewhere, or this backup is lost with it.")
            << '\n';
    }
    return marked ? 0 : 1;
}

}  // namespace

void add_backup(CLI::App& program, Run& run) {
    auto* command =
        program.add_subcommand("backup", "Copy the database, beside a running gateway or not");
    const auto shared = std::make_shared<Operator>();
    const auto directory = std::make_shared<std::string>();
    const auto with_key = std::make_shared<bool>(false);
    shared->add_flags(*command);
    command->add_option("DIR", *directory, "A directory that is new or empty")->required();
    command->add_flag("--with-key", *with_key, "Put master.key beside the copy");
    command->callback([=, &run] { run = [=] { return back_up(*shared, *directory, *with_key); }; });
}

}  // namespace lango::cli
