#include "cli/credentials.hpp"

#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/crypto.hpp"
#include "cli/commands.hpp"
#include "process/files.hpp"
#include "process/private_files.hpp"
#include "process/terminal.hpp"

namespace lango::cli {

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

std::string variable(const char* name) {
    const auto* const value = std::getenv(name);
    return value == nullptr ? std::string{} : value;
}

std::string key_of(const std::string& name, const std::string& key_file) {
    std::string line;
    if (!key_file.empty()) {
        if (process::is_open_to_others(key_file)) {
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

// One for each data directory; nothing where nobody's home is known.
std::optional<std::filesystem::path> session_file(const ops::Config& config) {
    const auto* const state = std::getenv("XDG_STATE_HOME");
    const auto* const home = std::getenv("HOME");
    std::filesystem::path folder;
    if (state != nullptr && *state != '\0') {
        folder = state;
    } else if (home != nullptr && *home != '\0') {
        folder = std::filesystem::path{home} / ".local" / "state";
    } else {
        return std::nullopt;
    }
    const auto data = std::filesystem::weakly_canonical(config.data.directory).string();
    const auto name = crypto::hex(crypto::view(crypto::sha256(data))).substr(0, 16);
    return folder / "lango" / ("session-" + name);
}

// It stands in a header of the request.
void check_one_line(const char* what, const std::string& text) {
    const bool is_clean = std::ranges::all_of(
        text, [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != 0x7f; });
    if (!is_clean) throw UsageError{std::string{what} + " has characters that no name or key has"};
}

}  // namespace

app::Credentials credentials(const ops::Config& config, const std::string& as,
                             const std::string& key_file) {
    if (as.empty() && key_file.empty() && !variable("LANGO_AS").empty()) {
        return credentials(config, variable("LANGO_AS"), variable("LANGO_KEY_FILE"));
    }
    if (!as.empty()) {
        app::Credentials shown{.name = as, .key = key_of(as, key_file), .session = {}};
        check_one_line("the name", shown.name);
        check_one_line("the key", shown.key);
        return shown;
    }
    if (!key_file.empty()) throw UsageError{"say --as NAME with --key-file"};
    return kept_session(config);
}

app::Credentials kept_session(const ops::Config& config) {
    app::Credentials shown;
    const auto file = session_file(config);
    const auto kept = file ? process::read_file(*file) : std::nullopt;
    if (kept) {
        shown.session = kept->substr(0, kept->find('\n'));
        check_one_line("the session", shown.session);
    }
    return shown;
}

void keep_session(const ops::Config& config, const std::string& token) {
    const auto file = session_file(config);
    if (!file) throw UsageError{"a session is kept in the home directory, and HOME is not set"};
    process::make_private_directory(file->parent_path());
    process::write_file(*file, token + "\n");
}

void forget_session(const ops::Config& config) {
    std::error_code none;
    if (const auto file = session_file(config)) std::filesystem::remove(*file, none);
}

}  // namespace lango::cli
