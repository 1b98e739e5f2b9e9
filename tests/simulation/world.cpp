#include "tests/simulation/world.hpp"

#include <unistd.h>

#include <algorithm>
#include <boost/asio/detached.hpp>
#include <map>

#include "base/json.hpp"
#include "base/json_writer.hpp"
#include "merchants/seal.hpp"
#include "rails/daraja/callback.hpp"

namespace lango::simulation {

using namespace std::chrono_literals;

namespace {

constexpr const char* gateway_host = "gateway:80";
constexpr const char* rail_host = "rail:80";
constexpr const char* merchant_host = "shop:80";

const Instant start = Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 9h};

// Making one takes a while: all worlds share it.
std::shared_ptr<const simulator::CredentialKey> rails_key() {
    static const auto made =
        std::make_shared<const simulator::CredentialKey>(simulator::CredentialKey::make(start));
    return made;
}

asio::awaitable<int> done_after(asio::awaitable<void> work) {
    co_await std::move(work);
    co_return 0;
}

}  // namespace

// Beside the data: it is not put back with them.
class World::Mark final : public restore::MarkPlace {
  public:
    [[nodiscard]] std::optional<std::string> read() override { return text_; }
    void write(const std::string& text) override { text_ = text; }
    [[nodiscard]] std::string name() const override { return "the mark"; }

  private:
    std::optional<std::string> text_;
};

