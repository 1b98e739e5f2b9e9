// Where the window is found, how a visit goes on, what it costs, and how it hears of news.
#include "window/window_fixture.hpp"

#include <zlib.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "http/stream.hpp"
#include "web/window.hpp"

namespace lango::window {
using namespace std::chrono_literals;

namespace {

// By a reader of gzip that checks what it reads.
std::string unpacked(const std::string& bytes) {
    z_stream stream{};
    EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
    std::string out(100'000, '\0');
    std::string in = bytes;
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
    EXPECT_EQ(stream.avail_in, 0U);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    return out;
}

class Visits : public test::Windows {
  protected:
    explicit Visits(Options options = {}, std::string public_url = "http://gateway")
        : Windows(options, std::move(public_url)) {}
    static std::string path_of(const std::string& order) {
        return order.substr(0, order.find('?'));
    }
    static std::string version_of(const http::Response& page) {
        return found(page.body, "data-version=\"([0-9]+)\"");
    }
    // What an event stream says next, once time has passed; "" at its end.
    std::string next(const std::shared_ptr<http::Stream>& stream, Duration within) {
        std::optional<std::optional<std::string>> said;
        asio::co_spawn(store_.context(), stream->next(),
                       [&](const std::exception_ptr&, std::optional<std::string> piece) {
                           said = std::move(piece);
                       });
        clock_.settle();
        if (!said) clock_.advance(within);
        return said && *said ? **said : "";
    }
};

TEST_F(Visits, FindTheMerchantByHostByPathOrByBeingTheOnlyOne) {
    const auto query = link().substr(link().find('?'));
    host_ = "plugin.demo.localhost";
    EXPECT_EQ(screen(get("/" + query)), "enter");
    EXPECT_TRUE(pay("/" + query).starts_with("/o/"));
    host_ = "plugin.other.localhost";
    EXPECT_TRUE(has(get("/" + query), "Other shop"));
    host_ = "plugin.nobody.localhost";
    EXPECT_EQ(get("/" + query).status, 404);
    EXPECT_EQ(get("/plugin/nobody/" + query).status, 404);
    EXPECT_EQ(get("/plugin/" + query).status, 404);
    host_ = "gateway";
    EXPECT_EQ(get("/" + query).body, "others");
    directory_.replace({shop_});
    EXPECT_EQ(header(get("/plugin/" + query), "Location"), "/plugin/demo/" + query);
    EXPECT_EQ(header(get("/plugin" + query), "Location"), "/plugin/demo/" + query);
    EXPECT_EQ(header(get("/" + query), "Location"), "/plugin/demo/" + query);
    EXPECT_EQ(header(get("/plugin/demo" + query), "Location"), "/plugin/demo/" + query);
    host_ = "plugin.nobody.localhost";
    EXPECT_EQ(screen(follow(get("/" + query))), "sent");
}

TEST_F(Visits, LeaveEverythingElseToOthers) {
    EXPECT_EQ(get("/api/v1/payment/1").body, "others");
    EXPECT_EQ(get("/").body, "others");
    EXPECT_EQ(get("/o/x").body, "others");
    host_ = "plugin.demo.localhost";
    EXPECT_EQ(get("/api/v1/payment/1").body, "others");
}

TEST_F(Visits, GoOnAtTheRightScreenByLinkByAddressAndByCode) {
    const auto order = pay();
    const auto page = get(order);
    const auto resume_code = found(page.body, "id=\"code\">([^<]*)<");
    ASSERT_EQ(resume_code.size(), 6U);
    cookies_.clear();
    auto typed = http::lowercase(resume_code);
    typed.replace(2, 1, "+");
    const auto coded = "/plugin/demo/resume?lang=en&code=" + typed;
    EXPECT_EQ(header(get(coded + "&digits=678"), "Location"), order);
    EXPECT_EQ(header(get(coded + "&digits=+6-7%C2%A08"), "Location"), order);
    EXPECT_EQ(header(get(link()), "Location"), order);
    EXPECT_EQ(header(get(link("order-1", "&fixed_amount=1000.00&1696000000000")), "Location"),
              order);
    for (const auto* dash : {"%E2%80%93", "%E2%80%91", "+-+"}) {
        auto with_dash = http::lowercase(resume_code);
        with_dash.replace(2, 1, dash);
        EXPECT_EQ(screen(get("/plugin/demo/resume?code=" + with_dash)), "state") << dash;
    }
    for (const auto* wrong : {"", "AAAAA", "7K-29F-3", "0", "%FF"}) {
        const auto answer = get("/plugin/demo/resume?code=" + std::string{wrong});
        EXPECT_EQ(answer.status, 404) << wrong;
        EXPECT_NE(element(answer, "code-error"), "");
    }
    // A code is its shop's.
    EXPECT_EQ(get("/plugin/other/resume?code=" + resume_code).status, 404);
    EXPECT_EQ(screen(get("/plugin/demo/resume")), "resume");
}

TEST_F(Visits, KeepTheLanguageOnEveryLink) {
    const auto page = get(link("order-1", "&fixed_amount=1000&x=y"));
    const auto swahili = href(page, "other-language");
    EXPECT_TRUE(swahili.starts_with("?lang=sw&label=user")) << swahili;
    EXPECT_EQ(swahili.find("lang=en"), std::string::npos);
    const auto order = pay("/plugin/demo/" + swahili);
    EXPECT_TRUE(order.ends_with("?lang=sw"));
    EXPECT_TRUE(has(get(order), "<html lang=\"sw\""));
}

TEST_F(Visits, EndAtTheShop) {
    shop_.window.success_url = "https://shop.example/paid?a=b#end";
    shop_.window.fail_url = "https://shop.example/failed";
    shop_.window.pending_url = "https://shop.example/wait";
    shop_.window.frame_ancestors = {"https://shop.example", "https://*.shop.example"};
    set_up();
    const auto order = pay();
    const auto id = prompt();
    const auto name = hex16(id.value());
    let_time_pass(90s);
    const auto tail = "?custom_transaction_id=order-1&order_id=" + name + "&status=";
    EXPECT_EQ(href(get(order), "shop-link"), "https://shop.example/wait" + tail + "pending");
    fail(id);
    EXPECT_EQ(href(get(order), "shop-link"), "https://shop.example/failed" + tail + "fail");
    pin(id);
    const auto page = get(order);
    const auto paid =
        "https://shop.example/paid?a=b&custom_transaction_id=order-1&order_id=" + name +
        "&status=success#end";
    EXPECT_EQ(href(page, "shop-link"), paid);
    EXPECT_TRUE(has(page, "<noscript><meta http-equiv=\"refresh\" content=\"3;url=https://shop"));
    EXPECT_TRUE(has(page,
                    "data-message=\"{&quot;source&quot;:&quot;lango&quot;,&quot;status&quot;:"
                    "&quot;success&quot;,&quot;order_id&quot;:&quot;" +
                        name));
    EXPECT_TRUE(has(page, "data-origins=\"https://shop.example\""));
    // Who stops it stays.
    const auto stays = get(href(page, "stay"));
    EXPECT_FALSE(has(stays, "http-equiv=\"refresh\""));
    EXPECT_FALSE(has(stays, "data-leave"));
    EXPECT_EQ(href(stays, "shop-link"), paid);
}

TEST_F(Visits, ToMerchantsWithColoursAndALogoShowThem) {
    shop_.window.logo_type = "image/png";
    shop_.window.logo = "PNG";
    for (const auto* colours : {"auto", "light", "dark", "white-green", "#0b6b3a"}) {
        shop_.window.colours = colours;
        set_up();
        const auto page = get(link());
        const bool own = colours[0] == '#';
        EXPECT_TRUE(has(page, std::string{"data-colours=\""} + (own ? "auto" : colours) + "\""));
        EXPECT_EQ(has(page, "--accent:#0b6b3a!important"), own);
    }
    const auto path = found(get(link()).body, "<img src=\"([^\"]*)\"");
    const auto logo = get(path);
    EXPECT_EQ(logo.body, "PNG");
    EXPECT_EQ(logo.content_type, "image/png");
    EXPECT_NE(header(logo, "Cache-Control").find("immutable"), std::string::npos);
}

TEST_F(Visits, AllowNoScriptButTheirOwn) {
    shop_.window.colours = "#0b6b3a";
    set_up();
    const auto page = get(link());
    const auto policy = header(page, "Content-Security-Policy");
    EXPECT_TRUE(policy.starts_with("default-src 'none'; script-src 'self'; ")) << policy;
    EXPECT_EQ(policy.find("unsafe"), std::string::npos);
    EXPECT_EQ(policy.find("nonce"), std::string::npos);
    EXPECT_FALSE(has(page, "style=\""));
    EXPECT_FALSE(has(page, "<script>"));
    EXPECT_FALSE(has(page, "http://"));
    EXPECT_FALSE(has(page, "https://"));
    // Each style is the one that its hash names.
    std::string rest = page.body;
    int styles = 0;
    for (auto at = rest.find("<style>"); at != std::string::npos; at = rest.find("<style>")) {
        rest.erase(0, at + 7);
        const auto digest = crypto::sha256(rest.substr(0, rest.find("</style>")));
        EXPECT_NE(policy.find("'sha256-" + crypto::base64(crypto::view(digest)) + "'"),
                  std::string::npos);
        ++styles;
    }
    EXPECT_EQ(styles, 2);
    EXPECT_EQ(header(page, "Referrer-Policy"), "same-origin");
}

// The first page is whole by itself; those that are loaded again and again share a sheet.
TEST_F(Visits, OfAnOrderShareAStyleThatIsKept) {
    const auto first = get(link());
    EXPECT_FALSE(has(first, "rel=\"stylesheet\""));
    const auto order = get(pay());
    EXPECT_FALSE(has(order, "<style>"));
    const auto path = found(order.body, "<link rel=\"stylesheet\" href=\"([^\"]*)\">");
    const auto sheet = get(path);
    EXPECT_EQ(sheet.status, 200);
    EXPECT_TRUE(sheet.content_type.starts_with("text/css")) << sheet.content_type;
    EXPECT_NE(header(sheet, "Cache-Control").find("immutable"), std::string::npos);
    EXPECT_NE(first.body.find(sheet.body), std::string::npos) << "the same";
}

// Budgets of a payer's data: what goes over the wire, heads of answers and requests included.
TEST_F(Visits, StayWithinTheirBudgets) {
    headers_ = {{"Accept-Encoding", "gzip, deflate, br"}};
    constexpr std::size_t head = 900;  // of an answer, generously
    std::size_t bytes = 0;
    int requests = 0;
    const auto load = [&](const http::Response& response) {
        bytes += response.body.size() + head;
        ++requests;
        return response;
    };
    shop_.window.success_url = "https://shop.example/paid";
    shop_.window.logo = std::string(8192, 'x');
    shop_.window.logo_type = "image/png";
    set_up();
    const auto first = load(get(link()));
    EXPECT_EQ(header(first, "Content-Encoding"), "gzip");
    EXPECT_LE(first.body.size(), 12U * 1024);
    const auto& script = *http::find_asset(web::window(), "window.js");
    EXPECT_LE(script.gzip.size(), 6U * 1024);
    const auto& sheet = *http::find_asset(web::window(), "window.css");
    bytes += script.gzip.size() + sheet.gzip.size() + shop_.window.logo.size() + 3 * head;
    requests += 3;
    headers_.clear();
    const auto body = form(get(link()), "0712345678");
    headers_ = {{"Accept-Encoding", "gzip"}};
    const auto order = header(load(post(link(), body)), "Location");
    const auto id = prompt();
    // Without a script: the page asks again in its own time, for the whole life of a prompt.
    while (clock_.now() < test::start + 60s) {
        const auto page = load(get(order));
        EXPECT_LE(page.body.size(), 12U * 1024);
        const auto pause =
            found(unpacked(page.body), "http-equiv=\"refresh\" content=\"([0-9]+)\"");
        ASSERT_NE(pause, "");
        let_time_pass(std::chrono::seconds{std::stoi(pause)});
    }
    pin(id);
    EXPECT_EQ(found(unpacked(load(get(order)).body), "data-screen=\"([a-z]*)\""), "paid");
    EXPECT_LE(requests, 12);
    EXPECT_LE(bytes, 40U * 1024);
    RecordProperty("first_response", static_cast<int>(first.body.size()));
    RecordProperty("script", static_cast<int>(script.gzip.size()));
    RecordProperty("visit", static_cast<int>(bytes));
    RecordProperty("requests", requests);
}

TEST_F(Visits, ToThePaybillScreenWithItsPictureStayWithinTheFirstResponsesBudget) {
    const auto order = pay();
    fail(prompt());
    headers_ = {{"Accept-Encoding", "gzip"}};
    const auto page = get(order + "&view=paybill");
    EXPECT_EQ(found(unpacked(page.body), "data-screen=\"([a-z]*)\""), "paybill");
    EXPECT_LE(page.body.size(), 12U * 1024);
    RecordProperty("paybill", static_cast<int>(page.body.size()));
}

TEST_F(Visits, AreTheSameCompressed) {
    const auto plain = get(link());
    headers_ = {{"Accept-Encoding", "br, gzip"}};
    const auto packed = get(link());
    EXPECT_EQ(header(packed, "Content-Encoding"), "gzip");
    EXPECT_EQ(unpacked(packed.body), plain.body);
    headers_ = {{"Accept-Encoding", "gzip;q=0, br"}};
    EXPECT_EQ(header(get(link()), "Content-Encoding"), "");
    EXPECT_EQ(unpacked(gzip(plain.body)), plain.body);
}

TEST_F(Visits, ServeTheScriptUnderItsOwnName) {
    const auto path = found(get(link()).body, "<script src=\"([^\"]*)\" defer>");
    const auto script = get(path);
    EXPECT_EQ(script.status, 200);
    EXPECT_TRUE(script.content_type.starts_with("text/javascript"));
    EXPECT_NE(header(script, "Cache-Control").find("immutable"), std::string::npos);
    EXPECT_EQ(get("/window/0000000000000000/window.js").body, "others");
}

TEST_F(Visits, HearOfEachChangeAsAnEvent) {
    const auto order = pay();
    const auto id = prompt();
    const auto version = version_of(get(order));
    const auto response = get(path_of(order) + "/events?v=" + version);
    EXPECT_EQ(response.content_type, "text/event-stream");
    EXPECT_EQ(response.body, "retry: 3000\ndata: " + version + "\n\n");
    ASSERT_TRUE(response.stream);
    // Something to keep the line open while nothing happens.
    EXPECT_EQ(next(response.stream, 16s), ":\n\n");
    pin(id);
    const auto now = std::to_string(store_.number("SELECT SUM(events) FROM deposits"));
    EXPECT_EQ(next(response.stream, 2s), "data: " + now + "\n\n");
    EXPECT_EQ(get("/plugin/demo/o/" + std::string(32, '0') + "/events").status, 404);
}

TEST_F(Visits, HearOfAChangeByAskingAndWaiting) {
    const auto order = pay();
    const auto id = prompt();
    const auto version = version_of(get(order));
    EXPECT_EQ(get(path_of(order) + "/wait?v=0").body, "{\"v\":" + version + "}");
    std::string heard;
    const auto asked = request(http::Method::get, path_of(order) + "/wait?v=" + version);
    asio::co_spawn(
        store_.context(), service_(asked),
        [&](const std::exception_ptr&, const http::Response& response) { heard = response.body; });
    clock_.settle();
    EXPECT_EQ(window_.waiting(), 1U);
    clock_.advance(5s);
    EXPECT_EQ(heard, "");
    pin(id);
    clock_.advance(2s);
    EXPECT_EQ(heard,
              "{\"v\":" + std::to_string(store_.number("SELECT SUM(events) FROM deposits")) + "}");
}

TEST_F(Visits, AreLetGoWhenTheGatewayStops) {
    const auto order = pay();
    const auto response = get(path_of(order) + "/events");
    ASSERT_TRUE(response.stream);
    bool ended = false;
    asio::co_spawn(store_.context(), response.stream->next(),
                   [&](const std::exception_ptr&, const std::optional<std::string>& piece) {
                       ended = !piece;
                   });
    clock_.settle();
    EXPECT_FALSE(ended);
    window_.stop_waiting();
    clock_.settle();
    EXPECT_TRUE(ended);
}

TEST_F(Visits, HoldASeatAsLongAsTheyAreOpen) {
    const auto order = pay();
    {
        const auto stream = get(path_of(order) + "/events").stream;
        EXPECT_EQ(window_.waiting(), 1U);
        EXPECT_EQ(next(stream, 16s), ":\n\n");
        EXPECT_EQ(window_.waiting(), 1U) << "between two events, too";
    }
    EXPECT_EQ(window_.waiting(), 0U);
}

TEST_F(Visits, OfOneOrderWaitInSixteenPlacesAtMost) {
    const auto order = pay();
    std::vector<std::shared_ptr<http::Stream>> held;
    for (int i = 0; i < 16; ++i) {
        peer_ = "198.51.100." + std::to_string(i);  // they may come from anywhere
        held.push_back(get(path_of(order) + "/events").stream);
        ASSERT_TRUE(held.back()) << i;
    }
    const auto refused = get(path_of(order) + "/events");
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(header(refused, "Retry-After"), "10");
    const auto version = version_of(get(order));
    EXPECT_EQ(get(path_of(order) + "/wait?v=" + version).status, 503);
    held.pop_back();
    EXPECT_EQ(get(path_of(order) + "/events").status, 200);
    EXPECT_EQ(window_.waiting(), 15U);
}

class OneNetwork : public Visits {
  protected:
    OneNetwork() : Visits({.waiting_per_address = 1}) {}

    // How many windows from these addresses are let in.
    std::size_t let_in(const std::vector<std::string>& addresses) {
        held_.clear();
        for (const auto& address : addresses) {
            peer_ = address;
            if (auto stream = get(path_of(order_) + "/events").stream) held_.push_back(stream);
        }
        return held_.size();
    }

    std::string order_ = pay();
    std::vector<std::shared_ptr<http::Stream>> held_;
};

TEST_F(OneNetwork, HasItsShareOfThePlaces) {
    EXPECT_EQ(let_in({"203.0.113.9", "203.0.113.9", "203.0.113.9"}), 1U);
    EXPECT_EQ(let_in({"203.0.113.9", "::ffff:203.0.113.9"}), 1U);
    EXPECT_EQ(let_in({"203.0.113.9", "203.0.113.9", "203.0.113.10"}), 2U);
    EXPECT_EQ(let_in({"2001:db8:0:1::1", "2001:db8:0:1::2", "2001:db8:0:1:8000::"}), 1U);
    std::vector<std::string> of_one_site;
    for (int i = 0; i < 15; ++i) of_one_site.push_back("2001:db8:0:" + std::to_string(i) + "::1");
    EXPECT_EQ(let_in(of_one_site), 8U) << "eight times as much as one of its networks";
    EXPECT_EQ(let_in({"2001:db8:1::1"}), 1U);
}

TEST_F(Visits, ByACodeAloneShowHowThePaymentStandsAndNothingMore) {
    const auto order = pay();
    const auto id = prompt();
    const auto coded =
        "/plugin/demo/resume?lang=en&code=" + found(get(order).body, "id=\"code\">([^<]*)<");
    cookies_.clear();
    EXPECT_TRUE(has(get(coded), "Check your phone"));
    pin(id);
    const auto page = get(coded);
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(screen(page), "state");
    EXPECT_TRUE(has(page, "<h1>Paid</h1>")) << page.body;
    for (const auto* secret : {"UKN7000001", "1,000", "/o/", "shop-link"}) {
        EXPECT_FALSE(has(page, secret)) << secret;
    }
    EXPECT_EQ(screen(follow(get(coded + "&digits=678"))), "paid");
}

TEST_F(Visits, ByACodeOfYesterdayAskForTheDigitsOfThePhone) {
    const auto order = pay();
    const auto coded =
        "/plugin/demo/resume?lang=en&code=" + found(get(order).body, "id=\"code\">([^<]*)<");
    let_time_pass(24h - 1s);
    EXPECT_EQ(screen(get(coded)), "state");
    let_time_pass(1s);
    const auto page = get(coded);
    EXPECT_EQ(page.status, 403);
    EXPECT_EQ(screen(page), "resume");
    EXPECT_FALSE(has(page, "Still confirming"));
    EXPECT_EQ(header(get(coded + "&digits=678"), "Location"), order);
}

TEST_F(Visits, ByACodeLetNobodyGuessTheDigits) {
    const auto order = pay();
    const auto coded =
        "/plugin/demo/resume?lang=en&code=" + found(get(order).body, "id=\"code\">([^<]*)<");
    for (const auto* wrong : {"000", "67", "5678", "12a", "111"}) {
        EXPECT_EQ(get(coded + "&digits=" + wrong).status, 403) << wrong;
        ASSERT_FALSE(refused_.empty()) << "nobody was told of " << wrong;
        EXPECT_EQ(refused_.back(), "resume_digits demo " + peer_) << wrong;
        peer_ += "1";
    }
    EXPECT_EQ(refused_.size(), 5U);
    EXPECT_EQ(get(coded + "&digits=678").status, 429);
    let_time_pass(1h);
    EXPECT_EQ(get(coded + "&digits=678").status, 303);
}

class ByHttps : public Visits {
  protected:
    ByHttps() : Visits({}, "https://gateway") {}
};

TEST_F(ByHttps, KeepOnlyCookiesThatNoHttpPageCanSet) {
    pay(link("order-1"), "0712345678", "&remember=on");
    EXPECT_TRUE(cookies_.contains("__Secure-lango_own"));
    EXPECT_TRUE(cookies_.contains("__Secure-lango_phone"));
    EXPECT_EQ(cookies_.size(), 2U);
    EXPECT_TRUE(has(get(link("order-2")), "0712345678"));
    const auto ours = std::exchange(cookies_, {});
    for (const auto& [name, value] : ours) cookies_[name.substr(9)] = value;
    EXPECT_FALSE(has(get(link("order-2")), "0712345678"))
        << "the same values under names that anybody sets";
}

class FewPlaces : public Visits {
  protected:
    FewPlaces() : Visits({.requests_per_address_minute = 3, .waiting_max = 1}) {}
};

TEST_F(FewPlaces, AreFullWithoutHarm) {
    const auto order = pay();
    const auto stream = get(path_of(order) + "/events").stream;
    asio::co_spawn(store_.context(), stream->next(), asio::detached);
    clock_.settle();
    EXPECT_EQ(window_.waiting(), 1U);
    EXPECT_EQ(get(path_of(order) + "/events").status, 503);
    const auto version = version_of(get(order));
    EXPECT_EQ(get(path_of(order) + "/wait?v=" + version).status, 503);
    EXPECT_EQ(screen(get(order)), "sent");
    window_.stop_waiting();
    clock_.settle();
}

TEST_F(FewPlaces, LimitWhoTriesCodes) {
    for (int i = 0; i < 3; ++i) EXPECT_EQ(get("/plugin/demo/resume?code=AAAAA").status, 404);
    EXPECT_EQ(get("/plugin/demo/resume?code=AAAAA").status, 429);
    peer_ = "203.0.113.9";
    EXPECT_EQ(get("/plugin/demo/resume?code=AAAAA").status, 404);
}

}  // namespace
}  // namespace lango::window
