#include "backoffice/routes.hpp"

#include "backoffice/use_case.hpp"

namespace lango::backoffice {

http::Router admin_routes(AdminParts given) {
    const auto parts = std::make_shared<const AdminParts>(std::move(given));
    http::Router router;
    for (const auto& use : use_cases()) {
        router.add(use.method, use.path,
                   [parts, &use](const http::Request& request, const http::PathArguments& path) {
                       return carry_out(parts, use, request, path);
                   });
    }
    return router;
}

}  // namespace lango::backoffice
