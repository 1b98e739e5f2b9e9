#pragma once
#include "http/message.hpp"

namespace lango::api {

// GET /storage/payment_system/logos/mpesa.png: what payment_systems links to
[[nodiscard]] http::Response payment_system_logo();

}  // namespace lango::api
