// How the admin API says yes and no.
#pragma once
#include <string_view>

#include "base/json_writer.hpp"
#include "http/message.hpp"

namespace lango::simulator {

[[nodiscard]] inline http::Response admin_ok() {
    http::Response response;
    response.body = R"({"status":"ok"})";
    return response;
}

[[nodiscard]] inline http::Response admin_refuse(std::string_view why) {
    http::Response response;
    response.status = 400;
    json::Writer{response.body}.begin_object().member("error", why).end_object();
    return response;
}

}  // namespace lango::simulator
