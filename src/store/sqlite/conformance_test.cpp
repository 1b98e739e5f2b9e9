#include "store/conformance.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace lango::store::test {

namespace {

Engine engine(std::string name, Threading threading) {
    return {.name = std::move(name),
            .threads = threading == Threading::own_thread,
            .open = [threading](const Wanted& wanted, const asio::any_io_executor& executor) {
                return open_sqlite({.path = wanted.place,
                                    .threading = threading,
                                    .queue_max = wanted.queue_max,
                                    .migrations = wanted.migrations,
                                    .volatile_schema = wanted.volatile_schema},
                                   executor);
            }};
}

}  // namespace

INSTANTIATE_TEST_SUITE_P(Sqlite, Conformance,
                         testing::Values(engine("own_thread", Threading::own_thread),
                                         engine("inline", Threading::inline_)),
                         [](const auto& suite) { return suite.param.name; });

}  // namespace lango::store::test
