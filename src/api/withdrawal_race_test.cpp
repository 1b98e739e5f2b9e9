// Many requests at once against money that suffices for half of them: on the real store, with its
// writer's own thread.
#include <stdlib.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <filesystem>
#include <map>

#include "api/withdrawal_fixture.hpp"

namespace lango::api {
namespace {

struct Folder {
    Folder() {
        auto name = (std::filesystem::temp_directory_path() / "lango-race-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error{"no temporary folder"};
        path = name;
    }
    ~Folder() { std::filesystem::remove_all(path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::filesystem::path path;
};

class Race : public test::WithdrawalEndpoints {
  protected:
    Race() {
        run(race_store_->write([](store::Tx& tx) {
            return ledger::book(tx,
                                {.subject_id = 1,
                                 .outcome = ledger::Outcome::deposit_to_suspense,
                                 .booked_at = test::start,
                                 .postings = {{{.kind = ledger::AccountKind::rail, .owner = 600996},
                                               -Money::kes(500'000)},
                                              {{.kind = ledger::AccountKind::merchant, .owner = 1},
                                               Money::kes(500'000)}},
                                 .receipt = "CREDIT",
                                 .amount = Money::kes(500'000)});
        }));
    }
    ~Race() override { race_store_->stop(); }
    Race(const Race&) = delete;
    Race& operator=(const Race&) = delete;

    template <class T>
    T run(asio::awaitable<T> work) {
        std::optional<T> outcome;
        const auto guard = asio::make_work_guard(io_);
        asio::co_spawn(io_, std::move(work), [&](const std::exception_ptr& error, T value) {
            if (error) std::rethrow_exception(error);
            outcome.emplace(std::move(value));
            io_.stop();
        });
        io_.restart();
        io_.run();
        return std::move(*outcome);
    }
    // Every body at once; how often each answer was given.
    std::map<std::string, int> answers(const std::vector<std::string>& bodies) {
        std::map<std::string, int> given;
        std::vector<http::Request> requests;
        for (const auto& sent : bodies) requests.push_back(post(path, "access_key=access-1", sent));
        std::size_t left = requests.size();
        const auto guard = asio::make_work_guard(io_);
        for (const auto& request : requests) {
            asio::co_spawn(io_, raced_service_(request),
                           [&](const std::exception_ptr& error, const http::Response& answer) {
                               if (error) std::rethrow_exception(error);
                               ++given[answer.body];
                               if (--left == 0) io_.stop();
                           });
        }
        io_.restart();
        io_.run();
        return given;
    }
    std::int64_t number(store::Sql sql) {
        return run(race_store_->write([sql](store::Tx& tx) {
            return tx.first(sql, [](const store::Row& row) { return row.integer(0); }).value_or(0);
        }));
    }

    Folder folder_;
    asio::io_context io_{1};
    std::unique_ptr<store::Store> race_store_ =
        store::open_sqlite({.path = folder_.path / "db"}, io_.get_executor());
    int taken_ = 0;
    Payouts intake_{.settler = settler_, .wake_worker = [this] { ++taken_; }};
    Context raced_{.store = *race_store_,
                   .clock = clock_,
                   .ids = ids_,
                   .master = master_,
                   .merchants = directory_,
                   .rail = rail_,
                   .observer = observer_,
                   .wake_worker = {},
                   .public_url = {},
                   .callback_addresses = {},
                   .callback_noticed = {},
                   .creates = creates_,
                   .payouts = &intake_};
    http::Router raced_router_ = routes(raced_);
    http::Service raced_service_ = guarded(raced_, raced_router_);
};

constexpr const char* accepted = R"({"status":"ok"})";
constexpr const char* insufficient =
    R"({"status":"fail","message":{"withdrawals_sum_amount":["Insufficient balance"]}})";

TEST_F(Race, AThousandAgainstABalanceThatCoversFiveHundredEndsWithExactlyThose) {
    std::vector<std::string> bodies;
    for (int i = 0; i < 1000; ++i) {
        bodies.push_back(body({{"withdrawal_id", "\"w" + std::to_string(i) + "\""}}));
    }
    const auto given = answers(bodies);
    EXPECT_EQ(given.size(), 2U);
    EXPECT_EQ(given.at(accepted), 500);
    EXPECT_EQ(given.at(insufficient), 500);
    EXPECT_EQ(number("SELECT COUNT(*) FROM withdrawals"), 500);
    EXPECT_EQ(number("SELECT balance - held FROM accounts WHERE kind = 2"), 0);
    EXPECT_EQ(number("SELECT SUM(amount) FROM holds WHERE state = 1"), 50'000'000);
    EXPECT_EQ(taken_, 500);
}

TEST_F(Race, TheSameIdAtOnceIsTakenOnce) {
    const auto given = answers(std::vector<std::string>(200, body()));
    EXPECT_EQ(given.at(accepted), 1);
    EXPECT_EQ(given.size(), 2U);
    EXPECT_EQ(number("SELECT COUNT(*) FROM withdrawals"), 1);
    EXPECT_EQ(number("SELECT held FROM accounts WHERE kind = 2"), 100'000);
}

}  // namespace
}  // namespace lango::api
