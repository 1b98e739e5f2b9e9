// What needs a second person: how a call becomes a proposal, and what agreeing to it does.
#include "backoffice/proposals.hpp"

#include <charconv>
#include <exception>

#include "api/envelope.hpp"
#include "backoffice/checks.hpp"
#include "backoffice/endpoints.hpp"
#include "backoffice/lists/columns.hpp"
#include "backoffice/proposed_call.hpp"
#include "base/json_writer.hpp"
#include "people/people.hpp"
#include "postbacks/readable.hpp"
#include "store/try_write.hpp"

namespace lango::backoffice {

namespace {

std::optional<std::int64_t> number_of(std::string_view text) {
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = read.ec == std::errc{} && read.ptr == text.data() + text.size();
    return whole ? std::optional{value} : std::nullopt;
}

std::string_view words(approvals::Agreed agreed) {
    switch (agreed) {
        case approvals::Agreed::yes:
            return "";
        case approvals::Agreed::unknown:
            return "There is no such proposal.";
        case approvals::Agreed::not_open:
            return "That proposal has ended.";
        case approvals::Agreed::own:
            return "Nobody agrees to their own proposal.";
        case approvals::Agreed::changed:
            return "It is not what you saw: look at it again.";
        case approvals::Agreed::expired:
            return "That proposal is too old: it must be made anew.";
    }
    return "";
}

std::string time_text(Instant at) {
    return lists::is_time(at) ? format_rfc3339(at) : std::string{};
}

// One that is damaged hides no other: what cannot be read of it is left out.
void write(json::Writer& writer, const approvals::Proposal& proposal, Instant now) {
    const auto call = read(proposal);
    writer.begin_object()
        .member("number", proposal.number)
        .member("use_case", postbacks::readable(proposal.use_case))
        .member("path", postbacks::readable(proposal.path))
        .key("body");
    call ? writer.raw(canonical(call->body)) : writer.null();
    writer.member("code", postbacks::readable(proposal.code))
        .member("proposed_by", postbacks::readable(proposal.proposed_by))
        .member("proposed_at", time_text(proposal.proposed_at))
        .member("state", approvals::name(approvals::state_at(proposal, now)))
        .member("ended_by", postbacks::readable(proposal.ended_by))
        .member("outcome", postbacks::readable(proposal.outcome))
        .key("damaged")
        .boolean(!call)
        .end_object();
}

// Nothing: their role permits what is proposed, and they are the operator's own, or of the merchant
// whose person proposed it.
std::optional<Denial> why_not_too(const Actor& actor, const UseCase& use,
                                  const approvals::Proposal& proposal) {
    if (!actor.permissions.has(use.permission)) {
        return Denial{.refusal = Refusal::not_permitted, .lacks = use.permission};
    }
    const bool is_theirs = !actor.merchant || actor.merchant == proposal.merchant;
    return is_theirs ? std::nullopt : std::optional{Denial{.refusal = Refusal::not_permitted}};
}

Call call_of(const ProposedCall& proposed, Actor actor, const http::Request& request) {
    return {.actor = std::move(actor),
            .request = request,
            .body = proposed.body,
            .path = proposed.path};
}

Actor actor_of(const people::Person& proposer) {
    return {.name = proposer.name,
            .permissions = proposer.permissions,
            .merchant = proposer.merchant,
            .channel = Actor::Channel::key,
            .key_is_own = proposer.key_is_own};
}

// What was agreed to, and who proposed it, as they were in the write that agreed to it.
struct Begun {
    std::optional<http::Response> refused{};
    std::optional<ProposedCall> call{};
    std::string path{};
    std::string body{};
    Actor proposer{};
};

Begun begin(store::Tx& tx, std::int64_t number, const Actor& agreeing, std::string_view seen,
            Instant now) {
    const auto refused = [](Refusal refusal, std::string_view message = {}) {
        return Begun{.refused = refuse(refusal, message)};
    };
    const auto proposal = approvals::find(tx, number);
    if (!proposal) return refused(Refusal::refused, words(approvals::Agreed::unknown));
    auto call = read(*proposal);
    if (!call) return refused(Refusal::damaged);
    if (const auto denial = why_not_too(agreeing, *call->use, *proposal)) {
        return Begun{.refused = refuse(*denial)};
    }
    const auto proposer = people::find(tx, proposal->proposed_by);
    const http::Request request;
    // Whoever moved to another merchant proposed it as somebody else.
    if (!proposer || proposer->merchant != proposal->merchant ||
        why_not(tx, *call->use, call_of(*call, actor_of(*proposer), request))) {
        return refused(Refusal::refused, "Whoever proposed it may not do it any more.");
    }
    const auto agreed = approvals::agree(tx, number, agreeing.name, seen, now);
    if (agreed != approvals::Agreed::yes) return refused(Refusal::refused, words(agreed));
    people::record(tx, now, agreeing.name, "proposal agreed", std::to_string(number),
                   "code " + proposal->code);
    return {.call = std::move(call),
            .path = proposal->path,
            .body = proposal->body,
            .proposer = actor_of(*proposer)};
}

// As its proposer's.
http::asio::awaitable<http::Response> carry_out_agreed(SharedParts parts, const Begun& begun) {
    http::Request request;
    request.method = begun.call->use->method;
    request.path = begun.path;
    request.body = begun.body;
    co_return co_await begun.call->use->handler(parts,
                                                call_of(*begun.call, begun.proposer, request));
}

// In the handler's own word, where it has one.
std::string outcome_of(const std::optional<json::Value>& said, bool done) {
    if (!said) return {};
    if (!done) return said->text_at("message");
    const auto outcome = said->text_at("outcome");
    return outcome.empty() ? "ok" : outcome;
}

http::asio::awaitable<void> keep_outcome(SharedParts parts, std::int64_t number,
                                         const http::Response& response) {
    auto parsed = json::parse(response.body);
    const auto said = parsed ? std::optional{*std::move(parsed)} : std::nullopt;
    const bool done = said && said->text_at("status") == "ok";
    co_await parts->store.write([number, done, outcome = outcome_of(said, done)](store::Tx& tx) {
        approvals::end(tx, number, done, outcome);
    });
}

// It threw: whether it was done is not known.
http::asio::awaitable<void> keep_failure(SharedParts parts, std::int64_t number,
                                         std::exception_ptr failed) {
    co_await parts->store.write([number, why = store::text_of(failed)](store::Tx& tx) {
        approvals::note_failure(tx, number, "it ended in an error: " + why);
    });
}

}  // namespace

http::asio::awaitable<bool> needs_another(SharedParts parts, const UseCase& use, const Call& call) {
    // Whoever is at the machine and has no name is only here where nobody else could be.
    if (use.agreement == Agreement::none || !call.actor.is_named() ||
        call.actor.channel == Actor::Channel::process) {
        co_return false;
    }
    co_return co_await parts->store.read(
        [&parts, &use, &call, now = parts->clock.now()](store::Reader& reader) {
            return people::has_another(reader, use.permission, call.actor.name, now,
                                       call.actor.merchant) &&
                   (use.alone == nullptr || !use.alone(reader, *parts, call));
        });
}

Answer propose(SharedParts parts, const UseCase& use, Call call) {
    const auto proposal = co_await parts->store.write(
        [use = use.name, path = call.request.path, body = canonical(call.body),
         who = call.actor.name, merchant = call.actor.merchant,
         now = parts->clock.now()](store::Tx& tx) {
            auto made = approvals::propose(tx,
                                           {.use_case = std::string{use},
                                            .path = path,
                                            .body = body,
                                            .by = who,
                                            .merchant = merchant},
                                           now);
            people::record(tx, now, who, "proposed: " + std::string{use},
                           std::to_string(made.number), path + " code " + made.code);
            return made;
        });
    std::string out;
    json::Writer{out}
        .begin_object()
        .member("status", "ok")
        .member("outcome", "proposed")
        .member("proposal", proposal.number)
        .member("code", proposal.code)
        .end_object();
    co_return api::ok(std::move(out));
}

Answer show_proposal(SharedParts parts, Call call) {
    const auto number = number_of(call.path.at(0)).value_or(0);
    const auto proposal = co_await parts->store.read(
        [number](store::Reader& reader) { return approvals::find(reader, number); });
    if (!proposal) co_return refuse(Refusal::refused, words(approvals::Agreed::unknown));
    std::string out;
    json::Writer writer{out};
    writer.begin_object().member("status", "ok").key("proposal");
    write(writer, *proposal, parts->clock.now());
    writer.end_object();
    co_return api::ok(std::move(out));
}

Answer agree_to_proposal(SharedParts parts, Call call) {
    const auto number = number_of(call.path.at(0)).value_or(0);
    auto begun = co_await parts->store.write(
        [number, actor = call.actor, seen = call.text("seen"),
         now = parts->clock.now()](store::Tx& tx) { return begin(tx, number, actor, seen, now); });
    if (begun.refused) co_return *std::move(begun.refused);
    http::Response response;
    std::exception_ptr failed;
    try {
        response = co_await carry_out_agreed(parts, begun);
    } catch (...) {
        failed = std::current_exception();
    }
    if (failed) {
        co_await keep_failure(parts, number, failed);
        std::rethrow_exception(failed);
    }
    co_await keep_outcome(parts, number, response);
    co_return response;
}

Answer reject_proposal(SharedParts parts, Call call) {
    const auto number = number_of(call.path.at(0)).value_or(0);
    auto refused =
        co_await parts->store.write([number, actor = call.actor, now = parts->clock.now()](
                                        store::Tx& tx) -> std::optional<http::Response> {
            const auto proposal = approvals::find(tx, number);
            if (!proposal) return refuse(Refusal::refused, words(approvals::Agreed::unknown));
            // What is damaged can be done by nobody; whoever may anything takes it off the list.
            const auto proposed = read(*proposal);
            const auto denial =
                proposed ? why_not_too(actor, *proposed->use, *proposal) : std::nullopt;
            if (denial) return refuse(*denial);
            if (!approvals::reject(tx, number, actor.name, now)) {
                return refuse(Refusal::refused, words(approvals::Agreed::not_open));
            }
            people::record(tx, now, actor.name, "proposal rejected", std::to_string(number), "");
            return std::nullopt;
        });
    if (refused) co_return *std::move(refused);
    co_return api::ok(R"({"status":"ok"})");
}

}  // namespace lango::backoffice
