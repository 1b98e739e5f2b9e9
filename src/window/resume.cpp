// A payer's code (decisions/0032): for a day it alone shows how the payment stands; what lies
// behind that, and older payments, ask for the last digits of the phone, too.
#include <algorithm>

#include "base/typed.hpp"
#include "window/desk.hpp"

namespace lango::window {

namespace {

using namespace std::chrono_literals;
constexpr Duration code_alone_for = 24h;
constexpr std::size_t digits_asked = 3;

asio::awaitable<std::optional<Found>> find_coded(Desk& desk, MerchantId merchant,
                                                 std::string code) {
    co_return co_await desk.context.store.read(
        [merchant, code = std::move(code)](store::Reader& reader) -> std::optional<Found> {
            auto order = find_by_code(reader, merchant, code);
            if (!order) return std::nullopt;
            auto attempts = deposits::attempts(reader, merchant, order->custom_transaction_id);
            if (attempts.empty()) return std::nullopt;
            return Found{.order = *std::move(order), .attempts = std::move(attempts)};
        });
}

bool ends_a_phone(const Found& found, const std::string& digits) {
    return digits.size() == digits_asked &&
           std::ranges::any_of(found.attempts, [&](const deposits::Deposit& attempt) {
               return attempt.phone.raw().ends_with(digits);
           });
}

}  // namespace

asio::awaitable<http::Response> resume_by_code(Desk& desk, Visit visit) {
    const auto typed_code = visit.query.find("code");
    if (!typed_code) co_return draw(visit, resume(visit, {}));
    const auto now = desk.context.clock.now();
    // Whoever tries codes is one address.
    if (!desk.limits.admit(visit.request.peer, now)) {
        co_return draw(visit, resume(visit, {.error = Key::too_many_here}));
    }
    ResumeForm form;
    if (is_plain_text(*typed_code)) form.code = typed_code->substr(0, 12);
    const auto code = read_code(*typed_code);
    const auto found = code ? co_await find_coded(desk, visit.merchant->id, *code) : std::nullopt;
    if (!found) {
        form.error = Key::resume_wrong;
        co_return draw(visit, resume(visit, form));
    }
    const auto digits = typed::code(visit.query.find("digits").value_or(""));
    if (!digits.empty()) {
        if (!desk.limits.may_guess(found->order.id.value(), now)) {
            form.error = Key::too_many_here;
        } else if (ends_a_phone(*found, digits)) {
            co_return go_to(visit.order_path(token(desk.context.master, found->order.id)));
        } else {
            tell_refused(desk, visit, "resume_digits");
            form.error = Key::resume_digits_wrong;
        }
        co_return draw(visit, resume(visit, form));
    }
    if (now - found->order.created_at >= code_alone_for) {
        form.error = Key::resume_digits_needed;
        co_return draw(visit, resume(visit, form));
    }
    const auto prompt_life = desk.context.rail.capabilities().prompt_life;
    form.stands = standing(found->attempts, prompt_life, now).screen;
    co_return draw(visit, resume(visit, form));
}

}  // namespace lango::window
