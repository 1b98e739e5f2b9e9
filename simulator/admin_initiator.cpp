// The certificate for SecurityCredential, and the lock that wrong ones close.
#include "base/json_writer.hpp"
#include "simulator/admin_answers.hpp"
#include "simulator/daraja.hpp"

namespace lango::simulator {

http::Response Daraja::admin_certificate() {
    http::Response response;
    response.content_type = "application/x-pem-file";
    response.body = initiators_.key().certificate();
    return response;
}

http::Response Daraja::admin_initiator(const std::string& number, bool unlock) {
    const auto* const shortcode = core_.shortcode(number);
    if (shortcode == nullptr) return admin_refuse("there is no such shortcode");
    if (unlock) initiators_.unlock(shortcode->number);
    http::Response response;
    json::Writer{response.body}
        .begin_object()
        .member("shortcode", shortcode->number)
        .member("initiator", shortcode->initiator)
        .key("locked")
        .boolean(initiators_.locked(shortcode->number))
        .end_object();
    return response;
}

}  // namespace lango::simulator
