// A made history in an empty sandbox: its shops, its people, and its payments, in large groups.
// What was made stands in the trail, so that no database gets two.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <string>

#include "base/crypto.hpp"
#include "history/past.hpp"
#include "store/store.hpp"

namespace lango::history {

namespace asio = boost::asio;

inline constexpr std::int64_t payments_max = 20'000'000;

struct Progress {
    std::int64_t payments = 0;
    Instant at{};  // that the past has reached
};

// False: this very history is there already, and nothing was done. Throws std::runtime_error with a
// text for people where another one is, an earlier fill was cut off, or somebody else's merchants
// or payments are there; nothing is written then. keys: of the shops that are made.
// told: after each group; false ends it there.
[[nodiscard]] asio::awaitable<bool> fill(store::Store& store, const crypto::MasterKey& master,
                                         Random& keys, Plan plan,
                                         std::function<bool(const Progress&)> told);

}  // namespace lango::history
