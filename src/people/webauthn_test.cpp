#include "people/webauthn.hpp"

#include <gmock/gmock.h>

#include <functional>
#include <set>

#include "base/base64url.hpp"
#include "base/crypto.hpp"
#include "people/authenticator.hpp"

namespace lango::people {
namespace {

using test::Authenticator;
using test::cbor;
using test::cbor_bytes;
using test::cbor_head;
using test::cbor_text;

const RelyingParty party{
    .id = "pay.example", .origin = "https://pay.example", .name = "Lango at Pay"};
const std::string challenge(32, 'c');
constexpr std::array algorithms{KeyAlgorithm::es256, KeyAlgorithm::eddsa, KeyAlgorithm::rs256};

// "": it is right.
template <class T>
std::string why(const Result<T, Unfit>& result) {
    return result ? "" : std::string{name(result.error())};
}

Result<NewPasskey, Unfit> registered(const std::string& credential) {
    const auto parsed = json::parse(credential);
    EXPECT_TRUE(parsed) << credential;
    return verify_registration(*parsed, party, challenge);
}

// An RSA key takes long to make, so each is made once.
const Authenticator& authenticator(KeyAlgorithm algorithm) {
    static const Authenticator es256{KeyAlgorithm::es256};
    static const Authenticator eddsa{KeyAlgorithm::eddsa};
    static const Authenticator rs256{KeyAlgorithm::rs256};
    if (algorithm == KeyAlgorithm::es256) return es256;
    return algorithm == KeyAlgorithm::eddsa ? eddsa : rs256;
}

Authenticator::Says usual() { return {.challenge = challenge}; }

const std::string user = user_handle("amina");

class Webauthn : public testing::Test {
  protected:
    const Authenticator& amina_ = authenticator(KeyAlgorithm::es256);
    NewPasskey passkey_ = registered(amina_.registration(usual())).value();

