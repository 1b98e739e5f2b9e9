#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "base/json_writer.hpp"
#include "cli/commands.hpp"
#include "process/terminal.hpp"

namespace lango::cli {

namespace {

std::string target(const std::string& number) {
    return "/admin/unreadable/" + http::percent_encode(number);
}

void print_line(const json::Value& message) {
    say << message.text_at("number") << "  " << message.text_at("last_at") << "  "
        << message.text_at("door") << ' ' << message.text_at("subject") << ": "
        << message.text_at("why") << " (" << message.text_at("length") << " bytes, "
        << message.text_at("times") << " times)\n";
}

const json::Array& rows_of(const json::Value& answer, std::string_view name) {
    static const json::Array none;
    const auto* rows = answer.find(name);
    return rows == nullptr || rows->array() == nullptr ? none : *rows->array();
}

int list(const Operator& shared, int limit) {
    const auto answer =
        shared.ask(http::Method::get, "/admin/unreadable?limit=" + std::to_string(limit));
    if (!answer) return 1;
    if (shared.json) return 0;
    for (const auto& message : rows_of(*answer, "messages")) print_line(message);
    for (const auto& hour : rows_of(*answer, "overfull")) {
        say << hour.text_at("door") << ' ' << hour.text_at("subject") << ", hour of "
            << hour.text_at("hour") << ": " << hour.text_at("times") << " came, "
            << hour.text_at("kept") << " bodies are kept\n";
    }
    say << answer->text_at("count") << " wait for a person\n";
    return 0;
}

int show(const Operator& shared, const std::string& number) {
    const auto answer = shared.ask(http::Method::get, target(number));
    if (!answer) return 1;
    if (shared.json) return 0;
    const auto* message = answer->find("message");
    if (message == nullptr) return 1;
    print_line(*message);
    say << message->text_at("body") << '\n';
    return 0;
}

int attended(const Operator& shared, const std::string& number) {
    std::string body;
    json::Writer{body}.begin_object().end_object();
    const auto answer = shared.ask(http::Method::post, target(number) + "/attended", body);
    if (!answer) return 1;
    if (!shared.json) say << number << ": waits for nobody any more\n";
    return 0;
}

}  // namespace

void add_unreadable(CLI::App& program, Run& run) {
    auto* group =
        program.add_subcommand("unreadable", "What M-PESA sent and the gateway cannot read");
    group->require_subcommand(1);
    const auto shared = std::make_shared<Operator>();
    const auto limit = std::make_shared<int>(100);
    const auto number = std::make_shared<std::string>();
    auto* all = group->add_subcommand("list", "What waits for a person, the oldest first");
    shared->add_flags(*all);
    all->add_option("--limit", *limit, "At most so many [100]")->check(CLI::Range(1, 1000));
    all->callback([=, &run] { run = [=] { return list(*shared, *limit); }; });
    auto* one = group->add_subcommand("show", "One of it, with its body; --json has every byte");
    shared->add_flags(*one);
    one->add_option("NUMBER", *number, "As the list tells it")->required();
    one->callback([=, &run] { run = [=] { return show(*shared, *number); }; });
    auto* done = group->add_subcommand("attended", "Take one that a person has read off the list");
    shared->add_flags(*done);
    done->add_option("NUMBER", *number, "As the list tells it")->required();
    done->callback([=, &run] { run = [=] { return attended(*shared, *number); }; });
}

}  // namespace lango::cli
