#include "simulator/inbox.hpp"

#include <array>

#include "simulator/wire_text.hpp"

namespace lango::simulator {

namespace {

constexpr std::size_t kept_max = 2000;

// "on 23/11/2026 at 12:00", in East Africa Time.
std::string moment(Instant at) {
    const auto compact = format_eat_compact(at);  // YYYYMMDDHHmmss
    const auto part = [&](std::size_t from, std::size_t length) {
        return compact.substr(from, length);
    };
    return "on " + part(6, 2) + "/" + part(4, 2) + "/" + part(0, 4) + " at " + part(8, 2) + ":" +
           part(10, 2);
}

struct Reason {
    std::string_view code;
    std::string_view text;
};
constexpr std::array<Reason, 8> reasons{{
    {"2", "The amount is below the least that M-PESA moves."},
    {"3", "The amount is above the most that M-PESA moves at once."},
    {"4", "You would pass your limit for today."},
    {"8", "The organisation's account cannot take that much."},
    {"17", "You sent the same amount less than two minutes ago."},
    {"2001", "The PIN was wrong. Three wrong PINs lock your M-PESA."},
    {"8006", "The PIN was wrong three times and is locked. Call customer care."},
    {"2028", "This payment is not permitted."},
}};

}  // namespace

void Inbox::add(std::string phone, Instant at, std::string text) {
    messages_.push_back(
        {.seq = ++last_, .phone = std::move(phone), .at = at, .text = std::move(text)});
    if (messages_.size() > kept_max) messages_.pop_front();
}

std::vector<Sms> Inbox::of(const std::string& phone) const {
    std::vector<Sms> out;
    for (auto message = messages_.rbegin(); message != messages_.rend(); ++message) {
        if (message->phone == phone) out.push_back(*message);
    }
    return out;
}

std::string ksh(std::int64_t minor) {
    auto text = shillings(minor);
    for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 6; at > 0; at -= 3) {
        if (text[static_cast<std::size_t>(at) - 1] == '-') break;
        text.insert(static_cast<std::size_t>(at), 1, ',');
    }
    return "Ksh" + text;
}

std::string receipt_text(const Payment& payment, std::string_view organisation,
                         std::int64_t balance_minor) {
    const auto account =
        payment.account_reference.empty() ? "" : ", account " + payment.account_reference;
    return payment.receipt + " confirmed. " + ksh(payment.amount_minor) + " paid to " +
           std::string{organisation} + account + " " + moment(from_micros(payment.completed_at)) +
           ". Your M-PESA balance is now " + ksh(balance_minor) + ". Cost: Ksh0.00.";
}

std::string failure_text(std::string_view code, std::int64_t amount_minor,
                         std::string_view organisation, std::int64_t balance_minor) {
    const auto failed =
        "Failed. " + ksh(amount_minor) + " to " + std::string{organisation} + " was not paid. ";
    if (code == "1") {
        return failed + "Your M-PESA balance of " + ksh(balance_minor) + " is not enough.";
    }
    for (const auto& reason : reasons) {
        if (reason.code == code) return failed + std::string{reason.text};
    }
    return {};
}

std::string refused_text(std::int64_t amount_minor, std::string_view organisation,
                         std::string_view reference) {
    const auto account = reference.empty()
                             ? std::string{}
                             : " Check the account number " + std::string{reference} + ".";
    return "Failed. " + std::string{organisation} + " did not take your payment of " +
           ksh(amount_minor) + "." + account + " No money has left your account.";
}

}  // namespace lango::simulator
