#include "ops/logging.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <mutex>
#include <thread>
#include <vector>

#include "base/json.hpp"
#include "ops/log_line.hpp"

namespace lango::log {
namespace {

constexpr std::string_view phone_text = "254712344321";
constexpr std::string_view secret_text = "bfb279f9aa9bdbcf158e97dd71a467cd";
constexpr Instant noon = from_micros(1'795'435'200'123'456);

Msisdn phone() { return *Msisdn::parse(phone_text); }

// Logs into a list for as long as it lives.
class Captured {
  public:
    explicit Captured(bool json = true, Level level = Level::info) {
        start({.level = level,
               .json = json,
               .write = [this](std::string_view line) { lines_.emplace_back(line); },
               .now = [] { return noon; }});
    }
    ~Captured() { stop(); }
    Captured(const Captured&) = delete;
    Captured& operator=(const Captured&) = delete;
    [[nodiscard]] const std::vector<std::string>& lines() const { return lines_; }
    [[nodiscard]] std::string line() const {
        EXPECT_EQ(lines_.size(), 1U);
        return lines_.empty() ? "" : lines_.front();
    }

  private:
    std::vector<std::string> lines_;
};

TEST(Log, WritesAnObjectALine) {
    const Captured captured;
    info(
        "deposits", "push accepted",
        {{"order_id", "e5c0637c10d326f7"}, {"attempt", 2}, {"late", true}, {"took", Duration{17}}});
    EXPECT_EQ(captured.line(),
              R"({"at":")" + format_rfc3339(noon) +
                  R"(","level":"info","area":"deposits","message":"push accepted",)"
                  R"("order_id":"e5c0637c10d326f7","attempt":2,"late":true,"took_us":17})");
}

TEST(Log, LeavesOutWhatSomebodyCausesWithoutEnd) {
    std::vector<std::string> lines;
    Instant now = noon;
    start({.level = Level::info,
           .json = false,
           .write = [&](std::string_view line) { lines.emplace_back(line); },
           .now = [&] { return now; }});
    for (int i = 0; i < 1000; ++i) warn("callback", "with a wrong token");
    EXPECT_EQ(lines.size(), restrained_above);
    warn("callback", "that cannot be read");  // another message is not its neighbour's burden
    for (int i = 0; i < 1000; ++i) info("api", "as many as come");
    EXPECT_EQ(lines.size(), restrained_above + 1001);
    lines.clear();
    now += std::chrono::seconds{1};
    warn("callback", "with a wrong token");
    warn("callback", "with a wrong token");
    stop();
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_THAT(lines[0],
                testing::HasSubstr("lines were left out  what=\"with a wrong token\" count=980"));
    EXPECT_THAT(lines[1], testing::HasSubstr("with a wrong token"));
}

TEST(Log, WritesTextForTerminals) {
    const Captured captured(false);
    warn("rail", "breaker open", {{"for", Duration{5}}, {"reason", "two words"}, {"code", "x"}});
    EXPECT_EQ(
        captured.line(),
        format_rfc3339(noon) + " WARN  rail  breaker open  for_us=5 reason=\"two words\" code=x");
}

TEST(Log, KeepsToItsLevel) {
    const Captured captured(true, Level::warn);
    debug("a", "no");
    info("a", "no");
    warn("a", "yes");
    error("a", "yes");
    EXPECT_EQ(captured.lines().size(), 2U);
    EXPECT_FALSE(enabled(Level::info));
}

TEST(Log, HoldsNeitherSecretsNorWholePhoneNumbers) {
    for (const bool json : {true, false}) {
        const Captured captured(json);
        const std::string phone_string(phone_text);
        info("rail", "asked 254712344321 and 0712344321",
             {{"phone", phone()},
              {"typed", phone_string},
              {"number", phone().number()},
              {"passkey", Secret{std::string(secret_text)}},
              {"checkout", "ws_CO_1007202409152617712344321"},
              {"answer", "Invalid Access Token - " + std::string(secret_text)},
              {"header", "Authorization: Bearer " + std::string(secret_text)}});
        const std::string line = captured.line();
        EXPECT_EQ(line.find("712344321"), line.npos) << line;
        EXPECT_EQ(line.find(secret_text), line.npos) << line;
        EXPECT_NE(line.find("2547****4321"), line.npos) << line;
        EXPECT_NE(line.find("***"), line.npos) << line;
        if (json) {
            EXPECT_TRUE(json::parse(line)) << line;
        }
    }
}

TEST(Log, StaysALineAndJsonWhateverItIsGiven) {
    const std::string bad =
        "\xFF\xC0\xAF\xED\xA0\x80\xF5 \n\r\x01\x1b[31m \"quoted\" \\ \xE2\x82\xAC\xC3";
    const std::string long_text(100'000, 'x');
    const std::string json = json_line(noon, Level::info, "a", bad, {{"v", bad}, {"l", long_text}});
    EXPECT_TRUE(json::parse(json)) << json.substr(0, 300);
    EXPECT_EQ(json.find('\n'), json.npos);
    EXPECT_NE(json.find("\xE2\x82\xAC"), json.npos);
    const std::string text = text_line(noon, Level::info, "a", bad, {{"v", bad}});
    EXPECT_EQ(text.find_first_of("\n\r\x1b\x01"), text.npos);
}

TEST(Log, TakesNumbersOfAllKinds) {
    const Captured captured;
    info("a", "m", {{"port", std::uint16_t{80}}, {"size", std::size_t{9}}, {"low", -1}});
    EXPECT_NE(captured.line().find(R"("port":80,"size":9,"low":-1)"), std::string::npos);
}

TEST(Log, KnowsItsLevelsByName) {
    EXPECT_EQ(parse_level("debug"), Level::debug);
    EXPECT_EQ(parse_level("error"), Level::error);
}

TEST(Log, KeepsLinesWholeFromManyThreads) {
    const Captured captured;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([] {
                for (int n = 0; n < 200; ++n) info("a", "line", {{"n", n}});
            });
        }
    }
    ASSERT_EQ(captured.lines().size(), 800U);
    for (const std::string& line : captured.lines()) EXPECT_TRUE(json::parse(line)) << line;
}

