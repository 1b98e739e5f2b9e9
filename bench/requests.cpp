#include "bench/requests.hpp"

#include "api/request_signature.hpp"

namespace lango::bench {

namespace {

// No two open orders on one phone, and none whose last three digits the simulator reads as a
// scenario: it knows endings below 100 for prompts and below 200 for payouts (simulator/README.md).
std::uint64_t phone(std::uint64_t number, std::uint64_t lowest_ending) {
    const auto endings = 1000 - lowest_ending;
    return 254'700'000'000 + number / endings * 1000 + lowest_ending + number % endings;
}

std::string post(const std::string& target, const std::string& body) {
    return "POST " + target +
           " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace

Requests payments(std::vector<std::string> secrets, bool hot, std::string prefix) {
    return [secrets = std::move(secrets), hot, prefix = std::move(prefix)](std::uint64_t number) {
        const bool is_hot = hot && number % 10 != 0;
        const auto turn = number / (hot ? 10 : 1) % secrets.size();
        return post("/api/v1/payment/create/mpesa?secret=" + secrets[is_hot ? 0 : turn],
                    R"({"amount":)" + std::to_string(10 + number % 5000) + R"(,"phone_number":")" +
                        std::to_string(phone(number, 100)) +
                        R"(","currency":"KES","label":"user-)" + std::to_string(number % 100'000) +
                        R"(","custom_transaction_id":")" + prefix + std::to_string(number) +
                        R"("})");
    };
}

Requests withdrawals(Keys keys, std::string prefix) {
    return [keys = std::move(keys), prefix = std::move(prefix)](std::uint64_t number) {
        const auto account = std::to_string(phone(number, 200));
        const auto label = "user-" + std::to_string(number % 100'000);
        const auto id = prefix + std::to_string(number);
        // account_number, amount, currency_code, is_test, label, payment_system, withdrawal_id
        const auto signature = api::request_signature(
            keys.private_key, account + ":10:KES::" + label + ":mpesa:" + id);
        return post("/v2/withdrawal/create?access_key=" + keys.access_key,
                    R"({"withdrawal_id":")" + id +
                        R"(","payment_system":"mpesa","amount":10,"currency_code":"KES",)"
                        R"("is_test":false,"label":")" +
                        label + R"(","account_number":")" + account + R"(","signature":")" +
                        signature + R"("})");
    };
}

}  // namespace lango::bench
