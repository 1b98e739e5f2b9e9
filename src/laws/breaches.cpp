#include "laws/breaches.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/crypto.hpp"
#include "laws/laws.hpp"
#include "withdrawals/halt.hpp"

namespace lango::laws {

namespace {

constexpr const char* structure = "Structure";
constexpr std::int64_t audits_kept = 1000;

Breach from_row(const store::Row& row) {
    return {.law = row.string(0),
            .subject = row.string(1),
            .said = row.string(2),
            .of_money = row.integer(3) != 0,
            .found_at = row.instant(4),
            .known_by = row.string(5)};
}

bool is_of_money(std::string_view name) {
    return std::ranges::any_of(all(), [&](const ledger::Invariant* law) {
        return law->name() == name && law->is_of_money();
    });
}

void record(store::Tx& tx, const AuditResult& result) {
    tx.run(
        "INSERT INTO audits (number, began_at, ended_at, payments, broken) "
        "SELECT COALESCE(MAX(number), 0) + 1, ?1, ?2, ?3, ?4 FROM audits",
        result.began_at, result.ended_at, result.payments, result.broken);
    tx.run("DELETE FROM audits WHERE number <= (SELECT MAX(number) FROM audits) - ?1", audits_kept);
}

std::optional<std::string> stopped_by(store::Reader& reader) {
    return reader.first(
        "SELECT law, said FROM breaches WHERE of_money = 1 AND known_at IS NULL "
        "ORDER BY law, subject LIMIT 1",
        [](const store::Row& row) { return row.string(0) + ": " + row.string(1); });
}

using Key = std::pair<std::string, std::string>;  // law and subject

// All that one law says of one subject is one breach, in whatever order it was found.
std::map<Key, Breach> by_subject(std::vector<Breach> found) {
    const auto text = [](const Breach& b) { return std::tie(b.law, b.subject, b.said); };
    std::ranges::sort(found, {}, text);
    const auto twice = std::ranges::unique(found, {}, text);
    found.erase(twice.begin(), twice.end());
    std::map<Key, Breach> all;
    for (const auto& breach : found) {
        const auto [at, is_first] = all.emplace(Key{breach.law, breach.subject}, breach);
        if (!is_first) at->second.said += "; " + breach.said;
    }
    return all;
}

}  // namespace

std::string subject_of(std::string_view said) {
    const auto colon = said.find(": ");
    auto end = said.find(' ');
    // "deposit ID", "events of deposit ID"
    const auto second = end == std::string_view::npos ? said : said.substr(end + 1);
    const int words = second.starts_with("of ") || second.starts_with("to ") ? 4 : 2;
    for (int word = 1; word < words && end != std::string_view::npos; ++word) {
        end = said.find(' ', end + 1);
    }
    auto subject = std::string{said.substr(0, std::min(colon, end))};
    while (!subject.empty() && (subject.back() == ',' || subject.back() == ':')) subject.pop_back();
    return subject;
}

std::vector<Breach> breaches_of(const AuditResult& result) {
    std::vector<Breach> found;
    for (const auto& line : result.damage) {
        found.push_back({.law = structure,
                         .subject = line.substr(0, 200),
                         .said = line,
                         .of_money = true,
                         .found_at = result.ended_at,
                         .known_by = {}});
    }
    for (const auto& proof : result.proofs) {
        for (const auto& finding : proof.findings) {
            found.push_back({.law = proof.law,
                             .subject = subject_of(finding.text),
                             .said = finding.text,
                             .of_money = is_of_money(proof.law),
                             .found_at = result.ended_at,
                             .known_by = {}});
        }
    }
    return found;
}

std::vector<Breach> standing(const AuditResult& result, const std::vector<Breach>& stored) {
    auto found = by_subject(breaches_of(result));
    for (const auto& known : stored) {
        const auto at = found.find(Key{known.law, known.subject});
        if (at != found.end() && at->second.said == known.said) at->second = known;
        // Damage kept some of it from being looked at.
        if (at == found.end() && !result.whole) found.emplace(Key{known.law, known.subject}, known);
    }
    std::vector<Breach> all;
    for (auto& [key, breach] : found) all.push_back(std::move(breach));
    return all;
}

std::vector<Breach> keep(store::Tx& tx, const AuditResult& result) {
    const bool first = !last_audit(tx);
    const auto standing = by_subject(breaches_of(result));
    std::map<Key, std::string> stored;
    for (auto& breach : stored_breaches(tx)) {
        Key key{breach.law, breach.subject};
        if (result.whole && !standing.contains(key)) {
            tx.run("DELETE FROM breaches WHERE law = ?1 AND subject = ?2", breach.law,
                   breach.subject);
        }
        stored.emplace(std::move(key), std::move(breach.said));
    }
    std::vector<Breach> fresh;
    for (const auto& [key, breach] : standing) {
        const auto known = stored.find(key);
        if (known != stored.end() && known->second == breach.said) continue;
        tx.run(
            "INSERT OR REPLACE INTO breaches (law, subject, said, of_money, found_at, known_at, "
            "known_by) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            breach.law, breach.subject, breach.said, breach.of_money ? 1 : 0, result.ended_at,
            first ? std::optional{result.ended_at} : std::nullopt, first ? "first audit" : "");
        fresh.push_back(breach);
    }
    record(tx, result);
    // Money of which the books are wrong goes nowhere, until a person has looked.
    if (const auto why = stopped_by(tx)) {
        withdrawals::halt_for_law(tx, *why, result.ended_at);
    } else {
        withdrawals::end_law_halt(tx, "proved again", result.ended_at);
    }
    return fresh;
}

std::vector<Breach> stored_breaches(store::Reader& reader) {
    std::vector<Breach> found;
    reader.each(
        "SELECT law, subject, said, of_money, found_at, known_by FROM breaches "
        "ORDER BY law, subject",
        [&](const store::Row& row) { found.push_back(from_row(row)); });
    return found;
}

std::optional<AuditResult> last_audit(store::Reader& reader) {
    return reader.first(
        "SELECT began_at, ended_at, payments, broken FROM audits ORDER BY number DESC LIMIT 1",
        [](const store::Row& row) {
            return AuditResult{.began_at = row.instant(0),
                               .ended_at = row.instant(1),
                               .payments = row.integer(2),
                               .damage = {},
                               .proofs = {},
                               .broken = row.integer(3)};
        });
}

std::string code_of(const std::vector<Breach>& breaches) {
    std::string text;
    for (const auto& breach : breaches) {
        if (!breach.known_by.empty()) continue;
        for (const auto& part : {breach.law, breach.subject, breach.said}) {
            text += std::to_string(part.size()) + ":" + part;
        }
    }
    return crypto::hex(crypto::view(crypto::sha256(text))).substr(0, 16);
}

std::optional<std::int64_t> acknowledge(store::Tx& tx, std::string_view who, std::string_view seen,
                                        Instant now) {
    if (code_of(stored_breaches(tx)) != seen) return std::nullopt;
    const auto changed =
        tx.run("UPDATE breaches SET known_at = ?1, known_by = ?2 WHERE known_at IS NULL", now, who);
    withdrawals::end_law_halt(tx, who, now);
    return changed;
}

}  // namespace lango::laws
