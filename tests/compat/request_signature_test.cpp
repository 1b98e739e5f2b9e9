// Requests as a merchant's PHP signs them (sign_requests.php), against what the gateway computes.
// Fails where php is missing: what was not checked is not compatible.
#include "api/request_signature.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "base/crypto.hpp"
#include "base/random.hpp"

namespace lango::api {
namespace {

constexpr const char* private_key = "test_private_key";

// Numbers as programs write them: integers of any length, decimals, exponents.
std::string some_number(SeededRandom& random) {
    const auto digits = [&](std::uint64_t most) {
        std::string text;
        const auto count = 1 + random.below(most);
        for (std::uint64_t i = 0; i < count; ++i) {
            text += static_cast<char>('0' + random.below(10));
        }
        return text;
    };
    std::string text = random.below(4) == 0 ? "-" : "";
    text += static_cast<char>('1' + random.below(9));
    if (random.below(3) != 0) text += digits(22);
    if (random.below(2) == 0) text += "." + digits(20);
    if (random.below(3) == 0) {
        text += random.below(2) == 0 ? "e" : "E";
        text += random.below(3) == 0 ? "+" : random.below(2) == 0 ? "-" : "";
        text += std::to_string(random.below(320));
    }
    return text;
}

std::vector<std::string> bodies() {
    std::vector<std::string> made{
        R"({"withdrawal_id":"85858053","payment_system":"mpesa","amount":1000,"currency_code":"KES","label":"160496026","comment":"withdrawal","account_number":"254724653314","is_test":true})",
        R"({"amount":1000,"is_test":false,"comment":null,"payments_details":{},"bank_details":{"bank_code":"B1","branch_code":null}})",
        R"({"b":[],"a":[[],{}],"B":"","_":[1,[2,[3,{"x":true,"a":false}]]],"zz":0})",
        R"({"a":1,"b":2,"a":3,"o":{"x":1,"y":2,"x":3}})",
        R"({"label":"é/\"\\\u0000\u2028😀","comment":" trimmed? ","c":"1e3"})",
        R"({"n":[-0,-0.0,0.1,1.50,1000.0,1e3,1e-5,0.0001,1e14,1e15,99999999999999.0,100000000000000.0]})",
        R"({"n":[9223372036854775807,9223372036854775808,-9223372036854775808,-9223372036854775809]})",
        R"({"n":[1e999,-1e999,1e-999,5e-324,1.7976931348623157e308,123456789012345.678]})",
        R"({"n":[0.30000000000000004,1.00000000000005,1234567890123.5,12345678901234.5,123456789012345.5]})",
        "{}",
    };
    SeededRandom random{4};
    for (int i = 0; i < 2000; ++i) {
        made.push_back(R"({"amount":)" + some_number(random) + R"(,"x":)" + some_number(random) +
                       "}");
    }
    return made;
}

std::string run_php(const std::string& file) {
    const char* source = std::getenv("LANGO_SOURCE_DIR");
    if (source == nullptr) return "set LANGO_SOURCE_DIR, as ctest does";
    const auto command = "php '" + std::string{source} + "/tests/compat/sign_requests.php' '" +
                         file + "' " + private_key + " 2>&1";
    auto* pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) return "cannot start a shell";
    std::string output;
    std::array<char, 4096> buffer{};
    while (const auto read = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
        output.append(buffer.data(), read);
    }
    static_cast<void>(::pclose(pipe));
    return output;
}

TEST(PhpSignsRequests, AsTheGatewayReadsThem) {
    const auto all = bodies();
    auto name = (std::filesystem::temp_directory_path() / "lango-compat-XXXXXX").string();
    const int file = ::mkstemp(name.data());
    ASSERT_GE(file, 0);
    ::close(file);
    {
        std::ofstream lines{name, std::ios::binary};
        for (const auto& body : all) lines << body << '\n';
    }
    std::istringstream answers{run_php(name)};
    std::filesystem::remove(name);
    for (const auto& body : all) {
        std::string line;
        ASSERT_TRUE(std::getline(answers, line)) << "php said nothing more; is php-cli there?";
        const auto text = signed_text(*json::parse(body));
        ASSERT_EQ(line, crypto::hex(text) + " " + request_signature(private_key, text)) << body;
    }
}

}  // namespace
}  // namespace lango::api
