// The journal on a disk: appended with one write(2) a line and no fsync, so that it survives the
// death of this process (kill -9), not of the machine.
#pragma once
#include <functional>
#include <string>

namespace lango::simulator {

class JournalFile {
  public:
    // Opens or makes it, mode 0600; a last line without an end gets one. Throws std::system_error.
    explicit JournalFile(std::string path);
    ~JournalFile();
    JournalFile(const JournalFile&) = delete;
    JournalFile& operator=(const JournalFile&) = delete;

    void each_line(const std::function<void(const std::string&)>& take) const;
    // Throws std::system_error when the line could not be written whole.
    void append(const std::string& line);

  private:
    std::string path_;
    int descriptor_;
    std::string buffer_;
};

}  // namespace lango::simulator
