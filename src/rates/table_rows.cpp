#include "base/crypto.hpp"
#include "base/json.hpp"
#include "base/json_writer.hpp"
#include "rates/import_digest.hpp"
#include "rates/rates.hpp"
#include "store/errors.hpp"
#include "store/tx.hpp"

namespace lango::rates {

namespace {

Table from_row(const store::Row& row) {
    Table table;
    table.id = row.integer(0);
    table.source = row.string(1);
    table.as_of = row.instant(2);
    table.imported_at = row.instant(3);
    const auto stored = json::parse(row.text(4));
    if (!stored) throw store::Broken{"the stored rates cannot be read"};
    for (std::size_t i = 0; i < codes().size(); ++i) {
        const auto rate = Decimal::parse(stored->text_at(codes().at(i)));
        if (rate) table.per_usd.at(i) = *rate;
    }
    return table;
}

// Of what a row says, its number included.
std::string digest(std::int64_t id, std::string_view source, Instant as_of, Instant imported_at,
                   std::string_view rates) {
    const auto told = crypto::sha256(
        std::to_string(id) + "\n" + std::string{source} + "\n" + std::to_string(to_micros(as_of)) +
        "\n" + std::to_string(to_micros(imported_at)) + "\n" + std::string{rates});
    return std::string{crypto::view(told)};
}

}  // namespace

std::int64_t save(store::Tx& tx, const Table& table) {
    std::string rates;
    json::Writer writer{rates};
    writer.begin_object();
    for (std::size_t i = 0; i < codes().size(); ++i) {
        writer.member(codes().at(i), table.per_usd.at(i).text());
    }
    writer.end_object();
    const auto id =
        tx.first("SELECT COALESCE(MAX(id), 0) + 1 FROM rate_tables", [](const store::Row& row) {
              return row.integer(0);
          }).value_or(1);
    tx.run(
        "INSERT INTO rate_tables (id, source, as_of, imported_at, rates, digest) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        id, table.source, table.as_of, table.imported_at, rates,
        store::Blob{digest(id, table.source, table.as_of, table.imported_at, rates)});
    return id;
}

std::vector<std::int64_t> changed_since_import(store::Reader& reader, std::uint64_t& looked_at) {
    std::vector<std::int64_t> changed;
    reader.each("SELECT id, source, as_of, imported_at, rates, digest FROM rate_tables ORDER BY id",
                [&](const store::Row& row) {
                    ++looked_at;
                    const auto now = digest(row.integer(0), row.text(1), row.instant(2),
                                            row.instant(3), row.text(4));
                    if (!row.is_null(5) && row.text(5) != now) changed.push_back(row.integer(0));
                });
    return changed;
}

std::optional<Table> load(store::Reader& reader, std::int64_t id) {
    return reader.first(
        "SELECT id, source, as_of, imported_at, rates FROM rate_tables WHERE id = ?1", from_row,
        id);
}

std::optional<Table> latest(store::Reader& reader) {
    return reader.first(
        "SELECT id, source, as_of, imported_at, rates FROM rate_tables "
        "ORDER BY id DESC LIMIT 1",
        from_row);
}

}  // namespace lango::rates