    std::string wrong_registration(const std::function<void(Authenticator::Says&)>& change) {
        auto says = usual();
        change(says);
        return why(registered(amina_.registration(says)));
    }
    Result<Assertion, Unfit> asserted(const std::string& credential) {
        return verify_assertion(*json::parse(credential), passkey_, user, party, challenge);
    }
    std::string wrong_assertion(const std::function<void(Authenticator::Says&)>& change) {
        auto says = usual();
        change(says);
        return why(asserted(amina_.assertion(says)));
    }
};

TEST(Passkeys, OfEveryAlgorithmAreTakenAndSign) {
    for (const auto algorithm : algorithms) {
        const auto& device = authenticator(algorithm);
        for (const auto* format : {"none", "packed"}) {
            auto says = usual();
            says.format = format;
            says.counter = 7;
            const auto made = registered(device.registration(says));
            ASSERT_EQ(why(made), "") << static_cast<int>(algorithm) << format;
            EXPECT_EQ(made->id, device.id());
            EXPECT_EQ(made->algorithm, algorithm);
            EXPECT_EQ(made->counter, 7U);
            says.counter = 8;
            const auto used = verify_assertion(*json::parse(device.assertion(says)), *made, user,
                                               party, challenge);
            ASSERT_EQ(why(used), "") << static_cast<int>(algorithm);
            EXPECT_EQ(used->key_id, device.id());
            EXPECT_EQ(used->counter, 8U);
            EXPECT_THAT(used->client_data, testing::HasSubstr("webauthn.get"));
            EXPECT_EQ(used->authenticator_data.size(), 37U);
        }
    }
}

TEST(Passkeys, OfOneKeyAreVerifiedByNoOther) {
    for (const auto algorithm : algorithms) {
        const auto made = registered(authenticator(algorithm).registration(usual()));
        for (const auto other : algorithms) {
            const auto said =
                verify_assertion(*json::parse(authenticator(other).assertion(usual())), *made, user,
                                 party, challenge);
            EXPECT_EQ(why(said), algorithm == other ? "" : "signature");
        }
    }
}

// One thing is wrong at a time.
TEST_F(Webauthn, RegistrationsAreRefusedForEachThingThatIsWrong) {
    const auto refused = [&](const char* expected,
                             const std::function<void(Authenticator::Says&)>& change) {
        EXPECT_EQ(wrong_registration(change), expected);
        EXPECT_EQ(wrong_registration([&](auto& says) {
                      says.format = "packed";
                      change(says);
                  }),
                  expected)
            << "packed";
    };
    using Says = Authenticator::Says;
    refused("", [](Says&) {});
    refused("operation", [](Says& says) { says.type = "webauthn.get"; });
    refused("operation", [](Says& says) { says.type = "payment.get"; });
    refused("challenge", [](Says& says) { says.challenge[0] ^= 1; });
    refused("challenge", [](Says& says) { says.challenge.pop_back(); });
    refused("challenge", [](Says& says) { says.challenge = ""; });
    refused("origin", [](Says& says) { says.origin = "https://pay.example.evil"; });
    refused("origin", [](Says& says) { says.origin = "http://pay.example"; });
    refused("origin", [](Says& says) { says.origin = "https://pay.example:8443"; });
    refused("origin", [](Says& says) { says.extra = R"(,"crossOrigin":true)"; });
    refused("origin", [](Says& says) { says.extra = R"(,"crossOrigin":"false")"; });
    refused("", [](Says& says) { says.extra = R"(,"crossOrigin":false,"other":{"a":[1]})"; });
    refused("party", [](Says& says) { says.party = "example"; });
    refused("not_present", [](Says& says) { says.flags = 0x04; });
    refused("not_verified", [](Says& says) { says.flags = 0x01; });
    refused("other_key", [](Says& says) { says.attested_id = "another id"; });
    refused("malformed", [](Says& says) { says.attested_id = ""; });
    refused("malformed", [](Says& says) { says.behind = "x"; });
    refused("malformed", [](Says& says) { says.extensions = "x"; });
    refused("malformed", [](Says& says) { says.extensions = cbor_text("credProtect"); });
    refused("malformed", [](Says& says) { says.origin = "\""; });
}

TEST_F(Webauthn, ExtensionsAreReadOver) {
    EXPECT_EQ(wrong_registration([](auto& says) {
                  says.extensions = cbor_head(5, 1) + cbor_text("credProtect") + cbor(2);
              }),
              "");
    EXPECT_EQ(wrong_registration([](auto& says) {
                  says.extensions = cbor_head(5, 1) + cbor_text("credProtect") + cbor(2);
                  says.behind = "x";
              }),
              "malformed");
}

TEST_F(Webauthn, KeysAreOfAnAlgorithmThatWeTake) {
    const auto cose = amina_.cose_key();
    const auto with = [&](const std::string& key) {
        return wrong_registration([&](auto& says) { says.key = key; });
    };
    EXPECT_EQ(with(cose), "");
    // ES384's number, and one that nobody has.
    for (const auto number : {-35, -999}) {
        EXPECT_EQ(with(cbor_head(5, 2) + cbor(1) + cbor(2) + cbor(3) + cbor(number)), "algorithm");
    }
    EXPECT_EQ(with(cbor_head(5, 1) + cbor(1) + cbor(2)), "malformed") << "it names none";
    EXPECT_EQ(with(cbor_head(5, 2) + cbor(1) + cbor(2) + cbor(3) + cbor_text("-7")), "malformed");
    EXPECT_EQ(with(cbor(1)), "malformed");
    EXPECT_EQ(with(cbor_head(5, 2) + cbor(1) + cbor(2) + cbor(3) + cbor(-7)), "malformed");
    // Of an algorithm that is not the key's own.
    EXPECT_EQ(with(cbor_head(5, 5) + cbor(1) + cbor(2) + cbor(3) + cbor(-8) + cose.substr(5)),
              "malformed");
    // A point that is not on the curve.
    const std::string nowhere(32, '\x01');
    EXPECT_EQ(with(cbor_head(5, 5) + cbor(1) + cbor(2) + cbor(3) + cbor(-7) + cbor(-1) + cbor(1) +
                   cbor(-2) + cbor_bytes(nowhere) + cbor(-3) + cbor_bytes(nowhere)),
              "malformed");
    EXPECT_EQ(with(cbor_head(5, 5) + cbor(1) + cbor(2) + cbor(3) + cbor(-7) + cbor(-1) + cbor(1) +
                   cbor(-2) + cbor_bytes(nowhere.substr(1)) + cbor(-3) + cbor_bytes(nowhere)),
              "malformed")
        << "of another length";
}

TEST_F(Webauthn, AttestationsAreNoneOrTheKeysOwn) {
    const auto with = [&](const std::string& format, const std::string& statement) {
        return wrong_registration([&](auto& says) {
            says.format = format;
            says.statement = statement;
        });
    };
    const auto own = [](std::int64_t algorithm, const std::string& signature) {
        return cbor_head(5, 2) + cbor_text("alg") + cbor(algorithm) + cbor_text("sig") +
               cbor_bytes(signature);
    };
    EXPECT_EQ(with("none", "\xa0"), "");
    EXPECT_EQ(with("none", cbor_head(5, 1) + cbor(1) + cbor(1)), "attestation");
    for (const auto* format : {"fido-u2f", "tpm", "android-key", "apple", "", "None"}) {
        EXPECT_EQ(with(format, "\xa0"), "attestation") << format;
    }
    EXPECT_EQ(with("packed", "\xa0"), "attestation");
    EXPECT_EQ(with("packed", own(-8, "x")), "attestation") << "of another algorithm";
    EXPECT_EQ(with("packed", own(-7, "")), "attestation");
    EXPECT_EQ(with("packed", own(-7, std::string(1025, 'x'))), "attestation");
    EXPECT_EQ(with("packed", own(-7, "no signature")), "signature");
    EXPECT_EQ(with("packed", own(-7, amina_.sign("other data", "other client data"))), "signature");
    // With a certificate: another key's word for it.
    EXPECT_EQ(with("packed", cbor_head(5, 3) + own(-7, "x").substr(1) + cbor_text("x5c") +
                                 cbor_head(4, 1) + cbor_bytes("certificate")),
              "attestation");
}

TEST_F(Webauthn, AssertionsAreRefusedForEachThingThatIsWrong) {
    using Says = Authenticator::Says;
    EXPECT_EQ(wrong_assertion([](Says&) {}), "");
    EXPECT_EQ(wrong_assertion([](Says& says) { says.type = "webauthn.create"; }), "operation");
    EXPECT_EQ(wrong_assertion([](Says& says) { says.challenge[31] ^= 1; }), "challenge");
    EXPECT_EQ(wrong_assertion([](Says& says) { says.origin = "https://evil.example"; }), "origin");
    EXPECT_EQ(wrong_assertion([](Says& says) { says.extra = R"(,"crossOrigin":true)"; }), "origin");
    EXPECT_EQ(wrong_assertion([](Says& says) { says.party = "evil.example"; }), "party");
    EXPECT_EQ(wrong_assertion([](Says& says) { says.flags = 0x04; }), "not_present");
    EXPECT_EQ(wrong_assertion([](Says& says) { says.flags = 0x01; }), "not_verified");
    EXPECT_EQ(wrong_assertion([](Says& says) { says.flags = 0x45; }), "malformed") << "a key";
    EXPECT_EQ(wrong_assertion([](Says& says) { says.behind = "x"; }), "malformed");
    EXPECT_EQ(wrong_assertion([](Says& says) { says.user = crypto::base64url(user); }), "");
    EXPECT_EQ(
        wrong_assertion([](Says& says) { says.user = crypto::base64url(user_handle("brian")); }),
        "other_user");
    EXPECT_EQ(wrong_assertion([](Says& says) { says.user = "no base64"; }), "malformed");
    EXPECT_EQ(wrong_assertion([](Says& says) { says.user = std::string(88, 'a'); }), "malformed");
    passkey_.id = "another id";
    EXPECT_EQ(wrong_assertion([](Says&) {}), "other_key");
}

TEST_F(Webauthn, SignaturesAreOfTheVeryBytes) {
    const auto said = amina_.assertion(usual());
    const auto with = [&](std::string_view member, const std::string& bytes) {
        auto text = said;
        const auto begin = text.find('"' + std::string{member} + "\":\"") + member.size() + 4;
        text.replace(begin, text.find('"', begin) - begin, crypto::base64url(bytes));
        return why(asserted(text));
    };
    const auto good = asserted(said);
    ASSERT_TRUE(good);
    EXPECT_EQ(with("signature", good->signature), "");
    auto other = good->signature;
    other.back() ^= 1;
    EXPECT_EQ(with("signature", other), "signature");
    EXPECT_EQ(with("signature", "x"), "signature");
    EXPECT_EQ(with("signature", std::string(1025, 'x')), "malformed");
    auto data = good->authenticator_data;
    data[33] ^= 1;  // the counter
    EXPECT_EQ(with("authenticatorData", data), "signature");
    EXPECT_EQ(with("clientDataJSON", good->client_data + " "), "signature");
    EXPECT_EQ(with("clientDataJSON", std::string(5000, ' ')), "malformed");
    passkey_.public_key[0] ^= 1;
    EXPECT_EQ(with("signature", good->signature), "signature") << "of another key";
    passkey_.public_key = "";
    EXPECT_EQ(with("signature", good->signature), "signature") << "of a key that is none";
    passkey_.algorithm = KeyAlgorithm{};
    EXPECT_EQ(with("signature", good->signature), "signature");
}

TEST_F(Webauthn, CountersGoOn) {
    const auto said = [&](std::uint32_t before, std::uint32_t now) {
        passkey_.counter = before;
        return wrong_assertion([&](auto& says) { says.counter = now; });
    };
    EXPECT_EQ(said(0, 0), "") << "it counts nothing";
    EXPECT_EQ(said(0, 1), "");
    EXPECT_EQ(said(7, 8), "");
    EXPECT_EQ(said(7, 0xffffffff), "");
    EXPECT_EQ(said(7, 7), "counter");
    EXPECT_EQ(said(7, 6), "counter");
    EXPECT_EQ(said(7, 0), "counter");
}

TEST_F(Webauthn, WhatIsCutOffAnywhereIsMalformed) {
    auto says = usual();
    says.format = "packed";
    for (const auto& [whole, is_registration] :
         {std::pair{amina_.registration(says), true}, std::pair{amina_.assertion(says), false}}) {
        for (const auto* member :
             {"attestationObject", "authenticatorData", "clientDataJSON", "signature", "rawId"}) {
            const auto at = whole.find('"' + std::string{member} + "\":\"");
            if (at == std::string::npos) continue;
            const auto begin = at + std::string_view{member}.size() + 4;
            const auto end = whole.find('"', begin);
            const auto bytes = *crypto::unbase64url(whole.substr(begin, end - begin));
            for (std::size_t length = 0; length < bytes.size(); ++length) {
                auto text = whole;
                text.replace(begin, end - begin, crypto::base64url(bytes.substr(0, length)));
                const auto said = is_registration ? why(registered(text)) : why(asserted(text));
                const bool is_signature = std::string_view{member} == "signature" && length > 0;
                EXPECT_EQ(said, is_signature ? "signature" : "malformed") << member << length;
            }
        }
        for (std::size_t length = 0; length < whole.size(); ++length) {
            EXPECT_FALSE(json::parse(std::string_view{whole}.substr(0, length))) << length;
        }
    }
}

TEST_F(Webauthn, WhatIsOfAnotherFormIsMalformed) {
    const auto said = amina_.assertion(usual());
    const auto replaced = [&](std::string_view what, std::string_view with) {
        auto text = said;
        const auto at = text.find(what);
        EXPECT_NE(at, std::string::npos) << what;
        text.replace(at, what.size(), with);
        return why(asserted(text));
    };
    EXPECT_EQ(replaced("\"public-key\"", "\"password\""), "malformed");
    EXPECT_EQ(replaced("\"public-key\"", "1"), "malformed");
    EXPECT_EQ(replaced("\"rawId\"", "\"raw\""), "malformed");
    EXPECT_EQ(replaced("\"id\":\"", "\"id\":\"AA"), "malformed") << "two ids";
    EXPECT_EQ(replaced("\"signature\":\"", "\"signature\":\"="), "malformed");
    EXPECT_EQ(replaced("\"response\":{", "\"response\":[{\"x\":1}],\"other\":{"), "malformed");
    for (const auto* text : {"{}", "[]", "1", "null", R"({"response":{}})"}) {
        EXPECT_EQ(why(asserted(text)), "malformed") << text;
        EXPECT_EQ(why(registered(text)), "malformed") << text;
    }
    EXPECT_EQ(why(registered(said)), "malformed");
    EXPECT_EQ(why(asserted(amina_.registration(usual()))), "malformed");
}

TEST_F(Webauthn, NoChallengeIsNobodysChallenge) {
    auto says = usual();
    says.challenge = "";
    const auto credential = json::parse(amina_.assertion(says));
    EXPECT_EQ(why(verify_assertion(*credential, passkey_, user, party, "")), "challenge");
}

TEST(WebauthnOptions, AskForWhatIsChecked) {
    const auto made = json::parse(creation_options(party, "amina", challenge, {"one", "two"}));
    ASSERT_TRUE(made);
    EXPECT_EQ(made->find("rp")->text_at("id"), "pay.example");
    EXPECT_EQ(made->text_at("challenge"), crypto::base64url(challenge));
    EXPECT_EQ(made->text_at("attestation"), "none");
    EXPECT_EQ(made->find("user")->text_at("id"), crypto::base64url(user));
    EXPECT_EQ(made->find("user")->text_at("name"), "amina");
    EXPECT_EQ(made->find("authenticatorSelection")->text_at("userVerification"), "required");
    std::string offered;
    for (const auto& one : *made->find("pubKeyCredParams")->array()) {
        offered += one.text_at("type") + one.text_at("alg") + " ";
    }
    EXPECT_EQ(offered, "public-key-7 public-key-8 public-key-257 ");
    EXPECT_EQ(made->find("excludeCredentials")->array()->at(1).text_at("id"),
              crypto::base64url("two"));
    const auto asked = json::parse(request_options(party, challenge, {"one"}));
    ASSERT_TRUE(asked);
    EXPECT_EQ(asked->text_at("rpId"), "pay.example");
    EXPECT_EQ(asked->text_at("userVerification"), "required");
    EXPECT_EQ(asked->text_at("challenge"), crypto::base64url(challenge));
    EXPECT_EQ(asked->find("allowCredentials")->array()->front().text_at("id"),
              crypto::base64url("one"));
    EXPECT_TRUE(json::parse(request_options(party, challenge, {}))
                    ->find("allowCredentials")
                    ->array()
                    ->empty());
}

TEST(WebauthnUsers, HaveHandlesThatSayNoName) {
    EXPECT_EQ(user_handle("amina").size(), 32U);
    EXPECT_EQ(user_handle("amina"), user_handle("amina"));
    EXPECT_NE(user_handle("amina"), user_handle("brian"));
}

TEST(WebauthnRefusals, HaveNamesOfTheirOwn) {
    std::set<std::string_view> names;
    for (int i = 0; i <= static_cast<int>(Unfit::counter); ++i) {
        EXPECT_TRUE(names.insert(name(static_cast<Unfit>(i))).second);
    }
}

}  // namespace
}  // namespace lango::people
