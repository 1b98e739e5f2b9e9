// The man page and the completions of a small program, and the command that prints them.
#include <gmock/gmock.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "manual/completion.hpp"
#include "manual/help.hpp"
#include "manual/man_page.hpp"

namespace lango::manual {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class Manual : public testing::Test {
  protected:
    Manual() {
        program_.require_subcommand(1);
        auto* group = program_.add_subcommand("merchant", "Merchants and their settings");
        group->require_subcommand(1);
        set_ = group->add_subcommand("set", "Change one.\n.Nothing else");
        set_->add_option("SLUG", slug_, "Whose")->required();
        set_->add_option("--note", note_, "Kept with a C:\\path")->required();
        add_shared(*set_);
        auto* imported = program_.add_subcommand("import", "Take a file");
        imported->add_option("FILE", file_, "It")->required();
        imported->add_flag("--quick", quick_, "Without looking");
        add_shared(*imported);
        add_help(program_, "1.2-3", [this](std::string text) { asked_ = std::move(text); });
    }

    void add_shared(CLI::App& command) {
        command.add_option("--config", file_, "The settings file")->type_name("FILE");
        command.add_option("--data,--data-directory", file_, "Where it is")->type_name("DIR");
    }

    std::string ask(const std::string& line) {
        asked_.clear();
        program_.parse(line, true);
        return asked_;
    }

    CLI::App program_{"A program", "lango"};
    CLI::App* set_ = nullptr;
    std::string slug_, note_, file_, asked_;
    bool quick_ = false;
};

TEST_F(Manual, ReadsTheTreeOffTheParser) {
    const auto program = read(program_);
    std::vector<std::string> paths;
    for (const auto* command : leaves(program)) paths.push_back(command->path);
    EXPECT_THAT(paths, ElementsAre("lango merchant set", "lango import", "lango help"));
    const auto& set = program.commands.at(0).commands.at(0);
    ASSERT_EQ(set.arguments.size(), 1U);
    EXPECT_EQ(set.arguments.front().name, "SLUG");
    EXPECT_THAT(set.flags.back().names, ElementsAre("--data", "--data-directory"));
    EXPECT_EQ(set.flags.back().value, "DIR");
    EXPECT_EQ(program.commands.at(1).flags.at(1).value, "");
}

TEST_F(Manual, ManPageTellsSharedFlagsOnceAndTakesNoTextForAMacro) {
    const auto page = man_page(read(program_), "1.2-3");
    EXPECT_THAT(page, testing::StartsWith(".TH LANGO 1 \"\" \"lango 1.2\\-3\" \"Lango\"\n"
                                          ".SH NAME\nlango \\- A program\n"));
    EXPECT_THAT(page, HasSubstr("\\fBlango merchant set\\fR [\\fIOPTIONS\\fR] \\fISLUG\\fR\n"));
    EXPECT_THAT(page, HasSubstr("Change one.\n.br\n\\&.Nothing else\n"));
    EXPECT_THAT(page,
                HasSubstr("\\fB\\-\\-note\\fR \\fITEXT\\fR\nKept with a C:\\epath (required)\n"));
    const auto told = page.find("\\fB\\-\\-data\\fR, \\fB\\-\\-data\\-directory\\fR \\fIDIR\\fR\n");
    ASSERT_NE(told, page.npos);
    EXPECT_LT(told, page.find(".SH COMMANDS"));
    EXPECT_EQ(page.find("data\\-directory", page.find(".SH COMMANDS")), page.npos);
}

TEST_F(Manual, CompletionKnowsCommandsAndWhatTheirFlagsTake) {
    const auto script = bash_completion(read(program_));
    EXPECT_THAT(script, HasSubstr("'lango merchant' | 'lango merchant set' | 'lango import' | "
                                  "'lango help')\n            at+="));
    EXPECT_THAT(script, HasSubstr("    'lango')\n        words='merchant import help' flags='"));
    EXPECT_THAT(script, HasSubstr("files='--config' folders='--data --data-directory' "
                                  "others='--note'\n        argument=''\n"));
    EXPECT_THAT(script, HasSubstr("others=''\n        argument='file'\n"));
    EXPECT_THAT(script, HasSubstr("    'lango help')\n        words='merchant import help'"));
}

TEST_F(Manual, HelpPrintsACommandsOwnPage) {
    EXPECT_THAT(ask("lango help"), HasSubstr("Usage: lango [OPTIONS]"));
    const auto page = ask("lango help merchant set");
    EXPECT_THAT(page, HasSubstr("Usage: lango merchant set [OPTIONS] SLUG"));
    EXPECT_THAT(page, Not(HasSubstr("--completion")));
}

TEST_F(Manual, HelpPrintsManPageAndCompletion) {
    EXPECT_EQ(ask("lango help --man"), man_page(read(program_), "1.2-3"));
    EXPECT_EQ(ask("lango help --completion bash"), bash_completion(read(program_)));
}

TEST_F(Manual, HelpOfNothingIsTheParsersError) {
    EXPECT_THROW(ask("lango help merchant sett"), CLI::ParseError);
    EXPECT_THROW(ask("lango help --completion fish"), CLI::ParseError);
    EXPECT_THROW(ask("lango help --man merchant"), CLI::ParseError);
    EXPECT_EQ(asked_, "");
}

}  // namespace
}  // namespace lango::manual
