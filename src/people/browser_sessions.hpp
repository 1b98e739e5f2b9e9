// A person's sessions in the browser. What the browser keeps is a random id, of which a keyed hash
// stands here; each change of what the session may do gives it another one, so that an id that
// somebody knew before is worth nothing after. It ends when nothing came for a while, at the latest
// after a working day, with the person, and with a change of the password.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.hpp"
#include "store/tx.hpp"

namespace lango::people {

// As stored. What has been shown so far.
enum class Stage : std::int8_t {
    second_factor = 1,  // the password; now for the phone's code
    enroll = 2,         // the password; there is no second factor yet, and now for one
    in = 3,
};

struct SessionLimits {
    Duration idle = std::chrono::minutes{30};
    Duration absolute = std::chrono::hours{12};
};
inline constexpr Duration session_max = std::chrono::hours{24 * 7};  // of the limits
// Who is on the way in has so long.
inline constexpr Duration way_in_lasts = std::chrono::minutes{15};

struct BrowserSession {
    std::int64_t number = 0;
    std::string name;
    Stage stage{};
    Instant began_at{};
    Instant seen_at{};
    std::string address;
    std::string browser;
};
struct Caller {
    std::string address;
    std::string browser;  // what it says of itself
};

inline constexpr std::size_t session_id_length = 32;
[[nodiscard]] std::string new_session_id(Random& random);
// id: new_session_id(). That it begins stands in the trail when it is `in`.
void begin_browser_session(store::Tx& tx, const crypto::MasterKey& master, const std::string& id,
                           std::string_view name, Stage stage, const Caller& caller, Instant now);
// It goes on under another id, at this stage.
void change_browser_session(store::Tx& tx, const crypto::MasterKey& master, std::int64_t number,
                            const std::string& id, Stage stage, Instant now);
// Something came. Kept by the minute, so that not every question is a write.
[[nodiscard]] bool is_to_be_noted(const BrowserSession& session, Instant now);
void note_seen(store::Tx& tx, std::int64_t number, Instant now);

// Nothing for one that is unknown or over.
[[nodiscard]] std::optional<BrowserSession> with_browser_session(store::Reader& reader,
                                                                 const crypto::MasterKey& master,
                                                                 std::string_view id,
                                                                 const SessionLimits& limits,
                                                                 Instant now);
// Of a person, those that are in; the latest first.
[[nodiscard]] std::vector<BrowserSession> browser_sessions(store::Reader& reader,
                                                           std::string_view name,
                                                           const SessionLimits& limits,
                                                           Instant now);
// False: they have none of that number.
bool end_browser_session(store::Tx& tx, std::string_view name, std::int64_t number);
// All of theirs but one; 0: all.
void end_browser_sessions(store::Tx& tx, std::string_view name, std::int64_t but = 0);

}  // namespace lango::people
