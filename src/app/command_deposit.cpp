#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <iostream>

#include "app/commands.hpp"
#include "base/json_writer.hpp"

namespace lango::app {

namespace {

int settle(const Operator& shared, const std::string& order, const std::string& receipt) {
    std::string body;
    json::Writer{body}.begin_object().member("receipt", receipt).end_object();
    const auto answer = shared.ask(
        http::Method::post, "/admin/deposits/" + http::percent_encode(order) + "/settle", body);
    if (!answer) return 1;
    const auto outcome = answer->text_at("outcome");
    const bool booked = outcome == "paid" || outcome == "paid_late";
    if (!shared.json) {
        std::cout << order << ": " << outcome
                  << (booked ? ", booked and posted back\n" : ", nothing was booked\n");
    }
    return booked ? 0 : 1;
}

}  // namespace

void add_deposit(CLI::App& program, Run& run) {
    auto* group = program.add_subcommand("deposit", "Single deposits");
    group->require_subcommand(1);
    const auto shared = std::make_shared<Operator>();
    const auto order = std::make_shared<std::string>();
    const auto receipt = std::make_shared<std::string>();
    auto* command = group->add_subcommand(
        "settle", "Book a deposit whose money a person has seen in M-PESA's own records");
    shared->add_flags(*command);
    command->add_option("ORDER", *order, "The order_id, 16 hex digits")->required();
    command->add_option("--receipt", *receipt, "M-PESA's receipt, such as NLJ7RT61SV")->required();
    command->callback([=, &run] { run = [=] { return settle(*shared, *order, *receipt); }; });
}

}  // namespace lango::app
