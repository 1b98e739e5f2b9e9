#include "tests/statements/engines.hpp"

#include <boost/asio/io_context.hpp>
#include <memory>

#include "store/errors.hpp"
#include "store/sqlite/connection.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace lango::statements {

namespace {

Prepare open_sqlite(const std::string& place) {
    {
        boost::asio::io_context context;
        // Opened as the gateway opens it, which migrates.
        const auto store = store::open_sqlite(
            {.path = place, .threading = store::Threading::inline_}, context.get_executor());
    }
    const auto connection = std::make_shared<store::sqlite::Connection>(
        store::sqlite::Place{.path = place, .vfs = {}}, store::sqlite::Role::writer, 1 << 20);
    connection->script(std::string{store::volatile_schema()});
    return [connection](store::Sql sql) {
        try {
            connection->prepare(sql);
            return std::string{};
        } catch (const store::Broken& why) {
            return std::string{why.what()};
        }
    };
}

}  // namespace

std::vector<Engine> engines() {
    return {{.name = "Sqlite", .is_the_store_s = true, .open = open_sqlite}};
}

}  // namespace lango::statements
