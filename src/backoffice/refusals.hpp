// Why a use case was not carried out, before its own rules are asked: stable codes for programs,
// and a sentence for people. What the domain refuses by itself is `refused`, with the domain's
// sentence.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "http/message.hpp"
#include "people/roles.hpp"

namespace lango::backoffice {

enum class Refusal : std::uint8_t {
    not_an_object,     // the body
    field_missing,     // of the body
    field_malformed,   // likewise
    nobody,            // who asks has not said who they are
    no_administrator,  // nor could they: the first one is to be made on this machine
    wrong_key,
    session_over,
    not_permitted,
    key_needed,  // a session is not enough
    first_key,   // somebody else has seen the key: they make another one first
    wrong_password,
    wrong_code,       // of a phone, or a recovery code; or it was used
    weak_password,    // that somebody wants to have
    invitation_over,  // or unknown, or used
    slow_down,        // too many attempts failed
    foreign_page,     // not sent by a page of this console
    damaged,          // what is stored cannot be read: a hand was in it
    not_running,      // only the running gateway can do it
    refused,
};

// "not_permitted"
[[nodiscard]] std::string_view code(Refusal refusal);
// 400 for what can never be right, 200 for what the domain refuses (what the command line shows
// either way), 401 and 403 for who may not.
[[nodiscard]] int status(Refusal refusal);
// {"status":"fail","code":"...","message":"..."}, and "outcome" where what was tried came to one.
[[nodiscard]] http::Response refuse(Refusal refusal, std::string_view message = {},
                                    std::string_view outcome = {});

// Why a caller may not.
struct Denial {
    Refusal refusal{};
    std::optional<people::Permission> lacks{};  // that their role does not hold
};
// {"status":"fail","code":"not_permitted","message":"...","permission":"withdrawals_approve"}
[[nodiscard]] http::Response refuse(const Denial& denial);
[[nodiscard]] inline http::Response refuse_without(people::Permission permission) {
    return refuse(Denial{.refusal = Refusal::not_permitted, .lacks = permission});
}

}  // namespace lango::backoffice
