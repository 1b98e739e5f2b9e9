#include "http/pool.hpp"

#include <utility>

namespace lango::http {

Lease::Lease(std::shared_ptr<Origin> origin, std::unique_ptr<Connection> connection)
    : origin_(std::move(origin)), connection_(std::move(connection)) {}

Lease::~Lease() {
    if (!origin_) return;  // moved from
    if (!reuse_) connection_.reset();
    origin_->give_back(std::move(connection_));
}

void Lease::replace(std::unique_ptr<Connection> connection) {
    connection_ = std::move(connection);
    reuse_ = false;
}

std::optional<Lease> Origin::take(std::size_t open_max) {
    if (!idle.empty()) {
        // The newest is the least likely to have been closed meanwhile.
        auto connection = std::move(idle.back().connection);
        idle.pop_back();
        return Lease(shared_from_this(), std::move(connection));
    }
    if (open >= open_max) return std::nullopt;
    ++open;
    return Lease(shared_from_this(), nullptr);
}

void Origin::give_back(std::unique_ptr<Connection> reusable) {
    if (!waiting.empty()) {
        Waiter& next = waiting.front();
        waiting.pop_front();
        next.lease.emplace(shared_from_this(), std::move(reusable));
        next.event.happen();
    } else if (reusable) {
        idle.push_back({std::move(reusable), std::chrono::steady_clock::now()});
    } else {
        --open;
    }
}

std::shared_ptr<Origin> Pool::origin(const std::string& name, bool guarded) {
    std::shared_ptr<Origin>& found = origins_[(guarded ? "guarded " : "unguarded ") + name];
    if (!found) found = std::make_shared<Origin>();
    return found;
}

void Pool::sweep(Steady idle_before, Steady forget_before) {
    for (auto entry = origins_.begin(); entry != origins_.end();) {
        Origin& origin = *entry->second;
        const auto stale = std::erase_if(
            origin.idle, [&](const Origin::Idle& idle) { return idle.since < idle_before; });
        origin.open -= stale;
        const bool forget =
            origin.open == 0 && origin.used < forget_before && entry->second.use_count() == 1;
        entry = forget ? origins_.erase(entry) : std::next(entry);
    }
}

void Pool::close_idle() {
    for (auto& [key, origin] : origins_) {
        origin->open -= origin->idle.size();
        origin->idle.clear();
    }
}

bool Pool::has_idle() const {
    for (const auto& [key, origin] : origins_) {
        if (!origin->idle.empty()) return true;
    }
    return false;
}

}  // namespace lango::http
