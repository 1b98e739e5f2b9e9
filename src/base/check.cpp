#include "base/check.hpp"

#include <atomic>
#include <string_view>

namespace lango {

namespace {

std::atomic<std::uint64_t> failures{0};
std::atomic<CheckListener> listens{nullptr};

std::string told_of(const char* sentence, const char* condition, std::source_location where) {
    std::string_view file{where.file_name()};
    file.remove_prefix(file.find_last_of('/') + 1);  // npos + 1 is 0
    return "check failed: " + std::string{sentence} + ": " + condition + " (" + std::string{file} +
           ":" + std::to_string(where.line()) + ")";
}

}  // namespace

void note_failed_check(const char* sentence, const char* condition, std::source_location where) {
    ++failures;
    if (const auto listener = listens.load()) listener(told_of(sentence, condition, where));
}

void check_failed(const char* sentence, const char* condition, std::source_location where) {
    note_failed_check(sentence, condition, where);
    throw CheckFailed{told_of(sentence, condition, where)};
}

std::uint64_t failed_checks() { return failures; }

void listen_to_checks(CheckListener listener) { listens = listener; }

}  // namespace lango
