#include "sandbox/demo_merchant.hpp"

#include <algorithm>
#include <optional>

#include "base/json.hpp"
#include "process/files.hpp"

namespace lango::sandbox {

namespace {

std::optional<DemoMerchant> read(const std::string& text) {
    const auto tree = json::parse(text);
    if (!tree) return std::nullopt;
    DemoMerchant demo{.slug = tree->text_at("slug"),
                      .secret = tree->text_at("secret"),
                      .access_key = tree->text_at("access_key"),
                      .private_access_key = tree->text_at("private_access_key"),
                      .private_key = tree->text_at("private_key"),
                      .webhook_secret = tree->text_at("webhook_secret")};
    for (const auto* key : {&demo.slug, &demo.secret, &demo.access_key, &demo.private_access_key,
                            &demo.private_key, &demo.webhook_secret}) {
        if (key->empty()) return std::nullopt;
    }
    return demo;
}

// Of the merchant in the database; nothing when he is not there yet.
std::optional<std::string> stored_access_key(const std::string& list) {
    const auto tree = json::parse(list);
    const auto* merchants = tree ? tree->find("merchants") : nullptr;
    if (merchants == nullptr || merchants->array() == nullptr) return std::nullopt;
    const auto found = std::ranges::find_if(*merchants->array(), [](const json::Value& merchant) {
        return merchant.text_at("slug") == "demo";
    });
    if (found == merchants->array()->end()) return std::nullopt;
    return found->text_at("access_key");
}

}  // namespace

boost::asio::awaitable<DemoMerchant> demo_merchant(AdminCall admin, std::filesystem::path file) {
    const auto stored =
        stored_access_key(co_await admin(http::Method::get, "/admin/merchants", ""));
    const auto kept = read(process::read_file(file).value_or(""));
    if (stored && kept && kept->access_key == *stored) co_return *kept;
    const auto made =
        stored ? co_await admin(http::Method::post, "/admin/merchants/demo/rotate-keys", "{}")
               : co_await admin(http::Method::post, "/admin/merchants",
                                R"({"slug":"demo","name":"Demo shop"})");
    process::write_file(file, made);
    const auto demo = read(made);
    if (!demo) throw std::runtime_error{"the demo merchant has no keys"};
    co_return *demo;
}

}  // namespace lango::sandbox
