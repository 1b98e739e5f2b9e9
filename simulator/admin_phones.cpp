// GET /simulator/phones?phone=..&phone=..&after=VERSION: phones that somebody looks at, and which
// others ring. Held back until something has changed since that version.
#include "base/json_writer.hpp"
#include "base/msisdn.hpp"
#include "simulator/admin_answers.hpp"
#include "simulator/daraja.hpp"

namespace lango::simulator {

using namespace std::chrono_literals;

namespace {

constexpr std::size_t phones_max = 12;
constexpr std::size_t ringing_max = 20;
constexpr std::size_t looked_at_max = 1000;
constexpr Duration longest_wait = 25s;
constexpr Duration out_of_sight = 40s;  // longer than a wait and the way back

}  // namespace

Daraja::Answer Daraja::admin_phones(const http::Request& request) {
    const auto query = http::Query::parse(request.query);
    std::vector<std::string> phones;
    for (const auto phone : query.all("phone")) {
        if (!Msisdn::parse(phone)) co_return admin_refuse("a phone is 254 and nine digits");
        phones.emplace_back(phone);
    }
    if (phones.size() > phones_max) co_return admin_refuse("twelve phones at most");
    const std::string after{query.find("after").value_or("")};
    look_at(phones);
    const auto until = clock_.now() + longest_wait;
    if (after == std::to_string(agenda_.stirred())) co_await agenda_.watch(until);
    look_at(phones);
    co_return show_phones(phones);
}

http::Response Daraja::show_phones(const std::vector<std::string>& phones) const {
    http::Response response;
    json::Writer writer{response.body};
    writer.begin_object()
        .member("version", agenda_.stirred())
        .member("now", to_micros(clock_.now()))
        .key("phones")
        .begin_array();
    for (const auto& phone : phones) write_phone(writer, phone);
    writer.end_array().key("ringing").begin_array();
    std::size_t listed = 0;
    for (const auto& [phone, prompt] : open_by_phone_) {
        if (++listed > ringing_max) break;
        writer.string(phone);
    }
    writer.end_array().key("organisations").begin_array();
    for (const auto& shortcode : config_.shortcodes) {
        if (shortcode.b2c) continue;
        writer.begin_object()
            .member("number", shortcode.number)
            .member("name", shortcode.name)
            .end_object();
    }
    writer.end_array().end_object();
    return response;
}

void Daraja::look_at(const std::vector<std::string>& phones) {
    const auto now = clock_.now();
    if (looked_at_.size() > looked_at_max) {
        std::erase_if(looked_at_,
                      [&](const auto& entry) { return now - entry.second > out_of_sight; });
    }
    for (const auto& phone : phones) looked_at_[phone] = now;
}

bool Daraja::in_hand(const std::string& phone) const {
    const auto found = looked_at_.find(phone);
    return found != looked_at_.end() && clock_.now() - found->second <= out_of_sight;
}

}  // namespace lango::simulator
