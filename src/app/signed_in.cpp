#include "app/signed_in.hpp"

#include <termios.h>
#include <unistd.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fstream>

#include "app/private_files.hpp"
#include "app/terminal.hpp"

namespace lango::app {

namespace {

// What is typed does not show while this lives.
class Unseen {
  public:
    Unseen() {
        if (::isatty(STDIN_FILENO) == 0 || ::tcgetattr(STDIN_FILENO, &before_) != 0) return;
        auto hidden = before_;
        hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        changed_ = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0;
    }
    ~Unseen() {
        if (changed_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    }
    Unseen(const Unseen&) = delete;
    Unseen& operator=(const Unseen&) = delete;
    [[nodiscard]] bool is_terminal() const { return changed_; }

  private:
    termios before_{};
    bool changed_ = false;
};

}  // namespace

void SignedIn::add_flags(CLI::App& command) {
    command.add_option("--as", name, "Who decides: an operator's name")
        ->required()
        ->type_name("NAME");
    command.add_option("--key-file", key_file, "The file with his key [asked for]")
        ->type_name("FILE");
}

std::string SignedIn::key() const {
    std::string line;
    if (!key_file.empty()) {
        if (is_open_to_others(key_file)) {
            complain << "lango: other users of this machine can read " << key_file
                     << ": chmod 600 it\n";
        }
        std::ifstream file{key_file};
        if (!std::getline(file, line)) throw UsageError{"cannot read a key from " + key_file};
        return line;
    }
    const Unseen unseen;
    if (unseen.is_terminal()) complain << "Key of " << name << ": ";
    line = typed_line();
    if (unseen.is_terminal()) complain << '\n';
    return line;
}

}  // namespace lango::app
