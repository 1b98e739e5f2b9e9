#include "console/live_room.hpp"

#include <algorithm>
#include <list>
#include <utility>

#include "runtime/task_group.hpp"

namespace lango::console {

namespace {

using namespace std::chrono_literals;
constexpr Duration look_every = 1s;

struct Question {
    std::int64_t number;
    std::optional<MerchantId> merchant;
    std::vector<Topic> topics;
};
struct Answered {
    std::int64_t number;
    std::vector<std::string> versions;
};

std::string event(const Topic& topic, const std::string& version) {
    if (topic.kind == Topic::Kind::counts) return "event: counts\ndata: " + version + "\n\n";
    // Names are hex digits and words of ours.
    return "event: changed\ndata: {\"topic\":\"" + topic.name + "\"}\n\n";
}

}  // namespace

struct LiveRoom::Listener {
    Listener(std::shared_ptr<Impl> in, std::string whose, std::optional<MerchantId> of,
             std::vector<Topic> about);
    ~Listener();
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    // What has changed since it was told last. Of a first answer only counts are news: the page
    // has just read everything else.
    void take(const std::vector<std::string>& found) {
        const bool is_first = versions.empty();
        for (std::size_t i = 0; i < topics.size(); ++i) {
            const bool is_news =
                is_first ? topics[i].kind == Topic::Kind::counts : versions[i] != found[i];
            if (is_news) events += event(topics[i], found[i]);
        }
        versions = found;
        if (!events.empty()) timer->cancel();
    }

    std::shared_ptr<Impl> room;
    std::int64_t number;
    std::string name;
    std::optional<MerchantId> merchant;
    std::vector<Topic> topics;
    std::vector<std::string> versions{};
    std::string events{};
    std::unique_ptr<Timer> timer;
    std::list<Listener*>::iterator place;
    bool has_given_way = false;
};

struct LiveRoom::Impl {
    Impl(store::Store& given_store, Clock& given_clock, asio::any_io_executor run_on)
        : store(given_store),
          clock(given_clock),
          looks({.executor = std::move(run_on), .clock = clock}),
          pause(clock.timer()) {}

    static asio::awaitable<void> look(std::shared_ptr<Impl> self);
    static asio::awaitable<void> ask(std::shared_ptr<Impl> self);

    store::Store& store;
    Clock& clock;
    runtime::TaskGroup looks;  // one, while somebody listens
    std::unique_ptr<Timer> pause;
    std::list<Listener*> listeners;  // in the order of their numbers
    std::int64_t last_number = 0;
    bool closed = false;
};

LiveRoom::Listener::Listener(std::shared_ptr<Impl> in, std::string whose,
                             std::optional<MerchantId> of, std::vector<Topic> about)
    : room(std::move(in)),
      number(++room->last_number),
      name(std::move(whose)),
      merchant(of),
      topics(std::move(about)),
      timer(room->clock.timer()) {
    room->listeners.push_back(this);
    place = std::prev(room->listeners.end());
}

LiveRoom::Listener::~Listener() { room->listeners.erase(place); }

asio::awaitable<void> LiveRoom::Impl::ask(std::shared_ptr<Impl> self) {
    std::vector<Question> questions;
    questions.reserve(self->listeners.size());
    for (const auto* listener : self->listeners) {
        questions.push_back({listener->number, listener->merchant, listener->topics});
    }
    const auto answers = co_await self->store.read(
        [questions = std::move(questions), now = self->clock.now()](store::Reader& reader) {
            std::vector<Answered> all;
            // Many listen to the same: each is asked for once.
            std::vector<std::pair<std::string, std::string>> known;
            for (const auto& question : questions) {
                auto& answered = all.emplace_back(Answered{question.number, {}});
                for (const auto& topic : question.topics) {
                    const auto key =
                        topic.name + " " +
                        (question.merchant ? std::to_string(question.merchant->value()) : "");
                    auto found =
                        std::ranges::find(known, key, &std::pair<std::string, std::string>::first);
                    if (found == known.end()) {
                        known.emplace_back(key, version(reader, topic, question.merchant, now));
                        found = std::prev(known.end());
                    }
                    answered.versions.push_back(found->second);
                }
            }
            return all;
        });
    // Those who left meanwhile are missing, those who came stand at the end.
    auto at = self->listeners.begin();
    for (const auto& answer : answers) {
        while (at != self->listeners.end() && (*at)->number < answer.number) ++at;
        if (at == self->listeners.end()) break;
        if ((*at)->number == answer.number) (*at)->take(answer.versions);
    }
}

asio::awaitable<void> LiveRoom::Impl::look(std::shared_ptr<Impl> self) {
    while (!self->closed && !self->listeners.empty()) {
        try {
            co_await ask(self);
        } catch (const std::runtime_error&) {
            // The store is away: it is asked again.
        }
        if (self->closed) break;
        self->pause->expires_at(self->clock.now() + look_every);
        static_cast<void>(co_await self->pause->wait());
    }
}

LiveRoom::LiveRoom(store::Store& store, Clock& clock, asio::any_io_executor executor)
    : impl_(std::make_shared<Impl>(store, clock, std::move(executor))) {}

LiveRoom::~LiveRoom() { close(); }

LiveRoom::Seat LiveRoom::sit_down(std::string name, std::optional<MerchantId> merchant,
                                  std::vector<Topic> topics) {
    if (impl_->closed || impl_->listeners.size() >= seats) return nullptr;
    // A page that was left is seen to be gone with the next word to it: the oldest gives way.
    const auto sits = [&](const Listener* listener) {
        return listener->name == name && !listener->has_given_way;
    };
    auto& all = impl_->listeners;
    if (static_cast<std::size_t>(std::ranges::count_if(all, sits)) >= seats_of_one) {
        auto* const oldest = *std::ranges::find_if(all, sits);
        oldest->has_given_way = true;
        oldest->timer->cancel();
    }
    return std::make_shared<Listener>(impl_, std::move(name), merchant, std::move(topics));
}

asio::awaitable<std::optional<std::string>> LiveRoom::wait(Seat seat, Duration at_most) {
    const auto room = impl_;
    if (room->closed || seat->has_given_way) co_return std::nullopt;
    if (seat->events.empty()) {
        seat->timer->expires_at(room->clock.now() + at_most);
        if (room->looks.size() == 0) room->looks.spawn(room, "look", Impl::look(room));
        static_cast<void>(co_await seat->timer->wait());
    }
    if (room->closed || seat->has_given_way) co_return std::nullopt;
    co_return std::exchange(seat->events, {});
}

void LiveRoom::close() {
    impl_->closed = true;
    impl_->pause->cancel();
    for (auto* listener : impl_->listeners) listener->timer->cancel();
}

}  // namespace lango::console
