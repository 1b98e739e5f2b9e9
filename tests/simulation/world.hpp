// Gateway, simulated Safaricom and a merchant in one thread on a virtual clock.
#pragma once
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/core.hpp"
#include "base/manual_clock.hpp"
#include "simulator/daraja.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "tests/simulation/mortal.hpp"
#include "tests/simulation/network.hpp"
#include "withdrawals/create.hpp"

namespace lango::simulation {

struct WorldOptions {
    std::uint64_t seed = 1;
    Faults to_rail{};
    Faults to_gateway{};
    Faults to_merchant{};
    std::optional<Duration> auto_pay = std::chrono::seconds{8};
    std::optional<Money> confirm_above = std::nullopt;
    int creates_per_second = 0;
    bool payouts = false;
    Duration float_poll = std::chrono::minutes{5};
    Money float_alarm = Money::zero();
    Script* script = nullptr;  // the gateway dies as it says
    Duration sweep{};          // of the rail's list for money by paybill
    laws::AuditOptions audit{};
    bool mark = false;  // an older backup that is put back is found out
    std::size_t batch_rows_at_once = 100;
    std::int64_t shortcode = 174379;  // of the gateway; the rail's stays what it is
};

class World {
  public:
    explicit World(WorldOptions options);
    ~World();

    // A merchant's call; waits for the answer on the virtual clock. SECRET in the query or the body
    // stands for his.
    http::Response call(http::Method method, std::string path_and_query, std::string body,
                        http::Headers headers = {});
    // POST create with this amount, phone and id; the order id, or "" and `last_answer`.
    std::string create(std::int64_t amount, const std::string& phone, const std::string& id);
    // A gateway that died as its script said comes back within a second.
    void let_time_pass(Duration by);
    // From now on, and for gateways and rails that are started later.
    void disturb(Faults to_rail, Faults to_gateway, Faults to_merchant);
    // Real money for the merchant: deposits that phones of their own pay.
    void fund(std::int64_t shillings);
    // The rail dies and comes back with its journal; what it was about to tell is lost.
    void restart_rail();
    // Accepts a withdrawal for the merchant. Nothing when the gateway died or refused; the same
    // own id may be given again.
    std::optional<WithdrawalId> withdraw(std::int64_t shillings, const std::string& phone,
                                         const std::string& own_id);
    // A command of the gateway's, and its payouts woken. False when it died.
    bool command(const std::function<void(store::Tx&, Instant now)>& run);
    // POST /v2/withdrawal/create with these fields (a JSON object), signed by the merchant.
    http::Response request_withdrawal(std::string body);
    DepositId fresh_deposit() { return DepositId{ids_.next(clock_.now())}; }
    WithdrawalId fresh_withdrawal() { return WithdrawalId{ids_.next(clock_.now())}; }
    [[nodiscard]] withdrawals::Withdrawal withdrawal(WithdrawalId id);
    [[nodiscard]] std::string database() const { return (folder_ / "lango.db").string(); }
    // The file's first column of the first row; 0 without one.
    std::int64_t number(store::Sql sql);
    std::string text(store::Sql sql);
    // One payout is settled by a person who has asked Safaricom: nothing was paid.
    withdrawals::Settled person_says_not_paid(WithdrawalId id);
    // Or it was, with this receipt.
    withdrawals::Settled person_says_paid(WithdrawalId id, const std::string& receipt);
    // One that has not gone out is called back by a person.
    withdrawals::Decided person_rejects(WithdrawalId id);
    // Who approves a withdrawal as it stands; nothing when the gateway died.
    std::optional<withdrawals::Decided> person_approves(WithdrawalId id, const std::string& who);
    // The gateway dies without a word and comes back on the same file, or on what is made of it
    // meanwhile.
    void restart_gateway(const std::function<void()>& meanwhile = {});
    // The database as it is now; and that put in its place, the gateway dying without a word.
    [[nodiscard]] const crypto::MasterKey& master() const { return master_; }
    // Of a gateway that is down, like `lango key rotate`.
    void rotate_master_key();
    void forget_mark();
    void back_up();
    void put_back();
    // It dies, and the log is gone that held what no checkpoint had put into the database yet.
    void lose_log();
    // It comes back with other settings.
    void restart_gateway_as(std::int64_t shortcode) {
        options_.shortcode = shortcode;
        restart_gateway();
    }
    // Whatever is asked of the store, through the admin API.
    std::string admin(http::Method method, const std::string& path, std::string body = {});
    // A new operator who has made their own key, which is returned.
    std::string operator_key(const std::string& name);
    // Whatever halted payouts has been mended: the halt that stands is lifted. The answer.
    std::string resume_payouts();
    // Whatever is asked of the simulator, through its admin API.
    std::string at_rail(const std::string& path, std::string body);
    [[nodiscard]] std::string state_of(const std::string& order_id);
    // Where the rail posts what became of the order: nobody else can guess it.
    [[nodiscard]] std::string callback_path(const std::string& order_id) const;
    // The rail's next push goes by this scenario.
    void rail_will(const std::string& scenario);
    // How often the gateway has asked the rail to push.
    [[nodiscard]] std::int64_t pushes() const;
    // "" when every law holds; else what does not.
    [[nodiscard]] std::string broken_laws();
    // "" when the gateway's receipts and the simulator's payments are the same; else a difference.
    [[nodiscard]] std::string ledgers_differ();

