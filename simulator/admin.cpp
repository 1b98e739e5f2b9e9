// The simulator's own API: its routes, and what it was asked.
#include "base/json_writer.hpp"
#include "simulator/daraja.hpp"

namespace lango::simulator {

namespace {

std::string_view method_name(http::Method method) {
    switch (method) {
        case http::Method::get:
            return "GET";
        case http::Method::head:
            return "HEAD";
        case http::Method::post:
            return "POST";
        case http::Method::put:
            return "PUT";
        case http::Method::delete_:
            return "DELETE";
        case http::Method::options:
            return "OPTIONS";
        case http::Method::other:
            break;
    }
    return "OTHER";
}

}  // namespace

void Daraja::add_admin_routes() {
    using http::Method;
    using http::PathArguments;
    using http::Request;
    const auto answer = [this](Method method, std::string_view path, auto handler) {
        router_.add(method, path,
                    [handler](const Request& request, const PathArguments& arguments) -> Answer {
                        co_return handler(request, arguments);
                    });
    };
    answer(Method::get, "/simulator/settings",
           [this](const Request&, const PathArguments&) { return admin_show_settings(); });
    answer(Method::post, "/simulator/settings",
           [this](const Request& r, const PathArguments&) { return admin_settings(r); });
    answer(Method::get, "/simulator/scenarios",
           [](const Request&, const PathArguments&) { return admin_scenarios(); });
    answer(Method::post, "/simulator/scenarios",
           [this](const Request& r, const PathArguments&) { return admin_choose(r); });
    answer(Method::get, "/simulator/ledger",
           [this](const Request& r, const PathArguments&) { return admin_ledger(r); });
    answer(Method::get, "/simulator/payments",
           [this](const Request& r, const PathArguments&) { return admin_payments(r); });
    answer(Method::get, "/simulator/payouts",
           [this](const Request& r, const PathArguments&) { return admin_payouts(r); });
    answer(Method::get, "/simulator/reversals",
           [this](const Request& r, const PathArguments&) { return admin_reversals(r); });
    answer(Method::post, "/simulator/transfers",
           [this](const Request& r, const PathArguments&) { return admin_transfer(r); });
    answer(Method::get, "/simulator/certificate",
           [this](const Request&, const PathArguments&) { return admin_certificate(); });
    answer(
        Method::get, "/simulator/initiators/{shortcode}",
        [this](const Request&, const PathArguments& a) { return admin_initiator(a.at(0), false); });
    answer(
        Method::post, "/simulator/initiators/{shortcode}/unlock",
        [this](const Request&, const PathArguments& a) { return admin_initiator(a.at(0), true); });
    router_.add(Method::get, "/simulator/phones",
                [this](const Request& r, const PathArguments&) { return admin_phones(r); });
    answer(Method::get, "/simulator/phones/{phone}",
           [this](const Request&, const PathArguments& a) { return admin_phone(a.at(0)); });
    answer(Method::post, "/simulator/phones/{phone}/{act}",
           [this](const Request& r, const PathArguments& a) {
               return admin_act(a.at(0), a.at(1), r);
           });
    answer(Method::get, "/simulator/calls",
           [this](const Request&, const PathArguments&) { return admin_calls(); });
}

http::Response Daraja::admin_calls() const {
    http::Response response;
    json::Writer writer{response.body};
    writer.begin_object().key("calls").begin_array();
    for (const auto& call : calls_) {
        writer.begin_object()
            .member("at", to_micros(call.at))
            .member("method", method_name(call.method))
            .member("path", call.path)
            .key("body");
        // Bytes of a caller: JSON's texts take UTF-8 only.
        if (const auto parsed = json::parse(call.body))
            writer.raw(call.body);
        else
            writer.null();
        writer.end_object();
    }
    writer.end_array().end_object();
    return response;
}

}  // namespace lango::simulator
