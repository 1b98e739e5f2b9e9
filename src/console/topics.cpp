#include "console/topics.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "approvals/proposal.hpp"
#include "base/json_writer.hpp"
#include "store/words.hpp"

namespace lango::console {

namespace {

struct Named {
    Topic::Kind kind;
    std::string_view name;
    bool has_id;
};
constexpr std::array kinds{
    Named{Topic::Kind::counts, "counts", false}, Named{Topic::Kind::deposit, "deposit", true},
    Named{Topic::Kind::withdrawal, "withdrawal", true}, Named{Topic::Kind::batch, "batch", true},
    Named{Topic::Kind::inbox, "inbox", false}};

std::optional<std::int64_t> number_of(std::string_view text) {
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = read.ec == std::errc{} && read.ptr == text.data() + text.size();
    return whole && value > 0 ? std::optional{value} : std::nullopt;
}

std::optional<Topic> parse_one(std::string_view text) {
    const auto colon = text.find(':');
    const auto* const named = std::ranges::find(kinds, text.substr(0, colon), &Named::name);
    if (named == kinds.end() || named->has_id != (colon != text.npos)) return std::nullopt;
    Topic topic{.kind = named->kind, .name = std::string{text}};
    if (!named->has_id) return topic;
    const auto id = text.substr(colon + 1);
    const auto read = named->kind == Topic::Kind::batch ? number_of(id) : parse_hex16(id);
    if (!read) return std::nullopt;
    topic.id = *read;
    return topic;
}

std::int64_t number(const store::Row& row) { return row.integer(0); }

std::optional<MerchantId> owner(store::Reader& reader, const Topic& topic) {
    const auto id = [](const store::Row& row) { return MerchantId{row.integer(0)}; };
    switch (topic.kind) {
        case Topic::Kind::deposit:
            return reader.first("SELECT merchant_id FROM deposits WHERE id = ?1", id, topic.id);
        case Topic::Kind::withdrawal:
            return reader.first("SELECT merchant_id FROM withdrawals WHERE id = ?1", id, topic.id);
        case Topic::Kind::batch:
            return reader.first("SELECT merchant_id FROM batches WHERE number = ?1", id, topic.id);
        case Topic::Kind::counts:
        case Topic::Kind::inbox:
            break;
    }
    return std::nullopt;
}

std::int64_t pending(store::Reader& reader, std::optional<MerchantId> merchant) {
    const auto found = merchant
                           ? reader.first(
                                 "SELECT COUNT(*) FROM deposits WHERE due_at IS NOT NULL AND state "
                                 "IN (" LANGO_DEPOSIT_OPEN ") AND merchant_id = ?1",
                                 number, *merchant)
                           : reader.first(
                                 "SELECT COUNT(*) FROM deposits WHERE due_at IS NOT NULL AND state "
                                 "IN (" LANGO_DEPOSIT_OPEN ")",
                                 number);
    return found.value_or(0);
}

std::int64_t waiting(store::Reader& reader, std::optional<MerchantId> merchant) {
    const auto found =
        merchant ? reader.first(
                       "SELECT COUNT(*) FROM withdrawals WHERE closed_at IS NULL AND state "
                       "= " LANGO_WITHDRAWAL_WAITING " AND (flags & " LANGO_WITHDRAWAL_FLAG_APPROVAL
                       ") <> 0 AND merchant_id = ?1",
                       number, *merchant)
                 : reader.first(
                       "SELECT COUNT(*) FROM withdrawals WHERE closed_at IS NULL AND state "
                       "= " LANGO_WITHDRAWAL_WAITING " AND (flags & " LANGO_WITHDRAWAL_FLAG_APPROVAL
                       ") <> 0",
                       number);
    return found.value_or(0);
}

std::int64_t proposals(store::Reader& reader, Instant now) {
    return reader
        .first("SELECT COUNT(*) FROM proposals WHERE state = " LANGO_PROPOSAL_OPEN
               " AND proposed_at > ?1",
               number, now - approvals::lives)
        .value_or(0);
}

std::int64_t suspense(store::Reader& reader) {
    return reader.first("SELECT COUNT(*) FROM suspense_items WHERE allocated < amount", number)
        .value_or(0);
}

std::string counts(store::Reader& reader, std::optional<MerchantId> merchant, Instant now) {
    const auto withdrawals = waiting(reader, merchant);
    std::string out;
    json::Writer writer{out};
    writer.begin_object()
        .member("deposits_pending", pending(reader, merchant))
        .member("withdrawals_waiting", withdrawals);
    if (merchant) {
        writer.member("approvals", withdrawals);
    } else {
        const auto proposed = proposals(reader, now);
        writer.member("proposals_waiting", proposed)
            .member("approvals", withdrawals + proposed)
            .member("unmatched", suspense(reader));
    }
    writer.end_object();
    return out;
}

}  // namespace

std::optional<std::vector<Topic>> parse_topics(std::string_view text) {
    std::vector<Topic> topics;
    while (!text.empty()) {
        const auto piece = text.substr(0, text.find(','));
        text.remove_prefix(std::min(text.size(), piece.size() + 1));
        auto topic = parse_one(piece);
        if (!topic || topics.size() == topics_max) return std::nullopt;
        topics.push_back(*std::move(topic));
    }
    return topics.empty() ? std::nullopt : std::optional{std::move(topics)};
}

bool is_theirs(store::Reader& reader, const Topic& topic, std::optional<MerchantId> merchant) {
    if (!merchant || topic.kind == Topic::Kind::counts) return true;
    return owner(reader, topic) == merchant;
}

std::string version(store::Reader& reader, const Topic& topic, std::optional<MerchantId> merchant,
                    Instant now) {
    const auto text = [](const store::Row& row) { return std::to_string(row.integer(0)); };
    std::optional<std::string> found;
    switch (topic.kind) {
        case Topic::Kind::counts:
            return counts(reader, merchant, now);
        case Topic::Kind::deposit:
            found = reader.first("SELECT events FROM deposits WHERE id = ?1", text, topic.id);
            break;
        case Topic::Kind::withdrawal:
            found = reader.first("SELECT events FROM withdrawals WHERE id = ?1", text, topic.id);
            break;
        case Topic::Kind::batch:
            found = reader.first(
                "SELECT state, next_place, made, found, refused, wrong, why FROM batches "
                "WHERE number = ?1",
                [](const store::Row& row) {
                    std::string all;
                    for (int i = 0; i < 6; ++i) all += std::to_string(row.integer(i)) + " ";
                    return all + row.string(6);
                },
                topic.id);
            break;
        case Topic::Kind::inbox:
            found = reader.first(
                "SELECT COUNT(*), COALESCE(MAX(number), 0) FROM proposals "
                "WHERE state = " LANGO_PROPOSAL_OPEN,
                [](const store::Row& row) {
                    return std::to_string(row.integer(0)) + " " + std::to_string(row.integer(1));
                });
            break;
    }
    return found.value_or("");
}

}  // namespace lango::console
