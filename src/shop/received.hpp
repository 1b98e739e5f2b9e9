#pragma once
#include <string>

#include "base/time.hpp"
#include "shop/proofs.hpp"

namespace lango::shop {

struct Received {
    Instant at;
    std::string custom_transaction_id;
    std::string receipt;
    std::string amount;
    std::string body;
    BodyProof page;
    HeaderProof headers;
    [[nodiscard]] bool signature_verified() const { return page.holds && headers.holds; }
};

}  // namespace lango::shop
