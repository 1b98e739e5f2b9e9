// lango-bench: what bench/run.py measures with.
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <iostream>

#include "base/json_writer.hpp"
#include "bench/load.hpp"
#include "bench/prefill.hpp"
#include "bench/sink.hpp"

namespace {

using namespace lango;
using namespace lango::bench;
using Micros = std::chrono::duration<double, std::micro>;

struct LoadCommand {
    LoadOptions load;
    std::vector<std::string> secrets;
    bool hot = false;
    Keys keys;
    std::string prefix;
    std::uint16_t sink_port = 0;
    double drain_seconds = 0;
    bool postbacks = false;
};

// Whole units: figures for people, no money.
void put_quantiles(json::Writer& out, std::string_view name, std::vector<double> values) {
    std::ranges::sort(values);
    const auto at = [&values](double share) {
        if (values.empty()) return std::int64_t{0};
        const auto index = static_cast<std::size_t>(share * static_cast<double>(values.size() - 1));
        return static_cast<std::int64_t>(values[index]);
    };
    out.key(name)
        .begin_object()
        .member("p50", at(0.5))
        .member("p99", at(0.99))
        .member("max", at(1))
        .end_object();
}

int run_load(LoadCommand command) {
    EventLoop loop;
    const bool pays_out = !command.keys.access_key.empty();
    const auto marker = pays_out ? R"("withdrawal_id":")" : R"("plugin_custom_order_id":")";
    const auto count = command.load.count;
    Sink sink{loop, command.sink_port, marker + command.prefix, command.load.first, count};
    command.load.requests = pays_out
                                ? bench::withdrawals(command.keys, command.prefix)
                                : bench::payments(command.secrets, command.hot, command.prefix);
    Load load{loop, std::move(command.load)};
    const auto until = [&](auto done, Steady::time_point deadline) {
        while (!done() && Steady::now() < deadline) {
            load.pump();
            loop.step(std::min(load.next_due(), Steady::now() + std::chrono::milliseconds{100}));
        }
    };
    until([&] { return load.answered(); }, Steady::time_point::max());
    const auto drained_by =
        Steady::now() + std::chrono::duration_cast<Steady::duration>(
                            std::chrono::duration<double>{command.drain_seconds});
    if (command.postbacks)
        until([&] { return sink.distinct() + load.refused() >= count; }, drained_by);

    std::vector<double> whole;
    auto last = load.began();
    for (std::size_t i = 0; i < count; ++i) {
        if (sink.arrivals()[i] == Steady::time_point{}) continue;
        last = std::max(last, sink.arrivals()[i]);
        whole.push_back(Micros{sink.arrivals()[i] - load.starts()[i]}.count());
    }
    std::string text;
    json::Writer out{text};
    out.begin_object()
        .member("sent", static_cast<std::int64_t>(count))
        .member("refused", static_cast<std::int64_t>(load.refused()))
        .member("first_refusal", load.first_refusal())
        .member("create_us", static_cast<std::int64_t>(Micros{load.ended() - load.began()}.count()))
        .member("postbacks", static_cast<std::int64_t>(sink.distinct()))
        .member("repeated", static_cast<std::int64_t>(sink.repeated()))
        .member("finish_us", static_cast<std::int64_t>(Micros{last - load.began()}.count()));
    put_quantiles(out, "answer_us", std::move(load.latencies()));
    put_quantiles(out, "postback_us", std::move(whole));
    out.end_object();
    std::cout << text << std::endl;
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App program{"Creates load for a gateway and takes its postbacks; bench/run.py drives it."};
    program.require_subcommand(1);

    LoadCommand command;
    auto* load =
        program.add_subcommand("load", "Create payments or withdrawals and print figures as JSON");
    load->add_option("--port", command.load.port, "The gateway's port")->required();
    auto* secrets = load->add_option("--secret", command.secrets,
                                     "Payments for this merchant; may be repeated");
    load->add_flag("--hot", command.hot, "Nine of ten payments for the first merchant");
    auto* access_key =
        load->add_option("--access-key", command.keys.access_key, "Withdrawals of this merchant")
            ->excludes(secrets);
    auto* private_key =
        load->add_option("--private-key", command.keys.private_key, "What those are signed with")
            ->needs(access_key);
    access_key->needs(private_key);
    load->add_option("--connections", command.load.connections, "How many at once")
        ->capture_default_str();
    load->add_option("--rate", command.load.rate, "Requests a second; 0: as fast as answers come")
        ->capture_default_str();
    load->add_option("--count", command.load.count, "How many requests")->required();
    load->add_option("--first", command.load.first, "Number of the first order")
        ->capture_default_str();
    load->add_option("--prefix", command.prefix, "What orders are named")->required();
    load->add_option("--sink-port", command.sink_port, "Where postbacks come; 0: a free one");
    load->add_option("--drain", command.drain_seconds,
                     "Seconds to wait for postbacks after the last answer");
    load->callback([&command] {
        if (command.secrets.empty() && command.keys.access_key.empty()) {
            throw CLI::RequiredError{"--secret or --access-key"};
        }
        command.postbacks = command.drain_seconds > 0;
    });

    std::string directory;
    std::size_t count = 0;
    auto* fill = program.add_subcommand("prefill", "Give a stopped gateway's database a past");
    fill->add_option("--data", directory, "The gateway's data directory")->required();
    fill->add_option("--count", count, "How many finished payments")->required();

    CLI11_PARSE(program, argc, argv);
    try {
        if (fill->parsed()) {
            prefill(directory, count);
            return 0;
        }
        return run_load(std::move(command));
    } catch (const std::exception& broken) {
        std::cerr << "lango-bench: " << broken.what() << '\n';
        return 1;
    }
}
