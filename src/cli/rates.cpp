#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "cli/commands.hpp"
#include "process/fetch.hpp"
#include "process/files.hpp"
#include "process/terminal.hpp"

namespace lango::cli {

namespace {

int import(const Operator& shared, const std::string& source) {
    const bool url = source.starts_with("http://") || source.starts_with("https://");
    const auto text = url ? std::optional{process::fetch(source)} : process::read_file(source);
    if (!text) throw std::runtime_error{"there is no file " + source};
    const auto answer = shared.ask(http::Method::post,
                                   "/admin/rates?source=" + http::percent_encode(source), *text);
    if (!answer) return 1;
    if (!shared.json) {
        say << answer->text_at("rates_known") << " rates were imported from " << source
            << " as table " << answer->text_at("table") << '\n';
    }
    return 0;
}

int show(const Operator& shared) {
    const auto answer = shared.ask(http::Method::get, "/admin/rates");
    if (!answer) return 1;
    const auto* rates = answer->find("per_usd");
    if (shared.json || rates == nullptr || rates->object() == nullptr) return 0;
    say << "Table " << answer->text_at("table") << ", " << answer->text_at("source") << "\nas of "
        << answer->text_at("as_of") << ", imported " << answer->text_at("imported_at")
        << "\nOne US dollar is:\n";
    for (const auto& [code, rate] : *rates->object()) {
        const auto* text = rate.scalar_text();
        if (text != nullptr && *text != "0") say << "  " << code << "  " << *text << '\n';
    }
    return 0;
}

}  // namespace

void add_rates(CLI::App& program, Run& run) {
    auto* group =
        program.add_subcommand("rates", "Exchange rates that postbacks are converted with");
    group->require_subcommand(1);
    const auto shared = std::make_shared<Operator>();
    const auto source = std::make_shared<std::string>();
    auto* imported = group->add_subcommand("import", "Take a table of rates");
    shared->add_flags(*imported);
    imported
        ->add_option("SOURCE", *source,
                     "A file or URL with a rate service's JSON: {\"base\":\"USD\",\"rates\":{..}}")
        ->required();
    imported->callback([=, &run] { run = [=] { return import(*shared, *source); }; });
    auto* shown = group->add_subcommand("show", "The table in use");
    shared->add_flags(*shown);
    shown->callback([=, &run] { run = [=] { return show(*shared); }; });
}

}  // namespace lango::cli
