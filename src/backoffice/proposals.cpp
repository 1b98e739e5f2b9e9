// What needs a second person: how a call becomes a proposal, and what agreeing to it does.
#include "backoffice/proposals.hpp"

#include <algorithm>
#include <charconv>

#include "api/envelope.hpp"
#include "backoffice/endpoints.hpp"
#include "base/json_writer.hpp"
#include "people/people.hpp"

namespace lango::backoffice {

namespace {

void write_value(json::Writer& writer, const json::Value& value) {
    if (const auto* text = value.string()) {
        writer.string(*text);
    } else if (const auto* number = value.number()) {
        writer.raw(number->text);
    } else if (const auto* flag = value.boolean()) {
        writer.boolean(*flag);
    } else if (const auto* items = value.array()) {
        writer.begin_array();
        for (const auto& item : *items) write_value(writer, item);
        writer.end_array();
    } else if (const auto* members = value.object()) {
        writer.begin_object();
        for (const auto& [name, member] : *members) write_value(writer.key(name), member);
        writer.end_object();
    } else {
        writer.null();
    }
}

std::optional<std::int64_t> number_of(std::string_view text) {
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = read.ec == std::errc{} && read.ptr == text.data() + text.size();
    return whole ? std::optional{value} : std::nullopt;
}

const UseCase* use_named(std::string_view name) {
    const auto all = use_cases();
    const auto found = std::ranges::find(all, name, &UseCase::name);
    return found == all.end() ? nullptr : &*found;
}

// What stands in the braces of the use case's path.
std::vector<std::string> arguments_of(std::string_view pattern, std::string_view path) {
    std::vector<std::string> all;
    while (!pattern.empty() && !path.empty()) {
        pattern.remove_prefix(1);
        path.remove_prefix(1);
        const auto expected = pattern.substr(0, pattern.find('/'));
        const auto segment = path.substr(0, path.find('/'));
        if (expected.starts_with('{')) all.push_back(http::percent_decode(segment, false));
        pattern.remove_prefix(expected.size());
        path.remove_prefix(segment.size());
    }
    return all;
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

void write(json::Writer& writer, const approvals::Proposal& proposal) {
    writer.begin_object()
        .member("number", proposal.number)
        .member("use_case", proposal.use_case)
        .member("path", proposal.path)
        .key("body")
        .raw(proposal.body)
        .member("code", proposal.code)
        .member("proposed_by", proposal.proposed_by)
        .member("proposed_at", format_rfc3339(proposal.proposed_at))
        .member("state", approvals::name(proposal.state))
        .member("ended_by", proposal.ended_by)
        .member("outcome", proposal.outcome)
        .end_object();
}

// Somebody whose role permits what is proposed, and who is the operator's own.
bool may_too(const Actor& actor, const UseCase& use) {
    return !actor.merchant && people::may(actor.role, use.permission);
}

// The call of a proposal that has been agreed to, as its proposer.
http::asio::awaitable<http::Response> carry_out_agreed(SharedParts parts, const UseCase& use,
                                                       const approvals::Proposal& proposal,
                                                       const people::Person& proposer) {
    http::Request request;
    request.method = use.method;
    request.path = proposal.path;
    request.body = proposal.body;
    auto body = json::parse(proposal.body);
    Call call{.actor = {.name = proposer.name,
                        .role = proposer.role,
                        .merchant = {},
                        .channel = Actor::Channel::key},
              .request = request,
              .body = body ? *std::move(body) : json::Value{json::Object{}},
              .path = arguments_of(use.path, proposal.path)};
    co_return co_await use.handler(parts, std::move(call));
}

}  // namespace

std::string canonical(const json::Value& body) {
    std::string out;
    json::Writer writer{out};
    write_value(writer, body);
    return out;
}

http::asio::awaitable<bool> needs_another(SharedParts parts, const UseCase& use,
                                          const Actor& actor) {
    if (use.agreement == Agreement::none || actor.channel == Actor::Channel::process) {
        co_return false;
    }
    co_return co_await parts->store.read([&use](store::Reader& reader) {
        const auto all = people::list(reader);
        return std::ranges::count_if(all, [&](const people::Person& person) {
                   return !person.merchant && people::may(person.role, use.permission);
               }) > 1;
    });
}

Answer propose(SharedParts parts, const UseCase& use, Call call) {
    const auto proposal = co_await parts->store.write(
        [use = use.name, path = call.request.path, body = canonical(call.body),
         who = call.actor.name, now = parts->clock.now()](store::Tx& tx) {
            auto made = approvals::propose(
                tx, {.use_case = std::string{use}, .path = path, .body = body, .by = who}, now);
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
    write(writer, *proposal);
    writer.end_object();
    co_return api::ok(std::move(out));
}

Answer agree_to_proposal(SharedParts parts, Call call) {
    const auto number = number_of(call.path.at(0)).value_or(0);
    struct Found {
        std::optional<approvals::Proposal> proposal;
        std::optional<people::Person> proposer;
    };
    const auto found = co_await parts->store.read([number](store::Reader& reader) {
        Found all{.proposal = approvals::find(reader, number), .proposer = {}};
        if (all.proposal) all.proposer = people::find(reader, all.proposal->proposed_by);
        return all;
    });
    const auto* use = found.proposal ? use_named(found.proposal->use_case) : nullptr;
    if (use == nullptr) co_return refuse(Refusal::refused, words(approvals::Agreed::unknown));
    if (!may_too(call.actor, *use)) co_return refuse(Refusal::not_permitted);
    if (!found.proposer || !people::may(found.proposer->role, use->permission)) {
        co_return refuse(Refusal::refused, "Whoever proposed it may not do it any more.");
    }
    const auto agreed =
        co_await parts->store.write([number, who = call.actor.name, seen = call.text("seen"),
                                     now = parts->clock.now()](store::Tx& tx) {
            const auto outcome = approvals::agree(tx, number, who, seen, now);
            if (outcome == approvals::Agreed::yes) {
                people::record(tx, now, who, "proposal agreed", std::to_string(number), "");
            }
            return outcome;
        });
    if (agreed != approvals::Agreed::yes) co_return refuse(Refusal::refused, words(agreed));
    auto response = co_await carry_out_agreed(parts, *use, *found.proposal, *found.proposer);
    const auto said = json::parse(response.body);
    const bool done = said && said->text_at("status") == "ok";
    const auto outcome = done ? std::string{"ok"} : said ? said->text_at("message") : std::string{};
    co_await parts->store.write(
        [number, done, outcome](store::Tx& tx) { approvals::end(tx, number, done, outcome); });
    co_return response;
}

Answer reject_proposal(SharedParts parts, Call call) {
    const auto number = number_of(call.path.at(0)).value_or(0);
    const auto proposal = co_await parts->store.read(
        [number](store::Reader& reader) { return approvals::find(reader, number); });
    const auto* use = proposal ? use_named(proposal->use_case) : nullptr;
    if (use == nullptr) co_return refuse(Refusal::refused, words(approvals::Agreed::unknown));
    if (!may_too(call.actor, *use)) co_return refuse(Refusal::not_permitted);
    const bool rejected = co_await parts->store.write(
        [number, who = call.actor.name, now = parts->clock.now()](store::Tx& tx) {
            if (!approvals::reject(tx, number, who, now)) return false;
            people::record(tx, now, who, "proposal rejected", std::to_string(number), "");
            return true;
        });
    if (!rejected) co_return refuse(Refusal::refused, words(approvals::Agreed::not_open));
    co_return api::ok(R"({"status":"ok"})");
}

}  // namespace lango::backoffice
