#include "tests/simulation/mortal.hpp"

#include <boost/asio/post.hpp>
#include <limits>

namespace lango::simulation {

namespace {

// A step that is not counted.
constexpr auto uncounted = std::numeric_limits<std::size_t>::max();

std::exception_ptr gone() {
    return std::make_exception_ptr(store::Unavailable{"the gateway is dead"});
}

// Without ids and tokens, for people: "/rail/b2c".
std::string part_of_path(const std::string& path) {
    const auto second = path.find('/', 1);
    return path.substr(0, path.find('/', second == std::string::npos ? second : second + 1));
}

// Tells the life when the command has had its effect.
class Witnessed final : public store::Command {
  public:
    Witnessed(std::unique_ptr<store::Command> real, Life& life, std::size_t step)
        : real_(std::move(real)), life_(life), step_(step) {}
    void run(store::Tx& tx) override { real_->run(tx); }
    void done(std::exception_ptr error) override {
        if (!life_.end(step_)) error = gone();
        real_->done(error);
    }

  private:
    std::unique_ptr<store::Command> real_;
    Life& life_;
    std::size_t step_;
};

http::asio::awaitable<http::Response> serve(Life& life, const http::Service& of_gateway,
                                            const http::Request& request) {
    http::Response nobody;
    nobody.status = 503;
    const auto step = life.begin("receive " + part_of_path(request.path));
    if (!step) co_return nobody;
    auto response = co_await of_gateway(request);
    if (!life.end(*step)) co_return nobody;
    co_return response;
}

}  // namespace

class Life::MortalStore final : public store::Store {
  public:
    MortalStore(Life& life, store::Store& real) : life_(life), real_(real) {}
    [[nodiscard]] std::optional<std::string> trouble() const override { return real_.trouble(); }
    [[nodiscard]] store::Stats stats() const override { return real_.stats(); }
    void stop() override { real_.stop(); }
    [[nodiscard]] asio::any_io_executor executor() const override { return real_.executor(); }
    void submit(std::unique_ptr<store::Command> command) override {
        if (const auto step = life_.begin("write")) {
            real_.submit(std::make_unique<Witnessed>(std::move(command), life_, *step));
        } else {
            refuse(std::move(command));
        }
    }
    void submit(std::unique_ptr<store::Query> query) override {
        if (life_.dead())
            refuse(std::move(query));
        else
            real_.submit(std::move(query));
    }

  private:
    template <class T>
    void refuse(std::unique_ptr<T> work) {
        asio::post(executor(),
                   [work = std::shared_ptr<T>{std::move(work)}] { work->done(gone()); });
    }
    Life& life_;
    store::Store& real_;
};

class Life::MortalClient final : public http::Client {
  public:
    using Outcome = Result<http::ClientResponse, http::ClientError>;
    MortalClient(Life& life, http::Client& real) : life_(life), real_(real) {}
    asio::awaitable<Outcome> send(http::ClientRequest request) override {
        const auto path_at = request.url.find('/', request.url.find("://") + 3);
        const auto path = path_at == std::string::npos ? "/" : request.url.substr(path_at);
        const auto step = life_.begin("send " + part_of_path(path));
        if (!step) co_return unreached(http::Reached::not_sent);
        auto outcome = co_await real_.send(std::move(request));
        if (!life_.end(*step)) co_return unreached(http::Reached::unknown);
        co_return outcome;
    }

  private:
    static Outcome unreached(http::Reached reached) {
        return Unexpected<http::ClientError>{
            http::ClientError{.reached = reached, .message = "the gateway is dead"}};
    }
    Life& life_;
    http::Client& real_;
};

Life::Life(Script& script, store::Store& store, http::Client& client)
    : script_(script),
      store_(std::make_unique<MortalStore>(*this, store)),
      client_(std::make_unique<MortalClient>(*this, client)) {}

Life::~Life() = default;

store::Store& Life::store() { return *store_; }

http::Client& Life::client() { return *client_; }

http::Service Life::service(http::Service of_gateway) {
    return [this, of_gateway = std::move(of_gateway)](const http::Request& request) {
        return serve(*this, of_gateway, request);
    };
}

std::optional<std::size_t> Life::begin(std::string what) {
    if (dead_) return std::nullopt;
    if (!script_.recording) return uncounted;
    const auto step = script_.steps.size();
    script_.steps.push_back(std::move(what));
    if (script_.death && script_.death->step == step && !script_.death->after) {
        script_.death.reset();
        dead_ = true;
        return std::nullopt;
    }
    return step;
}

bool Life::end(std::size_t step) {
    if (script_.death && script_.death->step == step && script_.death->after) {
        script_.death.reset();
        dead_ = true;
    }
    return !dead_;
}

}  // namespace lango::simulation
