#include "recovery/kept_message.hpp"

#include "api/rail_path.hpp"
#include "unreadable/unreadable.hpp"

namespace lango::recovery {

namespace {

// "/rail/stk/0198a3f2c4d5e6f7", "/rail/paybill/600000/confirmation": the third part.
std::string subject_of(std::string_view path) {
    for (int slashes = 0; slashes < 3 && !path.empty(); path.remove_prefix(1)) {
        if (path.front() == '/') ++slashes;
    }
    return std::string{path.substr(0, path.find('/'))};
}

unreadable::Door door_of(std::string_view path) {
    using unreadable::Door;
    if (path.starts_with("/rail/stk/")) return Door::callback;
    if (path.ends_with("/validation")) return Door::validation;
    if (path.ends_with("/list")) return Door::list;
    if (path.starts_with("/rail/paybill/")) return Door::confirmation;
    if (path.starts_with("/rail/balance/")) return Door::balance;
    if (path.starts_with("/rail/b2c-status/") || path.starts_with("/rail/reversed/")) {
        return Door::status;
    }
    return Door::result;
}

}  // namespace

std::optional<http::Request> as_it_came(const runs::KeptMessage& kept,
                                        const crypto::MasterKey& master, const std::string& peer) {
    for (auto& path : api::with_tokens(master, kept.message.path)) {
        if (runs::digest_of(path, kept.message.body) != kept.digest) continue;
        http::Request request;
        request.method = http::Method::post;
        request.path = std::move(path);
        request.body = kept.message.body;
        request.peer = peer;
        return request;
    }
    return std::nullopt;
}

bool keep_for_a_person(store::Tx& tx, runs::Message message, std::string why, Instant now) {
    return unreadable::keep(tx,
                            {.door = door_of(message.path),
                             .subject = subject_of(message.path),
                             .why = std::move(why),
                             .body = std::move(message.body)},
                            now);
}

}  // namespace lango::recovery
