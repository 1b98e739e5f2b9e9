// What the window's requests share, and the requests themselves, one a file.
#pragma once
#include <string>

#include "base/clock.hpp"
#include "http/message.hpp"
#include "rails/rail.hpp"
#include "store/store.hpp"
#include "window/context.hpp"
#include "window/limits.hpp"
#include "window/order.hpp"
#include "window/screens.hpp"
#include "window/visit.hpp"
#include "window/waiting_room.hpp"

namespace lango::window {

struct Desk {
    Context context;
    Options options;
    Limits limits;
    WaitingRoom room;
};

// GET B/?...: the shop's link.
asio::awaitable<http::Response> open(Desk& desk, Visit visit);
// POST B/?...: the first prompt of an order.
asio::awaitable<http::Response> pay(Desk& desk, Visit visit);
// GET B/o/TOKEN
asio::awaitable<http::Response> show(Desk& desk, Visit visit, std::string token);
// POST B/o/TOKEN: a further prompt.
asio::awaitable<http::Response> try_again(Desk& desk, Visit visit, std::string token);
// GET B/o/TOKEN/events and B/o/TOKEN/wait
asio::awaitable<http::Response> events(Desk& desk, Visit visit, std::string token);
asio::awaitable<http::Response> wait(Desk& desk, Visit visit, std::string token);
// GET B/resume
asio::awaitable<http::Response> resume_by_code(Desk& desk, Visit visit);

// The order behind an address of this merchant with its attempts; nothing for any other address.
struct Found {
    Order order;
    std::vector<deposits::Deposit> attempts;
};
[[nodiscard]] asio::awaitable<std::optional<Found>> find(Desk& desk, const Visit& visit,
                                                         std::string token);
// Where it stands for this visit's merchant, who may be disabled.
[[nodiscard]] Standing stands_now(const Desk& desk, const Visit& visit, const Found& found);
[[nodiscard]] http::Response no_such_order(const Visit& visit);
// A new payment for a merchant who is disabled.
[[nodiscard]] http::Response closed(const Visit& visit);
[[nodiscard]] http::Response faulty(const Desk& desk, const Visit& visit,
                                    const std::vector<Fault>& faults);
// Somebody gave a proof that is none: of a link, or of a phone.
void tell_refused(const Desk& desk, const Visit& visit, std::string_view kind);
// The form of a link, as it stands before anything was typed.
[[nodiscard]] EnterForm form_of(Desk& desk, const Visit& visit, const Link& link);
[[nodiscard]] EnterForm form_of(Desk& desk, const Visit& visit, const Found& found,
                                const std::string& token);

}  // namespace lango::window
