#include "window/prompts.hpp"

namespace lango::window {

namespace {

using namespace std::chrono_literals;
constexpr Duration kept_for = 2h;
constexpr Duration counted_for = 1h;
constexpr int noes_enough = 2;
constexpr int forgotten_at_once = 4;  // more than one prompt adds

// Of a merchant's unsigned prompts: those of the last ten minutes whose time is over, the latest
// first. Two thirds of at least twenty.
constexpr Duration looked_at = 10min;
constexpr Duration prompt_over = 90s;
constexpr int looked_at_most = 40;
constexpr int enough = 20;

}  // namespace

void keep_prompt(store::Tx& tx, DepositId attempt, MerchantId merchant, Msisdn phone,
                 bool is_signed, Instant now) {
    tx.run(
        "INSERT INTO window_prompts (deposit_id, merchant_id, phone, signed) "
        "VALUES (?1, ?2, ?3, ?4)",
        attempt, merchant, phone.number(), is_signed ? 1 : 0);
    tx.run(
        "DELETE FROM window_prompts WHERE deposit_id IN (SELECT deposit_id FROM window_prompts "
        "WHERE deposit_id < ?1 ORDER BY deposit_id LIMIT ?2)",
        id_floor(now - kept_for), forgotten_at_once);
}

Recent recent(store::Reader& reader, MerchantId merchant, Msisdn phone, Instant now) {
    Recent found;
    reader.each(
        "SELECT COUNT(*) FILTER (WHERE p.deposit_id > ?3), "
        "COUNT(*) FILTER (WHERE d.result_code = '1032'), "
        "COUNT(*) FILTER (WHERE d.result_code = '1032' AND p.deposit_id > ?3) "
        "FROM window_prompts p JOIN deposits d ON d.id = p.deposit_id "
        "WHERE p.phone = ?1 AND p.deposit_id > ?2",
        [&](const store::Row& row) {
            found.rung = static_cast<int>(row.integer(0));
            found.said_no = row.integer(1) >= noes_enough && row.integer(2) > 0;
        },
        phone.number(), id_floor(now - kept_for), id_floor(now - counted_for));
    reader.each(
        "SELECT COUNT(*), COUNT(*) FILTER (WHERE d.result_code IN ('1032', '1037', '1019')) FROM ("
        "SELECT deposit_id FROM window_prompts WHERE merchant_id = ?1 AND signed = 0 "
        "AND deposit_id BETWEEN ?2 AND ?3 ORDER BY deposit_id DESC LIMIT ?4) AS p "
        "JOIN deposits d ON d.id = p.deposit_id",
        [&](const store::Row& row) {
            found.unwanted = row.integer(0) >= enough && row.integer(1) * 3 >= row.integer(0) * 2;
        },
        merchant, id_floor(now - looked_at), id_floor(now - prompt_over), looked_at_most);
    return found;
}

std::vector<Instant> unsigned_since(store::Reader& reader, MerchantId merchant, Instant from) {
    std::vector<Instant> asked;
    reader.each(
        "SELECT deposit_id FROM window_prompts WHERE merchant_id = ?1 AND signed = 0 "
        "AND deposit_id >= ?2 ORDER BY deposit_id",
        [&](const store::Row& row) { asked.push_back(id_time(row.integer(0))); }, merchant,
        id_floor(from));
    return asked;
}

std::int64_t forget_prompts(store::Tx& tx, Instant now) {
    return tx.run("DELETE FROM window_prompts WHERE deposit_id < ?1", id_floor(now - kept_for));
}

}  // namespace lango::window
