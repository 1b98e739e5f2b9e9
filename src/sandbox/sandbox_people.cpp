#include "sandbox/sandbox_people.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "base/json.hpp"
#include "people/totp.hpp"
#include "process/files.hpp"

namespace lango::sandbox {

namespace {

namespace asio = boost::asio;
namespace totp = people::totp;

constexpr std::array<std::string_view, 2> names{"amina", "brian"};

std::vector<SandboxPerson> read(const std::string& text) {
    const auto tree = json::parse(text);
    const auto* const all = tree ? tree->find("people") : nullptr;
    std::vector<SandboxPerson> found;
    if (all == nullptr || all->array() == nullptr) return found;
    for (const auto& one : *all->array()) {
        found.push_back({.name = one.text_at("name"),
                         .password = one.text_at("password"),
                         .totp_secret = one.text_at("totp_secret"),
                         .key = one.text_at("key")});
    }
    return found;
}

bool is_complete(const std::vector<SandboxPerson>& people) {
    return std::ranges::equal(people, names, {}, &SandboxPerson::name) &&
           std::ranges::none_of(people, [](const SandboxPerson& person) {
               return person.password.empty() || person.totp_secret.empty() || person.key.empty();
           });
}

bool is_listed(const json::Value& list, std::string_view name) {
    const auto* const all = list.find("people");
    return all != nullptr && all->array() != nullptr &&
           std::ranges::any_of(*all->array(), [&](const json::Value& person) {
               return person.text_at("name") == name;
           });
}

json::Value tree_of(const std::string& text) {
    auto tree = json::parse(text);
    if (!tree) throw std::runtime_error{"the sandbox's people: no JSON: " + text};
    return *std::move(tree);
}

std::string object(std::initializer_list<std::pair<std::string_view, std::string_view>> members) {
    std::string body;
    json::Writer writer{body};
    writer.begin_object();
    for (const auto& [name, value] : members) writer.member(name, value);
    writer.end_object();
    return body;
}

// A page of the console, as far as the way in goes.
struct Page {
    const SandboxDoors& doors;
    std::string cookie;
    std::string csrf;
};

asio::awaitable<json::Value> send(Page& page, http::Method method, std::string path,
                                  std::string body) {
    http::Request request;
    request.method = method;
    request.path = std::move(path);
    request.body = std::move(body);
    request.peer = "127.0.0.1";
    request.headers.add("Host", page.doors.url.substr(page.doors.url.find("://") + 3));
    request.headers.add("Origin", page.doors.url);
    request.headers.add("Cookie", page.cookie);
    request.headers.add("Lango-Csrf", page.csrf);
    request.headers.add("Content-Type", "application/json");
    request.headers.add("User-Agent", "lango sandbox");
    const auto response = co_await page.doors.console(request);
    for (const auto& [name, value] : response.headers) {
        if (http::same_name(name, "Set-Cookie") && value.starts_with("__Host-lango=")) {
            page.cookie = value.substr(0, value.find(';'));
        }
    }
    auto tree = tree_of(response.body);
    if (tree.text_at("status") != "ok") {
        throw std::runtime_error{"the sandbox's people: " + tree.text_at("message")};
    }
    if (const auto csrf = tree.text_at("csrf"); !csrf.empty()) page.csrf = csrf;
    co_return tree;
}

asio::awaitable<bool> goes(Page& page, std::string path, std::string body) {
    try {
        static_cast<void>(
            co_await send(page, http::Method::post, std::move(path), std::move(body)));
        co_return true;
    } catch (const std::runtime_error&) {
        co_return false;
    }
}

asio::awaitable<SandboxPerson> make(const SandboxDoors& doors, bool is_there, std::string name,
                                    Clock& clock, Random& random) {
    SandboxPerson person{.name = name,
                         .password = random.alphanumeric(4) + "-" + random.alphanumeric(4) + "-" +
                                     random.alphanumeric(4) + "-" + random.alphanumeric(4),
                         .totp_secret = {},
                         .key = {}};
    if (is_there) {
        co_await doors.admin(http::Method::post, "/admin/users/" + name + "/remove", "{}");
    }
    const auto added = tree_of(co_await doors.admin(
        http::Method::post, "/admin/users", object({{"name", name}, {"role", "administrator"}})));
    const auto own =
        tree_of(co_await doors.admin(http::Method::post, "/admin/own-key",
                                     object({{"as", name}, {"key", added.text_at("key")}})));
    person.key = own.text_at("key");
    const auto invited =
        tree_of(co_await doors.admin(http::Method::post, "/admin/users/" + name + "/invite", "{}"));
    const auto url = invited.text_at("url");

    Page page{.doors = doors, .cookie = {}, .csrf = {}};
    co_await send(page, http::Method::get, "/session", "");
    co_await send(
        page, http::Method::post, "/session/invitation",
        object({{"token", url.substr(url.rfind('/') + 1)}, {"password", person.password}}));
    const auto begun = co_await send(page, http::Method::post, "/session/totp/begin", "{}");
    person.totp_secret = begun.text_at("secret");
    // Of the step before: the code that a phone shows now is still good. The step may end just now.
    bool is_shown = false;
    for (int tries = 0; tries < 2 && !is_shown; ++tries) {
        const auto code = person.code_at(clock.now() - totp::step_lasts);
        is_shown = co_await goes(page, "/session/totp", object({{"code", code}}));
    }
    if (!is_shown) throw std::runtime_error{"the sandbox's people: their phones' codes are wrong"};
    co_await send(page, http::Method::post, "/session/end", "{}");
    co_return person;
}

}  // namespace

std::string SandboxPerson::code_at(Instant now) const {
    return totp::code_at(totp::from_base32(totp_secret), totp::step_at(now));
}

void write_login(json::Writer& writer, const SandboxPerson& person) {
    writer.begin_object()
        .member("name", person.name)
        .member("password", person.password)
        .member("totp_secret", person.totp_secret)
        .member("key", person.key)
        .end_object();
}

asio::awaitable<std::vector<SandboxPerson>> sandbox_people(SandboxDoors doors,
                                                           std::filesystem::path folder,
                                                           Clock& clock, Random& random) {
    const auto file = folder / "people.json";
    const auto list = tree_of(co_await doors.admin(http::Method::get, "/admin/users", ""));
    auto kept = read(process::read_file(file).value_or(""));
    const bool are_there =
        std::ranges::all_of(names, [&](std::string_view name) { return is_listed(list, name); });
    if (is_complete(kept) && are_there) co_return kept;
    std::vector<SandboxPerson> made;
    // Who is not there first: whoever is removed is not the last administrator then.
    for (const bool is_there : {false, true}) {
        for (const auto name : names) {
            if (is_listed(list, name) != is_there) continue;
            made.push_back(co_await make(doors, is_there, std::string{name}, clock, random));
        }
    }
    std::ranges::sort(made, {}, &SandboxPerson::name);
    std::string text;
    json::Writer writer{text};
    writer.begin_object().key("people").begin_array();
    for (const auto& person : made) write_login(writer, person);
    writer.end_array().end_object();
    process::write_file(file, text);
    for (const auto& person : made) {
        process::write_file(folder / (person.name + ".key"), person.key + "\n");
    }
    co_return made;
}

}  // namespace lango::sandbox
