#include "people/passwords.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "base/utf8.hpp"
#include "people/common_words.hpp"
#include "people/trail.hpp"

namespace lango::people {

namespace {

constexpr auto operations = crypto_pwhash_argon2id_OPSLIMIT_INTERACTIVE;
constexpr auto memory = crypto_pwhash_argon2id_MEMLIMIT_INTERACTIVE;
// Of the same costs; what it is the hash of nobody knows.
constexpr std::string_view of_nobody =
    "$argon2id$v=19$m=65536,t=2,p=1$bm9ib2R5J3Mgc2FsdC4uLg$"
    "dGhpcyBpcyB0aGUgaGFzaCBvZiBub2JvZHkncyB0ZXh0Li4";

std::size_t characters(std::string_view text) {
    std::size_t count = 0;
    while (!text.empty()) {
        text.remove_prefix(std::max<std::size_t>(utf8::first(text).bytes, 1));
        ++count;
    }
    return count;
}

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

// The letters that people put digits and signs for.
char plain(char c) {
    constexpr std::string_view signs = "0134578@$!|";
    constexpr std::string_view letters = "oieastbasii";
    if (c >= 'A' && c <= 'Z') return static_cast<char>(c - 'A' + 'a');
    const auto at = signs.find(c);
    return at == signs.npos ? c : letters[at];
}

void take_out(std::string& text, std::string_view word) {
    if (word.empty()) return;
    for (auto at = text.find(word); at != text.npos; at = text.find(word, at)) {
        text.replace(at, word.size(), " ");
    }
}

// How many different characters are left that are part of no common word: of an alphabet's
// letters, and of all that is not ASCII.
std::size_t own_letters(std::string text, std::string_view name) {
    take_out(text, name);
    for (const auto word : common_words) take_out(text, word);
    std::string left;
    for (const char c : text) {
        const bool counts = is_letter(c) || static_cast<unsigned char>(c) >= 0x80;
        if (counts && left.find(c) == left.npos) left += c;
    }
    return left.size();
}

}  // namespace

bool is_common(std::string_view password, std::string_view name) {
    constexpr std::size_t own_min = 4;
    std::string lower;
    std::string spelt;
    for (const char c : password) {
        lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        spelt += plain(c);
    }
    return own_letters(lower, name) < own_min || own_letters(spelt, name) < own_min;
}

std::optional<std::string_view> why_weak(std::string_view password, std::string_view name) {
    if (!utf8::is_whole(password)) return "A password is text.";
    if (characters(password) < password_min) return "A password has at least 12 characters.";
    if (password.size() > password_max) return "A password has at most 256 bytes.";
    if (is_common(password, name)) {
        return "That password is one of the first that somebody would try: use words that do not "
               "belong together, or what a password manager makes.";
    }
    return std::nullopt;
}

std::string hash_password(const Secret& password) {
    std::array<char, crypto_pwhash_STRBYTES> hash{};
    const auto& text = password.reveal();
    if (crypto_pwhash_argon2id_str(hash.data(), text.data(), text.size(), operations, memory) !=
        0) {
        throw std::runtime_error{"there is no memory to hash a password"};
    }
    return hash.data();
}

bool is_password(const std::string& hash, const Secret& password) {
    const std::string against{hash.empty() ? of_nobody : std::string_view{hash}};
    const auto& text = password.reveal();
    const bool matches =
        crypto_pwhash_argon2id_str_verify(against.c_str(), text.data(), text.size()) == 0;
    return matches && !hash.empty();
}

std::string password_hash(store::Reader& reader, std::string_view name) {
    return reader
        .first(
            "SELECT hash FROM passwords WHERE name = ?1",
            [](const store::Row& row) { return row.string(0); }, name)
        .value_or("");
}

void set_password(store::Tx& tx, Instant now, std::string_view name, const std::string& hash,
                  std::string_view act) {
    tx.run("DELETE FROM passwords WHERE name = ?1", name);
    tx.run("INSERT INTO passwords (name, hash, set_at) VALUES (?1, ?2, ?3)", name, hash, now);
    record(tx, now, name, act, name, "");
}

}  // namespace lango::people