World::World(WorldOptions options)
    : options_(options),
      folder_(std::filesystem::temp_directory_path() /
              ("lango-world-" + std::to_string(::getpid()) + "-" +
               hex16(static_cast<std::int64_t>(SystemRandom{}.next() >> 1U)))),
      clock_(context_, start),
      random_(options.seed),
      network_random_(options.seed * 7919 + 1),
      network_(clock_, network_random_, context_.get_executor()),
      master_(crypto::MasterKey::make(random_)),
      mark_(options.mark ? std::make_unique<Mark>() : nullptr) {
    std::filesystem::create_directories(folder_);
    merchant_answer.body = R"({"status":"ok"})";
    start_rail();
    network_.host(
        merchant_host,
        [this](const http::Request& request) -> asio::awaitable<http::Response> {
            postbacks_.push_back(request.body);
            co_return merchant_answer;
        },
        options_.to_merchant);
    start_gateway();
    const auto created = json::parse(
        admin(http::Method::post, "/admin/merchants",
              R"({"slug":"demo","name":"Demo","postback-url":"http://shop:80/postback"})"));
    secret_ = created->text_at("secret");
    private_key_ = created->text_at("private_key");
}

World::~World() {
    // Coroutines refer to parts of everything: all of them end before anything goes.
    asio::co_spawn(context_, core_->stop(), asio::detached);
    asio::co_spawn(context_, daraja_->stop(), asio::detached);
    clock_.advance(10min);
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void World::start_rail() {
    simulator::Config config;
    config.pull_needs_registration = false;  // this gateway is not told to register
    config.auto_pay = options_.auto_pay;
    if (options_.payouts) config.credential_key = rails_key();
    config.journal = [this](const std::string& line) { rail_journal_.push_back(line); };
    daraja_ = std::make_unique<simulator::Daraja>(std::move(config), clock_, random_, network_,
                                                  context_.get_executor());
    const auto lines = rail_journal_;
    for (const auto& line : lines) daraja_->replay(line);
    daraja_->start();
    network_.host(rail_host, daraja_->service(), options_.to_rail);
}

void World::disturb(Faults to_rail, Faults to_gateway, Faults to_merchant) {
    options_.to_rail = to_rail;
    options_.to_gateway = to_gateway;
    options_.to_merchant = to_merchant;
    network_.disturb(rail_host, to_rail);
    network_.disturb(gateway_host, to_gateway);
    network_.disturb(merchant_host, to_merchant);
}

void World::restart_rail() {
    network_.nobody(rail_host);
    asio::co_spawn(context_, daraja_->stop(), asio::detached);
    dead_darajas_.push_back(std::move(daraja_));
    start_rail();
}

app::PayoutSetup World::payout_setup() const {
    app::PayoutSetup setup;
    setup.rail = {.callback_url = "http://gateway:80",
                  .shortcode = simulator::b2c_shortcode().number,
                  .initiator = "testapi",
                  .password = Secret{"Safaricom999!*!"},
                  .certificate = *rails::daraja::Certificate::read(rails_key()->certificate()),
                  .payouts_per_second = 1000};
    setup.float_poll = options_.float_poll;
    setup.float_alarm = options_.float_alarm;
    setup.batches.rows_at_once = options_.batch_rows_at_once;
    return setup;
}

void World::start_gateway() {
    store_ = store::open_sqlite(
        {.path = (folder_ / "lango.db").string(), .threading = store::Threading::inline_},
        context_.get_executor());
    if (options_.script != nullptr) {
        life_ = std::make_unique<Life>(*options_.script, *store_, network_);
    }
    core_ = std::make_unique<app::Core>(
        app::Ports{.executor = context_.get_executor(),
                   .store = store(),
                   .clock = clock_,
                   .random = random_,
                   .client = life_ ? life_->client() : network_,
                   .rail_client = life_ ? life_->client() : network_,
                   .master = master_,
                   .mark = mark_.get()},
        app::CoreOptions{.rail = {.base_url = "http://rail:80",
                                  .callback_url = "http://gateway:80",
                                  .shortcode = options_.shortcode,
                                  .till = {},
                                  .consumer_key = Secret{"sandbox-key"},
                                  .consumer_secret = Secret{"sandbox-secret"},
                                  .passkey = Secret{simulator::Shortcode{}.passkey}},
                         .deposits = {.confirm_above = options_.confirm_above},
                         .postbacks = {},
                         .payouts = options_.payouts ? std::optional{payout_setup()} : std::nullopt,
                         .paybill = {.sweep = {.every = options_.sweep}},
                         .public_url = "http://gateway:80",
                         .callback_addresses = {},
                         .audit = options_.audit,
                         .creates_per_second = options_.creates_per_second});
    static_cast<void>(wait_for(done_after(core_->start())));
    network_.host(gateway_host, life_ ? life_->service(core_->service()) : core_->service(),
                  options_.to_gateway);
}

void World::restart_gateway(const std::function<void()>& meanwhile) {
    network_.nobody(gateway_host);
    if (life_) life_->die();
    store_->stop();  // what was not committed is gone
    // A core that cannot stop would go on asking a store that is gone, for ever.
    asio::co_spawn(context_, core_->stop(), [](const std::exception_ptr& error) {
        if (error) std::rethrow_exception(error);
    });
    dead_cores_.push_back(std::move(core_));
    dead_stores_.push_back(std::move(store_));
    if (life_) dead_lives_.push_back(std::move(life_));
    if (meanwhile) meanwhile();
    start_gateway();
}

void World::rotate_master_key() {
    master_ = master_.rotated(random_);
    asio::io_context io;
    const auto store = store::open_sqlite(
        {.path = database(), .threading = store::Threading::inline_}, io.get_executor());
    asio::co_spawn(io, store->write([&](store::Tx& tx) {
        merchants::seal_all_anew(tx, master_, random_);
        return true;
    }),
                   [](const std::exception_ptr& error, bool) {
                       if (error) std::rethrow_exception(error);
                   });
    io.run();
    store->stop();
}

void World::forget_mark() { *mark_ = {}; }

// One thread: nothing is written while the files are copied.
void World::back_up() {
    for (const auto* file : {"lango.db", "lango.db-wal"}) {
        std::filesystem::copy_file(folder_ / file, folder_ / (std::string{file} + ".backup"),
                                   std::filesystem::copy_options::overwrite_existing);
    }
}

void World::put_back() {
    restart_gateway([this] {
        std::filesystem::remove(folder_ / "lango.db-shm");
        for (const auto* file : {"lango.db", "lango.db-wal"}) {
            std::filesystem::copy_file(folder_ / (std::string{file} + ".backup"), folder_ / file,
                                       std::filesystem::copy_options::overwrite_existing);
        }
    });
}

void World::lose_log() {
    const auto kept = database() + ".kept";
    std::filesystem::copy_file(database(), kept, std::filesystem::copy_options::overwrite_existing);
    restart_gateway([&] {
        for (const auto* end : {"", "-wal", "-shm"}) std::filesystem::remove(database() + end);
        std::filesystem::rename(kept, database());
    });
}

http::Response World::call(http::Method method, std::string path_and_query, std::string body,
                           http::Headers headers) {
    http::Request request;
    request.method = method;
    const auto question = path_and_query.find('?');
    request.path = path_and_query.substr(0, question);
    if (question != std::string::npos) request.query = path_and_query.substr(question + 1);
    request.headers = std::move(headers);
    request.body = std::move(body);
    for (auto* text : {&request.query, &request.body}) {
        for (auto at = text->find("SECRET"); at != std::string::npos; at = text->find("SECRET")) {
            text->replace(at, 6, secret_);
        }
    }
    request.peer = "10.0.0.2";
    last_answer = wait_for(core_->service()(request));
    return last_answer;
}

std::string World::create(std::int64_t amount, const std::string& phone, const std::string& id) {
    std::string body;
    json::Writer{body}
        .begin_object()
        .member("amount", amount)
        .member("phone_number", phone)
        .member("currency", "KES")
        .member("label", "user-" + id)
        .member("custom_transaction_id", id)
        .end_object();
    const auto answer =
        call(http::Method::post, "/api/v1/payment/create/mpesa?secret=SECRET", body);
    const auto parsed = json::parse(answer.body);
    const auto* data = parsed ? parsed->find("data") : nullptr;
    return data == nullptr ? std::string{} : data->text_at("order_id");
}

std::string World::admin(http::Method method, const std::string& path, std::string body) {
    http::Request request;
    request.method = method;
    const auto question = path.find('?');
    request.path = path.substr(0, question);
    if (question != std::string::npos) request.query = path.substr(question + 1);
    request.body = std::move(body);
    request.acting_as = "test";
    return wait_for(core_->admin().handle(request)).body;
}

std::string World::operator_key(const std::string& name) {
    const auto added = admin(http::Method::post, "/admin/users", R"({"name":")" + name + R"("})");
    const auto own =
        admin(http::Method::post, "/admin/own-key",
              R"({"as":")" + name + R"(","key":")" + json::parse(added)->text_at("key") + R"("})");
    return json::parse(own)->text_at("key");
}

std::string World::resume_payouts() {
    const auto shown = json::parse(admin(http::Method::get, "/admin/payouts"));
    return admin(http::Method::post, "/admin/payouts/resume",
                 R"({"seen":")" + shown->text_at("seen") + R"("})");
}

std::string World::at_rail(const std::string& path, std::string body) {
    http::Request request;
    request.method = http::Method::post;
    request.path = path;
    request.body = std::move(body);
    request.headers.add("Content-Type", "application/json");
    return wait_for(daraja_->service()(request)).body;
}

std::string World::state_of(const std::string& order_id) {
    const auto answer =
        call(http::Method::get, "/api/v1/payment/" + order_id + "?secret=SECRET", "");
    const auto parsed = json::parse(answer.body);
    const auto* data = parsed ? parsed->find("data") : nullptr;
    return data == nullptr ? answer.body : data->text_at("state");
}

std::string World::callback_path(const std::string& order_id) const {
    return "/rail/stk/" + order_id + "/" +
           master_.token(rails::daraja::stk_token_purpose, order_id);
}

void World::rail_will(const std::string& scenario) {
    http::Request request;
    request.method = http::Method::post;
    request.path = "/simulator/scenarios";
    json::Writer{request.body}
        .begin_object()
        .key("next")
        .boolean(true)
        .member("scenario", scenario)
        .end_object();
    LANGO_ASSERT(wait_for(daraja_->service()(request)).status == 200);
}

std::int64_t World::pushes() const {
    return std::ranges::count_if(network_.trace(), [](const std::string& line) {
        return line.find("/mpesa/stkpush/") != std::string::npos;
    });
}

std::string World::broken_laws() {
    const auto proofs = json::parse(admin(http::Method::get, "/admin/verify"));
    std::string broken;
    for (const auto& law : *proofs->find("laws")->array()) {
        for (const auto& finding : *law.find("findings")->array()) {
            broken += law.text_at("law") + ": " + *finding.string() + "\n";
        }
    }
    return broken;
}

std::string World::ledgers_differ() {
    std::map<std::string, std::string> ours;
    for (std::string after;;) {
        const auto page =
            json::parse(admin(http::Method::get, "/admin/receipts?limit=10000&after=" + after));
        const auto& receipts = *page->find("receipts")->array();
        for (const auto& receipt : receipts) {
            ours[receipt.text_at("direction") + " " + receipt.text_at("reads")] =
                receipt.text_at("amount_minor");
        }
        if (receipts.empty()) break;
        after = receipts.back().text_at("receipt");
    }
    std::string differences;
    const auto compare = [&](const std::string& receipt, std::int64_t amount_minor,
                             const std::string& whose) {
        const auto found = ours.find(receipt);
        if (found == ours.end()) {
            differences += "only at the rail: " + receipt + " " + whose + "\n";
        } else if (found->second != std::to_string(amount_minor)) {
            differences += "amounts differ: " + receipt + "\n";
        }
        ours.erase(receipt);
    };
    for (const auto& payment : daraja_->ledger().payments()) {
        compare("in " + payment.receipt, payment.amount_minor, payment.checkout_request_id);
    }
    for (const auto& payout : daraja_->ledger().payouts()) {
        compare("out " + payout.receipt, payout.amount_minor, payout.originator_conversation_id);
    }
    for (const auto& reversal : daraja_->ledger().reversals()) {
        compare("back " + reversal.payment_receipt + "/reversed", reversal.amount_minor,
                reversal.originator_conversation_id);
    }
    for (const auto& [receipt, amount] : ours) differences += "only here: " + receipt + "\n";
    return differences;
}

}  // namespace lango::simulation