// What work wrote to standard error, in a process of its own that ends without stop(). work is told
// where it can see what has left it so far.
template <class F>
std::string stderr_of(F work) {
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe(ends.data()), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        ::dup2(ends[1], STDERR_FILENO);
        ::close(ends[1]);
        work(ends[0]);
        ::_exit(0);
    }
    ::close(ends[1]);
    std::string out;
    std::array<char, 4096> buffer{};
    for (ssize_t n = 0; (n = ::read(ends[0], buffer.data(), buffer.size())) > 0;) {
        out.append(buffer.data(), static_cast<std::size_t>(n));
    }
    ::close(ends[0]);
    ::waitpid(child, nullptr, 0);
    return out;
}

int readable(int fd) {
    int bytes = 0;
    EXPECT_EQ(::ioctl(fd, FIONREAD, &bytes), 0);
    return bytes;
}

TEST(Log, HoldsBackUntilAWarning) {
    const std::string out = stderr_of([](int sent) {
        start({});
        info("a", "first");
        warn("a", "second", {{"before", readable(sent)}});
    });
    EXPECT_NE(out.find("first"), out.npos);
    EXPECT_NE(out.find(R"("message":"second","before":0)"), out.npos) << out;
}

TEST(Log, TellsEverythingWhenItStops) {
    const std::string out = stderr_of([](int) {
        start({});
        info("a", "told");
        stop();
    });
    EXPECT_NE(out.find("told"), out.npos);
}

TEST(Log, TellsOfTroubleBeforeItIsStarted) {
    EXPECT_EQ(stderr_of([](int) { info("a", "quiet"); }), "");
    EXPECT_NE(stderr_of([](int) { error("a", "loud"); }).find("ERROR a  loud"), std::string::npos);
}

}  // namespace
}  // namespace lango::log
