#include "runs/run.hpp"

#include "base/result.hpp"

namespace lango::runs {

std::string_view name(Kind kind) {
    switch (kind) {
        case Kind::postback:
            return "postback";
        case Kind::event:
            return "event";
        case Kind::withdrawal:
            return "withdrawal";
        case Kind::deposit:
            return "deposit";
        case Kind::message:
            return "message";
    }
    unsound("a kind of the enum", std::source_location::current());
}

std::optional<Kind> parse_kind(std::string_view text) {
    for (const auto kind : kinds) {
        if (name(kind) == text) return kind;
    }
    return std::nullopt;
}

Run next_after(const Run& last) {
    return {.number = last.number + 1,
            .deaths = last.settled ? 0 : last.deaths + 1,
            .settled = false,
            .alone = {}};
}

std::optional<Subject> died_of(const Run& last) { return last.settled ? std::nullopt : last.alone; }

bool is_careful(const Run& run) { return !run.settled && run.deaths >= deaths_before_care; }

Marks suspected(const Run& run) {
    if (!is_careful(run)) return {};
    return {.from = run.number - run.deaths, .to = run.number - 1};
}

Run current(store::Reader& reader) {
    const auto run = reader.first(
        "SELECT number, deaths, settled_at IS NOT NULL, alone_kind, alone_id FROM run",
        [](const store::Row& row) {
            return Run{.number = row.integer(0),
                       .deaths = static_cast<int>(row.integer(1)),
                       .settled = row.integer(2) != 0,
                       .alone = row.integer(3) == 0
                                    ? std::nullopt
                                    : std::optional{Subject{static_cast<Kind>(row.integer(3)),
                                                            row.integer(4)}}};
        });
    return run.value_or(Run{.settled = true});
}

Begun begin(store::Tx& tx, Instant now) {
    const auto last = current(tx);
    const Begun begun{.run = next_after(last), .died = died_of(last)};
    tx.run(
        "UPDATE run SET number = ?1, began_at = ?2, deaths = ?3, settled_at = NULL, "
        "alone_kind = 0, alone_id = 0",
        begun.run.number, now, begun.run.deaths);
    return begun;
}

void settle(store::Tx& tx, Instant now) {
    tx.run("UPDATE run SET settled_at = ?1, alone_kind = 0, alone_id = 0", now);
}

void begin_alone(store::Tx& tx, Subject subject) {
    tx.run("UPDATE run SET alone_kind = ?1, alone_id = ?2", subject.kind, subject.id);
}

void end_alone(store::Tx& tx) {
    tx.run("UPDATE run SET alone_kind = 0, alone_id = 0 WHERE alone_kind <> 0");
}

void set_aside(store::Tx& tx, Subject subject, std::int64_t run, Instant now) {
    tx.run(
        "INSERT INTO set_aside (kind, id, at, run) VALUES (?1, ?2, ?3, ?4) "
        "ON CONFLICT (kind, id) DO UPDATE SET at = ?3, run = ?4",
        subject.kind, subject.id, now, run);
}

bool take_back(store::Tx& tx, Subject subject) {
    return tx.run("DELETE FROM set_aside WHERE kind = ?1 AND id = ?2", subject.kind, subject.id) >
           0;
}

bool is_set_aside(store::Reader& reader, Subject subject) {
    return reader
        .first(
            "SELECT 1 FROM set_aside WHERE kind = ?1 AND id = ?2",
            [](const store::Row&) { return true; }, subject.kind, subject.id)
        .has_value();
}

std::vector<SetAside> all_set_aside(store::Reader& reader) {
    std::vector<SetAside> found;
    reader.each("SELECT kind, id, at, run FROM set_aside ORDER BY at, kind, id",
                [&](const store::Row& row) {
                    found.push_back({.subject = {.kind = static_cast<Kind>(row.integer(0)),
                                                 .id = row.integer(1)},
                                     .at = row.instant(2),
                                     .run = row.integer(3)});
                });
    return found;
}

}  // namespace lango::runs
