#include "privacy/hide.hpp"

#include <string>
#include <utility>
#include <vector>

#include "base/crypto.hpp"
#include "privacy/mask.hpp"

namespace lango::privacy {

namespace {

constexpr std::string_view purpose = "person";  // of the keyed hash
constexpr std::string_view mark = "masked: sha256 ";

std::string hashed(Msisdn phone) { return std::string{purpose} + ":" + phone.raw(); }

std::int64_t hidden_by(std::string_view hash) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        number = (number << 8U) | static_cast<unsigned char>(hash.at(i));
    }
    return -static_cast<std::int64_t>((number >> 2U) | 1U);
}

}  // namespace

std::int64_t hidden_number(const crypto::MasterKey& master, Msisdn phone) {
    return hidden_by(master.lookup_hash(hashed(phone)));
}

std::vector<std::int64_t> hidden_numbers(const crypto::MasterKey& master, Msisdn phone) {
    std::vector<std::int64_t> numbers;
    for (const auto& hash : master.lookup_hashes(hashed(phone))) {
        numbers.push_back(hidden_by(hash));
    }
    return numbers;
}

std::string hidden_text(const crypto::MasterKey& master, std::string_view phone) {
    // The rail masks and hashes numbers, too: of those nothing is told.
    const auto whole = Msisdn::parse(phone);
    return whole ? hidden_text_of(hidden_number(master, *whole)) : "masked";
}

std::string hidden_text_of(std::int64_t hidden) { return "masked " + std::to_string(-hidden); }

void hide_messages(store::Tx& tx, std::int64_t subject_id) {
    std::vector<std::pair<std::int64_t, std::string>> messages;
    tx.each(
        "SELECT id, body FROM rail_messages WHERE subject_id = ?1",
        [&](const store::Row& row) { messages.emplace_back(row.integer(0), row.string(1)); },
        subject_id);
    for (const auto& [id, body] : messages) {
        if (body.starts_with(mark)) continue;
        tx.run("UPDATE rail_messages SET body = ?3 WHERE subject_id = ?1 AND id = ?2", subject_id,
               id, std::string{mark} + crypto::hex(crypto::view(crypto::sha256(body))));
    }
}

void hide_answers(store::Tx& tx, std::int64_t subject_id) {
    tx.run(
        "UPDATE postback_attempts SET answer = '' WHERE postback_id = "
        "(SELECT id FROM postbacks WHERE subject_id = ?1)",
        subject_id);
}

}  // namespace lango::privacy
