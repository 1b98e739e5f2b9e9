#include <unistd.h>

#include <latch>

#include "store/conformance.hpp"

namespace lango::store::test {

Folder::Folder() {
    const bool in_memory = ::access("/dev/shm", W_OK) == 0;
    auto name = ((in_memory ? "/dev/shm" : std::filesystem::temp_directory_path()) / "lango-XXXXXX")
                    .string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error{"no temporary folder"};
    path_ = name;
}

Folder::~Folder() { std::filesystem::remove_all(path_); }

std::span<const Migration> items_schema() {
    static constexpr std::array list{
        Migration{1, "items",
                  "CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT UNIQUE, "
                  "amount INTEGER CHECK (amount >= 0), data BLOB); "
                  "CREATE INDEX items_amount ON items (amount);"}};
    return list;
}

std::string_view seen_schema() { return "CREATE TEMP TABLE seen (id INTEGER PRIMARY KEY);"; }

void insert_item(Tx& tx, std::int64_t id) { tx.run("INSERT INTO items (id) VALUES (?1)", id); }

void Database::insert(std::int64_t id) {
    write([id](Tx& tx) { insert_item(tx, id); });
}

std::vector<std::int64_t> Database::ids() {
    return read([](Reader& reader) {
        std::vector<std::int64_t> found;
        reader.each("SELECT id FROM items ORDER BY id",
                    [&](const Row& row) { found.push_back(row.integer(0)); });
        return found;
    });
}

std::int64_t Database::count() { return static_cast<std::int64_t>(ids().size()); }

std::vector<std::exception_ptr> Database::together(const std::vector<Command>& commands,
                                                   bool threads) {
    std::vector<std::exception_ptr> told(commands.size());
    std::latch busy{1};
    std::latch all_wait{1};
    // Keeps a writer on its own thread busy until everything waits.
    if (threads) {
        asio::co_spawn(io_, store_->write([&](Tx&) {
            busy.count_down();
            all_wait.wait();
        }),
                       [](const std::exception_ptr&) {});
        asio::post(io_, [&busy] { busy.wait(); });
    }
    for (std::size_t i = 0; i < commands.size(); ++i) {
        asio::co_spawn(io_, store_->write(commands[i]),
                       [&told, i](std::exception_ptr error) { told[i] = std::move(error); });
    }
    asio::post(io_, [&all_wait] { all_wait.count_down(); });
    run();
    return told;
}

std::string kind(const std::exception_ptr& error) {
    if (!error) return "";
    try {
        std::rethrow_exception(error);
    } catch (const Conflict&) {
        return "Conflict";
    } catch (const Unavailable&) {
        return "Unavailable";
    } catch (const Broken&) {
        return "Broken";
    } catch (const std::exception& other) {
        return other.what();
    }
}

}  // namespace lango::store::test
