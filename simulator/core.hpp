// What every part of the simulated Daraja stands on.
#pragma once
#include <initializer_list>
#include <string_view>

#include "base/clock.hpp"
#include "base/json.hpp"
#include "base/random.hpp"
#include "http/message.hpp"
#include "simulator/agenda.hpp"
#include "simulator/config.hpp"
#include "simulator/ids.hpp"
#include "simulator/ledger.hpp"

namespace lango::simulator {

struct Core {
    const Config& config;
    Clock& clock;
    Random& random;
    Agenda& agenda;
    Ids& ids;
    Ledger& ledger;

    // The JSON error envelope of daraja.md 1.1.
    [[nodiscard]] http::Response error(int status, std::string_view code,
                                       std::string_view message) const;
    // 400.002.02: this field is wrong.
    [[nodiscard]] http::Response invalid(std::string_view field) const;
    // The first of these members whose address Config::strict_urls refuses; "": none.
    [[nodiscard]] std::string_view forbidden_url(
        const json::Value& body, std::initializer_list<std::string_view> members) const;
    // Null: no such shortcode here.
    [[nodiscard]] const Shortcode* shortcode(std::string_view number) const;
    [[nodiscard]] const Shortcode* shortcode_of_initiator(std::string_view name) const;
    void journal(const std::string& line) const {
        if (config.journal) config.journal(line);
    }
};

}  // namespace lango::simulator
