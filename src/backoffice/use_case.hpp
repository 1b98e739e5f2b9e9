// Everything that people do, in one table: who may, what must be shown, what is sent. From it come
// the routes, the check of permissions, `lango openapi`, and the test of every use case against
// every role (use_cases_test.cpp).
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "backoffice/call.hpp"
#include "backoffice/routes.hpp"
#include "http/router.hpp"
#include "people/people.hpp"
#include "store/tx.hpp"

namespace lango::backoffice {

using Answer = http::asio::awaitable<http::Response>;
using SharedParts = std::shared_ptr<const AdminParts>;

// A field of the body, or of the query of a question.
struct Field {
    std::string_view name;
    std::string_view type;  // "text", "amount", "phone", "id", "number", "yes or no", "list"
    bool required = true;
    std::string_view about;
};

enum class StepUp : std::int8_t {
    none,
    key,  // a session is not enough: the key is shown with the call
};

enum class Agreement : std::int8_t {
    none,
    another,  // one proposes, another who may do it too agrees (approvals/proposal.hpp)
};

enum class Body : std::int8_t {
    none,    // a question, or nothing to say
    object,  // JSON
    raw,     // a file of somebody else's
};

// Bytes of a body. The local socket takes more, for sheets.
inline constexpr std::size_t usual_body_max = std::size_t{4} * 1024 * 1024;

// Whose subject a call is about: merchants' own people reach what has an answer, and it is theirs.
using Whose = std::optional<MerchantId> (*)(store::Reader& reader, const Call& call);

// Whether one person may do this call although its use case asks for another's agreement: it is
// small.
using Alone = bool (*)(store::Reader& reader, const AdminParts& parts, const Call& call);

struct UseCase {
    std::string_view name;  // "withdrawal.create"
    http::Method method = http::Method::get;
    std::string_view path;  // below /admin
    people::Permission permission = people::Permission::read;
    Answer (*handler)(SharedParts parts, Call call) = nullptr;
    std::string_view about;  // one sentence
    std::span<const Field> input{};
    StepUp step_up = StepUp::none;
    Body body = Body::object;
    std::size_t body_max = usual_body_max;
    Agreement agreement = Agreement::none;
    Whose whose = nullptr;        // none: only the operator's own people
    bool by_machine = false;      // whoever is at the machine may: a backup by night needs nobody
    bool bootstrap = false;       // while there is no administrator, whoever is at the machine may
    Alone alone = nullptr;        // none: agreement is asked for whatever is sent
    bool with_first_key = false;  // an act for which a key will do that others have seen

    [[nodiscard]] bool is_question() const { return method == http::Method::get; }
};

[[nodiscard]] std::span<const UseCase> use_cases();

// Who asks, as a door has found out; or what it answers instead.
struct Known {
    std::optional<Actor> actor{};
    std::optional<http::Response> refusal{};
};

// A way in. It knows its callers; what they may is asked of all alike (carry_out).
class Door {
  public:
    virtual ~Door() = default;
    // body: credentials that stand in it are taken out of it.
    [[nodiscard]] virtual http::asio::awaitable<Known> who_asks(SharedParts parts,
                                                                const http::Request& request,
                                                                json::Value& body) const = 0;
    // Of who may do it, and has sent what is to be sent, but has shown no key: whether something
    // that stands for one is shown with this call. It is used up. Nothing: it is; else why not.
    [[nodiscard]] virtual http::asio::awaitable<std::optional<http::Response>> step_up(
        SharedParts parts, const Call& call) const = 0;
};
[[nodiscard]] Actor actor_of(const people::Person& person, Actor::Channel channel);

// Finds out who asks, whether they may, and carries it out.
[[nodiscard]] Answer carry_out(SharedParts parts, const Door& door, const UseCase& use,
                               const http::Request& request, std::vector<std::string> path);

}  // namespace lango::backoffice
