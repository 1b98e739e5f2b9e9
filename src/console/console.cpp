#include "console/console.hpp"

#include <array>

#include "console/desk.hpp"
#include "console/door.hpp"
#include "console/guard.hpp"
#include "ops/logging.hpp"
#include "store/errors.hpp"

namespace lango::console {

namespace {

using http::Method;

constexpr std::size_t session_body_max = std::size_t{16} * 1024;

// How far whoever asks has come.
enum class Needs : std::int8_t { nothing, password, second_factor, in };

struct Endpoint {
    Method method;
    std::string_view path;
    Needs needs;
    Answer (*handler)(Desk& desk, Visit visit);
};

constexpr std::array endpoints{
    Endpoint{Method::get, "/session", Needs::nothing, show_session},
    Endpoint{Method::post, "/session", Needs::nothing, log_in},
    Endpoint{Method::post, "/session/code", Needs::second_factor, show_code},
    Endpoint{Method::post, "/session/end", Needs::nothing, log_out},
    Endpoint{Method::get, "/session/list", Needs::in, list_sessions},
    Endpoint{Method::post, "/session/list/end", Needs::in, end_session},
    Endpoint{Method::post, "/session/totp/begin", Needs::password, begin_phone},
    Endpoint{Method::post, "/session/totp", Needs::password, confirm_phone},
    Endpoint{Method::post, "/session/recovery", Needs::in, renew_recovery_codes},
    Endpoint{Method::post, "/session/invitation", Needs::nothing, accept_invitation},
    Endpoint{Method::post, "/session/password", Needs::in, change_password},
    Endpoint{Method::get, "/live", Needs::in, listen},
};

bool has_come(const Visit& visit, Needs needs) {
    using people::Stage;
    if (needs == Needs::nothing) return true;
    if (!visit.session || !visit.person) return false;
    const auto stage = visit.session->stage;
    if (needs == Needs::second_factor) return stage == Stage::second_factor;
    // Who has a second factor changes it with that, not with the password alone.
    return stage == Stage::in || (needs == Needs::password && stage == Stage::enroll);
}

bool is_below(std::string_view path, std::string_view root) {
    return path.starts_with(root) && (path.size() == root.size() || path[root.size()] == '/');
}

http::Response text_answer(int status, std::string text) {
    return {.status = status, .content_type = "text/plain; charset=utf-8", .body = std::move(text)};
}

// The application routes itself: what is no file of its own is its page.
http::Response file(const Options& options, const http::Request& request) {
    const auto name = std::string_view{request.path}.substr(1);
    const auto* found = http::find_asset(options.files, name);
    if (found == nullptr && !name.starts_with("assets/")) {
        found = http::find_asset(options.files, "index.html");
    }
    return found == nullptr ? text_answer(404, "Not found\n")
                            : http::asset_response(*found, request);
}

Answer at_endpoint(Desk& desk, const http::Request& request, const Endpoint& endpoint) {
    auto visit = co_await visit_of(desk, request);
    if (!has_come(visit, endpoint.needs)) {
        co_return refuse(visit.session || endpoint.needs == Needs::nothing ? Refusal::not_permitted
                                                                           : Refusal::nobody);
    }
    if (request.body.size() > session_body_max) co_return refuse(Refusal::not_an_object);
    if (!request.body.empty()) {
        auto body = json::parse(request.body);
        if (!body || body->object() == nullptr) co_return refuse(Refusal::not_an_object);
        visit.body = *std::move(body);
    }
    co_return co_await endpoint.handler(desk, std::move(visit));
}

Answer data(Desk& desk, const http::Request& request) {
    if (is_asked_elsewhere(request)) co_return refuse(Refusal::foreign_page);
    if (request.method != Method::get) {
        if (auto refused = why_not_ours(request, desk.master(), desk.options.public_url)) {
            co_return *std::move(refused);
        }
    }
    if (is_below(request.path, "/admin")) co_return co_await desk.use_cases.handle(request);
    bool is_known = false;
    for (const auto& endpoint : endpoints) {
        if (endpoint.path != request.path) continue;
        if (endpoint.method == request.method) {
            co_return co_await at_endpoint(desk, request, endpoint);
        }
        is_known = true;
    }
    auto refused = refuse(Refusal::refused, is_known ? "Method not allowed" : "Not found");
    refused.status = is_known ? 405 : 404;
    co_return refused;
}

Answer route(Desk& desk, const http::Request& request) {
    const auto authority = authority_of(desk.options.public_url);
    if (!is_for(request, authority)) {
        co_return text_answer(421, "This console answers at " + desk.options.public_url + "\n");
    }
    const std::string_view path = request.path;
    const bool is_data =
        is_below(path, "/admin") || is_below(path, "/session") || is_below(path, "/live");
    if (is_data) co_return co_await data(desk, request);
    if (request.method != Method::get && request.method != Method::head) {
        co_return text_answer(405, "Method not allowed\n");
    }
    co_return file(desk.options, request);
}

http::Response unavailable() {
    auto refused = refuse(Refusal::not_running, "The gateway cannot read or write just now.");
    refused.status = 503;
    refused.headers.emplace_back("Retry-After", "5");
    return refused;
}

}  // namespace

struct Console::Impl {
    Impl(Parts parts, Options options)
        : desk{.parts = parts,
               .options = std::move(options),
               .live = {parts.backoffice->store, parts.backoffice->clock, parts.executor},
               .use_cases = {}} {}

    Desk desk;
};

Console::Console(Parts parts, Options options)
    : impl_(std::make_shared<Impl>(std::move(parts), std::move(options))) {
    auto& desk = impl_->desk;
    desk.use_cases =
        backoffice::routes_of(desk.parts.backoffice, std::make_shared<const BrowserDoor>(desk));
}

Console::~Console() { stop_waiting(); }

asio::awaitable<http::Response> Console::answer(const http::Request& request) {
    const auto impl = impl_;
    http::Response response;
    std::string trouble;
    try {
        response = co_await route(impl->desk, request);
    } catch (const store::Unavailable& why) {
        trouble = why.what();
    } catch (const store::Broken& why) {
        trouble = why.what();
    }
    if (!trouble.empty()) {
        log::error("console", "the store cannot be used",
                   {{"request_id", request.request_id}, {"reason", trouble}});
        response = unavailable();
    }
    add_security_headers(response);
    co_return response;
}

void Console::stop_waiting() { impl_->desk.live.close(); }

}  // namespace lango::console
