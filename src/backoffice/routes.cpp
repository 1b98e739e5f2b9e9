#include "backoffice/routes.hpp"

#include "backoffice/use_case.hpp"

namespace lango::backoffice {

http::Router routes_of(std::shared_ptr<const AdminParts> parts, std::shared_ptr<const Door> door) {
    http::Router router;
    for (const auto& use : use_cases()) {
        router.add(
            use.method, use.path,
            [parts, door, &use](const http::Request& request, const http::PathArguments& path) {
                return carry_out(parts, *door, use, request, path);
            });
    }
    return router;
}

http::Router admin_routes(AdminParts parts) {
    return routes_of(std::make_shared<const AdminParts>(std::move(parts)), local_socket());
}

}  // namespace lango::backoffice
