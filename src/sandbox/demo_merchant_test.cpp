#include "sandbox/demo_merchant.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include "backoffice/routes.hpp"
#include "base/manual_clock.hpp"
#include "merchants/merchants.hpp"
#include "process/files.hpp"
#include "store/store_fixture.hpp"

namespace lango::sandbox {
namespace {

class Demo : public testing::Test {
  protected:
    Demo() { std::filesystem::create_directories(file_.parent_path()); }
    ~Demo() override { std::filesystem::remove_all(file_.parent_path()); }

    DemoMerchant start() {
        return store_.wait_for(demo_merchant(
            [this](http::Method method, std::string path, std::string body) {
                return admin(method, std::move(path), std::move(body));
            },
            file_));
    }
    http::asio::awaitable<std::string> admin(http::Method method, std::string path,
                                             std::string body) {
        http::Request request;
        request.method = method;
        request.path = std::move(path);
        request.body = std::move(body);
        request.acting_as = "sandbox";
        const auto answer = co_await router_.handle(request);
        EXPECT_TRUE(answer.body.starts_with(R"({"status":"ok")")) << answer.body;
        co_return answer.body;
    }
    // The keys work: they are those of the database.
    void expect_valid(const DemoMerchant& demo) {
        const auto merchants =
            store_.write([&](store::Tx& tx) { return merchants::list(tx, master_); });
        ASSERT_EQ(merchants.size(), 1U);
        EXPECT_EQ(demo.slug, "demo");
        EXPECT_EQ(merchants[0].secret_hash, master_.lookup_hash(demo.secret));
        EXPECT_EQ(merchants[0].access_key, demo.access_key);
        EXPECT_EQ(merchants[0].private_access_key.reveal(), demo.private_access_key);
        EXPECT_EQ(merchants[0].private_key.reveal(), demo.private_key);
        EXPECT_EQ("whsec_" + crypto::base64(merchants[0].webhook_secret.reveal()),
                  demo.webhook_secret);
    }

    const std::filesystem::path file_ = std::filesystem::path{testing::TempDir()} /
                                        ("lango-demo-" + std::to_string(::getpid())) /
                                        "demo-merchant.json";
    SeededRandom random_{3};
    crypto::MasterKey master_ = crypto::MasterKey::make(random_);
    store::test::MemoryStore store_;
    ManualClock clock_{store_.context(), Instant{std::chrono::hours{24 * 365 * 50}}};
    IdSource ids_{random_};
    http::Router router_ = backoffice::admin_routes(
        {.store = store_.store(),
         .clock = clock_,
         .random = random_,
         .master = master_,
         .ids = ids_,
         .refresh = []() -> http::asio::awaitable<void> { co_return; },
         .wake_postbacks = {},
         .tried_again = {},
         .read_again = {},
         .settle = [](DepositId, rails::Observation,
                      store::Also) -> http::asio::awaitable<deposits::Observed> {
             co_return deposits::Observed::ignored;
         }});
};

TEST_F(Demo, KeepsHisKeysFromOneStartToTheNext) {
    const auto first = start();
    expect_valid(first);
    const auto second = start();
    EXPECT_EQ(first.secret, second.secret);
    EXPECT_EQ(first.private_access_key, second.private_access_key);
    expect_valid(second);
}

// An earlier start was killed after he was created and before his keys were on disk.
TEST_F(Demo, IsGivenNewKeysWhenTheFileIsMissing) {
    const auto first = start();
    std::filesystem::remove(file_);
    const auto second = start();
    EXPECT_NE(first.secret, second.secret);
    expect_valid(second);
    EXPECT_EQ(start().secret, second.secret);
}

TEST_F(Demo, IsGivenNewKeysWhenTheFileIsDamaged) {
    static_cast<void>(start());
    for (const auto* text : {"", "{", "[]", R"({"slug":"demo"})"}) {
        process::write_file(file_, text);
        expect_valid(start());
    }
}

// The database was removed and the file was not.
TEST_F(Demo, IsCreatedWhenTheFileIsOfAnotherDatabase) {
    process::write_file(file_,
                        R"({"slug":"demo","secret":"s","access_key":"a","private_access_key":"p",)"
                        R"("private_key":"k","webhook_secret":"w"})");
    expect_valid(start());
}

// Killed between new keys and their file.
TEST_F(Demo, IsGivenNewKeysWhenTheFileHasOlderOnes) {
    static_cast<void>(start());
    const auto old = process::read_file(file_);
    std::filesystem::remove(file_);
    static_cast<void>(start());
    process::write_file(file_, *old);
    expect_valid(start());
}

}  // namespace
}  // namespace lango::sandbox
