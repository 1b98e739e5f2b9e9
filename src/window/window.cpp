#include "window/window.hpp"
#include "base/result.hpp"
#include "ops/logging.hpp"
#include "window/copied_link.hpp"
#include "window/desk.hpp"
#include "window/kept_counts.hpp"

namespace lango::window {

using http::Method;
using http::Request;
using http::Response;

namespace {

constexpr std::string_view plugin_host = "plugin.";
constexpr std::string_view plugin_path = "/plugin";

// A path taken apart behind the merchant's base: "o", "TOKEN", "events".
struct Place {
    std::string base;
    std::string slug;   // "": the host names the merchant, or nobody does
    std::string rest;   // begins with '/', or is ""
    bool ours = false;  // the window answers, whatever it is
};

Place place_of(const Request& request) {
    const std::string_view path = request.path;
    if (path.starts_with(plugin_path) &&
        (path.size() == plugin_path.size() || path[plugin_path.size()] == '/')) {
        auto rest = path.substr(std::min(path.size(), plugin_path.size() + 1));
        const auto slug = rest.substr(0, rest.find('/'));
        rest.remove_prefix(slug.size());
        return {.base = std::string{plugin_path} + "/" + std::string{slug},
                .slug = std::string{slug},
                .rest = std::string{rest},
                .ours = true};
    }
    return {.base = {}, .slug = {}, .rest = request.path};
}

bool is_get(const Request& request) {
    return request.method == Method::get || request.method == Method::head;
}

// Paths that the window has on a host of its own.
bool is_page(std::string_view rest) {
    return rest == "/" || rest == "/resume" || rest.starts_with("/o/") ||
           rest.starts_with("/logo/");
}

// "pay.example.com" of "https://pay.example.com:8443".
std::string host_of(std::string_view url) {
    if (const auto scheme = url.find("://"); scheme != url.npos) url.remove_prefix(scheme + 3);
    return std::string{url.substr(0, url.find_first_of(":/"))};
}

Visit visit_of(const Desk& desk, const Request& request, const Place& place) {
    Visit visit{.request = request,
                .merchant = nullptr,
                .host = host_of(desk.context.public_url),
                .base = place.base,
                .query = http::Query::parse(as_meant(request.query))};
    // A payer may choose another language than the link's, which may be signed.
    visit.language =
        choose_language(visit.query.find(shown_in).value_or(visit.query.find("lang").value_or("")),
                        request.headers.find("Accept-Language").value_or(""));
    visit.tls = desk.context.public_url.starts_with("https:");
    const auto& merchants = desk.context.merchants;
    if (place.ours) {
        visit.merchant = merchants.by_slug(place.slug);
    } else {
        visit.merchant =
            merchants.by_domain(std::string_view{request.host}.substr(plugin_host.size()));
        // A name that is nobody's is anybody's word.
        if (visit.merchant) visit.host = request.host;
        if (!visit.merchant) visit.merchant = merchants.only();
    }
    return visit;
}

asio::awaitable<Response> answer(Response response) { co_return response; }

Response method_not_allowed() {
    Response response;
    response.status = 405;
    response.body = R"({"status":"fail","message":"Method not allowed"})";
    return response;
}

asio::awaitable<Response> order_page(Desk& desk, Visit visit, std::string_view rest) {
    const auto token = std::string{rest.substr(0, rest.find('/'))};
    rest.remove_prefix(token.size());
    if (rest.empty()) {
        if (is_get(visit.request)) return show(desk, std::move(visit), token);
        if (visit.request.method == Method::post) return try_again(desk, std::move(visit), token);
        return answer(method_not_allowed());
    }
    if (!is_get(visit.request)) return answer(method_not_allowed());
    if (rest == "/events") return events(desk, std::move(visit), token);
    if (rest == "/wait") return wait(desk, std::move(visit), token);
    return answer(no_such_order(visit));
}

asio::awaitable<Response> page(Desk& desk, Visit visit, std::string_view rest) {
    if (rest.starts_with("/o/")) return order_page(desk, std::move(visit), rest.substr(3));
    if (rest == "/" && visit.request.method == Method::post) return pay(desk, std::move(visit));
    if (!is_get(visit.request)) return answer(method_not_allowed());
    if (rest == "/") return open(desk, std::move(visit));
    if (rest == "/resume") return resume_by_code(desk, std::move(visit));
    if (rest.starts_with("/logo/") && !visit.merchant->window.logo.empty()) {
        return answer(logo(visit));
    }
    return answer(no_such_order(visit));
}

std::string with_query(std::string path, const Request& request) {
    return request.query.empty() ? path : path + "?" + request.query;
}

}  // namespace

struct Window::Impl {
    Impl(Context context, const Options& options, asio::any_io_executor executor)
        : desk{.context = context,
               .options = options,
               .limits = Limits{options.requests_per_address_minute},
               .room = {
                   context.store,
                   context.clock,
                   std::move(executor),
                   {.in_all = options.waiting_max, .per_address = options.waiting_per_address}}} {}

