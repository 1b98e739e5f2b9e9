#include "backoffice/refusals.hpp"

#include <array>

#include "base/json_writer.hpp"

namespace lango::backoffice {

namespace {

struct Text {
    Refusal refusal;
    std::string_view code;
    int status;
    std::string_view message;
};

constexpr std::array table{
    Text{Refusal::not_an_object, "not_an_object", 400, "Send a JSON object."},
    Text{Refusal::field_missing, "field_missing", 400, "A field is missing."},
    Text{Refusal::field_malformed, "field_malformed", 400, "A field is malformed."},
    Text{Refusal::nobody, "nobody", 401, "Say who you are."},
    Text{Refusal::no_administrator, "no_administrator", 401,
         "There is no administrator yet, who alone may do this. The first one is made on this "
         "machine."},
    Text{Refusal::wrong_key, "wrong_key", 401, "There is no such person with this key."},
    Text{Refusal::session_over, "session_over", 401, "This session is over."},
    Text{Refusal::not_permitted, "not_permitted", 403,
         "This is not yours, or only the operator's own people may."},
    Text{Refusal::key_needed, "key_needed", 403, "This asks for your key, not for a session."},
    Text{Refusal::first_key, "first_key", 403,
         "Whoever added you has seen this key: make your own before anything else."},
    Text{Refusal::wrong_password, "wrong_password", 401,
         "There is nobody of this name with this password."},
    Text{Refusal::wrong_code, "wrong_code", 403,
         "That code is wrong, or was used: each is good once."},
    Text{Refusal::weak_password, "weak_password", 400, "That password is too weak."},
    Text{Refusal::invitation_over, "invitation_over", 403,
         "This invitation was used, or is over: ask for another one."},
    Text{Refusal::slow_down, "slow_down", 429,
         "Too many attempts failed: wait before the next one."},
    Text{Refusal::foreign_page, "foreign_page", 403,
         "This was not sent by a page of this console."},
    Text{Refusal::damaged, "damaged", 200,
         "What is stored of it cannot be read: nothing was done, and nothing can be."},
    Text{Refusal::not_running, "not_running", 200,
         "The gateway does not run: start it with lango serve."},
    Text{Refusal::refused, "refused", 200, "It was refused."},
};

constexpr bool is_complete() {
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (table.at(i).refusal != static_cast<Refusal>(i)) return false;
    }
    return table.size() == static_cast<std::size_t>(Refusal::refused) + 1;
}
static_assert(is_complete(), "every refusal stands at its own place");

const Text& text_of(Refusal refusal) { return table.at(static_cast<std::size_t>(refusal)); }

http::Response told(Refusal refusal, std::string_view message, std::string_view name,
                    std::string_view value) {
    const auto& text = text_of(refusal);
    http::Response response;
    response.status = text.status;
    json::Writer writer{response.body};
    writer.begin_object()
        .member("status", "fail")
        .member("code", text.code)
        .member("message", message.empty() ? text.message : message);
    if (!name.empty()) writer.member(name, value);
    writer.end_object();
    return response;
}

}  // namespace

std::string_view code(Refusal refusal) { return text_of(refusal).code; }

int status(Refusal refusal) { return text_of(refusal).status; }

http::Response refuse(Refusal refusal, std::string_view message, std::string_view outcome) {
    return told(refusal, message, outcome.empty() ? "" : "outcome", outcome);
}

http::Response refuse(const Denial& denial) {
    if (!denial.lacks) return refuse(denial.refusal);
    const auto lacks = people::name(*denial.lacks);
    return told(denial.refusal,
                "Your role does not permit this: it lacks " + std::string{lacks} + ".",
                "permission", lacks);
}

}  // namespace lango::backoffice