    simulator::Daraja& rail() { return *daraja_; }
    Network& network() { return network_; }
    ManualClock& clock() { return clock_; }
    app::Core& gateway() { return *core_; }
    [[nodiscard]] const std::vector<std::string>& postbacks() const { return postbacks_; }
    // What the merchant's server answers.
    http::Response merchant_answer;
    http::Response last_answer;

    template <class T>
    T wait_for(asio::awaitable<T> work);

  private:
    class Mark;
    void start_gateway();
    void start_rail();
    [[nodiscard]] app::PayoutSetup payout_setup() const;
    [[nodiscard]] store::Store& store() { return life_ ? life_->store() : *store_; }

    WorldOptions options_;
    std::filesystem::path folder_;
    asio::io_context context_{1};
    ManualClock clock_;
    SeededRandom random_;
    SeededRandom network_random_;
    Network network_;
    crypto::MasterKey master_;
    std::unique_ptr<simulator::Daraja> daraja_;
    std::vector<std::unique_ptr<simulator::Daraja>> dead_darajas_;
    std::vector<std::string> rail_journal_;
    std::unique_ptr<Mark> mark_;
    std::unique_ptr<store::Store> store_;
    std::unique_ptr<Life> life_;
    std::vector<std::unique_ptr<Life>> dead_lives_;
    std::unique_ptr<app::Core> core_;
    // Gateways that died: their coroutines may still be travelling and find nobody.
    std::vector<std::unique_ptr<app::Core>> dead_cores_;
    std::vector<std::unique_ptr<store::Store>> dead_stores_;
    IdSource ids_{random_};
    int funders_ = 0;
    std::string secret_;
    std::string private_key_;
    std::vector<std::string> postbacks_;
};

template <class T>
T World::wait_for(asio::awaitable<T> work) {
    std::optional<T> result;
    std::exception_ptr error;
    asio::co_spawn(context_, std::move(work), [&](std::exception_ptr e, T value) {
        error = e;
        result = std::move(value);
    });
    for (int steps = 0; !result && !error && steps < 100'000; ++steps) {
        clock_.settle();
        if (!result && !error)
            clock_.advance_to(clock_.next_or(clock_.now() + std::chrono::seconds{1}));
    }
    if (error) std::rethrow_exception(error);
    return std::move(result).value();
}

}  // namespace lango::simulation