    Desk desk;
    bool is_kept = false;  // counts may be in the store

    static asio::awaitable<Response> serve(std::shared_ptr<Impl> self, const Request& request,
                                           const http::Service& others);
    static asio::awaitable<Response> guarded(Desk& desk, Visit visit, std::string rest);
};

// Nothing that a store in trouble throws reaches a payer as anything but a page that asks again.
asio::awaitable<Response> Window::Impl::guarded(Desk& desk, Visit visit, std::string rest) {
    std::string trouble;
    try {
        co_return co_await page(desk, visit, rest);
    } catch (const store::Unavailable& unavailable) {
        trouble = unavailable.what();
    } catch (const store::Broken& broken) {
        trouble = broken.what();
    }
    log::error("window", "the store cannot be used",
               {{"request_id", visit.request.request_id}, {"reason", trouble}});
    auto again = dead_end(visit, 503, Key::unavailable_title, Key::unavailable_text);
    if (is_get(visit.request)) again.refresh = 5;
    again.headers.emplace_back("Retry-After", "5");
    co_return draw(visit, std::move(again));
}

asio::awaitable<Response> Window::Impl::serve(std::shared_ptr<Impl> self, const Request& request,
                                              const http::Service& others) {
    if (auto found = file(request)) co_return *std::move(found);
    const auto place = place_of(request);
    const bool own_host = request.host.starts_with(plugin_host);
    auto& desk = self->desk;
    const auto only = desk.context.merchants.only();
    // The installation's one merchant, named by nothing.
    const bool unnamed = place.ours ? place.slug.empty()
                                    : !own_host && request.path == "/" && !request.query.empty();
    if (unnamed && only && is_get(request)) {
        co_return go_to(with_query(std::string{plugin_path} + "/" + only->slug + "/", request));
    }
    if (!place.ours && !(own_host && is_page(place.rest))) co_return co_await others(request);
    auto visit = visit_of(desk, request, place);
    if (!visit.merchant) {
        co_return draw(visit, dead_end(visit, 404, Key::no_merchant_title, Key::no_merchant_text));
    }
    if (place.rest.empty()) co_return go_to(with_query(place.base + "/", request));
    co_return co_await guarded(desk, std::move(visit), place.rest);
}

Window::Window(Context context, Options options, asio::any_io_executor executor)
    : impl_(std::make_shared<Impl>(std::move(context), options, std::move(executor))) {}

Window::~Window() = default;

http::Service Window::before(http::Service others) {
    return [impl = impl_, others = std::move(others)](const Request& request) {
        return Impl::serve(impl, request, others);
    };
}

asio::awaitable<void> Window::recall_counts() {
    const auto self = impl_;
    auto& context = self->desk.context;
    const auto now = context.clock.now();
    const auto kept = std::make_shared<const KeptCounts>(co_await context.store.read(
        [now](store::Reader& reader) { return KeptCounts{reader, now}; }));
    self->is_kept = true;
    self->desk.limits.go_on_from(
        [kept, &master = context.master](Limit limit, const std::string& key) {
            return kept->find(master, limit, key);
        },
        now);
}

asio::awaitable<void> Window::keep_counts() {
    const auto self = impl_;
    auto& context = self->desk.context;
    const auto now = context.clock.now();
    const auto counted = self->desk.limits.counted(now);
    if (counted.empty() && !self->is_kept) co_return;
    const auto left =
        co_await context.store.write([&master = context.master, counted, now](store::Tx& tx) {
            return window::keep_counts(tx, master, counted, now);
        });
    self->is_kept = left > 0;
}

void Window::stop_waiting() { impl_->desk.room.close(); }

std::size_t Window::waiting() const { return impl_->desk.room.seated(); }

}  // namespace lango::window
