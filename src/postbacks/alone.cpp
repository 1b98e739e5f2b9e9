#include <algorithm>

#include "postbacks/lanes.hpp"

namespace lango::postbacks {

namespace {

// A merchant who takes longer keeps others waiting: his go last.
constexpr Duration slow = std::chrono::seconds{1};

void put_last(std::deque<Suspect>& suspects, MerchantId merchant) {
    std::deque<Suspect> last;
    std::erase_if(suspects, [&](const Suspect& suspect) {
        if (suspect.merchant != merchant) return false;
        last.push_back(suspect);
        return true;
    });
    suspects.insert(suspects.end(), last.begin(), last.end());
}

}  // namespace

asio::awaitable<runs::Tried> Delivery::try_alone() {
    const auto self = impl_;
    co_return co_await self->try_alone();
}

asio::awaitable<runs::Tried> Delivery::Impl::try_alone() {
    if (!suspects) {
        auto found = co_await find_suspects();
        suspects.emplace(found.begin(), found.end());
    }
    while (!suspects->empty() && !stopping) {
        const auto suspect = suspects->front();
        suspects->pop_front();
        const auto began = clock.now();
        if (!co_await try_alone(suspect)) continue;
        if (clock.now() - began > slow) {
            put_last(*suspects, suspect.merchant);
        }
        co_return runs::Tried::one;
    }
    co_return runs::Tried::waiting;
}

asio::awaitable<std::vector<Suspect>> Delivery::Impl::find_suspects() {
    std::vector<MerchantId> all;
    for (const auto& merchant : directory.all()) all.push_back(merchant->id);
    auto found = co_await store.read([all = std::move(all)](store::Reader& reader) {
        std::vector<Suspect> of_all;
        for (const auto merchant : all) {
            const auto of_one = postbacks::suspects(reader, merchant);
            of_all.insert(of_all.end(), of_one.begin(), of_one.end());
        }
        return of_all;
    });
    std::ranges::sort(found, {}, [](const Suspect& suspect) {
        return std::pair{suspect.due_at, suspect.subject.id};
    });
    co_return found;
}

// False: nothing was to be sent.
asio::awaitable<bool> Delivery::Impl::try_alone(const Suspect& suspect) {
    if (reachable(suspect.merchant) == nullptr) co_return false;
    auto waiting =
        co_await store.write([suspect, now = clock.now(), lease = options.lease](store::Tx& tx) {
            return take_alone(tx, suspect, now, lease);
        });
    if (abandoned || !waiting) co_return false;
    auto& lane = lane_of(suspect.merchant);
    ++lane.in_flight;
    ++stats.in_flight;
    std::exception_ptr failed;
    co_await attempts.run(shared_from_this(), "alone", go_alone(lane, std::move(*waiting), failed));
    if (abandoned) co_return false;
    ended(lane);
    if (failed) std::rethrow_exception(failed);
    co_return true;
}

asio::awaitable<void> Delivery::Impl::go_alone(Lane& lane, Waiting waiting,
                                               std::exception_ptr& failed) {
    try {
        auto message = co_await rebuild(lane, std::move(waiting));
        if (message) co_await try_once(lane, std::move(*message));
    } catch (...) {
        failed = std::current_exception();
    }
}

}  // namespace lango::postbacks
