// A refund as operators see it.
#pragma once
#include "base/json_writer.hpp"
#include "refunds/refund.hpp"

namespace lango::backoffice {

// The members of an object that is open.
void write_refund(json::Writer& writer, const refunds::Refund& refund);

}  // namespace lango::backoffice
