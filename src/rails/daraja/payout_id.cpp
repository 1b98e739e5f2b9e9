#include "rails/daraja/payout_id.hpp"

namespace lango::rails::daraja {

std::string ResultAddress::path(const crypto::MasterKey& master) const {
    return "/rail/" + std::string{about} + "/" + subject + "/" + master.token(about, subject);
}

}  // namespace lango::rails::daraja
