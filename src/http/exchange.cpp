#include "http/exchange.hpp"

#include "http/connection.hpp"

namespace lango::http {

void Exchange::sweep(Steady now) {
    if (now < std::min(deadline_, step_deadline_)) return;
    expired_ = now >= deadline_;
    // What it waits for ends with an error; the coroutine looks at expired() then.
    if (event_ != nullptr) event_->happen();
    if (connection_ != nullptr) connection_->close();
}

}  // namespace lango::http
